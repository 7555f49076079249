package io.avma.transport.linux;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.HostFacts;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.platform.VmId;
import io.avma.transport.Capability;
import io.avma.transport.EventSource;
import io.avma.transport.HyperVGuest;
import io.avma.transport.KvpStore;
import io.avma.transport.LicenseReading;
import io.avma.transport.TransportException;
import java.util.Optional;

/**
 * A Linux (or FreeBSD) guest of Hyper-V, asked from within: the pools that its Data Exchange daemon
 * keeps.
 *
 * <pre>{@code
 * try (LinuxGuest guest = LinuxGuest.open()) {
 *   guest.pools().put(KvpPool.GUEST, new KvpItem("state", "ready"));
 *   guest.pools().read(KvpPool.EXTERNAL).firstWins().forEach(this::hostSays);
 * }
 * }</pre>
 *
 * <p>Opening it touches nothing; a pool that is not there shows when it is read. A watch belongs to
 * the place, not to the files that are there when it begins: if the directory, or one above it, is
 * moved away or replaced, it tells the differences to what it last saw. Listeners of a watch are
 * called on a thread of the guest, or on the caller's before {@code watch} returns. For any thread.
 */
@CheckReturnValue
public final class LinuxGuest implements HyperVGuest {
  private static final ImmutableSet<Capability> CAPABILITIES =
      Sets.immutableEnumSet(Capability.WATCH, Capability.CONCURRENT_CALLS);

  private final PoolOptions options;
  private final PoolFiles pools;
  private volatile boolean closed;

  private LinuxGuest(PoolOptions options, ChangeSignal signal) {
    this.options = options;
    this.pools = new PoolFiles(options, signal);
  }

  /** Returns this machine, if it is a Linux guest, with the daemon's pools as it keeps them. */
  public static LinuxGuest open() {
    return open(PoolOptions.linux());
  }

  /** Returns the guest whose pools are where {@code options} say. */
  public static LinuxGuest open(PoolOptions options) {
    return new LinuxGuest(options, new FileSystemSignal());
  }

  static LinuxGuest open(PoolOptions options, ChangeSignal signal) {
    return new LinuxGuest(options, signal);
  }

  /** Returns {@link Capability#WATCH} and {@link Capability#CONCURRENT_CALLS}. */
  @Override
  public ImmutableSet<Capability> capabilities() {
    return CAPABILITIES;
  }

  /** Returns the identifier among the host facts; empty if the host has written none. */
  @Override
  public Optional<VmId> vmId() throws TransportException {
    KvpSnapshot facts =
        KvpSnapshot.builder()
            .items(KvpSource.HOST_FACTS, pools().read(KvpPool.AUTO_EXTERNAL).items())
            .build();
    return HostFacts.of(facts).vmId();
  }

  @Override
  public KvpStore pools() {
    checkOpen();
    return pools;
  }

  /** Throws: a Linux guest has no Windows license. */
  @Override
  public LicenseReading license() {
    checkOpen();
    Capability.LICENSE_STATE.requireIn(CAPABILITIES, toString());
    throw new AssertionError("not declared");
  }

  /** Throws: a Linux guest has no Windows event log. */
  @Override
  public EventSource events() {
    checkOpen();
    Capability.GUEST_EVENTS.requireIn(CAPABILITIES, toString());
    throw new AssertionError("not declared");
  }

  @Override
  public void close() {
    closed = true;
    pools.close();
  }

  /** Returns where the pools are. */
  @Override
  public String toString() {
    return "Linux guest " + options.directory();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(this + " is closed");
    }
  }
}
