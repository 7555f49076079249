package io.avma.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignTextTest {
  @Test
  void harmlessTextOfAnyScriptStays() {
    for (String text :
        new String[] {
          "",
          "vm-17",
          "Büro Server",
          "サーバー",
          "\u05E9\u05E8\u05EA",
          "\uD83D\uDE00",
          "a\u00A0b",
          "~ |"
        }) {
      assertEquals(text, ForeignText.escape(text));
      assertTrue(ForeignText.isHarmless(text));
    }
    assertSame("vm-17", ForeignText.escape("vm-17"));
  }

  @ParameterizedTest
  @CsvSource({
    "'a\u001B[31mred', 'a\\u{1B}[31mred'", // a colour
    "'\u001B]0;title\u0007', '\\u{1B}]0;title\\u{7}'", // a window's title
    "'a\u0000b', 'a\\u{0}b'",
    "'a\r\nb', 'a\\u{D}\\u{A}b'", // a forged log line
    "'a\tb', 'a\\u{9}b'",
    "'a\u007Fb', 'a\\u{7F}b'",
    "'a\u009Bb', 'a\\u{9B}b'", // the one-character escape sequence
    "'a\u2028b', 'a\\u{2028}b'",
    "'a\u2029b', 'a\\u{2029}b'",
    "'a\u202Eb', 'a\\u{202E}b'", // right-to-left override
    "'a\u2066b', 'a\\u{2066}b'",
    "'a\u200Bb', 'a\\u{200B}b'", // zero width
    "'a\uFEFFb', 'a\\u{FEFF}b'",
    "'a\uD83Db', 'a\\u{D83D}b'", // half of a pair
    "'a\uDE00', 'a\\u{DE00}'",
    "'a\uE000', 'a\\u{E000}'", // private use
    "'a\uFFFF', 'a\\u{FFFF}'", // no character
    "'a\uDB40\uDC41', 'a\\u{E0041}'", // an invisible tag
    "'a\\u{1B}', 'a\\u{5C}u{1B}'", // an imitation of our own escapes
    "'\u00FC\u001B', '\u00FC\\u{1B}'",
  })
  void whatSteersATerminalALogOrAnEyeIsSpelledOut(String text, String escaped) {
    assertEquals(escaped, ForeignText.escape(text));
    assertFalse(ForeignText.isHarmless(text));
    assertEquals(escaped, ForeignText.escape(text, 100));
  }

  @ParameterizedTest
  @CsvSource({
    "abc, 3, abc",
    "abcd, 3, abc\u2026 (1 more)",
    "abcdef, 1, a\u2026 (5 more)",
    "'a\u001Bcd', 2, 'a\\u{1B}\u2026 (2 more)'",
    "'ab\uD83D\uDE00', 3, 'ab\u2026 (2 more)'", // never through a pair
    "'ab\uD83D\uDE00', 4, 'ab\uD83D\uDE00'",
    "'ab\uD83D\uDE00c', 4, 'ab\uD83D\uDE00\u2026 (1 more)'",
    "'\uD83D\uDE00', 1, '\u2026 (2 more)'",
  })
  void aLongTextIsCutAndSaysHowMuchIsMissing(String text, int limit, String cut) {
    assertEquals(cut, ForeignText.escape(text, limit));
  }

  @Test
  void aLimitOfNothingIsTheCallersMistake() {
    assertEquals(
        "limit is 0 (expected: at least 1)",
        assertThrows(IllegalArgumentException.class, () -> ForeignText.escape("a", 0).length())
            .getMessage());
  }
}
