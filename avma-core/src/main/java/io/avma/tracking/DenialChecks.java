package io.avma.tracking;

import io.avma.platform.HostId;
import io.avma.platform.Standing;
import java.time.Instant;
import java.util.Optional;

/** Checks what guests say against grants that are in force. */
final class DenialChecks {
  private DenialChecks() {}

  /** The guest says that it is not activated, or not by AVMA, within a span of evidence. */
  static Optional<Finding> denied(VmHistory history) {
    Draft draft =
        new Draft(Finding.Kind.GRANT_DENIED_BY_GUEST)
            .of(history.vm())
            .standing(Standing.ASSUMED); // as the length of a grant is
    Optional<ActivatedSpan> last = Optional.empty();
    for (ActivatedSpan span : history.activations()) {
      for (Observation.LicenseTold denial : span.denials()) {
        draft.because(denial);
        grantBefore(span, denial.at()).ifPresent(draft::support);
        last = Optional.of(span);
      }
    }
    return last.flatMap(
        span -> {
          Observation.LicenseTold denial = span.denials().get(span.denials().size() - 1);
          return draft
              .open(span.deniedSince(span.until()).isPresent() && isLastWord(history, denial))
              .say(
                  "By the log of "
                      + span.grantedBy().map(HostId::toString).orElse("?")
                      + " this VM is activated until "
                      + HistoryText.time(span.until())
                      + ", and on "
                      + HistoryText.time(denial.at())
                      + " the guest said that it "
                      + (denial.hasOtherKey()
                          ? "has a key of another channel."
                          : "is not activated."),
                  denial.hasOtherKey()
                      ? "If the key was changed on purpose, nothing is to do: the grant runs out;"
                          + " else install the AVMA key again."
                      : "Look at slmgr /dlv in the guest: the answer may never have arrived, the"
                          + " license may have been reset, or a grant lasts shorter than assumed.");
        });
  }

  private static Optional<Observation.HostLogged> grantBefore(ActivatedSpan span, Instant at) {
    return VmHistory.last(span.exchanges().stream().filter(exchange -> !exchange.at().isAfter(at)))
        .flatMap(Exchange::host);
  }

  /** Once the span is over a denial contradicts nothing, so any later word closes the finding. */
  private static boolean isLastWord(VmHistory history, Observation.LicenseTold denial) {
    return VmHistory.last(history.of(Observation.LicenseTold.class)).equals(Optional.of(denial))
        && history.exchanges().stream()
            .noneMatch(exchange -> exchange.succeeded() && exchange.at().isAfter(denial.at()));
  }
}
