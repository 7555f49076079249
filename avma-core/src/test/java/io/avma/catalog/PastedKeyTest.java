package io.avma.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.CharBuffer;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PastedKeyTest {
  private static final String KEY = "6NMQ9-T38WF-6MFGM-QYGYM-88J4F";

  static Stream<String> pastedForms() {
    return Stream.of(
        KEY,
        KEY.toLowerCase(Locale.ROOT),
        KEY.replace("-", ""),
        KEY.replace('-', ' '),
        KEY.replace('-', '_'),
        KEY.replace('-', '\t'),
        KEY.replace("-", " - "),
        KEY.replace("-", "\r\n"),
        KEY.replace('-', '\u00A0'), // no-break space
        KEY.replace('-', '\u2007'), // figure space
        KEY.replace('-', '\u3000'), // ideographic space
        KEY.replace('-', '\u2010'), // hyphen
        KEY.replace('-', '\u2011'), // no-break hyphen
        KEY.replace('-', '\u2013'), // en dash
        KEY.replace('-', '\u2014'), // em dash
        KEY.replace('-', '\u2212'), // minus
        KEY.replace('-', '\uFF0D'), // full-width hyphen
        KEY.replace('-', '\u30FC'), // what a Japanese keyboard types in its place
        KEY.replace('-', '\u2500'), // a box's line, from a console
        KEY.replace("-", "-\u00AD"), // soft hyphen
        KEY.replace("-", "\u200B-\u200D"), // zero width
        KEY.replace('-', '\u2028'), // line separator
        KEY.replace('-', '\u2029'), // paragraph separator
        KEY.replace('-', '\u000B'), // soft line end of a word processor
        KEY.replace('-', '\f'),
        KEY.replace('-', '\u0085'),
        KEY.replace('-', '\u00AF'),
        KEY.replace('-', '\u02D7'),
        KEY.replace('-', '\u2043'),
        KEY.replace('-', '\uFF70'),
        "\uFEFF" + KEY, // byte-order mark
        "\u202A" + KEY + "\u202C", // embedding marks, as copied from a dialog of Windows
        "  " + KEY + " \r\n",
        "6N-MQ9T38WF6MFGM QYGYM88J4--F");
  }

  @ParameterizedTest
  @MethodSource("pastedForms")
  void aKeyIsReadAsPeoplePasteIt(String pasted) {
    ProductKey key = ProductKey.parse(pasted);
    assertEquals(KEY, key.reveal());
    assertEquals(4939, key.group());
    assertEquals(ProductKey.parse(KEY), key);
    assertEquals(ProductKey.parse(KEY).hashCode(), key.hashCode());
    assertEquals(KeyDiagnosis.Kind.AVMA, KeyCatalog.standard().diagnose(pasted).kind());
  }

  @Test
  void anyCharSequenceIsRead() {
    assertEquals(KEY, ProductKey.parse(CharBuffer.wrap(KEY)).reveal());
  }

  @Test
  void keysAreEqualByTheirSymbols() {
    assertNotEquals(ProductKey.parse(KEY), ProductKey.parse("YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67"));
    assertNotEquals(ProductKey.parse(KEY), KEY);
    assertNotEquals(
        ProductKey.parse(KEY).hashCode(),
        ProductKey.parse("YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67").hashCode());
  }

  @Test
  void aKeyShowsItsLastFiveSymbolsOnly() {
    assertEquals("*****-*****-*****-*****-88J4F", ProductKey.parse(KEY).toString());
    AvmaKey row = KeyCatalog.standard().avmaKeys().get(0);
    assertFalse(row.toString().contains(row.key().reveal()));
    assertFalse(new KeyReading.Sound(row.key()).toString().contains(row.key().reveal()));
  }

  @ParameterizedTest
  @CsvSource({
    // text, kind, position, the character as the message shows it
    "0NMQ9-T38WF-6MFGM-QYGYM-88J4F, 1, 0, 1",
    "6NMQ9-T38WF-6MFGM-QYGYM-88J4O, 29, O, 5",
    "6NMQ9-T38WF-6MFGM-QYGYM-88J4o, 29, o, 5",
    "6NMQ9-T3BWF-6MFGM-QIGYM-88J4F, 20, I, 4",
    "6NMQ9-1T38WF-6MFGM-QYGYM-88J4F, 7, 1, 2",
    "6NMQ9-T38WF-6MFGM-QYGYM-88J5F, 28, 5, 5",
    "6NMQ9T38WF6MFGMQYGYM88J4AF, 25, A, 5",
    "6NMQ9-T38WF-6MFGM-QYGYM-88J4F;, 30, ;, 5",
    "' 6NMQ9-T38WF-ÄMFGM-QYGYM-88J4F', 14, Ä, 3",
    "'6NMQ9-T38WF-\u041CMFGM-QYGYM-88J4F', 13, \u041C, 3", // Cyrillic M
    "'\"6NMQ9-T38WF-6MFGM-QYGYM-88J4F\"', 1, '\"', 1",
    "6NMQ9.T38WF.6MFGM.QYGYM.88J4F, 6, ., 2",
    "'6NMQ9-T38WF\\6MFGM', 12, \\u{5C}, 3",
  })
  void theFirstIllegalCharacterIsNamedWithItsPlace(
      String text, int position, String shown, int group) {
    KeyFlaw flaw = flaw(text);
    assertEquals(KeyFlaw.Kind.ILLEGAL_CHARACTER, flaw.kind());
    assertEquals(position, flaw.position());
    assertEquals(
        "character "
            + position
            + " is '"
            + shown
            + "' in group "
            + group
            + ", which no product key has (used are BCDFGHJKMPQRTVWXY2346789 and one N)",
        flaw.message());
  }

  @Test
  void everyAsciiCharacterIsASymbolASeparatorOrIllegal() {
    String symbols = "BCDFGHJKMPQRTVWXY2346789N";
    String separators = "-_ \t\r\n\f\u000B";
    for (char c = 0; c < 128; c++) {
      String text = c + "";
      KeyFlaw flaw = flaw(text);
      if (symbols.indexOf(Character.toUpperCase(c)) >= 0) {
        assertEquals(KeyFlaw.Kind.TOO_SHORT, flaw.kind(), text);
        assertEquals("1 symbols (a key has 25)", flaw.message());
      } else if (separators.indexOf(c) >= 0) {
        assertEquals(KeyFlaw.Kind.EMPTY, flaw.kind(), text);
      } else {
        assertEquals(KeyFlaw.Kind.ILLEGAL_CHARACTER, flaw.kind(), text);
        assertEquals(1, flaw.position());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uD83D", // half of a pair
        "\uDE00",
        "\uDE00\uD83D", // halves in the wrong order
        "\u001B[31m", // colour of a terminal
        "\u0000",
        "\u202E\u0000", // right-to-left override, skipped as invisible, and then a control
        "\uE000", // private use
        "\u2117",
        "\uFF26", // full-width F
        "\u212A", // the Kelvin sign, whose lower case is k
        "\u0131", // dotless i
      })
  void whatIsNoSymbolIsNamedHarmlessly(String strange) {
    KeyFlaw flaw = flaw("6NMQ9-" + strange);
    assertEquals(KeyFlaw.Kind.ILLEGAL_CHARACTER, flaw.kind());
    assertTrue(
        flaw.message().chars().noneMatch(c -> c < ' ' || Character.isSurrogate((char) c)),
        flaw.message());
    assertEquals(strange.startsWith("\u202E") ? 8 : 7, flaw.position());
  }

  @Test
  void aPairOfSurrogatesIsOneCharacter() {
    KeyFlaw flaw = flaw("6NMQ9-\uD83D\uDE0038WF-6MFGM-QYGYM-88J4F");
    assertEquals(7, flaw.position());
    assertTrue(flaw.message().startsWith("character 7 is '\uD83D\uDE00' in group 2, which"));
    SimilarKey similar =
        KeyCatalog.standard().diagnose("6NMQ9-\uD83D\uDE0038WF-6MFGM-QYGYM-88J4F").similar().get(0);
    assertEquals(1, similar.edits());
  }

  @Test
  void theFirstCharacterBeyondAsciiIsIllegalLikeAnother() {
    assertEquals(
        "character 1 is '\\u{80}' in group 1, which no product key has (used are"
            + " BCDFGHJKMPQRTVWXY2346789 and one N)",
        flaw("\u0080").message());
  }

  @Test
  void anNInFrontIsTheFirstN() {
    assertEquals(
        new KeyFlaw(
            KeyFlaw.Kind.SECOND_N,
            2,
            "character 2 is a second N in group 1 (a key has exactly one)"),
        flaw("NNBCD"));
  }

  @Test
  void theSecondNIsNamedWithItsPlace() {
    KeyFlaw flaw = flaw("6NMQ9-T38WF-6MFGM-nYGYM-88J4F");
    assertEquals(
        new KeyFlaw(
            KeyFlaw.Kind.SECOND_N,
            19,
            "character 19 is a second N in group 4 (a key has exactly one)"),
        flaw);
  }

  @Test
  void aSurplusSymbolIsNamedWithItsPlace() {
    assertEquals(
        new KeyFlaw(
            KeyFlaw.Kind.TOO_LONG, 30, "more than 25 symbols: the 26th stands at character 30"),
        flaw(KEY + "F"));
    assertEquals(
        new KeyFlaw(
            KeyFlaw.Kind.TOO_LONG, 31, "more than 25 symbols: the 26th stands at character 31"),
        flaw(KEY + "-NNN"));
  }

  @Test
  void aShortOrEmptyTextSaysHowShort() {
    assertEquals(
        new KeyFlaw(KeyFlaw.Kind.TOO_SHORT, 0, "24 symbols (a key has 25)"),
        flaw(KEY.substring(0, 28)));
    assertEquals(new KeyFlaw(KeyFlaw.Kind.EMPTY, 0, "empty (a key has 25 symbols)"), flaw(""));
    assertEquals(KeyFlaw.Kind.EMPTY, flaw("-----").kind());
    // Masked as Windows and this library show it: a key that nobody can restore.
    assertEquals(KeyFlaw.Kind.ILLEGAL_CHARACTER, flaw(ProductKey.parse(KEY).toString()).kind());
  }

  @Test
  void aKeyWithoutNAndOneWithAWrongChecksumSaySo() {
    assertEquals(
        new KeyFlaw(
            KeyFlaw.Kind.OLDER_FORMAT,
            0,
            "no N among the symbols: a key of the format before Windows 8 and Server 2012"),
        flaw("BCR9J-3M3YR-9WYR8-RKQBV-3VQ8B"));
    assertEquals(
        new KeyFlaw(
            KeyFlaw.Kind.CHECKSUM,
            0,
            "the checksum does not fit: a symbol was mistyped, or this was never a key"),
        flaw("B69WH-PRNHK-BXVK3-P9XF7-XD84C"));
  }

  @Test
  void anOverlongTextIsRefusedByItsLengthAlone() {
    assertEquals(KEY, ProductKey.parse(KEY + " ".repeat(200 - 29)).reveal());
    assertEquals(
        new KeyFlaw(
            KeyFlaw.Kind.TOO_LONG,
            0,
            "text of 201 characters (a key has 25 symbols in five groups)"),
        flaw(KEY + " ".repeat(201 - 29)));
    CharSequence bomb =
        new CharSequence() {
          @Override
          public int length() {
            return Integer.MAX_VALUE;
          }

          @Override
          public char charAt(int index) {
            throw new AssertionError("read at " + index);
          }

          @Override
          public CharSequence subSequence(int start, int end) {
            throw new AssertionError("cut at " + start);
          }
        };
    assertEquals(KeyFlaw.Kind.TOO_LONG, flaw(bomb).kind());
    assertEquals(KeyDiagnosis.Kind.NOT_A_KEY, KeyCatalog.standard().diagnose(bomb).kind());
  }

  @Test
  void theReadingOfAFlawedTextHidesItsSymbols() {
    KeyReading reading = KeyText.read(KEY.substring(0, 28));
    assertFalse(reading.toString().contains("6NMQ9"), reading.toString());
    assertTrue(reading.toString().startsWith("Flawed[KeyFlaw[kind=TOO_SHORT"));
  }

  @Test
  void theSymbolsOfAFlawedTextAreKeptInOrder() {
    assertEquals("6NMQ?T38W?", symbols("6nmq0-t38w\u041C"));
    assertEquals("6???N", symbols("60\u0080\u007Fn"));
    assertEquals("6NMQ9T38WF6MFGMQYGYM88J4F" + "N??B", symbols(KEY + "-n-0é-b"));
    assertEquals("6NMQN9", symbols("6NMQ-N-9"));
    String all = IntStream.range(0, 25).mapToObj(i -> "B").reduce("", String::concat);
    assertEquals(all, symbols(all));
  }

  private static String symbols(String text) {
    return ((KeyReading.Flawed) KeyText.read(text)).symbols();
  }

  private static KeyFlaw flaw(CharSequence text) {
    KeyFormatException refused =
        assertThrows(KeyFormatException.class, () -> ProductKey.parse(text).group());
    assertEquals(refused.flaw().message(), refused.getMessage());
    return refused.flaw();
  }
}
