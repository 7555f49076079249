package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ObjectArrays;
import io.avma.cli.output.Console;
import io.avma.cli.output.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code avma simulate} as people and machines call it; the report's truth is tested elsewhere. */
class SimulateCommandTest {
  private static final String SAMPLE =
      Path.of(System.getProperty("avma.root", "..")).resolve("samples/fleet").toString();

  @TempDir Path folder;

  @Test
  void peopleReadWhatHappenedWhatTheLedgerMakesOfItAndWhatToFixFirst() {
    String out =
        Run.avma("simulate", SAMPLE, "--migrate", "lk-fs01=hv-n3@10", "--unlicense", "hv-s2@14")
            .exits(0)
            .out();
    assertTrue(out.startsWith("Simulated, not real: 74 VMs on 19 hosts for 30 days, seed 0"), out);
    assertInOrder(
        out,
        "What happened",
        "10   lk-fs01 moves to hv-n3",
        "13   not activated any more: lk-fs01",
        "14   hv-s2 loses its own license",
        "19   not activated any more: sa-hist, vk-web02",
        "What the hosts logged",
        "What the ledger makes of it, 2030-01-31 00:00 UTC",
        "moved to hv-n3.invalid",
        "By tenant",
        "What to fix first",
        "1. Activate host hv-n3",
        "24 activated, 3 expired");
  }

  private static void assertInOrder(String text, String... parts) {
    int from = 0;
    for (String part : parts) {
      int at = text.indexOf(part, from);
      assertTrue(at >= 0, () -> "missing or out of order: '" + part + "' in\n" + text);
      from = at + part.length();
    }
  }

  @Test
  void theSameSeedGivesTheSameReport() {
    String first = Run.avma("simulate", SAMPLE, "--days", "8", "--seed", "7").exits(0).out();
    assertEquals(first, Run.avma("simulate", SAMPLE, "--days", "8", "--seed", "7").out());
    // Another seed gives the machines without an identifier another one, and so other lines.
    assertNotEquals(
        ids(Run.avma("simulate", SAMPLE, "--days", "2", "--seed", "7", "--json")),
        ids(Run.avma("simulate", SAMPLE, "--days", "2", "--seed", "8", "--json")));
  }

  private static List<Object> ids(Run run) {
    return run.objects("simulated-vm").stream().map(vm -> vm.get("vm_id")).toList();
  }

