package io.avma.tracking;

import com.google.common.collect.ImmutableSortedSet;
import io.avma.platform.HostId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One name for each host of a ledger, whatever sweeps, logs and collectors call it.
 *
 * <p>A renamed host goes by the name that the terms give. A short name joins the only fully
 * qualified one that begins with it; if there are two, nobody knows which it is, and it stays
 * alone. Only what hosts and whoever asked them say has a part in it: a guest cannot rename a host,
 * and nothing simulated gives a real host its name.
 */
final class CanonicalHosts {
  private final LedgerTerms terms;
  private final Map<Label, TreeSet<HostId>> qualified = new HashMap<>(); // asked, never iterated
  private final LicenseLedger ledger;

  private CanonicalHosts(LicenseLedger original, LedgerTerms terms) {
    this.terms = terms;
    boolean renamed = false;
    for (ImmutableSortedSet<Observation> observations : original.bySubject().values()) {
      observations.forEach(this::learn);
    }
    LicenseLedger.Builder read = LicenseLedger.empty().toBuilder();
    for (ImmutableSortedSet<Observation> observations : original.bySubject().values()) {
      for (Observation observation : observations) {
        Observation canonical = renamed(observation);
        renamed |= !canonical.equals(observation);
        read.add(canonical);
      }
    }
    ledger = renamed ? read.build() : original;
  }

  static CanonicalHosts of(LicenseLedger ledger, LedgerTerms terms) {
    return new CanonicalHosts(ledger, terms);
  }

  /** Returns the ledger with each host under one name. */
  LicenseLedger ledger() {
    return ledger;
  }

  /** Returns the name that {@code host} goes by. */
  HostId of(HostId host, Provenance provenance) {
    HostId now = terms.renamed(host);
    if (HostNames.isShort(now)) {
      TreeSet<HostId> known = qualified.get(new Label(provenance, now.value()));
      return known != null && known.size() == 1 ? known.first() : now;
    }
    return now;
  }

  /** A host that was renamed may be called by the first label of the old name too. */
  private void learn(Observation observation) {
    host(observation)
        .ifPresent(
            host -> {
              HostId now = terms.renamed(host);
              if (!HostNames.isShort(now)) {
                learn(host, now, observation.provenance());
                learn(now, now, observation.provenance());
              }
            });
  }

  private void learn(HostId name, HostId now, Provenance provenance) {
    qualified
        .computeIfAbsent(
            new Label(provenance, HostNames.firstLabel(name.value())), unused -> new TreeSet<>())
        .add(now);
  }

  private static Optional<HostId> host(Observation observation) {
    return switch (observation.kind()) {
      case HOST_SAW -> Optional.of(((Observation.HostSaw) observation).host());
      case HOST_LACKS -> Optional.of(((Observation.HostLacks) observation).host());
      case HOST_STATED -> Optional.of(((Observation.HostStated) observation).host());
      case HOST_LOGGED -> Optional.of(((Observation.HostLogged) observation).host());
      case GUEST_TOLD -> ((Observation.GuestTold) observation).via();
      case LOG_GAP ->
          observation.subject() instanceof Subject.Host host
              ? Optional.of(host.id())
              : Optional.empty();
      case GUEST_LOGGED, LICENSE_TOLD -> Optional.empty();
    };
  }

  private Observation renamed(Observation observation) {
    Optional<HostId> host = host(observation);
    if (host.isEmpty()) {
      return observation;
    }
    HostId name = of(host.get(), observation.provenance());
    return name.equals(host.get()) ? observation : renamed(observation, name);
  }

  private static Observation renamed(Observation observation, HostId name) {
    if (observation instanceof Observation.HostSaw saw) {
      return new Observation.HostSaw(name, saw.facts(), saw.at(), saw.provenance());
    }
    if (observation instanceof Observation.HostLacks lacks) {
      return new Observation.HostLacks(name, lacks.vm(), lacks.at(), lacks.provenance());
    }
    if (observation instanceof Observation.HostStated said) {
      return new Observation.HostStated(name, said.profile(), said.at(), said.provenance());
    }
    if (observation instanceof Observation.HostLogged log) {
      return new Observation.HostLogged(
          name, log.key(), log.result(), log.detail(), log.at(), log.provenance());
    }
    if (observation instanceof Observation.GuestTold told) {
      return new Observation.GuestTold(
          told.vm(), Optional.of(name), told.statement(), told.at(), told.provenance());
    }
    if (observation instanceof Observation.LogGap gap) {
      return new Observation.LogGap(new Subject.Host(name), gap.gap(), gap.at(), gap.provenance());
    }
    return observation;
  }

  private record Label(Provenance provenance, String label) {}
}
