package io.avma.testkit.contract;

/** The properties of event sources on an {@link EvtxLog}. */
class EvtxLogContractProperties implements EventProperties {
  @Override
  public EventFixture fixture() throws Exception {
    return new EvtxLog();
  }
}
