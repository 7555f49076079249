package io.avma.testkit.contract;

/** The properties of event sources on the log of a simulated host. */
class SimulatedHostLogContractProperties implements EventProperties {
  @Override
  public EventFixture fixture() {
    return new SimulatedLog(SimulatedLog.Of.HOST);
  }
}
