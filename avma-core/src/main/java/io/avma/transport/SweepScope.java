package io.avma.transport;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpSource;
import io.avma.platform.VmId;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a sweep asks a host for: which VMs, and which of their items.
 *
 * @param vms the VMs, ascending; empty for every VM that the host has
 * @param sources where the wanted items come from, in the order of the constants; without any the
 *     host is asked for its own facts only. A host never holds {@link KvpSource#HOST_FACTS}.
 */
@CheckReturnValue
public record SweepScope(Optional<ImmutableSortedSet<VmId>> vms, ImmutableSet<KvpSource> sources) {
  private static final ImmutableSet<KvpSource> HELD_BY_HOSTS =
      Sets.immutableEnumSet(
          KvpSource.INTRINSIC,
          KvpSource.GUEST_WRITTEN,
          KvpSource.HOST_WRITTEN,
          KvpSource.HOST_ONLY);

  /** Puts the sources in the order of the constants. */
  public SweepScope {
    sources = Sets.immutableEnumSet(sources);
    vms.ifPresent(wanted -> checkArgument(!wanted.isEmpty(), "no VM (expected: one or more)"));
  }

  /** Returns every VM with all items; host-only ones where the host has the capability. */
  public static SweepScope everything() {
    return new SweepScope(Optional.empty(), HELD_BY_HOSTS);
  }

  /** Returns the given VMs with all items; a VM that the host does not have is unreadable. */
  public static SweepScope of(VmId first, VmId... more) {
    return new SweepScope(
        Optional.of(
            ImmutableSortedSet.<VmId>naturalOrder().add(first).addAll(Arrays.asList(more)).build()),
        HELD_BY_HOSTS);
  }

  /** Returns the same VMs with the items from {@code wanted} only. */
  public SweepScope only(KvpSource... wanted) {
    return new SweepScope(vms, ImmutableSet.copyOf(wanted));
  }

  /** Returns the same VMs without items: the host's own facts. */
  public SweepScope factsOnly() {
    return new SweepScope(vms, ImmutableSet.of());
  }

  /** Returns whether {@code vm} is asked for. */
  public boolean includes(VmId vm) {
    return vms.map(wanted -> wanted.contains(vm)).orElse(true);
  }
}
