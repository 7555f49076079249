package io.avma.testkit.contract;

/** The contract's properties on a {@link SimulatedFixture}. */
class SimulatedGuestContractProperties implements TransportProperties {
  @Override
  public TransportFixture fixture() throws Exception {
    return new SimulatedFixture();
  }
}
