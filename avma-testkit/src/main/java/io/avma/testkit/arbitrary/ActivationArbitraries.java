package io.avma.testkit.arbitrary;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationItem;
import io.avma.activation.ActivationOutcome;
import io.avma.activation.ActivationRequest;
import io.avma.activation.ActivationResponse;
import io.avma.activation.ActivationState;
import io.avma.activation.ActivationTerms;
import io.avma.activation.AvmaId;
import io.avma.activation.GuestActivation;
import io.avma.activation.GuestKey;
import io.avma.activation.HostActivation;
import io.avma.activation.HostCoverage;
import io.avma.activation.HostInput;
import io.avma.activation.LicenseStatus;
import io.avma.activation.Nonce;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Both machines of the handshake, what they say to each other and what happens to them. Guests and
 * hosts come with a history: they are what a list of inputs made of them, and shrink towards one to
 * which nothing has happened.
 */
@CheckReturnValue
public final class ActivationArbitraries {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LONGEST = ActivationResponse.Granted.LONGEST;
  private static final Duration SHORTEST = Duration.ofNanos(1);
  private static final int MOST_INPUTS = 12;

  /** Far enough, and with every grant behind it still a date that clocks show. */
  private static final Instant LAST = Instant.parse("2500-01-01T00:00:00Z");

  private ActivationArbitraries() {}

