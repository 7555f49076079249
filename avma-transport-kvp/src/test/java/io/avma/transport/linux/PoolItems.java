package io.avma.transport.linux;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPart;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Items for the properties of this package: any Unicode, at and below every limit. */
final class PoolItems {
  private PoolItems() {}

  static Arbitrary<String> text(int maxCodePoints) {
    return Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between('a', 'e')),
            Tuple.of(2, Arbitraries.integers().between(1, 0xD7FF)),
            Tuple.of(1, Arbitraries.integers().between(0xE000, 0x10FFFF)))
        .list()
        .ofMaxSize(maxCodePoints)
        .map(
            points -> {
              StringBuilder text = new StringBuilder();
              points.forEach(text::appendCodePoint);
              return text.toString();
            });
  }

  /** Few keys, so that edits meet each other. */
  static Arbitrary<String> keys() {
    return Arbitraries.oneOf(
        Arbitraries.of("a", "b", "c", "ab", "\u043a\u043b\u044e\u0447", "k".repeat(254)),
        text(8).filter(text -> !text.isEmpty()));
  }

  static Arbitrary<KvpItem> withinFile() {
    return within(KvpLimits.FILE);
  }

  static Arbitrary<KvpItem> within(KvpLimits limits) {
    Arbitrary<String> longKeys =
        text(600).map(text -> "k" + limits.fittingPrefix(KvpPart.KEY, "k" + text).substring(1));
    Arbitrary<String> values =
        Arbitraries.oneOf(
            text(20),
            text(2100).map(text -> limits.fittingPrefix(KvpPart.VALUE, text)),
            Arbitraries.of("", "v", "\u2603")
                .map(unit -> limits.fittingPrefix(KvpPart.VALUE, unit.repeat(2100))));
    return Combinators.combine(Arbitraries.oneOf(keys(), longKeys), values)
        .as(KvpItem::new)
        .filter(limits::allow);
  }
}
