package io.avma.testkit.contract;

/** The properties of hosts on a simulated one. */
class SimulatedHostContractProperties implements HostProperties {
  @Override
  public HostFixture fixture() {
    return new SimulatedHostFixture(host -> host);
  }
}
