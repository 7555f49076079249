package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.avma.compatibility.Obstacle;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import io.avma.platform.Standing;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Checks of what hosts granted and refused, and of activations that nobody granted. */
final class GrantChecks {
  private GrantChecks() {}

  /** A host says that it granted what it cannot grant. One finding for each such host. */
  static ImmutableList<Finding> unfitHosts(VmHistory history, Findings.Fitness fitness) {
    Map<HostId, Draft> drafts = new TreeMap<>();
    Map<HostId, HostFitness.Unfit> reasons = new TreeMap<>();
    Optional<Exchange> lastGrant = Optional.empty();
    for (Exchange exchange : history.exchanges()) {
      if (!exchange.succeeded() || exchange.host().isEmpty()) {
        continue;
      }
      Observation.HostLogged grant = exchange.host().get();
      Optional<HostFitness.Unfit> unfit =
          fitness.of(grant.host(), grant.provenance()).unfitAt(grant.at());
      unfit.ifPresent(
          reason -> {
            drafts
                .computeIfAbsent(
                    grant.host(),
                    host -> new Draft(Finding.Kind.GRANT_BY_UNFIT_HOST).of(history.vm()).of(host))
                .because(grant)
                .support(reason.because());
            reasons.put(grant.host(), reason);
          });
      lastGrant = Optional.of(exchange);
    }
    ImmutableList.Builder<Finding> findings = ImmutableList.builder();
    Optional<HostId> last = lastGrant.flatMap(Exchange::answeredBy);
    reasons.forEach(
        (host, reason) -> {
          Draft draft = drafts.get(host);
          if (draft != null) {
            unfitHost(draft.open(last.equals(Optional.of(host))), host, reason)
                .ifPresent(findings::add);
          }
        });
    return findings.build();
  }

  private static Optional<Finding> unfitHost(Draft draft, HostId host, HostFitness.Unfit unfit) {
    return draft
        .standing(unfit.verdict().standing())
        .say(
            "The log of "
                + host
                + " says that it activated this VM, which it cannot have done by what it said about"
                + " itself. "
                + unfit.verdict().sentence(),
            unfit.verdict().obstacles().stream()
                .findFirst()
                .map(Obstacle::remedy)
                .orElse("Look at the host's own license with slmgr /dlv."));
  }

  /** The last request of the VM failed. */
  static Optional<Finding> refused(VmHistory history) {
    Optional<Exchange> last = Findings.lastOf(history.exchanges());
    Optional<Refusal> row = Findings.lastOf(history.refusals());
    if (last.isEmpty() || !last.get().failed() || row.isEmpty()) {
      return Optional.empty();
    }
    Refusal refusal = row.get();
    Draft draft = new Draft(Finding.Kind.REFUSED).of(history.vm());
    refusal.host().ifPresent(draft::of);
    refusal.exchanges().forEach(exchange -> draft.because(exchange.evidence()));
    int count = refusal.exchanges().size();
    return draft.say(
        "The last "
            + (count == 1 ? "request" : count + " requests")
            + " of this VM failed with "
            + refusal.result()
            + refusal.host().map(host -> ", says " + host).orElse(", says the guest")
            + refusal.result().meaning().map(meaning -> ": " + meaning).orElse("")
            + ".",
        remedy(refusal.result()));
  }

  private static String remedy(Hresult result) {
    if (result.equals(Hresult.HOST_NOT_ACTIVATED)) {
      return "Activate the host with its own key, or move the VM to an activated Datacenter host.";
    }
    if (result.equals(Hresult.ID_MISMATCH)) {
      return "Move the VM to a host of its release or later, or install the key of its edition.";
    }
    if (result.equals(Hresult.INVALID_PLATFORM)) {
      return "Move the VM to Windows Server Datacenter 2012 R2 or later, and see that Data Exchange"
          + " is enabled for it.";
    }
    if (result.equals(Hresult.THROTTLED)) {
      return "Wait: the guest tries again.";
    }
    return "Look at the events around it in both logs.";
  }

  /** The guest says that it was activated and nothing that a host logged can be the reason. */
  static Optional<Finding> claimsWithoutGrant(VmHistory history, LogRecords records) {
    Draft draft =
        new Draft(Finding.Kind.ACTIVATION_WITHOUT_GRANT)
            .of(history.vm())
            .standing(Standing.ASSUMED);
    Set<Coverage> logs = EnumSet.noneOf(Coverage.class);
    Instant last = Instant.MIN;
    for (ActivatedSpan claim : history.claims()) {
      for (Exchange exchange : claim.exchanges()) {
        if (exchange.attribution() == Attribution.UNMATCHED) {
          draft.because(exchange.evidence());
          logs.add(coverage(history, records, exchange.at(), draft));
          last = exchange.at();
        }
      }
      if (claim.exchanges().isEmpty()) {
        draft.because(claim.readings());
        last = claim.readings().get(claim.readings().size() - 1).at();
      }
    }
    Instant lastClaim = last;
    boolean grantedSince =
        history.activations().stream().anyMatch(span -> span.until().isAfter(lastClaim));
    // One record of the guest that whole logs contradict outweighs others that nobody can judge.
    Coverage strongest = logs.stream().min(Comparator.naturalOrder()).orElse(Coverage.UNREAD);
    return draft
        .open(!grantedSince)
        .say(
            "The guest says that it was activated, and no host's record says so"
                + strongest.sentence,
            strongest.remedy);
  }

  /** What the logs of the hosts that a VM can have been on say of an instant, strongest first. */
  private enum Coverage {
    WHOLE(
        ", although there are records of its host from before and after.",
        "See whether the clocks of both machines differ and whether the VM was elsewhere in"
            + " between; if not, trust the host, and look at who wrote the guest's log."),
    GAP(
        "; the log of its host has a gap there.",
        "Look for an export of that log from before it wrapped or was cleared."),
    UNREAD(
        "; no log that covers the time was read.",
        "Read event 12310 from the log of each host that the VM ran on.");

    final String sentence;
    final String remedy;

    Coverage(String sentence, String remedy) {
      this.sentence = sentence;
      this.remedy = remedy;
    }
  }

  /** The weakest of all those hosts' logs; {@code draft} gets the gaps for support. */
  private static Coverage coverage(VmHistory history, LogRecords records, Instant at, Draft draft) {
    Coverage weakest = Coverage.WHOLE;
    ImmutableSortedSet<HostId> hosts = history.sightings().plausibleHosts(at);
    for (HostId host : hosts) {
      Optional<Observation.LogGap> gap = records.gapAt(host, at);
      gap.ifPresent(draft::support);
      if (!records.surround(host, at)) {
        return Coverage.UNREAD;
      }
      weakest = gap.isPresent() ? Coverage.GAP : weakest;
    }
    return hosts.isEmpty() ? Coverage.UNREAD : weakest;
  }
}
