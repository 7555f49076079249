package io.avma.sim.scenario;

import io.avma.activation.GuestKey;
import io.avma.kvp.KvpPool;
import io.avma.platform.GuestSystem;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.sim.Happening;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.fault.FaultPoint;
import io.avma.tracking.Finding;
import io.avma.transport.PoolContent;
import io.avma.transport.TransportException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Watches of the AVMA items in guests' pools. */
final class ItemWatches {
  private ItemWatches() {}

  /** Who is activated publishes it. */
  static final class Published extends Invariants.EachHappening {
    private final SimulatedDatacenter datacenter;

    Published(SimulatedDatacenter datacenter) {
      this.datacenter = datacenter;
    }

    @Override
    Optional<String> after(Happening happening, List<Happening> all) {
      if (!(happening instanceof Happening.GuestChanged changed)
          || GrantWatches.newlyLicensed(changed).isEmpty()
          || isStruck(all)) {
        return Optional.empty();
      }
      Set<String> missing = new HashSet<>(datacenter.terms().items().values());
      items(changed.guest()).forEach(missing::remove);
      return missing.isEmpty()
          ? Optional.empty()
          : Optional.of(changed.guest().name() + " is activated and lacks items of AVMA");
    }

    private static boolean isStruck(List<Happening> all) {
      return all.stream()
          .anyMatch(
              one ->
                  one instanceof Happening.FaultStruck struck
                      && struck.rule().point() == FaultPoint.GUEST_ITEMS);
    }
  }

  /** What is left is found. */
  static final class LeftFound implements Invariant.Watch {
    private final SimulatedDatacenter datacenter;

    LeftFound(SimulatedDatacenter datacenter) {
      this.datacenter = datacenter;
    }

    @Override
    public Optional<String> after(List<Happening> happenings) {
      return Optional.empty();
    }

    @Override
    public Optional<String> afterRound(Monitoring monitoring) {
      Set<VmId> left = new HashSet<>(); // never iterated
      Set<VmId> seen = new HashSet<>();
      Set<VmId> twice = new HashSet<>();
      for (SimulatedGuest guest : datacenter.guests()) {
        if (!guest.isReplica() && !seen.add(guest.vm())) {
          twice.add(guest.vm());
        }
      }
      for (SimulatedGuest guest : datacenter.guests()) {
        if (hasLeftItems(guest) && !twice.contains(guest.vm())) {
          left.add(guest.vm());
        }
      }
      if (left.isEmpty()) {
        return Optional.empty();
      }
      for (Finding finding : monitoring.ledger().view().findings()) {
        if (finding.kind() == Finding.Kind.AVMA_ITEMS_LEFT) {
          finding.vm().ifPresent(left::remove);
        }
      }
      return left.stream().sorted().findFirst().map(vm -> "items left in " + vm + " are not found");
    }

    private boolean hasLeftItems(SimulatedGuest guest) {
      if (!(guest.activation().key() instanceof GuestKey.Other)
          || !(guest.profile().system() instanceof GuestSystem.WindowsServer)
          || !guest.isRunning()
          || !guest.clockAhead().isZero() // else nobody knows what was told first
          || !guest.host().isReachable()
          || guest.profile().dataExchange() != Ternary.YES
          || guest.profile().shielded() != Ternary.NO) {
        return false;
      }
      Set<String> items = items(guest);
      return datacenter.terms().items().values().stream().anyMatch(items::contains);
    }
  }

  private static Set<String> items(SimulatedGuest guest) {
    Set<String> keys = new HashSet<>();
    try {
      PoolContent pool = guest.pools().read(KvpPool.GUEST);
      pool.items().forEach(item -> keys.add(item.key()));
    } catch (TransportException e) {
      throw new AssertionError("the guest was running", e);
    }
    return keys;
  }
}
