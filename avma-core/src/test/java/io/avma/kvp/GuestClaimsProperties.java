package io.avma.kvp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GuestClaimsProperties {
  @Provide
  Arbitrary<String> garbage() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(40),
        Arbitraries.strings()
            .withChars("0123456789.;:-%xX abcdef\0\u001B\u202E\uD83D")
            .ofMaxLength(60),
        Arbitraries.of(
            "getaddrinfo failed: 0x2", ";;;", "-1", "99999999999999999999", "٣", "1.2.3.4"),
        Arbitraries.of("9", ".", "1.", ";", "::1;", "%", "\uD800")
            .map(text -> text.repeat(30_000)));
  }

  @Provide
  Arbitrary<List<KvpItem>> items() {
    Arbitrary<String> keys =
        Arbitraries.oneOf(
            Arbitraries.of(IntrinsicItem.class).map(IntrinsicItem::key),
            Arbitraries.strings().ofMaxLength(10));
    return Combinators.combine(keys, garbage()).as(KvpItem::new).list().ofMaxSize(40);
  }

  @Property
  void garbageInOneItemNeverHidesTheOthers(
      @ForAll IntrinsicItem target, @ForAll("garbage") String value) {
    ImmutableMap<IntrinsicItem, ItemValue> sound = Guests.claims(Guests.WINDOWS_2019).values();
    GuestClaims claims = Guests.windows(target.key(), value);
    assertEquals(
        Maps.filterKeys(sound, item -> item != target),
        Maps.filterKeys(claims.values(), item -> item != target));
  }

  @Property
  void whateverAGuestWritesIsReadAndBounded(@ForAll("items") List<KvpItem> items) {
    KvpSnapshot snapshot =
        KvpSnapshot.builder()
            .items(KvpSource.INTRINSIC, items)
            .items(KvpSource.HOST_FACTS, items)
            .build();
    GuestClaims claims = GuestClaims.of(snapshot);
    assertTrue(claims.problems().size() <= 4 * IntrinsicItem.values().length);
    for (KvpProblem problem : claims.problems()) {
      assertTrue(problem.toString().length() < 2_000, () -> problem.reason().toString());
      assertTrue(problem.toString().chars().noneMatch(Character::isISOControl), problem::toString);
    }
    assertTrue(claims.toString().length() < 500);
    assertTrue(HostFacts.of(snapshot).toString().length() < 3_000);
  }

  @Property
  void readingKeepsTheTextOfWhatItCannotRead(
      @ForAll IntrinsicItem item, @ForAll("garbage") String value) {
    if (item.read(value) instanceof ItemValue.Unparsable bad) {
      assertEquals(value, bad.raw());
      assertTrue(bad.message().length() < 2_000);
    }
  }
}
