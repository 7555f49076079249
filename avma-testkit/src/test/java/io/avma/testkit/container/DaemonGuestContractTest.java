package io.avma.testkit.container;

import io.avma.testkit.contract.TransportContract;
import io.avma.testkit.contract.TransportFixture;

/** The contract on a {@link DaemonFixture}. */
@NeedsDocker
class DaemonGuestContractTest extends TransportContract {
  @Override
  protected TransportFixture fixture() throws Exception {
    return new DaemonFixture();
  }
}