  /** Returns any terms, the shortest and longest of everything among them; most are a preset. */
  public static Arbitrary<ActivationTerms> terms() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Arbitraries.of(ActivationTerms.assumed(), ActivationTerms.brisk())),
        Tuple.of(1, anyTerms()));
  }

  private static Arbitrary<ActivationTerms> anyTerms() {
    Arbitrary<LicenseStatus> notLicensed =
        Arbitraries.of(LicenseStatus.class).filter(status -> status != LicenseStatus.LICENSED);
    return Builders.withBuilder(ActivationTerms::builder)
        .use(durations(SHORTEST))
        .withProbability(0.5)
        .inSetter(ActivationTerms.Builder::validity)
        .use(durations(Duration.ZERO))
        .withProbability(0.5)
        .inSetter(ActivationTerms.Builder::renewalLead)
        .use(durations(SHORTEST))
        .withProbability(0.5)
        .inSetter(ActivationTerms.Builder::replyTimeout)
        .use(durations(SHORTEST).list().ofMinSize(1).ofMaxSize(8))
        .withProbability(0.5)
        .inSetter((terms, delays) -> terms.retryDelays(delays.toArray(Duration[]::new)))
        .use(Arbitraries.of(1, 2, 100, Integer.MAX_VALUE))
        .withProbability(0.5)
        .inSetter((terms, limit) -> terms.throttle(limit, Duration.ofMinutes(1)))
        .use(notLicensed)
        .withProbability(0.3)
        .inSetter(ActivationTerms.Builder::statusBeforeActivation)
        .use(notLicensed)
        .withProbability(0.3)
        .inSetter(ActivationTerms.Builder::statusAfterExpiry)
        .use(failures())
        .withProbability(0.3)
        .inSetter(ActivationTerms.Builder::hostSilentCode)
        .use(Arbitraries.of(false, true))
        .inSetter(ActivationTerms.Builder::clearsItemsOnOtherKey)
        .use(
            Arbitraries.of(
                ImmutableMap.<ActivationItem, String>of(),
                ImmutableMap.of(ActivationItem.EXPIRES_AT, "\u0421\u0440\u043e\u043a"),
                ImmutableMap.of(ActivationItem.HOST, "k".repeat(254))))
        .withProbability(0.3)
        .inSetter(ActivationTerms.Builder::items)
        .build(ActivationTerms.Builder::build);
  }

  /** Spans from {@code least} up to the longest grant; the usual ones first. */
  private static Arbitrary<Duration> durations(Duration least) {
    return Arbitraries.oneOf(
        Arbitraries.of(
            Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(7), least, LONGEST),
        Arbitraries.longs().between(1, LONGEST.toSeconds()).map(Duration::ofSeconds));
  }

  /** Returns numbers of requests, few enough to meet again. Shrinks towards 1. */
  public static Arbitrary<Nonce> nonces() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.longs().between(1, 4).map(Nonce::new)),
        Tuple.of(1, Arbitraries.longs().map(Nonce::new)));
  }

  /** Returns AVMA IDs: those of the published keys, and some that no host covers. */
  public static Arbitrary<AvmaId> avmaIds() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, KeyArbitraries.avmaKeys().map(AvmaId::of)),
        Tuple.of(1, Arbitraries.of("0", "x".repeat(256), "\u001b[2J\n").map(AvmaId::new)));
  }

  /** Returns what can be installed in a guest; most have the AVMA key of a published row. */
  public static Arbitrary<GuestKey> guestKeys() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, avma().map(key -> (GuestKey) key)),
        Tuple.of(1, Arbitraries.of(GuestKey.None.INSTANCE)),
        Tuple.of(1, otherKeys().map(key -> (GuestKey) key)));
  }

  private static Arbitrary<GuestKey.Avma> avma() {
    return KeyArbitraries.avmaKeys().map(GuestKey.Avma::of);
  }

  private static Arbitrary<GuestKey.Other> otherKeys() {
    return Combinators.combine(
            Arbitraries.of(LicenseChannel.class).filter(c -> c != LicenseChannel.AVMA),
            KeyArbitraries.lastFives())
        .as(GuestKey.Other::new);
  }

  /** Returns requests. */
  public static Arbitrary<ActivationRequest> requests() {
    return Combinators.combine(ProfileArbitraries.vmIds(), avmaIds(), nonces())
        .as(ActivationRequest::new);
  }

  /** Returns answers: grants from the shortest to the longest, and refusals with any code. */
  public static Arbitrary<ActivationResponse> responses() {
    return Combinators.combine(
            ProfileArbitraries.vmIds(), nonces(), ProfileArbitraries.hostIds(), answers())
        .as(ActivationResponse::new);
  }

  private static Arbitrary<ActivationResponse.Answer> answers() {
    return Arbitraries.oneOf(
        durations(SHORTEST).map(ActivationResponse.Granted::new),
        failures().map(ActivationResponse.Refused::new));
  }

  private static Arbitrary<Hresult> failures() {
    return ProfileArbitraries.results().filter(code -> !code.isSuccess());
  }

  /** Returns outcomes of attempts, as answers give them, and that there was none yet. */
  public static Arbitrary<ActivationOutcome> outcomes() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, ProfileArbitraries.results().map(ActivationOutcome::of)),
        Tuple.of(1, Arbitraries.of(ActivationOutcome.NOT_ATTEMPTED)));
  }

  /** Returns everything that can happen to a guest, whether it makes sense in its state or not. */
  public static Arbitrary<ActivationInput> inputs() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, moves().map(move -> move.at(new Nonce(1), START))),
        Tuple.of(2, responses().map(ActivationInput.ResponseArrived::new)),
        Tuple.of(1, guests().map(ActivationInput.Reverted::new)));
  }

  /** Returns everything that can happen to a host. */
  public static Arbitrary<HostInput> hostInputs() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, requests().map(HostInput.RequestArrived::new)),
        Tuple.of(1, Arbitraries.of(new HostInput.RequestDamaged(), new HostInput.Restarted())),
        Tuple.of(1, coverages().map(HostInput.CoverageChanged::new)));
  }

  /** Returns what hosts answer. */
  public static Arbitrary<HostCoverage> coverages() {
    return ProfileArbitraries.hosts().map(HostCoverage::of);
  }

  /**
   * Returns guests in every state, each with the history that led there; a third of what happens is
   * the answer that the guest waits for, and a third that it wakes up or boots, for else few would
   * ever be activated and fewer renew. Shrinks towards a guest that is off and was never started.
   */
  public static Arbitrary<GuestActivation> guests() {
    return Combinators.combine(
            ProfileArbitraries.vmIds(),
            guestKeys(),
            terms(),
            events()
                .list()
                .ofMaxSize(MOST_INPUTS)
                .withSizeDistribution(RandomDistribution.uniform()))
        .as((vm, key, terms, events) -> lived(GuestActivation.off(vm, key, terms), events))
        .withoutEdgeCases(); // nearly all would be guests to which nothing has happened
  }

  /** Returns states, as guests with a history have them. */
  public static Arbitrary<ActivationState> states() {
    return guests().map(GuestActivation::state);
  }

  /** Returns hosts, each with the history that led there. */
  public static Arbitrary<HostActivation> hosts() {
    return Combinators.combine(
            ProfileArbitraries.hostIds(),
            coverages(),
            terms(),
            hostInputs().list().ofMaxSize(MOST_INPUTS))
        .as(
            (id, coverage, terms, inputs) -> {
              HostActivation host = HostActivation.of(id, coverage, terms);
              Instant now = START;
              for (HostInput input : inputs) {
                host = host.on(input, now).next();
                now = now.plusSeconds(1);
              }
              return host;
            });
  }

  /** What happens to a guest, as far as it is known before the guest is. */
  private interface Move {
    ActivationInput at(Nonce fresh, Instant before);
  }

  /** What comes next, if the guest is in a state for it; else the move comes. */
  private enum Next {
    MOVE,
    ANSWER,
    WAKE_UP
  }

  /** What comes next, and how much later. */
  private record Happening(Move move, Next next, ActivationResponse answer, Duration after) {}

  private static Arbitrary<Happening> events() {
    return Combinators.combine(moves(), Arbitraries.of(Next.class), responses(), pauses())
        .as(Happening::new);
  }

  /** Mostly short, so that an activation is in force when the next thing happens. */
  private static Arbitrary<Duration> pauses() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofMinutes(10))),
        Tuple.of(1, Arbitraries.integers().between(1, 365).map(Duration::ofDays)));
  }

  private static Arbitrary<Move> moves() {
    Arbitrary<Move> runs =
        Arbitraries.of(
            (fresh, before) -> new ActivationInput.Started(fresh),
            (fresh, before) -> new ActivationInput.Restored(),
            (fresh, before) -> new ActivationInput.ActivateNow(fresh),
            (fresh, before) -> new ActivationInput.Due(fresh),
            (fresh, before) -> new ActivationInput.LiveMigrated(),
            (fresh, before) -> new ActivationInput.ClockSet(before),
            (fresh, before) -> new ActivationInput.ResponseDamaged());
    Arbitrary<Move> ends =
        Arbitraries.of(
            (fresh, before) -> new ActivationInput.Stopped(),
            (fresh, before) -> new ActivationInput.Saved(),
            (fresh, before) -> new ActivationInput.Crashed());
    Arbitrary<Move> removal = Arbitraries.of((fresh, before) -> new ActivationInput.KeyRemoved());
    Arbitrary<Move> keys =
        avma().map(key -> (fresh, before) -> new ActivationInput.KeyInstalled(key, fresh));
    Arbitrary<Move> others =
        otherKeys().map(key -> (fresh, before) -> new ActivationInput.OtherKeyInstalled(key));
    return Arbitraries.frequencyOf(
        Tuple.of(10, runs),
        Tuple.of(1, ends),
        Tuple.of(2, keys),
        Tuple.of(2, removal),
        Tuple.of(1, others));
  }

  private static GuestActivation lived(GuestActivation guest, List<Happening> events) {
    GuestActivation current = guest;
    Instant now = START;
    long fresh = 0;
    for (Happening event : events) {
      Instant before = now;
      now = now.plus(event.after());
      ActivationState state = current.state();
      Nonce nonce = new Nonce(1_000 + fresh++);
      ActivationInput input = event.move().at(nonce, before);
      if (event.next() == Next.ANSWER && state.pending().isPresent()) {
        ActivationResponse drawn = event.answer();
        input =
            new ActivationInput.ResponseArrived(
                new ActivationResponse(
                    current.vm(), state.pending().get(), drawn.host(), drawn.answer()));
      } else if (event.next() == Next.WAKE_UP && state.kind() == ActivationState.Kind.OFF) {
        input = new ActivationInput.Started(nonce);
      } else if (event.next() == Next.WAKE_UP && state.dueAt().isPresent()) {
        Instant due = state.dueAt().get();
        now = due.isAfter(now) && due.isBefore(LAST) ? due : now;
        input = new ActivationInput.Due(nonce);
      }
      current = current.on(input, now).next();
    }
    return current;
  }
}
