package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Optional;

/** Checks of the observations themselves, before anything is concluded from them. */
final class LedgerChecks {
  private LedgerChecks() {}

  /** Real and simulated machines share a ledger. */
  static Optional<Finding> mixture(LedgerView view) {
    Optional<Observation> real = Optional.empty();
    Optional<Observation> simulated = Optional.empty();
    for (ImmutableSortedSet<Observation> observations : view.ledger().bySubject().values()) {
      for (Observation observation : observations) {
        if (observation.provenance() == Provenance.REAL) {
          real = real.or(() -> Optional.of(observation));
        } else {
          simulated = simulated.or(() -> Optional.of(observation));
        }
        if (real.isPresent() && simulated.isPresent()) {
          return new Draft(Finding.Kind.SIMULATED_AMONG_REAL)
              .because(real.get())
              .because(simulated.get())
              .say(
                  "The ledger holds real and simulated observations.",
                  "Keep what a simulator made in a ledger of its own.");
        }
      }
    }
    return Optional.empty();
  }

  /** Something simulated speaks of a real VM. */
  static Optional<Finding> mixture(VmHistory history) {
    ImmutableSortedSet<Observation> leftOut = history.leftOut();
    return new Draft(Finding.Kind.SIMULATED_AMONG_REAL)
        .of(history.vm())
        .because(leftOut)
        .say(
            "A simulator speaks of this VM, of which there are real observations too; "
                + leftOut.size()
                + (leftOut.size() == 1 ? " is" : " are")
                + " left out.",
            "Give simulated VMs identifiers of their own, and a ledger of their own.");
  }

  /** A log record is the same record and says different things. */
  static ImmutableList<Finding> differingRecords(LedgerView view) {
    ImmutableList.Builder<Finding> findings = ImmutableList.builder();
    for (ImmutableList<Observation.HostLogged> readings : view.records().differing()) {
      Observation.HostLogged first = readings.get(0);
      new Draft(Finding.Kind.RECORDS_DIFFER)
          .of(first.host())
          .because(readings)
          .say(
              "Record "
                  + first.key()
                  + " was read "
                  + readings.size()
                  + " times with different contents; the last in order counts.",
              "Export the log again from the host and compare; one of the copies was changed or"
                  + " read wrongly.")
          .ifPresent(findings::add);
    }
    return findings.build();
  }
}
