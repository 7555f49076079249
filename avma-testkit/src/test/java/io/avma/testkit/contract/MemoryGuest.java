package io.avma.testkit.contract;

import com.google.common.collect.ImmutableSet;
import io.avma.platform.VmId;
import io.avma.transport.Capability;
import io.avma.transport.EventSource;
import io.avma.transport.HyperVGuest;
import io.avma.transport.KvpStore;
import io.avma.transport.LicenseReading;
import java.util.Optional;

/** A handle on the guest of a {@link MemoryFixture}. */
final class MemoryGuest implements HyperVGuest {
  private static final ImmutableSet<Capability> CAPABILITIES = ImmutableSet.of(Capability.WATCH);

  private final MemoryFixture fixture;
  private boolean closed;

  MemoryGuest(MemoryFixture fixture) {
    this.fixture = fixture;
  }

  boolean isClosed() {
    return closed;
  }

  void checkOpen() {
    if ((closed && fixture.fault != Fault.A_CLOSED_HANDLE_STILL_WRITES) || fixture.allClosed) {
      throw new IllegalStateException("the guest in memory is closed");
    }
  }

  @Override
  public ImmutableSet<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Optional<VmId> vmId() {
    return Optional.empty();
  }

  @Override
  public KvpStore pools() {
    return new MemoryStore(this, fixture);
  }

  @Override
  public LicenseReading license() {
    throw missing(Capability.LICENSE_STATE);
  }

  @Override
  public EventSource events() {
    throw missing(Capability.GUEST_EVENTS);
  }

  private RuntimeException missing(Capability capability) {
    return new UnsupportedOperationException(
        fixture.fault == Fault.CAPABILITIES_ARE_NOT_NAMED ? "no" : "lacks " + capability.label());
  }

  @Override
  public void close() {
    fixture.allClosed |= closed && fixture.fault == Fault.CLOSING_TWICE_CLOSES_ALL;
    closed = true;
  }
}
