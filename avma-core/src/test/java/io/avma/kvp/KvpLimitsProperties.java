package io.avma.kvp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KvpLimitsProperties {
  private static final KvpLimits NARROW = KvpLimits.SAFE.withUnits(5, 9).withBytes(8, 14);

  /** Short texts from an alphabet in which every length of UTF-8, NUL and half pairs are common. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "é", "☃", "😀", "\0", "\uD83D", "\uDE00")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Property
  void anItemIsAllowedExactlyIfTheJdkSaysSo(
      @ForAll("texts") String key, @ForAll("texts") String value) {
    boolean expected = !key.isEmpty() && fits(KvpPart.KEY, key) && fits(KvpPart.VALUE, value);
    assertEquals(expected, NARROW.allow(new KvpItem(key, value)));
  }

  @Property
  void aPrefixFitsAndNoLongerOneDoes(@ForAll("texts") String text) {
    String prefix = NARROW.fittingPrefix(KvpPart.VALUE, text);
    assertTrue(text.startsWith(prefix));
    assertTrue(short9(prefix), prefix);
    if (prefix.length() < text.length()) {
      int next = Character.charCount(text.codePointAt(prefix.length()));
      assertTrue(!short9(text.substring(0, prefix.length() + next)), prefix);
    }
  }

  @Property
  void aTextIsTheSumOfItsPieces(@ForAll("texts") String text) {
    StringBuilder joined = new StringBuilder();
    for (String rest = text; !rest.isEmpty(); ) {
      String piece = NARROW.fittingPrefix(KvpPart.VALUE, rest);
      joined.append(piece);
      rest = rest.substring(piece.length());
    }
    assertEquals(text, joined.toString());
  }

  private static boolean short9(String text) {
    int bytes =
        text.codePoints().map(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4).sum();
    return text.length() <= 9 && bytes <= 14;
  }

  private static boolean fits(KvpPart part, String text) {
    try {
      int bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining();
      return bytes <= NARROW.bytes(part)
          && text.length() <= NARROW.units(part)
          && text.indexOf('\0') < 0;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
