package io.avma.sim.scenario;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.sim.Happening;
import io.avma.sim.SimulatedDatacenter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The invariants of this library's own simulations, by name. */
@CheckReturnValue
public final class Invariants {
  /** After everything is healed, whoever can be licensed becomes so within a bound. */
  public static final String CONVERGENCE = "convergence";

  /** Time passes: nothing happens again and again at one instant. */
  public static final String PROGRESS = "progress";

  /** Nothing throws: no machine, no invariant, no listener. */
  public static final String NO_EXCEPTION = "no-exception";

  private static final ImmutableList<Invariant> STANDARD =
      ImmutableList.of(
          fitHosts(),
          ownGuests(),
          ownAnswers(),
          grantsLogged(),
          withinValidity(),
          keysKept(),
          freshNonces(),
          onlyWhoRunsAsks(),
          hostLimit(),
          itemsPublished(),
          itemsLeftFound(),
          ledgerAgrees());

  private Invariants() {}

  /**
   * Returns all of them; {@link #PROGRESS}, {@link #NO_EXCEPTION} and {@link #CONVERGENCE} are
   * checked besides.
   */
  public static ImmutableList<Invariant> standard() {
    return STANDARD;
  }

  /** Returns whether the invariant called {@code name} is watched without being asked for. */
  static boolean isStandard(String name) {
    return name.equals(PROGRESS)
        || name.equals(NO_EXCEPTION)
        || name.equals(CONVERGENCE)
        || STANDARD.stream().anyMatch(invariant -> invariant.name().equals(name));
  }

  /** Only a host that the published rules allow to grants a guest anything. */
  public static Invariant fitHosts() {
    return named("fit-hosts", unused -> new GrantWatches.FitHosts());
  }

  /** A host answers the guests that are on it, and no others. */
  public static Invariant ownGuests() {
    return named("own-guests", unused -> new RequestWatches.OwnGuests());
  }

  /**
   * Each answer stands in the host's log as event 12310, and each that arrived in the guest's as
   * 12309, unless a record was lost.
   */
  public static Invariant grantsLogged() {
    return named("grants-logged", unused -> new LogWatch());
  }

  /**
   * Only the answer to the request in flight licenses, and only if the guest's own host gave it.
   */
  public static Invariant ownAnswers() {
    return named("own-answers", unused -> new GrantWatches.OwnAnswers());
  }

  /** A license lasts as long as it was granted for, and nothing but a grant makes it longer. */
  public static Invariant withinValidity() {
    return named("within-validity", GrantWatches.WithinValidity::new);
  }

  /** A guest has the key that it was given last: nothing else brings, changes or takes it. */
  public static Invariant keysKept() {
    return named("keys-kept", unused -> new GrantWatches.KeysKept());
  }

  /** No request has the nonce of an earlier one. */
  public static Invariant freshNonces() {
    return named("fresh-nonces", unused -> new RequestWatches.FreshNonces());
  }

  /** Requests come from guests that run, on hosts that are up. */
  public static Invariant onlyWhoRunsAsks() {
    return named("only-who-runs-asks", unused -> new RequestWatches.OnlyWhoRuns());
  }

  /** A host answers no more requests in a window than the terms allow. */
  public static Invariant hostLimit() {
    return named("host-limit", RequestWatches.HostLimit::new);
  }

  /** A guest that was just activated publishes items that say so, unless a fault struck them. */
  public static Invariant itemsPublished() {
    return named("items-published", unused -> new ItemWatches.Published());
  }

  /**
   * AVMA items that are left after a key of another channel was installed are found, in guests
   * whose clock is right.
   */
  public static Invariant itemsLeftFound() {
    return named("items-left-found", ItemWatches.LeftFound::new);
  }

  /**
   * A ledger built from logs and Data Exchange alone knows the truth, as long as logs are whole.
   */
  public static Invariant ledgerAgrees() {
    return named("ledger-agrees", LedgerWatch::new);
  }

  private static Invariant named(
      String name, Function<SimulatedDatacenter, Invariant.Watch> watch) {
    return new Named(name, watch);
  }

  private record Named(String name, Function<SimulatedDatacenter, Watch> begin)
      implements Invariant {
    @Override
    public Watch watch(SimulatedDatacenter datacenter) {
      return begin.apply(datacenter);
    }
  }

  /** A watch that looks at one happening at a time. */
  abstract static class EachHappening implements Invariant.Watch {
    @Override
    public Optional<String> after(List<Happening> happenings) {
      for (Happening happening : happenings) {
        Optional<String> wrong = after(happening, happenings);
        if (wrong.isPresent()) {
          return wrong;
        }
      }
      return Optional.empty();
    }

    /** Looks at one of {@code all} that happened in an event. */
    abstract Optional<String> after(Happening happening, List<Happening> all);
  }
}
