package io.avma.transport.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpPool;
import io.avma.platform.Hresult;
import io.avma.transport.TransportException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KvpMessageCodecTest {
  private static byte[] part(byte[] message, int offset, int length) {
    return Arrays.copyOfRange(message, offset, offset + length);
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** The numbers are those of the compiled structure, written out once more by hand. */
  @Test
  void everyFieldLiesWhereTheStructureOfTheKernelHasIt() {
    assertEquals(
        "4 8 12 16 528",
        KvpMessageLayout.Item.VALUE_TYPE
            + " "
            + KvpMessageLayout.Item.KEY_SIZE
            + " "
            + KvpMessageLayout.Item.VALUE_SIZE
            + " "
            + KvpMessageLayout.Item.KEY
            + " "
            + KvpMessageLayout.Item.VALUE);
    assertEquals("4 8", KvpMessageLayout.Deletion.KEY_SIZE + " " + KvpMessageLayout.Deletion.KEY);
    assertEquals(
        "4 8 12 16 20 532",
        KvpMessageLayout.Enumeration.INDEX
            + " "
            + KvpMessageLayout.Enumeration.VALUE_TYPE
            + " "
            + KvpMessageLayout.Enumeration.KEY_SIZE
            + " "
            + KvpMessageLayout.Enumeration.VALUE_SIZE
            + " "
            + KvpMessageLayout.Enumeration.KEY
            + " "
            + KvpMessageLayout.Enumeration.VALUE);
    assertEquals(
        "4 260 261 262 2310 4358 5382",
        KvpMessageLayout.Addresses.ADAPTER
            + " "
            + KvpMessageLayout.Addresses.FAMILY
            + " "
            + KvpMessageLayout.Addresses.DHCP
            + " "
            + KvpMessageLayout.Addresses.ADDRESS
            + " "
            + KvpMessageLayout.Addresses.SUBNET
            + " "
            + KvpMessageLayout.Addresses.GATEWAY
            + " "
            + KvpMessageLayout.Addresses.DNS);
    assertEquals(
        KvpMessageCodec.LENGTH,
        KvpMessageLayout.Addresses.DNS + KvpMessageLayout.ADDRESS_BYTES + 2,
        "two bytes of padding end the message");
  }

  @Test
  void aSetIsHeaderTypeTwoSizesKeyAndValue() {
    byte[] message = KvpMessageCodec.encode(KvpRequest.set(KvpPool.GUEST, "ab", "c"));
    assertArrayEquals(hex("01010000" + "01000000" + "03000000" + "02000000"), part(message, 0, 16));
    assertArrayEquals(hex("61620000"), part(message, 16, 4));
    assertArrayEquals(hex("6300"), part(message, 528, 2));
    assertEquals(7432, message.length);
  }

  @Test
  void aDeleteIsHeaderSizeAndKey() {
    byte[] message = KvpMessageCodec.encode(KvpRequest.delete(KvpPool.EXTERNAL, "ab"));
    assertArrayEquals(hex("02000000" + "03000000" + "616200"), part(message, 0, 11));
  }

  @Test
  void anEnumerationIsHeaderAndIndex() {
    byte[] message = KvpMessageCodec.encode(KvpRequest.enumerate(KvpPool.AUTO, 99));
    assertArrayEquals(hex("03020000" + "63000000"), part(message, 0, 8));
  }

  @Test
  void aRegistrationIsHeaderAndVersion() {
    byte[] message = KvpMessageCodec.encode(KvpRequest.register("3.1"));
    assertArrayEquals(hex("64000000" + "332e3100"), part(message, 0, 8));
  }

  @Test
  void anAnswersResultLiesOverTheHeader() throws TransportException {
    KvpRequest request = KvpRequest.enumerate(KvpPool.AUTO, 10);
    KvpAnswer end = new KvpAnswer.Refused(KvpResult.CONTINUE.code());
    byte[] message = KvpMessageCodec.encode(request, end);
    assertArrayEquals(hex("03010780" + "0a000000"), part(message, 0, 8));
    assertTrue(KvpMessageCodec.decodeAnswer(request, message).isEnd());
  }

  @Test
  void aKeyLongerThanItsFieldIsDamageWithAnOffset() {
    byte[] message = KvpMessageCodec.encode(KvpRequest.set(KvpPool.GUEST, "ab", "c"));
    message[9] = 2;
    message[8] = 1; // 513
    TransportException damage =
        assertThrows(
            TransportException.class,
            () -> assertEquals(0, KvpMessageCodec.decodeRequest(message)));
    assertEquals(TransportException.Reason.DAMAGED, damage.reason());
    assertEquals(OptionalLong.of(8), damage.flaw().orElseThrow().position().offset());
    assertEquals(
        "KVP message: offset 8: size of a field is 513 (expected: at most 512) [size-over-field]",
        damage.getMessage());
  }

  @Test
  void aSizeWithItsHighestBitSetIsNotNegative() {
    byte[] message = KvpMessageCodec.encode(KvpRequest.delete(KvpPool.GUEST, "ab"));
    message[7] = (byte) 0x80;
    assertThrows(
        TransportException.class, () -> assertEquals(0, KvpMessageCodec.decodeRequest(message)));
  }

  @Test
  void aMessageOfAnotherLengthIsDamage() {
    for (int length : new int[] {0, 4, 7428, 7431, 7433}) {
      assertThrows(
          TransportException.class,
          () -> assertEquals(0, KvpMessageCodec.decodeRequest(new byte[length])));
    }
  }

  @Test
  void staleBytesBehindASizedFieldAreNotKept() throws TransportException {
    byte[] message = KvpMessageCodec.encode(KvpRequest.set(KvpPool.GUEST, "ab", "c"));
    Arrays.fill(message, 19, 528, (byte) 0xEE);
    assertEquals(KvpRequest.set(KvpPool.GUEST, "ab", "c"), KvpMessageCodec.decodeRequest(message));
  }

  @Test
  void anAnswerOfAnotherFormIsTheCallersMistake() {
    KvpRequest delete = KvpRequest.delete(KvpPool.GUEST, "a");
    KvpAnswer value = new KvpAnswer.Value(1, FieldBytes.ofText("x"));
    assertThrows(
        IllegalArgumentException.class,
        () -> assertEquals(0, KvpMessageCodec.encode(delete, value).length));
  }

  @Test
  void theResultsHaveTheKernelsNumbers() {
    assertEquals(new Hresult(0x80070103), KvpResult.CONTINUE.code());
    assertEquals(new Hresult(0x80004005), KvpResult.FAIL.code());
    assertEquals(KvpResult.DISK_FULL, KvpResult.ofCode(new Hresult(0x80070070)).orElseThrow());
  }
}
