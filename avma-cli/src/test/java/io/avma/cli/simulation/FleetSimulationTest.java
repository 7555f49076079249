package io.avma.cli.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.activation.Activation;
import io.avma.activation.ActivationOutcome;
import io.avma.catalog.KeyCatalog;
import io.avma.cli.fleet.Fleet;
import io.avma.cli.fleet.FleetPlan;
import io.avma.cli.fleet.FleetReader;
import io.avma.cli.fleet.FleetVm;
import io.avma.cli.fleet.VmAnswer;
import io.avma.cli.input.InputException;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.platform.Hresult;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.TraceEntry;
import io.avma.tracking.EvidenceView;
import io.avma.tracking.Exchange;
import io.avma.tracking.HistoryText;
import io.avma.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The report of the demo, which is made from logs and sweeps, against the true state of the data
 * centre, which it never sees.
 */
class FleetSimulationTest {
  private static final Path SAMPLE =
      Path.of(System.getProperty("avma.root", "..")).resolve("samples/fleet");
  private static final int DAYS = 30;

  private static FleetSimulation simulation;
  private static SimulationReport report;

  /** The demo of the build, from the file that says what it does. */
  @BeforeAll
  static void playTheDemo() throws InputException, IOException {
    Fleet fleet = FleetReader.read(SAMPLE, KeyCatalog.standard());
    List<String> arguments = demo();
    assertEquals(List.of("simulate", "samples/fleet"), arguments.subList(2, 4));
    assertEquals(String.valueOf(DAYS), behind(arguments, "--days").get(0));
    List<PlannedChange> changes =
        PlannedChange.parse(
            fleet, DAYS, behind(arguments, "--migrate"), behind(arguments, "--unlicense"));
    assertEquals(2, changes.size());
    simulation = new FleetSimulation(fleet, DAYS, 0, changes, 1_000_000);
    report = simulation.run(day -> {});
  }

