package io.avma.testkit.contract;

import com.google.common.collect.ImmutableSet;
import io.avma.kvp.KvpPool;
import io.avma.platform.LicenseChannel;
import io.avma.platform.VmId;
import io.avma.transport.Capability;
import io.avma.transport.EventSource;
import io.avma.transport.HyperVGuest;
import io.avma.transport.KvpStore;
import io.avma.transport.LicenseReading;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.time.Instant;
import java.util.Optional;

/** A handle on the guest of a {@link MemoryFixture}. */
final class MemoryGuest implements HyperVGuest {
  private final MemoryFixture fixture;
  private final Thread owner = Thread.currentThread();
  private boolean closed;

  MemoryGuest(MemoryFixture fixture) {
    this.fixture = fixture;
  }

  boolean isClosed() {
    return closed;
  }

  boolean isElsewhere() {
    return Thread.currentThread() != owner;
  }

  private boolean has(Fault fault) {
    return fixture.fault == fault;
  }

  void checkOpen(boolean evenIfClosed) {
    boolean served =
        capabilities().contains(Capability.CONCURRENT_CALLS)
            || has(Fault.UNDECLARED_THREADS_ARE_SERVED);
    if (isElsewhere() && !served) {
      throw new IllegalStateException(MemoryFixture.NAME + " belongs to " + owner.getName());
    }
    if ((closed && !evenIfClosed) || fixture.allClosed) {
      throw new IllegalStateException(MemoryFixture.NAME + " is closed");
    }
  }

  void reach() throws TransportException {
    if (fixture.away) {
      throw new TransportException(Reason.UNREACHABLE, MemoryFixture.NAME + " does not run");
    }
  }

  @Override
  public ImmutableSet<Capability> capabilities() {
    return fixture.fault.declared.capabilities;
  }

  @Override
  public Optional<VmId> vmId() throws TransportException {
    checkOpen(has(Fault.A_CLOSED_HANDLE_KNOWS_ITS_VM));
    reach();
    return has(Fault.THE_GUEST_IS_ANOTHER_VM) ? Optional.of(HostChecks.NOBODY) : fixture.vm();
  }

  @Override
  public KvpStore pools() {
    return new MemoryStore(this, fixture);
  }

  @Override
  public LicenseReading license() throws TransportException {
    checkOpen(false);
    require(Capability.LICENSE_STATE);
    reach();
    int status = has(Fault.ASKING_CHANGES_THE_LICENSE) ? fixture.asked++ : 1;
    return new LicenseReading(
        status,
        Optional.empty(),
        LicenseChannel.AVMA,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH);
  }

  @Override
  public EventSource events() throws TransportException {
    checkOpen(false);
    require(Capability.GUEST_EVENTS);
    reach();
    return new MemoryEvents(
        fixture.log,
        () -> checkOpen(has(Fault.A_LOG_OUTLIVES_ITS_HANDLE)),
        has(Fault.THE_LOG_NEVER_ENDS));
  }

  void require(Capability capability) {
    if (has(Fault.CAPABILITIES_ARE_NOT_NAMED) && !capabilities().contains(capability)) {
      throw new UnsupportedOperationException("no");
    }
    capability.requireIn(capabilities(), MemoryFixture.NAME);
  }

  @Override
  public void close() {
    fixture.allClosed |= closed && has(Fault.CLOSING_TWICE_CLOSES_ALL);
    if (has(Fault.CLOSING_TAKES_BACK_WHAT_WAS_PUT)) {
      fixture.pool(KvpPool.GUEST).clear();
    }
    closed = true;
  }
}
