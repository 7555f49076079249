package io.avma.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class XmlCharactersTest {
  @Test
  void exactlyTheCharactersOfXmlAreLegal() {
    for (int codePoint = 0; codePoint <= 0x11FFFF; codePoint++) {
      boolean legal =
          codePoint == 9
              || codePoint == 10
              || codePoint == 13
              || (codePoint >= 0x20 && codePoint <= 0xD7FF)
              || (codePoint >= 0xE000 && codePoint <= 0xFFFD)
              || (codePoint >= 0x10000 && codePoint <= 0x10FFFF);
      assertEquals(legal, XmlCharacters.isLegal(codePoint), Integer.toHexString(codePoint));
    }
  }

  @Test
  void theFirstIllegalCharacterIsFoundBehindPairs() {
    assertEquals(-1, XmlCharacters.firstIllegal(""));
    assertEquals(-1, XmlCharacters.firstIllegal("a\uD83D\uDE00b"));
    assertEquals(3, XmlCharacters.firstIllegal("a\uD83D\uDE00\u0007\u0000"));
  }

  @Test
  void onlyFourCharactersAreSpace() {
    for (char c = 0; c < 0x3100; c++) {
      assertEquals("\t\n\r ".indexOf(c) >= 0, XmlCharacters.isSpace(c));
    }
    assertEquals("a \u00A0", XmlCharacters.strip(" \t\r\na \u00A0 "));
    assertEquals("", XmlCharacters.strip(" \n"));
    assertEquals("", XmlCharacters.strip(""));
  }

  @Test
  void referencesBecomeCharactersAndLineEndsBecomeOne() {
    String text = "x&lt;&gt;&amp;&apos;&quot;&#65;&#x1F600;&#13;&#xd;\r\n\r\n\r\r&#10;\rx";
    assertEquals(
        "<>&'\"A\uD83D\uDE00\r\r\n\n\n\n\n\n", References.resolve(text, 1, text.length() - 1));
    assertEquals("&lt;\n", References.literal("x&lt;\rx", 1, 6));
    assertEquals(-1, References.firstUnknown(text, 0, text.length()));
  }

  @Test
  void referencesAreLookedForWithinTheRangeOnly() {
    assertEquals(-1, References.firstUnknown("&x;abc&y;", 3, 6));
    assertEquals(0, References.firstUnknown("&x;abc", 0, 6));
    assertEquals(5, References.firstUnknown("&lt;a&x;", 0, 8));
    assertEquals(0, References.firstUnknown("&lt;", 0, 3));
    assertEquals("abc", References.resolve("&lt;abc&gt;", 4, 7));
  }

  @Test
  void zerosBeforeANumberAreFineUntilTheyAreAbsurd() {
    assertEquals("A", References.resolve("&#000000065;", 0, 12));
    assertEquals(0, References.firstUnknown("&#0000000065;", 0, 13));
    assertEquals("A", References.resolve("&#x0000041;", 0, 11));
    assertEquals(0, References.firstUnknown("&#x00000041;", 0, 12));
    assertEquals(0, References.firstUnknown("&#X41;", 0, 6));
    assertEquals(0, References.firstUnknown("&#-5;", 0, 5));
  }
}
