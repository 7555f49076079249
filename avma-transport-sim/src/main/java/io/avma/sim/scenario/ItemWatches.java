package io.avma.sim.scenario;

import io.avma.activation.Effect;
import io.avma.activation.GuestActivation;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Watches of the AVMA items in guests' pools. */
final class ItemWatches {
  private ItemWatches() {}

  /** Who is activated publishes it. */
  static final class Published extends Invariants.EachHappening {
    @Override
    Optional<String> after(Happening happening, List<Happening> all) {
      if (!(happening instanceof Happening.GuestChanged changed)
          || GrantWatches.newlyLicensed(changed).isEmpty()
          || isStruck(all)) {
        return Optional.empty();
      }
      GuestActivation guest = changed.after();
      Map<String, String> wanted =
          new Effect.PublishItems(
                  guest.terms(),
                  guest.avmaId().orElseThrow(),
                  GrantWatches.kept(guest).orElseThrow())
              .items();
      return items(changed.guest()).entrySet().containsAll(wanted.entrySet())
          ? Optional.empty()
          : Optional.of(
              changed.guest().name() + " is activated and its items of AVMA say something else");
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
        if (finding.kind() == Finding.Kind.AVMA_ITEMS_LEFT && finding.open()) {
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
      Map<String, String> items = items(guest);
      return datacenter.terms().items().values().stream().anyMatch(items::containsKey);
    }
  }

  private static Map<String, String> items(SimulatedGuest guest) {
    Map<String, String> items = new HashMap<>(); // never iterated
    try {
      PoolContent pool = guest.pools().read(KvpPool.GUEST);
      pool.items().forEach(item -> items.putIfAbsent(item.key(), item.value()));
    } catch (TransportException e) {
      throw new AssertionError("the guest was running", e);
    }
    return items;
  }
}
