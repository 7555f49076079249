package io.avma.testkit.explore;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.GuestActivation;
import io.avma.activation.HostActivation;
import io.avma.activation.Nonce;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A guest, its hosts and the network between them, as of {@link #NOW}. The two last components are
 * books that the machines know nothing of; the laws are checked against them.
 *
 * @param guest the guest
 * @param hosts the hosts
 * @param on the number of the host that the guest is on
 * @param network the messages under way, in {@link HandshakeMessage#ORDER}
 * @param asked the nonce whose answer may activate the guest
 * @param left how long an activation may last from now on
 */
@CheckReturnValue
public record HandshakeWorld(
    GuestActivation guest,
    ImmutableList<HostActivation> hosts,
    int on,
    ImmutableList<HandshakeMessage> network,
    Optional<Nonce> asked,
    Duration left) {
  /** What every clock shows in every world: time is counted from now, so that it has no end. */
  public static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  /** Returns the guest's state, where it is, and what is under way. */
  @Override
  public String toString() {
    return guest.state() + " on host " + on + (network.isEmpty() ? "" : ", under way " + network);
  }
}
