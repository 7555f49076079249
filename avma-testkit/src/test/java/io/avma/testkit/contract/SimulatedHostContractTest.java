package io.avma.testkit.contract;

/** The contract of hosts on a simulated one. */
class SimulatedHostContractTest extends HostContract {
  @Override
  protected HostFixture fixture() {
    return new SimulatedHostFixture(host -> host);
  }
}
