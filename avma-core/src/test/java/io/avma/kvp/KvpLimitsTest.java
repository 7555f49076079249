package io.avma.kvp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpViolation.EmptyKey;
import io.avma.kvp.KvpViolation.HoldsLoneSurrogate;
import io.avma.kvp.KvpViolation.HoldsNul;
import io.avma.kvp.KvpViolation.Measure;
import io.avma.kvp.KvpViolation.TooLong;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KvpLimitsTest {
  private static final String SNOWMAN = "☃"; // 1 unit, 3 bytes
  private static final String SMILE = "😀"; // 2 units, 4 bytes

  @ParameterizedTest
  @CsvSource({
    // character, part, how many fit safely, how many fit a file
    "a, KEY,   254,  511",
    "é, KEY,   254,  255",
    "☃, KEY,   170,  170",
    "😀, KEY,   127,  127",
    "a, VALUE, 1022, 2047",
    "é, VALUE, 1022, 1023",
    "☃, VALUE, 682,  682",
    "😀, VALUE, 511,  511",
  })
  void exactlySoManyCharactersFit(String character, KvpPart part, int safe, int file) {
    assertTrue(KvpLimits.SAFE.allow(item(part, character.repeat(safe))));
    assertFalse(KvpLimits.SAFE.allow(item(part, character.repeat(safe + 1))));
    assertTrue(KvpLimits.FILE.allow(item(part, character.repeat(file))));
    assertFalse(KvpLimits.FILE.allow(item(part, character.repeat(file + 1))));
  }

  @Test
  void aViolationNamesPartMeasureLengthAndLimit() {
    assertEquals(
        List.of(new TooLong(KvpPart.KEY, Measure.UTF16_UNITS, 255, 254)),
        KvpLimits.SAFE.violations(new KvpItem("k".repeat(255), "")));
    assertEquals(
        List.of(new TooLong(KvpPart.VALUE, Measure.UTF8_BYTES, 2049, 2047)),
        KvpLimits.SAFE.violations(new KvpItem("k", SNOWMAN.repeat(683))));
    assertEquals(
        "value has 2049 bytes of UTF-8 (expected: at most 2047)",
        KvpLimits.SAFE.violations(new KvpItem("k", SNOWMAN.repeat(683))).get(0).message());
  }

  @Test
  void everyViolationIsTold() {
    KvpItem item = new KvpItem("", "a\0" + "\uD83D" + SNOWMAN.repeat(1022));
    assertEquals(
        List.of(
            new EmptyKey(),
            new TooLong(KvpPart.VALUE, Measure.UTF16_UNITS, 1025, 1022),
            new TooLong(KvpPart.VALUE, Measure.UTF8_BYTES, 3071, 2047),
            new HoldsNul(KvpPart.VALUE, 1),
            new HoldsLoneSurrogate(KvpPart.VALUE, 2)),
        KvpLimits.SAFE.violations(item));
  }

  @Test
  void aViolationNeverQuotesTheItem() {
    KvpItem item = new KvpItem("secret\0".repeat(200), "hidden\0\uDC00".repeat(1000));
    for (KvpViolation violation : KvpLimits.SAFE.violations(item)) {
      assertFalse(violation.message().contains("secret"), violation.message());
      assertFalse(violation.message().contains("hidden"), violation.message());
    }
  }

  @Test
  void aPairOfSurrogatesIsOneCharacterAndHalfOfOneIsAViolation() {
    assertTrue(KvpLimits.SAFE.allow(new KvpItem("k", SMILE)));
    assertFalse(KvpLimits.SAFE.allow(new KvpItem("k", SMILE.substring(0, 1))));
    assertFalse(KvpLimits.SAFE.allow(new KvpItem("k", SMILE.substring(1))));
    assertFalse(KvpLimits.SAFE.allow(new KvpItem(SMILE.substring(1) + SMILE, "")));
  }

  @Test
  void bytesAreCountedRightAtTheBordersOfTheirLengths() {
    for (String text : List.of("\u007F", "\u0080", "\u07FF", "\u0800", "\uFFFF", "\uD800\uDC00")) {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(KvpLimits.SAFE.withBytes(1, bytes).allow(new KvpItem("k", text)), text);
      if (bytes > 1) {
        assertFalse(KvpLimits.SAFE.withBytes(1, bytes - 1).allow(new KvpItem("k", text)), text);
      }
    }
  }

  @Test
  void everySurrogateOnItsOwnIsHalfAPair() {
    for (char lone : new char[] {'\uD800', '\uDBFF', '\uDC00', '\uDFFF'}) {
      assertFalse(KvpLimits.SAFE.allow(new KvpItem("k", String.valueOf(lone))));
    }
    assertTrue(KvpLimits.SAFE.allow(new KvpItem("k", "\uD7FF\uE000")));
  }

  @Test
  void aPrefixEndsBetweenTwoCharacters() {
    assertEquals(
        "a" + SMILE.repeat(510),
        KvpLimits.SAFE.fittingPrefix(KvpPart.VALUE, "a" + SMILE.repeat(511)));
    assertEquals(
        SNOWMAN.repeat(682), KvpLimits.FILE.fittingPrefix(KvpPart.VALUE, SNOWMAN.repeat(1023)));
    assertEquals("", KvpLimits.SAFE.withUnits(1, 1).fittingPrefix(KvpPart.VALUE, SMILE));
  }

  @Test
  void theOtherPresetsHaveTheNumbersOfTheirSources() {
    assertTrue(KvpLimits.HOST_WRITTEN.allow(new KvpItem("k".repeat(511), "v".repeat(1024))));
    assertFalse(KvpLimits.HOST_WRITTEN.allow(new KvpItem("k", "v".repeat(1025))));
    assertTrue(KvpLimits.HOST_ONLY.allow(new KvpItem("k".repeat(512), "v".repeat(16384))));
    assertFalse(KvpLimits.HOST_ONLY.allow(new KvpItem("k".repeat(513), "")));
    assertFalse(KvpLimits.HOST_ONLY.allow(new KvpItem("k", "v".repeat(16385))));
  }

  @Test
  void limitsCanBeVariedAndCompared() {
    KvpLimits narrow = KvpLimits.SAFE.withUnits(10, 20).withBytes(30, 40);
    assertEquals(10, narrow.units(KvpPart.KEY));
    assertEquals(20, narrow.units(KvpPart.VALUE));
    assertEquals(30, narrow.bytes(KvpPart.KEY));
    assertEquals(40, narrow.bytes(KvpPart.VALUE));
    assertEquals(KvpLimits.SAFE, KvpLimits.FILE.withUnits(254, 1022));
    assertEquals(KvpLimits.SAFE.hashCode(), KvpLimits.FILE.withUnits(254, 1022).hashCode());
    assertNotEquals(KvpLimits.SAFE, KvpLimits.SAFE.withUnits(253, 1022));
    assertNotEquals(KvpLimits.SAFE, KvpLimits.SAFE.withUnits(254, 1021));
    assertNotEquals(KvpLimits.SAFE, KvpLimits.SAFE.withBytes(510, 2047));
    assertNotEquals(KvpLimits.SAFE, KvpLimits.SAFE.withBytes(511, 2046));
    assertEquals(
        "safe (key 254 units, 511 bytes; value 1022 units, 2047 bytes)", KvpLimits.SAFE + "");
    assertThrows(IllegalArgumentException.class, () -> KvpLimits.SAFE.withUnits(0, 1));
  }

  private static KvpItem item(KvpPart part, String text) {
    return part == KvpPart.KEY ? new KvpItem(text, "") : new KvpItem("k", text);
  }
}
