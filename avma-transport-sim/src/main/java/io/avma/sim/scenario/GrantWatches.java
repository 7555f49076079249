package io.avma.sim.scenario;

import io.avma.activation.Activation;
import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationResponse;
import io.avma.activation.GuestActivation;
import io.avma.activation.GuestKey;
import io.avma.activation.Kept;
import io.avma.activation.Nonce;
import io.avma.sim.Happening;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Watches of who grants what to whom, and for how long. */
final class GrantWatches {
  private GrantWatches() {}

  /** Only hosts that may grant do. */
  static final class FitHosts extends Invariants.EachHappening {
    @Override
    Optional<String> after(Happening happening, List<Happening> all) {
      if (happening instanceof Happening.RequestAnswered answered
          && answered.code().isSuccess()
          && !Licensable.mayGrant(answered.host().trueProfile(), answered.request().avmaId())) {
        return Optional.of(
            answered.host() + " granted " + answered.guest().name() + " what it may not");
      }
      return Optional.empty();
    }
  }

  /** Returns the activation that a guest keeps, in force or not. */
  static Optional<Activation> kept(GuestActivation guest) {
    Kept kept = guest.state().kept();
    if (kept instanceof Kept.Licensed licensed) {
      return Optional.of(licensed.activation());
    }
    return kept instanceof Kept.Withdrawn withdrawn
        ? Optional.of(withdrawn.activation())
        : Optional.empty();
  }

  /** Returns what a guest was granted just now, if it was. */
  static Optional<ActivationResponse> newlyLicensed(Happening.GuestChanged changed) {
    if (!(changed.input() instanceof ActivationInput.ResponseArrived arrived)
        || kept(changed.after()).isEmpty()
        || kept(changed.after()).equals(kept(changed.before()))) {
      return Optional.empty();
    }
    Activation after = kept(changed.after()).get();
    Optional<Activation> before = kept(changed.before());
    // A clock that was set back moves what there is; that is no new license.
    boolean moved =
        before.isPresent()
            && !after.expiresAt().isAfter(before.get().expiresAt())
            && after.host().equals(before.get().host())
            && length(after).equals(length(before.get()));
    return moved ? Optional.empty() : Optional.of(arrived.response());
  }

  private static Duration length(Activation activation) {
    return Duration.between(activation.activatedAt(), activation.expiresAt());
  }

  /** Only the answer to the request in flight licenses. */
  static final class OwnAnswers extends Invariants.EachHappening {
    private final Map<String, Nonce> pending = new HashMap<>(); // asked, never iterated

    @Override
    Optional<String> after(Happening happening, List<Happening> all) {
      if (happening instanceof Happening.RequestSent sent) {
        pending.put(sent.guest().name(), sent.request().nonce());
      } else if (happening instanceof Happening.GuestPlaced placed) {
        pending.remove(placed.guest().name()); // what was in flight does not follow
      } else if (happening instanceof Happening.GuestChanged changed) {
        return changed(changed);
      }
      return Optional.empty();
    }

    private Optional<String> changed(Happening.GuestChanged changed) {
      SimulatedGuest guest = changed.guest();
      Optional<ActivationResponse> response = newlyLicensed(changed);
      if (response.isEmpty()) {
        if (changed.after().state().pending().isEmpty()) {
          pending.remove(guest.name());
        }
        return grewWithoutAnswer(changed);
      }
      Nonce asked = pending.remove(guest.name());
      SimulatedHost host = guest.host();
      if (!response.get().nonce().equals(asked) || !response.get().vm().equals(guest.vm())) {
        return Optional.of(guest.name() + " was licensed by the answer to another request");
      }
      if (!(response.get().answer() instanceof ActivationResponse.Granted)) {
        return Optional.of(guest.name() + " was licensed by a refusal");
      }
      return response.get().host().equals(host.id())
          ? Optional.empty()
          : Optional.of(
              guest.name()
                  + " was licensed by "
                  + response.get().host()
                  + " and is on "
                  + host.id());
    }

