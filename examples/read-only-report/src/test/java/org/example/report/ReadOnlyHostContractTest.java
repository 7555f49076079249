package org.example.report;

import io.avma.testkit.contract.HostContract;
import io.avma.testkit.contract.HostFixture;
import io.avma.testkit.contract.SimulatedHostFixture;

/** A guarded host keeps every promise of a host, and refuses to write as it should. */
class ReadOnlyHostContractTest extends HostContract {
  @Override
  protected HostFixture fixture() {
    return new SimulatedHostFixture(ReadOnlyHost::new);
  }
}
