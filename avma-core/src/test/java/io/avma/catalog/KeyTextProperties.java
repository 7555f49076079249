package io.avma.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Lists;
import java.math.BigInteger;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class KeyTextProperties {
  private static final KeyCatalog CATALOG = KeyCatalog.standard();
  private static final long HALF = 36_520_347_436_056_576L; // 24 to the power of 12
  private static final String SYMBOLS = "BCDFGHJKMPQRTVWXY2346789N";

  @Property
  void anyTextIsReadToTheEndOrRefusedWithAPlaceInsideIt(@ForAll String text) {
    KeyReading reading = KeyText.read(text);
    if (reading instanceof KeyReading.Flawed flawed) {
      assertTrue(flawed.flaw().position() <= text.length());
      assertEquals(CATALOG.diagnose(text), CATALOG.diagnose(text));
    }
  }

  /**
   * What looks like a key may be somebody's own: whatever is said about it must not repeat it. More
   * than its last five symbols are never shown, however it is written.
   */
  @Property
  void nothingThatIsSaidRepeatsAnUnpublishedKey(@ForAll("keyLike") String text) {
    String secret = plain(text);
    String said = said(text);
    for (int from = 0; from + 6 <= secret.length(); from++) {
      String part = secret.substring(from, from + 6);
      if (PUBLISHED_TEXT.contains(part)) {
        continue; // a part that the catalogue itself prints proves nothing
      }
      assertFalse(said.contains(part), "six symbols are repeated");
    }
  }

  private static final String PUBLISHED_TEXT = publishedText();

  private static String said(String text) {
    KeyDiagnosis diagnosis = CATALOG.diagnose(text);
    String said = diagnosis + " " + diagnosis.summary() + " " + diagnosis.advice();
    try {
      said += ProductKey.parse(text);
    } catch (KeyFormatException e) {
      said += e + " " + e.flaw() + " " + KeyText.read(text);
    }
    return plain(said);
  }

  /** Texts in the form of keys; one that by chance passes the checksum is dropped, not a test's. */
  @Provide
  Arbitrary<String> keyLike() {
    Arbitrary<String> symbols =
        Arbitraries.strings().withChars(SYMBOLS.toCharArray()).ofMinLength(6).ofMaxLength(40);
    Arbitrary<String> exact = Arbitraries.strings().withChars(SYMBOLS.toCharArray()).ofLength(25);
    Arbitrary<String> strange =
        Arbitraries.strings()
            .withChars(
                (SYMBOLS + SYMBOLS.toLowerCase(Locale.ROOT) + "-- \u2013\u00A0O0I\u001B")
                    .toCharArray())
            .ofMinLength(6)
            .ofMaxLength(220);
    return Arbitraries.oneOf(symbols, exact, exact.map(KeyTextProperties::grouped), strange)
        .filter(text -> KeyText.read(text) instanceof KeyReading.Flawed);
  }

  /**
   * The arithmetic on two halves is that on the whole number: no published key happens to carry
   * from the low half into the high one, so the keys alone would not show a mistake there.
   */
  @Property
  void theTwoHalvesAreTheWholeNumber(
      @ForAll @LongRange(max = 25 * HALF - 1) long upper,
      @ForAll @LongRange(max = HALF - 1) long lower) {
    assertEquals(whole(upper, lower).longValue(), KeyText.low(upper, lower));
    assertEquals(whole(upper, lower).shiftRight(64).longValue(), KeyText.high(upper, lower));
  }

  @Property
  void theChecksumIsThatOfTheNaiveReader(@ForAll long low, @ForAll long high) {
    assertEquals(KeyTextTest.bitwise(low, high), KeyText.crc(low, high));
  }

  static BigInteger whole(long upper, long lower) {
    return BigInteger.valueOf(upper)
        .multiply(BigInteger.valueOf(HALF))
        .add(BigInteger.valueOf(lower));
  }

  @Property
  void separatorsNeverChangeWhatIsRead(
      @ForAll("published") String key, @ForAll("separators") String between) {
    StringBuilder spread = new StringBuilder();
    for (char symbol : Lists.charactersOf(key.replace("-", ""))) {
      spread.append(symbol).append(between);
    }
    assertEquals(key, ProductKey.parse(spread).reveal());
  }

  /** Two neighbours swapped, the most common slip beside a wrong symbol, never pass unnoticed. */
  @Property
  void twoSwappedNeighboursAreNoticed(
      @ForAll("published") String key, @ForAll("places") int place) {
    String symbols = key.replace("-", "");
    char left = symbols.charAt(place);
    char right = symbols.charAt(place + 1);
    String swapped = symbols.substring(0, place) + right + left + symbols.substring(place + 2);
    KeyDiagnosis diagnosis = CATALOG.diagnose(swapped);
    if (left == right) {
      assertEquals(key, ProductKey.parse(swapped).reveal());
    } else {
      assertTrue(CATALOG.find(ProductKey.parse(key)).isPresent());
      assertEquals(key, diagnosis.similar().get(0).key().key().reveal());
    }
  }

  @Provide
  Arbitrary<String> published() {
    return Arbitraries.of(PublishedKeys.AVMA.stream().map(PublishedKeys.Avma::key).toList());
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers().between(0, 23);
  }

  @Provide
  Arbitrary<String> separators() {
    return Combinators.combine(
            Arbitraries.of("", "-", " ", "\t", "\u2013", "\u200B", "\u00A0", "_"),
            Arbitraries.of("", "-", "\r\n", "\u2014", "\u2212", "\uFEFF"))
        .as(String::concat);
  }

  private static String grouped(String symbols) {
    return symbols.replaceAll("(.{5})(?=.)", "$1-");
  }

  private static String plain(String text) {
    return text.toUpperCase(Locale.ROOT).replaceAll("[^" + SYMBOLS + "]", "");
  }

  private static String publishedText() {
    StringBuilder all = new StringBuilder("BCDFGHJKMPQRTVWXY2346789 ");
    PublishedKeys.AVMA.forEach(row -> all.append(plain(row.key())).append(' '));
    PublishedKeys.KMS.forEach(row -> all.append(plain(row.key())).append(' '));
    return all.toString();
  }
}
