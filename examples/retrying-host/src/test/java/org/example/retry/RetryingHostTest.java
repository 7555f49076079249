package org.example.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpItem;
import io.avma.platform.VmId;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedHost;
import io.avma.testkit.contract.ContractRule;
import io.avma.testkit.junit.SimulatedFleet;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On JUnit 6, with nothing of jqwik on the class path. */
@SimulatedFleet(hosts = 1, guestsPerHost = 3)
class RetryingHostTest {
  private final List<Integer> pauses = new ArrayList<>();

  private RetryingHost retrying(FlakyHost host) {
    return new RetryingHost(host, 3, pauses::add);
  }

  @Test
  void asksAgainUntilSomebodyAnswers(SimulatedDatacenter datacenter) throws Exception {
    FlakyHost flaky = new FlakyHost(datacenter.hosts().get(0), 2, Reason.UNREACHABLE);
    assertEquals(3, retrying(flaky).sweep(SweepScope.everything()).size());
    assertEquals(List.of(2, 3), pauses);
  }

  @Test
  void givesUpAfterTheLastTry(SimulatedDatacenter datacenter) {
    FlakyHost flaky = new FlakyHost(datacenter.hosts().get(0), 3, Reason.UNREACHABLE);
    TransportException failure =
        assertThrows(TransportException.class, () -> retrying(flaky).profile());
    assertEquals(Reason.UNREACHABLE, failure.reason());
    assertEquals(3, flaky.calls);
  }

  @Test
  void doesNotInsistWhereItIsRefused(SimulatedDatacenter datacenter) {
    FlakyHost flaky = new FlakyHost(datacenter.hosts().get(0), 1, Reason.REFUSED);
    assertThrows(TransportException.class, () -> retrying(flaky).profile());
    assertEquals(1, flaky.calls);
  }

  @Test
  void writesAgainWhenNobodyWasThere(SimulatedDatacenter datacenter) throws Exception {
    SimulatedHost host = datacenter.hosts().get(0);
    VmId vm = host.guests().get(0).vm();
    retrying(new FlakyHost(host, 1, Reason.UNREACHABLE)).add(vm, List.of(new KvpItem("a", "1")));
    assertEquals(List.of(2), pauses);
  }

  @Test
  void doesNotRepeatAWriteThatMayHaveTakenEffect(SimulatedDatacenter datacenter) {
    SimulatedHost host = datacenter.hosts().get(0);
    VmId vm = host.guests().get(0).vm();
    FlakyHost flaky = new FlakyHost(host, 1, Reason.TIMED_OUT);
    TransportException failure =
        assertThrows(
            TransportException.class,
            () -> retrying(flaky).add(vm, List.of(new KvpItem("a", "1"))));
    assertEquals(Reason.TIMED_OUT, failure.reason());
  }

  @Test
  void runsOnJUnit6WithoutJqwik() {
    String version = String.valueOf(Test.class.getPackage().getImplementationVersion());
    assertTrue(version.startsWith("6."), version);
    assertThrows(ClassNotFoundException.class, () -> Class.forName("net.jqwik.api.Property"));
    assertFalse(ContractRule.ofGuests().isEmpty(), "the suites for guests and logs load as well");
    assertFalse(ContractRule.ofEvents().isEmpty());
  }
}
