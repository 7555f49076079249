package io.avma.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.Activation;
import io.avma.activation.AvmaId;
import io.avma.activation.GuestActivation;
import io.avma.kvp.KvpItem;
import io.avma.platform.GuestSystem;
import io.avma.platform.VmId;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What lies on the disks of a simulated guest, and in its memory if it ran: a checkpoint, an
 * export, the state of a replica. Holds the guest's activation, its own pool, what the host had
 * told it and its event log; nothing of the host. Immutable, and good for every data centre with
 * the same hosts, such as a {@linkplain SimulatedDatacenter#fork fork}.
 */
@CheckReturnValue
public final class GuestImage {
  final GuestSystem system;
  final GuestActivation machine;
  private final Instant takenAt;
  private final String computer;
  private final ImmutableMap<String, Integer> site; // the hosts that the numbers below mean
  private final boolean dataExchange;
  private final boolean shielded;
  private final int factsFrom;
  private final long[] log;
  private final @Nullable Activation published;
  private final @Nullable AvmaId publishedId;
  private final @Nullable ImmutableList<KvpItem> guestPool;
  private final ImmutableList<KvpItem> hostItemsSeen;

  GuestImage(
      GuestRecord guest, String computer, ImmutableMap<String, Integer> site, Instant takenAt) {
    system = guest.system;
    machine = guest.machine;
    this.takenAt = takenAt;
    this.computer = computer;
    this.site = site;
    dataExchange = guest.dataExchange;
    shielded = guest.shielded;
    factsFrom = guest.factsFrom;
    log = guest.log.clone();
    published = guest.published;
    publishedId = guest.publishedId;
    GuestRecord.Extras extras = guest.extras;
    guestPool =
        extras == null || extras.guestPool == null ? null : ImmutableList.copyOf(extras.guestPool);
    hostItemsSeen = extras == null ? ImmutableList.of() : extras.hostItemsSeen;
  }

  boolean isFrom(ImmutableMap<String, Integer> hosts) {
    return site.equals(hosts); // at once where it is the same map, as in a fork
  }

  /** Returns the virtual machine that it was taken of. */
  public VmId vm() {
    return machine.vm();
  }

  /** Returns when it was taken, in virtual time. */
  public Instant takenAt() {
    return takenAt;
  }

  /**
   * Gives a new guest, which would have the computer name {@code usual}, the name that is on the
   * disks, and the configuration of the virtual machine.
   */
  void configure(GuestRecord guest, String usual) {
    if (!computer.equals(usual)) {
      guest.extras().computer = computer;
    }
    guest.dataExchange = dataExchange;
    guest.shielded = shielded;
  }

  /**
   * Puts what lies on the disks into {@code guest}; the machine itself is for the caller to feed.
   */
  void restoreDisks(GuestRecord guest) {
    guest.system = system;
    guest.factsFrom = factsFrom;
    guest.log = log.clone();
    guest.published = published;
    guest.publishedId = publishedId;
    if (guest.extras != null || guestPool != null || !hostItemsSeen.isEmpty()) {
      GuestRecord.Extras extras = guest.extras();
      extras.guestPool = guestPool == null ? null : new ArrayList<>(guestPool);
      extras.hostItemsSeen = hostItemsSeen;
    }
  }

  /** Returns machine and time. */
  @Override
  public String toString() {
    return machine.vm() + " as of " + takenAt;
  }
}
