package io.avma.testkit.contract;

class ServedHostContractTest extends HostContract {
  @Override
  protected HostFixture fixture() {
    return new ServedHostFixture();
  }
}
