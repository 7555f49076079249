package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.cli.output.Console;
import io.avma.cli.output.Screen;
import io.avma.sim.Happening;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.scenario.Invariant;
import io.avma.sim.scenario.PlayOptions;
import io.avma.sim.scenario.Preset;
import io.avma.sim.scenario.Scenario;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code avma simulate} with scenarios. */
class SimulateScenarioTest {
  @TempDir Path folder;

  /** Breaks as soon as a guest moves, and says it with an escape sequence. */
  private record NobodyMoves() implements Invariant {
    @Override
    public String name() {
      return "nobody-moves";
    }

    @Override
    public Watch watch(SimulatedDatacenter datacenter) {
      return happenings ->
          happenings.stream()
              .filter(Happening.GuestPlaced.class::isInstance)
              .map(Happening.GuestPlaced.class::cast)
              .filter(placed -> placed.from().isPresent())
              .findFirst()
              .map(placed -> placed.guest().name() + " moved\u001B[31m");
    }
  }

  /** Runs the command with that invariant. */
  private static Run failing(String... args) throws Exception {
    return run(Screen.PLAIN, PlayOptions.usual().with(new NobodyMoves()), args);
  }

  private static Run run(Screen screen, PlayOptions options, String... args) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            screen);
    SimulateCommand command = new SimulateCommand(console, options);
    new CommandLine(command).parseArgs(args);
    int code = command.call().number();
    assertTrue(console.written());
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Path file(String json) throws IOException {
    Path file = folder.resolve("scenario.json");
    Files.writeString(file, json);
    return file;
  }

  private static String sample() throws IOException {
    return Files.readString(
        Path.of(System.getProperty("avma.root", "..")).resolve("samples/scenario.json"));
  }

  @Test
  void theSampleOfTheDocumentsIsPlayed() throws IOException {
    String docs =
        Files.readString(
            Path.of(System.getProperty("avma.root", "..")).resolve("docs/simulator.md"));
    assertTrue(docs.contains("```json\n" + sample() + "```"), "docs/simulator.md shows another");
    String out = Run.avma("simulate", "--scenario", file(sample()).toString()).exits(0).out();
    assertTrue(out.startsWith("Simulated, not real: 2 VMs on 2 hosts for 14d, seed 7"), out);
    assertTrue(out.contains("Every invariant held in"), out);
    assertTrue(out.contains("What went wrong by plan, "), out);
    assertFalse(out.contains("The trace"), out);
  }

  @Test
  void machinesReadWhatBecameOfEachGuest() throws IOException {
    String path = file(sample()).toString();
    Run run = Run.avma("simulate", "--scenario", path, "--json", "--trace").exits(0);
    Map<String, Object> sum = run.objects("scenario").get(0);
    assertEquals(true, sum.get("sound"));
    assertEquals(null, sum.get("broken"));
    assertEquals(2, run.objects("scenario-guest").size());
    assertEquals(true, run.objects("scenario-guest").get(0).get("activated"));
    assertEquals((long) sum.get("entries"), run.objects("trace").size(), "all that happened");
    Run again = Run.avma("simulate", "--replay", (String) sum.get("replay"), "--json").exits(0);
    assertEquals(sum.get("digest"), again.objects("scenario").get(0).get("digest"));
    assertEquals(sum.get("json"), again.objects("scenario").get(0).get("json"));
    Run other = Run.avma("simulate", "--scenario", path, "--json", "--seed", "8").exits(0);
    assertFalse(sum.get("digest").equals(other.objects("scenario").get(0).get("digest")));
  }

  @Test
  void theTraceIsAsLongAsAsked() throws IOException {
    String out =
        Run.avma("simulate", "--scenario", file(sample()).toString(), "--trace=3").exits(0).out();
    String[] lines = out.substring(out.indexOf("The trace, the last 3 of ")).split("\n", -1);
    for (int i = 1; i <= 3; i++) {
      assertTrue(lines[i].startsWith("+"), out);
    }
    assertEquals("", lines[4]);
  }

  @Test
  void everyPresetIsPlayedAndWrittenToStartFrom() throws Exception {
    for (Preset preset : Preset.values()) {
      Path to = folder.resolve(preset.label() + ".json");
      Run.avma("simulate", "--preset", preset.label(), "--write-scenario", to.toString()).exits(0);
      assertEquals(preset.scenario(), Scenario.fromJson(Files.readString(to)));
      assertTrue(Run.avma("simulate", "--help").out().contains(preset.label()), preset.label());
    }
    Path taken = folder.resolve("quiet-month.json");
    Run run =
        Run.avma("simulate", "--preset", "license-lost", "--write-scenario", taken.toString())
            .exits(2);
    assertTrue(run.err().contains("quiet-month.json: is there already."), run.err());
    assertEquals("", run.out(), "refused before anything is played");
    assertEquals(Preset.QUIET_MONTH.scenario(), Scenario.fromJson(Files.readString(taken)));
  }

  @Test
  void aBrokenInvariantIsToldWithTraceAndALineThatRepeatsIt() throws Exception {
    Run run = failing("--preset", "rolling-upgrade").exits(1);
    String out = run.out();
    assertTrue(out.contains("Invariant broken: nobody-moves, after 2d, in event "), out);
    assertTrue(out.contains("moved\\u{1B}[31m"), out);
    assertFalse(out.contains("\u001B"), out);
    assertTrue(out.contains("The trace, the last "), out);
    String token = out.substring(out.indexOf("--replay ") + 9).strip();
    assertTrue(Scenario.replay(token).isSound(), "sound without that invariant");
    assertEquals(run.out(), failing("--replay", token).exits(1).out());
  }

  @Test
  void aSwarmStopsAtTheFirstFailureAndShowsTheSmallestThatFails() throws Exception {
    Path to = folder.resolve("smallest.json");
    Run run = failing("--runs", "500", "--seed", "100", "--write-scenario", "" + to);
    String out = run.exits(1).out();
    assertTrue(out.contains(" from seed 100 on: every invariant held. The one of seed "), out);
    assertTrue(out.contains("Invariant broken: nobody-moves"), out);
    Scenario smallest = Scenario.fromJson(Files.readString(to));
    assertTrue(smallest.steps().size() <= 2, smallest::toString);
    Run json = failing("--runs", "500", "--seed", "100", "--json").exits(1);
    Map<String, Object> sum = json.objects("swarm").get(0);
    assertEquals(Long.toString(smallest.seed()), sum.get("failed_seed"));
    assertEquals(smallest.seed() - 100, sum.get("sound"));
    assertEquals(smallest.toJson(), json.objects("scenario").get(0).get("json"));
    assertFalse(json.objects("trace").isEmpty());
  }

  @Test
  void aSwarmThatHoldsSaysSoAndDrawsItsProgressWhereSomebodyWatches() throws Exception {
    Run run = Run.avma("simulate", "--runs", "5").exits(0);
    assertEquals("5 random scenarios from seed 0 on: every invariant held.\n", run.out());
    assertEquals("", run.err());
    assertEquals(
        5L, Run.avma("simulate", "--runs", "5", "--json").objects("swarm").get(0).get("sound"));
    Run live =
        run(new Screen(false, 100, true), PlayOptions.usual(), "--runs", "4", "--seed", "100");
    assertTrue(live.exits(0).err().contains(" 25 %  run 1 of 4"), live.err());
    assertTrue(live.err().contains("100 %  run 4 of 4"), live.err());
    assertTrue(live.err().endsWith("\r\u001B[K"), "the line is taken away again");
  }

  @Test
  void aMistakeInTheFileIsNamedWithLineAndColumn() throws IOException {
    Path file = file(sample().replace("\"guest\"", "\"vm\""));
    Run run = Run.avma("simulate", "--scenario", file.toString()).exits(2);
    assertTrue(run.err().matches("(?s).*scenario\\.json:\\d+:\\d+: at /steps/.*"), run.err());
    assertTrue(run.err().contains("unknown member 'vm'"), run.err());
    assertEquals("", run.out());
    Files.write(file, new byte[] {'{', (byte) 0xFF});
    assertTrue(
        Run.avma("simulate", "--scenario", file.toString()).exits(2).err().contains("not UTF-8"));
    Files.write(file, new byte[(16 << 20) + 1]);
    assertTrue(
        Run.avma("simulate", "--scenario", file.toString()).exits(2).err().contains("16 MiB"));
    Run directory = Run.avma("simulate", "--scenario", folder.toString()).exits(2);
    assertTrue(directory.err().contains("is a directory."), directory.err());
    Run missing = Run.avma("simulate", "--scenario", folder.resolve("no").toString()).exits(2);
    assertTrue(missing.err().contains("there is no such file"), missing.err());
    Files.writeString(file, "\uFEFF" + sample()); // as Windows editors save it
    Run.avma("simulate", "--scenario", file.toString()).exits(0);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "--preset quiet-month --runs 3,--runs: cannot be played together with --preset.",
        "some-dir --replay x,--replay: cannot be played together with DIR.",
        "--preset quiet-month --days 3,--days: goes with DIR only.",
        "--runs 3 --migrate a=b@1,--migrate: goes with DIR only.",
        "--runs 3 --unlicense b@1,--unlicense: goes with DIR only.",
        "--trace,--trace: goes with a scenario only.",
        "some-dir --write-scenario x,--write-scenario: goes with a scenario only.",
        "--replay x --seed 3,--seed: goes with anything but --replay only.",
        "--replay avma-sim/1:AAAA,--replay: the line to replay is damaged or cut.",
        "--preset moon,--preset: 'moon' is no preset",
        "--runs 0,--runs: '0' is too few or too many",
        "--runs 1000001,is too few or too many",
        "--preset quiet-month --trace=0,--trace: '0' is too few or too many",
      })
  void whatDoesNotGoTogetherIsRefused(String args, String complaint) {
    Run run = Run.avma(("simulate " + args).split(" ", -1)).exits(2);
    assertTrue(run.err().replaceAll("\\s+", " ").contains(complaint), run.err());
    assertEquals("", run.out());
  }

  @Test
  void namesOfAScenarioNeverReachTheScreenAsTheyAre() throws IOException {
    Path file = file(sample().replace("\"web\"", "\"\\u001B[31mweb\""));
    Run run = Run.avma("simulate", "--scenario", file.toString(), "--trace").exits(0);
    assertFalse(run.out().contains("\u001B"), run.out());
    assertTrue(run.out().contains("\\u{1B}[31mweb"), run.out());
    List<Map<String, Object>> guests =
        Run.avma("simulate", "--scenario", file.toString(), "--json").objects("scenario-guest");
    assertEquals("\\u{1B}[31mweb", guests.get(0).get("guest"));
    assertEquals(Optional.empty(), Optional.ofNullable(guests.get(0).get("none")));
  }
}
