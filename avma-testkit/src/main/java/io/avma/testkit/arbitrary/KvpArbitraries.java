package io.avma.testkit.arbitrary;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPart;
import io.avma.kvp.KvpProblem;
import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.platform.HostId;
import io.avma.platform.VmId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Items of Data Exchange: any Unicode, below, at and over every limit. */
@CheckReturnValue
public final class KvpArbitraries {
  private KvpArbitraries() {}

  /**
   * Returns texts of up to {@code maxCodePoints} characters of all planes, without NUL and without
   * half a surrogate pair.
   */
  public static Arbitrary<String> text(int maxCodePoints) {
    return codePoints()
        .list()
        .ofMaxSize(maxCodePoints)
        .map(
            points -> {
              StringBuilder text = new StringBuilder();
              points.forEach(text::appendCodePoint);
              return text.toString();
            });
  }

  private static Arbitrary<Integer> codePoints() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.integers().between('a', 'e')),
        Tuple.of(2, Arbitraries.integers().between(1, 0xD7FF)),
        Tuple.of(1, Arbitraries.integers().between(0xE000, Character.MAX_CODE_POINT)));
  }

  /** Returns keys of which few are different, so that changes of a pool meet each other. */
  public static Arbitrary<String> keys() {
    return Arbitraries.oneOf(
        Arbitraries.of("a", "b", "c", "ab", "A", "\u043a\u043b\u044e\u0447", "k".repeat(254)),
        text(8).filter(text -> !text.isEmpty()));
  }

  /** Returns items that {@code limits} allow, many of them exactly. */
  public static Arbitrary<KvpItem> within(KvpLimits limits) {
    Arbitrary<String> longKeys =
        repeated().map(text -> limits.fittingPrefix(KvpPart.KEY, text)).filter(k -> !k.isEmpty());
    Arbitrary<String> values =
        Arbitraries.oneOf(
            text(20), text(200), repeated().map(text -> limits.fittingPrefix(KvpPart.VALUE, text)));
    return Combinators.combine(
            Arbitraries.frequencyOf(Tuple.of(4, keys()), Tuple.of(1, longKeys)), values)
        .as(KvpItem::new)
        .filter(limits::allow);
  }

  /** Returns items of which one part is longer than {@code limits} allow, often by one only. */
  public static Arbitrary<KvpItem> over(KvpLimits limits) {
    Arbitrary<KvpItem> longKey =
        Combinators.combine(tooLong(KvpPart.KEY, limits), text(5)).as(KvpItem::new);
    Arbitrary<KvpItem> longValue =
        Combinators.combine(keys(), tooLong(KvpPart.VALUE, limits)).as(KvpItem::new);
    return Arbitraries.oneOf(longKey, longValue).filter(item -> !limits.allow(item));
  }

  /**
   * Returns any items: within {@link KvpLimits#SAFE}, over it, and such as nobody may write
   * (without a key, with NUL, with half a surrogate pair).
   */
  public static Arbitrary<KvpItem> any() {
    Arbitrary<String> broken = Arbitraries.of("", "\0", "a\0b", "\ud83d", "a\ude00b", "\u001b[2J");
    return Arbitraries.frequencyOf(
        Tuple.of(4, within(KvpLimits.SAFE)),
        Tuple.of(1, over(KvpLimits.SAFE)),
        Tuple.of(1, Combinators.combine(broken, text(5)).as(KvpItem::new)),
        Tuple.of(1, Combinators.combine(keys(), broken).as(KvpItem::new)));
  }

  /** Returns the limits that the library knows. */
  public static Arbitrary<KvpLimits> limits() {
    return Arbitraries.of(
        KvpLimits.SAFE, KvpLimits.FILE, KvpLimits.HOST_WRITTEN, KvpLimits.HOST_ONLY);
  }

  /**
   * Returns what a guest's items may be: any items from any source, duplicates among them, items
   * that the library knows by name with values that fit or do not, and problems. Shrinks towards
   * nothing.
   */
  public static Arbitrary<KvpSnapshot> snapshots() {
    Arbitrary<Entry> entries =
        Combinators.combine(
                Arbitraries.of(KvpSource.class),
                Arbitraries.frequencyOf(Tuple.of(1, any()), Tuple.of(2, known())))
            .as(Entry::new);
    return Combinators.combine(entries.list().ofMaxSize(12), problems().list().ofMaxSize(2))
        .as(
            (items, problems) -> {
              KvpSnapshot.Builder snapshot = KvpSnapshot.builder();
              items.forEach(entry -> snapshot.item(entry.source(), entry.item()));
              return snapshot.problems(problems).build();
            });
  }

  private record Entry(KvpSource source, KvpItem item) {}

  private static Arbitrary<KvpItem> known() {
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of("10.0.20348", "Windows Server 2022 Datacenter", "8", "9", "0", "-1"),
            ProfileArbitraries.vmIds().map(VmId::toString),
            ProfileArbitraries.hostIds().map(HostId::value),
            text(20));
    return Combinators.combine(
            Arbitraries.of(
                "FullyQualifiedDomainName",
                "OSName",
                "OSVersion",
                "OSEditionId",
                "ProcessorArchitecture",
                "HostName",
                "PhysicalHostNameFullyQualified",
                "VirtualMachineId",
                "AvmaExpiresAt"),
            values)
        .as(KvpItem::new);
  }

  private static Arbitrary<KvpProblem> problems() {
    return Combinators.combine(
            Arbitraries.of(KvpSource.class).optional(0.8),
            keys().optional(0.5),
            Arbitraries.of(KvpProblem.Reason.class))
        .as((source, key, reason) -> new KvpProblem(source, key, reason, "drawn at random"));
  }

  private static Arbitrary<String> tooLong(KvpPart part, KvpLimits limits) {
    return Combinators.combine(repeated(), Arbitraries.of("z", "\u00e9", "\u2603", "\ud83d\ude00"))
        .as((text, more) -> limits.fittingPrefix(part, more.repeat(3) + text) + more);
  }

  /** Texts longer than any limit. */
  private static Arbitrary<String> repeated() {
    Arbitrary<String> units =
        Arbitraries.of("v", "\u00e9", "\u2603", "\ud83d\ude00", "a\u2603", "ab\ud83d\ude00");
    return Combinators.combine(text(3), units).as((start, unit) -> start + unit.repeat(2100));
  }
}
