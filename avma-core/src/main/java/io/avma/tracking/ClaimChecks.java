package io.avma.tracking;

import com.google.common.collect.ImmutableSortedSet;
import io.avma.platform.ForeignText;
import io.avma.platform.HostId;
import io.avma.platform.LicenseChannel;
import io.avma.platform.VmId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks of what guests say about themselves against what hosts saw and logged. */
final class ClaimChecks {
  private ClaimChecks() {}

  /** The guest says that it is another VM than the one that was asked. */
  static Optional<Finding> otherVm(VmHistory history) {
    Draft draft = new Draft(Finding.Kind.CLAIMS_OTHER_VM).of(history.vm());
    Optional<VmId> last = Optional.empty();
    boolean lastDiffers = false;
    for (Observation.GuestTold told : statements(history)) {
      Optional<VmId> claimed = told.statement().vm();
      if (claimed.isPresent()) {
        lastDiffers = !claimed.get().equals(history.vm());
        if (lastDiffers) {
          draft.because(told);
          last = claimed;
        }
      }
    }
    return draft
        .open(lastDiffers)
        .say(
            "The guest's items say that it is VM "
                + last.map(VmId::toString).orElse("?")
                + ", and it is "
                + history.vm()
                + ".",
            "See whether its disk is a copy of that VM's, or whether somebody in the guest changed"
                + " the items.");
  }

  /** The guest says that it runs on a host on which nobody saw it, while another did see it. */
  static Optional<Finding> otherHost(VmHistory history) {
    Draft draft = new Draft(Finding.Kind.CLAIMS_OTHER_HOST).of(history.vm());
    TreeSet<HostId> claimedHosts = new TreeSet<>();
    TreeSet<HostId> seenHosts = new TreeSet<>();
    boolean lastDiffers = false;
    for (Observation.GuestTold told : statements(history)) {
      Optional<HostId> claimed = told.statement().host();
      if (claimed.isEmpty()) {
        continue;
      }
      Optional<Observation.HostSaw> seen = contradicting(history, claimed.get(), told.at());
      lastDiffers = seen.isPresent();
      seen.ifPresent(
          saw -> {
            draft.because(told).support(saw);
            claimedHosts.add(claimed.get());
            seenHosts.add(saw.host());
          });
    }
    return draft
        .open(lastDiffers)
        .say(
            "The guest says that it runs on "
                + joined(claimedHosts)
                + ", while "
                + joined(seenHosts)
                + " had it.",
            "Trust the host; see whether Data Exchange works in the guest, and who changed its"
                + " items.");
  }

  /**
   * Returns the sighting that contradicts {@code claimed}: the VM was on another host both before
   * and after, and had been there for as long as a guest may take to notice.
   */
  private static Optional<Observation.HostSaw> contradicting(
      VmHistory history, HostId claimed, Instant at) {
    Sightings sightings = history.sightings();
    Optional<Observation.HostSaw> before = sightings.before(at);
    Optional<Observation.HostSaw> after = sightings.after(at);
    if (before.isEmpty()
        || (!before.get().at().equals(at)
            && (after.isEmpty() || !after.get().host().equals(before.get().host())))) {
      return Optional.empty();
    }
    HostId named = history.terms().renamed(claimed);
    return HostNames.maybeSame(before.get().host(), named)
            || sightings.anyWithin(at, history.terms().refresh(), named)
        ? Optional.empty()
        : before;
  }

  /** The guest names another host as the one that activated it than the host whose log says so. */
  static Optional<Finding> otherActivator(VmHistory history) {
    Draft draft = new Draft(Finding.Kind.CLAIMS_OTHER_HOST).of(history.vm());
    TreeSet<HostId> claimedHosts = new TreeSet<>();
    TreeSet<HostId> grantingHosts = new TreeSet<>();
    boolean lastDiffers = false;
    for (ActivatedSpan span : history.activations()) {
      for (Observation.LicenseTold told : span.readings()) {
        Optional<Exchange> grant = lastConfirmed(span, told.at());
        if (told.activatedBy().isEmpty() || grant.isEmpty()) {
          continue;
        }
        HostId granting = grant.get().answeredBy().orElseThrow();
        HostId named = history.terms().renamed(told.activatedBy().get());
        lastDiffers = !HostNames.maybeSame(named, granting);
        if (lastDiffers) {
          draft.because(told).support(grant.get().host().orElseThrow());
          claimedHosts.add(told.activatedBy().get());
          grantingHosts.add(granting);
        }
      }
    }
    return draft
        .open(lastDiffers)
        .say(
            "The guest says that it was activated by "
                + joined(claimedHosts)
                + ", while the grant is in the log of "
                + joined(grantingHosts)
                + ".",
            "Trust the log; ask the guest again with slmgr /dlv after its next renewal.");
  }

  /** A grant whose answer the guest never logged says nothing about whom the guest should name. */
  private static Optional<Exchange> lastConfirmed(ActivatedSpan span, Instant at) {
    List<Exchange> until = new ArrayList<>();
    for (Exchange exchange : span.exchanges()) {
      if (!exchange.at().isAfter(at)) {
        until.add(exchange);
      }
    }
    return Findings.lastOf(until).filter(Exchange::confirmed);
  }

  /** The guest has a key of another channel, and items of AVMA are still there. */
  static Optional<Finding> itemsLeft(VmHistory history) {
    Draft draft = new Draft(Finding.Kind.AVMA_ITEMS_LEFT).of(history.vm());
    Optional<Observation.LicenseTold> otherKey = Optional.empty();
    Optional<Observation.GuestTold> statement = Optional.empty();
    TreeSet<String> items = new TreeSet<>();
    boolean left = false;
    for (Observation observation : history.observations()) {
      if (observation instanceof Observation.LicenseTold license
          && license.channel() != LicenseChannel.UNKNOWN) {
        otherKey = license.hasOtherKey() ? Optional.of(license) : Optional.empty();
        left &= license.hasOtherKey();
        // What was told at the same instant has no order, so it counts whichever stands first.
        statement = statement.filter(told -> told.at().equals(license.at()));
      } else if (observation instanceof Observation.GuestTold told
          && told.statement().avmaItems().isPresent()) {
        statement = Optional.of(told);
      } else {
        continue;
      }
      if (otherKey.isPresent() && statement.isPresent()) {
        ImmutableSortedSet<String> told = statement.get().statement().avmaItems().orElseThrow();
        left = !told.isEmpty();
        if (left) {
          draft.support(otherKey.get()).because(statement.get());
          items.addAll(told);
        }
      }
    }
    return draft
        .open(left)
        .say(
            "The guest's key is of another channel now, and its items of AVMA are still there: "
                + items.stream()
                    .limit(8)
                    .map(key -> ForeignText.escape(key, 80))
                    .collect(Collectors.joining(", "))
                + (items.size() > 8 ? ", …" : "")
                + ".",
            "Remove them in the guest (registry key HKLM\\SOFTWARE\\Microsoft\\Virtual"
                + " Machine\\Guest); Microsoft asks for it when the key changes.");
  }

  private static List<Observation.GuestTold> statements(VmHistory history) {
    return history.of(Observation.GuestTold.class).toList();
  }

  private static String joined(Set<HostId> hosts) {
    return hosts.stream().limit(8).map(HostId::toString).collect(Collectors.joining(", "))
        + (hosts.size() > 8 ? ", …" : "");
  }
}
