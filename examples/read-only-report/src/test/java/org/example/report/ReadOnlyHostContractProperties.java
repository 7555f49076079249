package org.example.report;

import io.avma.testkit.contract.HostFixture;
import io.avma.testkit.contract.HostProperties;
import io.avma.testkit.contract.SimulatedHostFixture;

/** The same promises, on sweeps that jqwik draws. */
class ReadOnlyHostContractProperties implements HostProperties {
  @Override
  public HostFixture fixture() {
    return new SimulatedHostFixture(ReadOnlyHost::new);
  }
}
