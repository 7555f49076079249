package io.avma.testkit.contract;

/** The contract of event sources on an {@link EvtxLog}. */
class EvtxLogContractTest extends EventContract {
  @Override
  protected EventFixture fixture() throws Exception {
    return new EvtxLog();
  }
}