    private static Optional<String> grewWithoutAnswer(Happening.GuestChanged changed) {
      boolean licenses =
          kept(changed.before()).isEmpty()
              && kept(changed.after()).isPresent()
              && !(changed.input() instanceof ActivationInput.Reverted);
      return licenses
          ? Optional.of(changed.guest().name() + " was licensed by " + changed.input().kind())
          : Optional.empty();
    }
  }

  /** Keys change by what is said of keys, and only so. */
  static final class KeysKept extends Invariants.EachHappening {
    @Override
    Optional<String> after(Happening happening, List<Happening> all) {
      if (!(happening instanceof Happening.GuestChanged changed)) {
        return Optional.empty();
      }
      GuestKey expected =
          switch (changed.input().kind()) {
            case KEY_INSTALLED -> ((ActivationInput.KeyInstalled) changed.input()).key();
            case OTHER_KEY_INSTALLED -> ((ActivationInput.OtherKeyInstalled) changed.input()).key();
            case KEY_REMOVED -> GuestKey.None.INSTANCE;
            case REVERTED -> ((ActivationInput.Reverted) changed.input()).checkpoint().key();
            case STARTED,
                DUE,
                ACTIVATE_NOW,
                RESPONSE_ARRIVED,
                RESPONSE_DAMAGED,
                LIVE_MIGRATED,
                CLOCK_SET,
                STOPPED,
                CRASHED,
                SAVED,
                RESTORED ->
                changed.before().key();
          };
      return changed.after().key().equals(expected)
          ? Optional.empty()
          : Optional.of(
              changed.guest().name()
                  + " has another key than it should after "
                  + changed.input().kind());
    }
  }

  /** A license ends when it was said to end. */
  static final class WithinValidity extends Invariants.EachHappening {
    private final SimulatedDatacenter datacenter;

    /** When the license of a guest ends in true time, at the latest; for guests never set back. */
    private final Map<String, Instant> ends = new HashMap<>(); // asked, never iterated

    WithinValidity(SimulatedDatacenter datacenter) {
      this.datacenter = datacenter;
    }

    @Override
    Optional<String> after(Happening happening, List<Happening> all) {
      if (happening instanceof Happening.GuestSetBack back) {
        ends.remove(back.guest().name());
      }
      return happening instanceof Happening.GuestChanged changed
          ? changed(changed)
          : Optional.empty();
    }

    private Optional<String> changed(Happening.GuestChanged changed) {
      SimulatedGuest guest = changed.guest();
      Optional<Activation> after = kept(changed.after());
      Optional<ActivationResponse> granted = newlyLicensed(changed);
      if (granted.isPresent()
          && granted.get().answer() instanceof ActivationResponse.Granted grant) {
        Instant now = datacenter.now();
        Instant clock = now.plus(guest.clockAhead());
        if (!after.orElseThrow().expiresAt().equals(clock.plus(grant.validity()))) {
          return Optional.of(
              guest.name()
                  + " was granted "
                  + grant.validity()
                  + " at "
                  + clock
                  + " and is licensed until "
                  + after.get().expiresAt());
        }
        ends.put(guest.name(), now.plus(grant.validity()));
        return Optional.empty();
      }
      Optional<Activation> before = kept(changed.before());
      if (before.isPresent()
          && after.isPresent()
          && !(changed.input() instanceof ActivationInput.Reverted)
          && after.get().expiresAt().isAfter(before.get().expiresAt())) {
        return Optional.of(
            guest.name() + " had its license made longer by " + changed.input().kind());
      }
      return outlived(guest);
    }

    private Optional<String> outlived(SimulatedGuest guest) {
      Instant end = ends.get(guest.name());
      return end != null && !datacenter.now().isBefore(end) && guest.isActivated()
          ? Optional.of(guest.name() + " is activated after its license ended at " + end)
          : Optional.empty();
    }

    @Override
    public Optional<String> afterRound(Monitoring monitoring) {
      for (SimulatedGuest guest : datacenter.guests()) {
        Optional<String> wrong = outlived(guest);
        if (wrong.isPresent()) {
          return wrong;
        }
      }
      return Optional.empty();
    }
  }
}
