package io.avma.testkit.contract;

/** The properties of event sources on the log of a simulated guest. */
class SimulatedGuestLogContractProperties implements EventProperties {
  @Override
  public EventFixture fixture() {
    return new SimulatedLog(SimulatedLog.Of.GUEST);
  }
}
