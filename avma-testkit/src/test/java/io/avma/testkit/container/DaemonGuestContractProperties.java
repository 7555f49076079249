package io.avma.testkit.container;

import io.avma.testkit.contract.TransportFixture;
import io.avma.testkit.contract.TransportProperties;

/** The contract's properties on a {@link DaemonFixture}. */
@NeedsDocker
class DaemonGuestContractProperties implements TransportProperties {
  @Override
  public TransportFixture fixture() throws Exception {
    return new DaemonFixture();
  }
}
