package io.avma.sim.scenario;

import io.avma.activation.ActivationTerms;
import io.avma.activation.Nonce;
import io.avma.platform.Hresult;
import io.avma.sim.Happening;
import io.avma.sim.SimulatedDatacenter;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Watches of requests. */
final class RequestWatches {
  private RequestWatches() {}

  /** No nonce twice. */
  static final class FreshNonces extends Invariants.EachHappening {
    private final Set<Nonce> used = new HashSet<>(); // never iterated

    @Override
    Optional<String> after(Happening happening, List<Happening> all) {
      return happening instanceof Happening.RequestSent sent && !used.add(sent.request().nonce())
          ? Optional.of(sent.guest().name() + " asked with a nonce that was used before")
          : Optional.empty();
    }
  }

  /** Only running guests ask. */
  static final class OnlyWhoRuns extends Invariants.EachHappening {
    @Override
    Optional<String> after(Happening happening, List<Happening> all) {
      return happening instanceof Happening.RequestSent sent
              && (!sent.host().isUp() || sent.guest().isReplica() || !sent.guest().isRunning())
          ? Optional.of(sent.guest().name() + " asked although it cannot run")
          : Optional.empty();
    }
  }

  /** Hosts answer whoever is on them. */
  static final class OwnGuests extends Invariants.EachHappening {
    @Override
    Optional<String> after(Happening happening, List<Happening> all) {
      return happening instanceof Happening.RequestAnswered answered
              && !answered.guest().host().name().equals(answered.host().name())
          ? Optional.of(
              answered.host().name()
                  + " answered "
                  + answered.guest().name()
                  + ", which is on "
                  + answered.guest().host().name())
          : Optional.empty();
    }
  }

  /** Counts what each host answers, by a window of its own. */
  static final class HostLimit extends Invariants.EachHappening {
    private final SimulatedDatacenter datacenter;
    private final ActivationTerms terms;
    private final Map<String, Window> windows = new HashMap<>(); // asked, never iterated

    private record Window(Instant opened, int answers) {}

    HostLimit(SimulatedDatacenter datacenter) {
      this.datacenter = datacenter;
      terms = datacenter.terms();
    }

    @Override
    Optional<String> after(Happening happening, List<Happening> all) {
      if (happening instanceof Happening.HostChanged changed && changed.restarted()) {
        windows.remove(changed.host().name());
      }
      if (!(happening instanceof Happening.RequestAnswered answered)
          || answered.code().equals(Hresult.THROTTLED)) {
        return Optional.empty();
      }
      Instant now = datacenter.now();
      Window open = windows.get(answered.host().name());
      Window next =
          open == null || !now.isBefore(open.opened.plus(terms.throttleWindow()))
              ? new Window(now, 1)
              : new Window(open.opened, open.answers + 1);
      windows.put(answered.host().name(), next);
      return next.answers > terms.throttleLimit()
          ? Optional.of(
              answered.host().name()
                  + " answered "
                  + next.answers
                  + " requests since "
                  + next.opened)
          : Optional.empty();
    }
  }
}
