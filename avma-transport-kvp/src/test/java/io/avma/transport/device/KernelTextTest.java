package io.avma.transport.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPart;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors were run through the kernel's own two routines. */
class KernelTextTest {
  private static final String SNOWMAN = "\u2603";
  private static final String E_ACUTE = "\u00e9";
  private static final String GRIN = "\ud83d\ude00";

  private static byte[] toGuest(KvpPart part, String text) {
    return KernelText.toGuest(part, text).beforeNul().toByteArray();
  }

  private static Optional<String> toHost(KvpPart part, String text) {
    return KernelText.toHost(part, FieldBytes.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aValueOf1023UnitsReachesTheGuestWhole() {
    assertEquals(
        "a".repeat(1023),
        new String(toGuest(KvpPart.VALUE, "a".repeat(1023)), StandardCharsets.UTF_8));
    assertEquals(2046, toGuest(KvpPart.VALUE, E_ACUTE.repeat(1023)).length);
  }

  @Test
  void theSizeCountsTheNul() {
    assertEquals(1024, KernelText.toGuest(KvpPart.VALUE, "a".repeat(1023)).size());
    assertEquals(1, KernelText.toGuest(KvpPart.VALUE, "").size());
  }

  @Test
  void whatDoesNotFitIsCutAtAWholeCharacterWithoutAWord() {
    byte[] bytes = toGuest(KvpPart.VALUE, SNOWMAN.repeat(1023));
    assertEquals(2046, bytes.length);
    assertEquals(SNOWMAN.repeat(682), new String(bytes, StandardCharsets.UTF_8));
    assertEquals(2045, toGuest(KvpPart.VALUE, GRIN.repeat(511) + "a").length);
    assertEquals(510, toGuest(KvpPart.KEY, SNOWMAN.repeat(255)).length);
  }

  @Test
  void aCharacterThatDoesNotFitIsPassedOver() {
    assertEquals(2047, toGuest(KvpPart.VALUE, SNOWMAN.repeat(683) + "a").length);
  }

  @Test
  void halfSurrogatePairsAreLeftOutAndNoncharactersKept() {
    assertArrayEquals(new byte[] {'a', 'b', 'c'}, toGuest(KvpPart.VALUE, "a\ud83db\ude00c"));
    assertArrayEquals(
        HexFormat.of().parseHex("efbfbeefbfbf"), toGuest(KvpPart.VALUE, "\ufffe\uffff"));
  }

  @Test
  void aNulEndsAHostsText() {
    assertArrayEquals(new byte[] {'a'}, toGuest(KvpPart.VALUE, "a\0b"));
  }

  @Test
  void numbersReachTheGuestAsUnsignedDigits() {
    assertEquals(FieldBytes.ofText("4294967295"), KernelText.u32ToGuest(-1));
    assertEquals(FieldBytes.ofText("18446744073709551615"), KernelText.u64ToGuest(-1));
  }

  @Test
  void theHostSeesAtMost254And1022Units() {
    assertEquals(Optional.of("a".repeat(1022)), toHost(KvpPart.VALUE, "a".repeat(2047)));
    assertEquals(Optional.of("k".repeat(254)), toHost(KvpPart.KEY, "k".repeat(255)));
    assertEquals(Optional.of(GRIN.repeat(511)), toHost(KvpPart.VALUE, GRIN.repeat(512)));
  }

  @Test
  void aPairThatDoesNotFitIsDroppedWhole() {
    assertEquals(
        Optional.of("a" + GRIN.repeat(510)), toHost(KvpPart.VALUE, "a" + GRIN.repeat(511)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "61e298",
        "e9",
        "c080",
        "eda080",
        "edb080",
        "f5808080",
        "f4908080",
        "80",
        "ff",
        "e08080",
        "f0808080"
      })
  void bytesThatAreNotUtf8EndTheHostsEnumeration(String hex) {
    FieldBytes bytes = FieldBytes.of(HexFormat.of().parseHex(hex));
    assertEquals(Optional.empty(), KernelText.toHost(KvpPart.VALUE, bytes));
    assertEquals(Optional.empty(), bytes.text());
  }

  @ParameterizedTest
  @CsvSource({"c280,128", "e0a080,2048", "efbfbf,65535", "f0908080,65536", "f48fbfbf,1114111"})
  void theFirstAndLastCharacterOfEachLengthAreRead(String hex, int codePoint) {
    assertEquals(
        Optional.of(Character.toString(codePoint)),
        KernelText.toHost(KvpPart.VALUE, FieldBytes.of(HexFormat.of().parseHex(hex))));
  }

  @Test
  void bytesBehindTheCapAreNotLookedAt() {
    byte[] bytes = ("k".repeat(254) + "?").getBytes(StandardCharsets.UTF_8);
    bytes[254] = (byte) 0xFF;
    assertEquals(
        Optional.of("k".repeat(254)), KernelText.toHost(KvpPart.KEY, FieldBytes.of(bytes)));
  }

  @Test
  void aKeyWithoutItsNulGoesOnIntoTheValue() {
    KvpAnswer.Item item =
        new KvpAnswer.Item(
            1,
            FieldBytes.of(SNOWMAN.repeat(170).concat("xy").getBytes(StandardCharsets.UTF_8)),
            FieldBytes.ofText("value"));
    assertEquals(
        Optional.of(new KvpItem(SNOWMAN.repeat(170) + "xyvalue", "value")),
        KernelText.toHost(item));
  }
}
