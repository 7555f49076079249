package io.avma.testkit.contract;

/** The contract on a {@link LinuxFixture}. */
class LinuxGuestContractTest extends TransportContract {
  @Override
  protected TransportFixture fixture() throws Exception {
    return new LinuxFixture();
  }
}