  @Test
  void machinesReadTheSameAsPeople() {
    Run run = Run.avma("simulate", SAMPLE, "--days", "3", "--json").exits(0);
    Map<String, Object> sum = run.objects("simulation").get(0);
    assertEquals(74L, sum.get("vms"));
    List<Map<String, Object>> vms = run.objects("simulated-vm");
    for (String state : List.of("activated", "expired", "refused", "never-asked", "off")) {
      long counted = vms.stream().filter(vm -> vm.get("state").equals(state)).count();
      assertEquals(sum.get(state), counted, state);
    }
    assertEquals((long) sum.get("steps"), run.objects("step").size());
    assertEquals("2030-01-04T00:00:00Z", sum.get("end"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "--days,0,--days: '0' cannot be played (expected: 1 to 3650).",
        "--days,soon,'soon' is not an int",
        "--migrate,lk-fs01@3,'lk-fs01@3' is no migration (expected: VM=HOST@DAY).",
        "--migrate,lk-fs01=hv-n3,says no day of the simulation (expected: VM=HOST@DAY with a day",
        "--migrate,lk-fs01=hv-n3@30,a day from 1 to 29",
        "--migrate,nobody=hv-n3@2,'nobody' is no machine of the fleet.",
        "--migrate,DC01=hv-n3@2,is the name of 2 machines. Give the vm_id",
        "--migrate,lk-fs01=moon@2,'moon' is no host of the fleet.",
        "--unlicense,hv-s2@0,a day from 1 to 29",
        "--unlicense,moon@2,'moon' is no host of the fleet.",
        "--migrate,lk-fs01=hv-n1@2,'lk-fs01 moves to hv-n1' changes nothing on day 2.",
        "--unlicense,hv-n3@2,'hv-n3 loses its own license' changes nothing on day 2.",
      })
  void aWrongArgumentIsNamedWithTheRemedy(String option, String value, String complaint) {
    Run run = Run.avma("simulate", SAMPLE, option, value).exits(2);
    assertTrue(run.err().replaceAll("\\s+", " ").contains(complaint), run.err());
    assertEquals("", run.out());
  }

  @Test
  void aLapseThatWasMendedIsTold() {
    String[] moves = {
      "simulate", SAMPLE, "--migrate", "lk-fs01=hv-n3@3", "--migrate", "lk-fs01=hv-n2@20"
    };
    assertInOrder(
        Run.avma(moves).exits(0).out(),
        "3    lk-fs01 moves to hv-n3",
        "not activated any more: lk-fs01",
        "20   lk-fs01 moves to hv-n2",
        "activated again: lk-fs01");
    Map<String, Object> vm =
        Run.avma(ObjectArrays.concat(moves, "--json")).exits(0).objects("simulated-vm").stream()
            .filter(one -> one.get("vm").equals("lk-fs01"))
            .findFirst()
            .orElseThrow();
    assertEquals(2, ((List<?>) vm.get("activations")).size());
  }

  @Test
  void onAzureLocalTheLicenseAloneDecidesAsInThePlan() throws IOException {
    Files.writeString(
        folder.resolve("hosts.csv"), "host,platform,azure_local_license\nazl-1,azure-local,2022\n");
    Files.writeString(
        folder.resolve("vms.csv"),
        """
        vm,host,release,edition,key
        a,azl-1,2022,standard,YDFWN-MJ9JR-3DYRK-FXXRW-78VHK
        """);
    Run run = Run.avma("simulate", folder.toString(), "--unlicense", "azl-1@3", "--json").exits(0);
    assertEquals("no", run.objects("simulated-host").get(0).get("activated"));
    Map<String, Object> vm = run.objects("simulated-vm").get(0);
    assertEquals("expired", vm.get("state"));
    String step = run.objects("step").get(0).toString();
    assertTrue(step.contains("azl-1") && step.contains("host key"), step);
  }

  @Test
  void statesOfRealExportsAreUnderstoodAndOthersNoted() throws IOException {
    Files.writeString(
        folder.resolve("hosts.csv"), "host,release,edition,activated\nh,2022,datacenter,yes\n");
    Files.writeString(
        folder.resolve("vms.csv"),
        """
        vm,host,release,edition,state
        a,h,2022,standard,OffCritical
        b,h,2022,standard,Powered Off
        c,h,2022,standard,FastSaved
        d,h,2022,standard,Running
        e,h,2022,standard,Wird ausgef\u00fchrt
        """);
    Run run = Run.avma("simulate", folder.toString(), "--days", "2", "--json").exits(0);
    assertEquals(3L, run.objects("simulation").get(0).get("off"));
    assertEquals(
        List.of(
            "The state of 1 VM is none that is known; simulated as running (write running or off)."),
        run.objects("note").stream()
            .map(note -> note.get("sentence"))
            .filter(note -> note.toString().startsWith("The state"))
            .toList());
  }

  @Test
  void namesThatDifferOnlyInWhatComputerNamesLackAreToldApart() throws IOException {
    Files.writeString(
        folder.resolve("hosts.csv"),
        """
        host,release,edition,activated
        h\u00f6st,2022,datacenter,yes
        h\u00e4st,2022,datacenter,no
        """);
    Files.writeString(
        folder.resolve("vms.csv"),
        """
        vm,host,release,edition,key
        a,h\u00f6st,2022,standard,78VHK
        """);
    Run run = Run.avma("simulate", folder.toString(), "--days", "1", "--json").exits(0);
    assertEquals(1L, run.objects("simulation").get(0).get("activated"));
  }

  @Test
  void namesOfMachinesNeverReachTheScreenAsTheyAre() throws IOException {
    Files.writeString(
        folder.resolve("hosts.csv"), "host,release,edition,activated\nhv-1,2022,datacenter,yes\n");
    Files.writeString(
        folder.resolve("vms.csv"),
        "vm,host,tenant,release,edition,key\n\u001B[31mred,hv-1,\u001B]0;t\u0007,2022,standard,78VHK\n");
    Run run = Run.avma("simulate", folder.toString(), "--days", "2").exits(0);
    assertFalse(run.out().contains("\u001B"), run.out());
    assertTrue(run.out().contains("1 activated"), run.out());
    assertFalse(
        Run.avma("simulate", folder.toString(), "--days", "2", "--json").out().contains("\\u001B"));
  }

  /** 5,000 guests that retry every two hours write more in a day than a log keeps. */
  @Test
  void aLogThatWrappedBeforeItWasReadIsSaidToCountTooLittle() throws IOException {
    Files.writeString(
        folder.resolve("hosts.csv"), "host,release,edition,activated\nhv-1,2022,datacenter,no\n");
    StringBuilder vms = new StringBuilder("vm,host,release,edition,key\n");
    for (int i = 0; i < 5_000; i++) {
      vms.append("vm-").append(i).append(",hv-1,2022,standard,78VHK\n");
    }
    Files.writeString(folder.resolve("vms.csv"), vms);
    Run run = Run.avma("simulate", folder.toString(), "--days", "2").exits(0);
    assertTrue(run.out().contains("Its log had lost records from before"), "no gap");
    assertTrue(Pattern.compile("hv-1 +no +5000 +0\\+ +[0-9]+\\+").matcher(run.out()).find());
    Run json = Run.avma("simulate", folder.toString(), "--days", "2", "--json").exits(0);
    assertEquals(false, json.objects("simulated-host").get(0).get("complete"));
  }

  @Test
  void progressIsDrawnOnAScreenThatSomebodyWatchesAndNowhereElse() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Screen live = new Screen(false, 100, true);
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            live);
    assertEquals(
        0, new Dispatch(console, Map.of()).run(new String[] {"simulate", SAMPLE, "--days", "4"}));
    String drawn = err.toString(StandardCharsets.UTF_8);
    assertTrue(drawn.startsWith("\r\u001B[K[#######......................."), drawn);
    assertTrue(drawn.contains(" 25 %  day 1 of 4"), drawn);
    assertTrue(drawn.contains("100 %  day 4 of 4"), drawn);
    assertTrue(drawn.endsWith("\r\u001B[K"), "the line is taken away again");
    assertFalse(out.toString(StandardCharsets.UTF_8).contains("\u001B"));
    assertEquals("", Run.avma("simulate", SAMPLE, "--days", "4").err());
  }
}
