package io.avma.testkit.contract;

/** The contract on a {@link SimulatedFixture}. */
class SimulatedGuestContractTest extends TransportContract {
  @Override
  protected TransportFixture fixture() throws Exception {
    return new SimulatedFixture();
  }
}
