package io.avma.testkit.contract;

/** The contract's properties on a {@link LinuxFixture}. */
class LinuxGuestContractProperties implements TransportProperties {
  @Override
  public TransportFixture fixture() throws Exception {
    return new LinuxFixture();
  }
}
