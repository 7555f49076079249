package io.avma.testkit.arbitrary;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.Hresult;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Records 12309 and 12310, as Windows writes them and as nobody should. */
@CheckReturnValue
public final class EventArbitraries {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private EventArbitraries() {}

  /** Returns instants of one quarter, many of them on a full second. */
  public static Arbitrary<Instant> instants() {
    Arbitrary<Integer> seconds = Arbitraries.integers().between(0, 90 * 86_400);
    Arbitrary<Integer> nanos =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of(0)),
            Tuple.of(1, Arbitraries.integers().between(0, 9_999_999).map(ticks -> ticks * 100)));
    return Combinators.combine(seconds, nanos).as((s, n) -> START.plusSeconds(s).plusNanos(n));
  }

  /** Returns records of one side in the form that the library writes. */
  public static Arbitrary<WindowsEvent> activations(ActivationLogEntry.Side side) {
    return Combinators.combine(
            ProfileArbitraries.hostIds(),
            Arbitraries.longs().between(1, 5_000),
            instants(),
            ProfileArbitraries.results(),
            details())
        .as(
            (machine, record, at, result, detail) ->
                ActivationLogEntry.written(side, machine.value(), record, at, result, detail)
                    .event());
  }

  /**
   * Returns records of one side with the code in every form that has been seen or may be: decimal,
   * signed, with {@code hr=}, in capitals, or no code at all, and with too few texts or too many.
   */
  public static Arbitrary<WindowsEvent> oddActivations(ActivationLogEntry.Side side) {
    Arbitrary<String> codes =
        Combinators.combine(
                ProfileArbitraries.results(),
                Arbitraries.of("0x%08x", "0x%08X", "hr=0x%08X", "%d", "hr=%d", "%08X", " 0x%x "))
            .as(EventArbitraries::written);
    Arbitrary<String> first =
        Arbitraries.frequencyOf(Tuple.of(4, codes), Tuple.of(1, KvpArbitraries.text(12)));
    return Combinators.combine(
            activations(side), first, details(), Arbitraries.integers().between(0, 3))
        .as(
            (event, code, detail, count) ->
                event.toBuilder()
                    .texts(List.of(code, detail, "more").subList(0, count).toArray(String[]::new))
                    .build());
  }

  /** Returns records of one side in every form, half of them as the library writes them. */
  public static Arbitrary<WindowsEvent> anyActivations(ActivationLogEntry.Side side) {
    return Arbitraries.oneOf(activations(side), oddActivations(side));
  }

  private static String written(Hresult result, String form) {
    return String.format(Locale.ROOT, form, result.value());
  }

  /** The second string: empty, an identifier, a name, or anything. */
  private static Arbitrary<String> details() {
    return Arbitraries.oneOf(
        Arbitraries.of(""),
        ProfileArbitraries.vmIds().map(vm -> "vm={" + vm + "}"),
        Arbitraries.of("WEB-01", "web-01.example.invalid"),
        KvpArbitraries.text(30));
  }
}
