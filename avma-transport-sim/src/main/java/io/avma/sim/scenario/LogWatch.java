package io.avma.sim.scenario;

import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationResponse;
import io.avma.activation.GuestActivation;
import io.avma.activation.Nonce;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.VmExtractor;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.Hresult;
import io.avma.sim.Happening;
import io.avma.sim.SimulatedGuest;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.TransportException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads both logs as a tool would, and compares them with what happened. */
final class LogWatch extends Invariants.EachHappening {
  private static final int MOST = 10_000;

  private final Set<Nonce> granted = new HashSet<>(); // never iterated
  private final Map<String, EventBookmark> bookmarks = new HashMap<>(); // asked, never iterated

  @Override
  Optional<String> after(Happening happening, List<Happening> all) {
    // Numbers that come again, under a clock that went back, look known to any bookmark.
    if (happening instanceof Happening.GuestSetBack back) {
      bookmarks.remove(back.guest().name());
    } else if (happening instanceof Happening.RecordsLost lost
        && lost.cause() == Happening.RecordsLost.Cause.CLEARED) {
      bookmarks.remove(lost.machine());
    }
    if (happening instanceof Happening.GuestChanged changed) {
      Optional<ActivationResponse> grant = GrantWatches.newlyLicensed(changed);
      if (grant.isPresent() && !granted.contains(grant.get().nonce())) {
        return Optional.of(
            changed.guest().name()
                + " was licensed, and "
                + grant.get().host()
                + " never noted that it granted anything");
      }
    }
    try {
      if (happening instanceof Happening.RequestAnswered answered) {
        if (answered.code().isSuccess()) {
          granted.add(answered.request().nonce());
        }
        return isLost(answered.host().name(), all)
            ? Optional.empty()
            : missing(
                answered.host().name(),
                answered.host().events(),
                entry ->
                    hasCode(entry, answered.code())
                        && entry
                            .vm(VmExtractor.firstGuid())
                            .flatMap(vm -> vm.id())
                            .equals(Optional.of(answered.request().vm())),
                "12310 with " + answered.code() + " for " + answered.guest().name());
      }
      if (happening instanceof Happening.GuestChanged changed && endedAttempt(changed)) {
        SimulatedGuest guest = changed.guest();
        Hresult code = changed.after().lastOutcome().orElseThrow().code();
        return isLost(guest.name(), all) || !guest.isRunning()
            ? Optional.empty()
            : missing(
                guest.name(), guest.events(), entry -> hasCode(entry, code), "12309 with " + code);
      }
      return Optional.empty();
    } catch (TransportException e) {
      return Optional.of("a log cannot be read: " + e.getMessage());
    }
  }

  /** Returns whether an answer or its want ended an attempt, which the guest notes. */
  private static boolean endedAttempt(Happening.GuestChanged changed) {
    GuestActivation after = changed.after();
    return changed.before().state().pending().isPresent()
        && after.state().pending().isEmpty()
        && after.lastOutcome().isPresent()
        && after.key().equals(changed.before().key())
        && (changed.input() instanceof ActivationInput.ResponseArrived
            || changed.input() instanceof ActivationInput.ResponseDamaged
            || changed.input() instanceof ActivationInput.Due);
  }

  private static boolean hasCode(ActivationLogEntry entry, Hresult code) {
    return entry.result().equals(Optional.of(code));
  }

  private static boolean isLost(String machine, List<Happening> all) {
    return all.stream()
        .anyMatch(
            one ->
                one instanceof Happening.RecordsLost lost
                    && lost.cause() == Happening.RecordsLost.Cause.NOT_WRITTEN
                    && lost.machine().equals(machine));
  }

  private interface Wanted {
    boolean is(ActivationLogEntry entry);
  }

  private Optional<String> missing(String machine, EventSource events, Wanted wanted, String what)
      throws TransportException {
    try (events) {
      EventBatch batch =
          events.read(
              bookmarks.getOrDefault(machine, EventBookmark.start()), EventFilter.all(), MOST);
      bookmarks.put(machine, batch.next());
      for (WindowsEvent event : batch.events()) {
        if (ActivationLogEntry.of(event).filter(wanted::is).isPresent()) {
          return Optional.empty();
        }
      }
    }
    return Optional.of("the log of " + machine + " has no new " + what);
  }
}
