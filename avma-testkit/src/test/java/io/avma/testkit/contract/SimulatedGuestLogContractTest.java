package io.avma.testkit.contract;

/** The contract of event sources on the log of a simulated guest. */
class SimulatedGuestLogContractTest extends EventContract {
  @Override
  protected EventFixture fixture() {
    return new SimulatedLog(SimulatedLog.Of.GUEST);
  }
}
