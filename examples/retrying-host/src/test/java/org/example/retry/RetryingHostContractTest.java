package org.example.retry;

import io.avma.testkit.contract.HostContract;
import io.avma.testkit.contract.HostFixture;
import io.avma.testkit.contract.SimulatedHostFixture;

/** Whatever a host promises, it promises through a retrying one too. */
class RetryingHostContractTest extends HostContract {
  @Override
  protected HostFixture fixture() {
    return new SimulatedHostFixture(host -> new RetryingHost(host, 3, next -> {}));
  }
}