  private static List<String> demo() throws IOException {
    String pom = Files.readString(SAMPLE.resolve("../../avma-cli/pom.xml"));
    String execution = pom.substring(pom.indexOf("<id>simulate-the-sample-fleet</id>"));
    execution = execution.substring(0, execution.indexOf("</execution>"));
    return Pattern.compile("<argument>([^<]*)</argument>")
        .matcher(execution)
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  private static List<String> behind(List<String> arguments, String option) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (arguments.get(i).equals(option)) {
        values.add(arguments.get(i + 1));
      }
    }
    return values;
  }

  private static SimulatedGuest truth(VmOutcome outcome) {
    return simulation.simulated().guest(outcome.vm());
  }

  private static VmOutcome outcome(String vm) {
    return report.vms().stream()
        .filter(outcome -> outcome.vm().name().equals(vm))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyMachineIsSaidToBeActivatedExactlyIfItIsAndUntilThen() {
    for (VmOutcome outcome : report.vms()) {
      SimulatedGuest guest = truth(outcome);
      Optional<Activation> activation = guest.activation().activationAt(report.end());
      assertEquals(
          activation.isPresent(),
          outcome.state() == VmOutcome.State.ACTIVATED,
          () -> outcome.vm() + " " + outcome.state());
      activation.ifPresent(
          granted -> assertEquals(Optional.of(granted.expiresAt()), outcome.until(), guest::name));
    }
  }

  @Test
  void everyMachineIsWhereItIs() {
    for (VmOutcome outcome : report.vms()) {
      SimulatedGuest guest = truth(outcome);
      assertEquals(guest.host().name(), outcome.vm().host().value());
      assertEquals(
          guest.host().id(),
          outcome.history().lastPlacement(report.end()).orElseThrow().host(),
          guest::name);
    }
  }

  @Test
  void theLastFailureOfEveryMachineIsTheOneThatItSaw() {
    for (VmOutcome outcome : report.vms()) {
      Optional<Hresult> last =
          truth(outcome).activation().lastOutcome().map(ActivationOutcome::code);
      assertEquals(
          last.filter(code -> !code.isSuccess()),
          outcome.failure().flatMap(Exchange::result),
          outcome.vm()::toString);
    }
  }

  @Test
  void theHostsAnsweredAsOftenAsTheirLogsSay() {
    Map<String, Map<String, Integer>> answered = new TreeMap<>();
    ImmutableList<TraceEntry> trace = simulation.simulated().datacenter().trace().entries();
    assertEquals(simulation.simulated().datacenter().trace().count(), trace.size(), "trace cut");
    for (TraceEntry entry : trace) {
      if (entry.what() == TraceEntry.What.REQUEST_ANSWERED) {
        answered
            .computeIfAbsent(entry.machine(), unused -> new TreeMap<>())
            .merge(entry.detail(), 1, Integer::sum);
      }
    }
    Map<String, Map<String, Integer>> logged = new TreeMap<>();
    for (HostTally host : report.hosts()) {
      Map<String, Integer> codes = new TreeMap<>();
      host.refused().forEach((code, times) -> codes.put(code.hex(), times));
      if (host.granted() > 0) {
        codes.put(Hresult.OK.hex(), host.granted());
      }
      if (!codes.isEmpty()) {
        logged.put(host.host().id().value(), codes);
      }
    }
    assertEquals(answered, logged);
    assertTrue(answered.size() >= 10, answered::toString);
  }

  @Test
  void theHistoryInWordsNamesEveryGrantThatReachedTheGuest() {
    Map<String, Integer> grants = new TreeMap<>();
    for (TraceEntry entry : simulation.simulated().datacenter().trace().entries()) {
      if (entry.what() == TraceEntry.What.OUTCOME && entry.detail().equals(Hresult.OK.hex())) {
        grants.merge(entry.machine(), 1, Integer::sum);
      }
    }
    assertFalse(grants.isEmpty());
    for (VmOutcome outcome : report.vms()) {
      int expected = grants.getOrDefault(truth(outcome).name(), 0);
      List<String> lines =
          HistoryText.of(outcome.history()).stream()
              .filter(line -> line.contains(" activated by "))
              .toList();
      assertEquals(expected == 0 ? 0 : 1, lines.size(), lines::toString);
      if (expected > 2) {
        assertTrue(lines.get(0).contains("renewed " + (expected - 1) + " times"), lines::toString);
      }
    }
  }

  @Test
  void theMovedMachineAndThoseOfTheUnlicensedHostRunOut() {
    Instant start = SimulatedDatacenter.START;
    assertEquals(VmOutcome.State.EXPIRED, outcome("lk-fs01").state());
    // Renewed on day 6, due again on day 12, on a host that refuses; over on day 13.
    assertEquals(13, Duration.between(start, outcome("lk-fs01").until().orElseThrow()).toDays());
    String history = String.join("\n", HistoryText.of(outcome("lk-fs01").history()));
    assertTrue(history.contains("moved to hv-n3.invalid"), history);
    assertTrue(history.contains("refused by hv-n3.invalid: 0xC004FD02"), history);
    Set<String> expired =
        report.vms().stream()
            .filter(outcome -> outcome.state() == VmOutcome.State.EXPIRED)
            .map(outcome -> outcome.vm().name())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of("lk-fs01", "sa-hist", "vk-web02"), expired);
    assertEquals(19, Duration.between(start, outcome("sa-hist").until().orElseThrow()).toDays());
  }

  @Test
  void theRulesSayTheSameOfTheFleetAsItIsAtTheEnd() {
    FleetPlan plan =
        FleetPlan.of(report.fleet(), CompatibilityMatrix.standard(), KeyCatalog.standard());
    Set<Long> willing = new TreeSet<>();
    Set<Long> activated = new TreeSet<>();
    for (VmAnswer answer : plan.answers()) {
      if (answer.here().isSupported()
          && answer.key().isRight()
          && SimulatedFleet.runs(answer.vm())) {
        willing.add(answer.vm().line());
      }
    }
    for (VmOutcome outcome : report.vms()) {
      if (outcome.state() == VmOutcome.State.ACTIVATED) {
        activated.add(outcome.vm().line());
      }
    }
    assertEquals(willing, activated);
    assertEquals(24, activated.size());
  }

  @Test
  void whatToFixFirstHelpsEveryMachineThatIsTrulyNotActivatedAndNoOther() {
    FleetPlan plan =
        FleetPlan.of(report.fleet(), CompatibilityMatrix.standard(), KeyCatalog.standard());
    Set<String> needy = new TreeSet<>();
    for (VmAnswer answer : plan.answers()) {
      SimulatedGuest guest = simulation.simulated().guest(answer.vm());
      boolean failing =
          guest.activation().lastOutcome().filter(last -> !last.code().isSuccess()).isPresent();
      if (guest.isRunning()
          && (!guest.isActivated() || failing)
          && answer.status() != VmAnswer.Status.OUTSIDE) {
        needy.add(answer.vm().name() + " " + answer.vm().host());
      }
    }
    Set<String> helped = new TreeSet<>();
    List<Integer> sizes = new ArrayList<>();
    for (Step step : report.steps()) {
      step.vms().forEach(vm -> helped.add(vm.name() + " " + vm.host()));
      if (!step.action().startsWith("Find out")) {
        sizes.add(step.vms().size());
      }
    }
    assertEquals(needy, helped);
    assertEquals(sizes.stream().sorted(java.util.Comparator.reverseOrder()).toList(), sizes);
    assertEquals("Activate host hv-n3", report.steps().get(0).action());
    assertTrue(
        report.steps().get(0).evidence().contains("2 VMs: 0xC004FD02 by hv-n3"),
        report.steps().get(0).evidence());
  }

  @Test
  void hostsAndGuestsAgreeOnEveryActivationBecauseNobodyTampered() {
    for (VmOutcome outcome : report.vms()) {
      for (EvidenceView.Row row : outcome.evidence().rows()) {
        assertTrue(
            row.agreement() != EvidenceView.Agreement.DIFFER, () -> outcome.vm() + ": " + row);
      }
      if (outcome.state() == VmOutcome.State.ACTIVATED) {
        assertTrue(
            outcome.evidence().rows().stream()
                .anyMatch(
                    row ->
                        row.topic() == EvidenceView.Topic.ACTIVATION
                            && row.agreement() == EvidenceView.Agreement.AGREE),
            outcome.vm()::toString);
      }
    }
  }

  @Test
  void theFiguresCountTheTrueState() {
    Map<String, Integer> activated = new TreeMap<>();
    for (VmOutcome outcome : report.vms()) {
      activated.merge(
          outcome.vm().tenant().orElse(""), truth(outcome).isActivated() ? 1 : 0, Integer::sum);
    }
    Map<String, Integer> counted = new TreeMap<>();
    report.figures().byTenant().forEach((tenant, count) -> counted.put(tenant, count.activated()));
    assertEquals(activated, counted);
  }

  @Test
  void machinesThatAreOffStayOffAndEveryGuestHasTheKeyOfItsFile() throws TransportException {
    for (VmOutcome outcome : report.vms()) {
      FleetVm vm = outcome.vm();
      assertEquals(vm.state().equals(Optional.of("off")), !truth(outcome).isRunning(), vm.name());
    }
    assertEquals("DV4TW", keyOf("sa-bill")); // five symbols that one published key has
    assertEquals("J464C", keyOf("lk-term01")); // a KMS client key, whole
    assertEquals("none", keyOf("kb-web03")); // its checksum fails
    assertEquals("none", keyOf("sa-scada01")); // of 2012 R2 in a guest of 2016: Windows refuses it
  }

  private static String keyOf(String vm) throws TransportException {
    return truth(outcome(vm)).license().partialProductKey().orElse("none");
  }
}
