package io.avma.transport.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealedMessageTest {
  private static final String SPNEGO = "application/HTTP-SPNEGO-session-encrypted";
  private static final String TYPE =
      "multipart/encrypted;protocol=\"" + SPNEGO + "\";boundary=\"Encrypted Boundary\"";
  private static final String MULTI = TYPE.replace("encrypted;", "x-multi-encrypted;");
  private static final String HEAD =
      "--Encrypted Boundary\r\n\tContent-Type: "
          + SPNEGO
          + "\r\n\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=3\r\n"
          + "--Encrypted Boundary\r\n\tContent-Type: application/octet-stream\r\n";
  private static final String BODY = HEAD + "\2\0\0\0SGxyz--Encrypted Boundary--\r\n";

  private static SealedMessage decode(String type, String body) throws TransportException {
    return SealedMessage.decode(type, body.getBytes(ISO_8859_1), WsManLimits.STANDARD);
  }

  private static String code(String type, String body) {
    return assertThrows(TransportException.class, () -> decode(type, body))
        .flaw()
        .map(Flaw::code)
        .orElse("no flaw");
  }

  @Test
  void isWrittenByteForByteAsWindowsDoes() {
    SealedMessage message =
        SealedMessage.of(
            SealedMessage.Protocol.SPNEGO,
            3,
            "SG".getBytes(ISO_8859_1),
            "xyz".getBytes(ISO_8859_1));
    assertEquals(BODY, new String(message.encode(), ISO_8859_1));
    assertEquals(TYPE, message.contentType());
  }

  @Test
  void comesBackWhateverIsSealed() throws TransportException {
    Random random = new Random(1);
    for (int count = 1; count < 4; count++) {
      for (int length : new int[] {0, 1, 40, 70_000}) {
        ImmutableList.Builder<SealedPart> parts = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
          byte[] signature = new byte[random.nextInt(80)];
          random.nextBytes(signature);
          byte[] sealed = new byte[length];
          random.nextBytes(sealed);
          // What tempts a reader that looks for boundaries among sealed bytes.
          byte[] bait = "--Encrypted Boundary--\r\n".getBytes(ISO_8859_1);
          System.arraycopy(bait, 0, sealed, 0, Math.min(bait.length, length));
          parts.add(new SealedPart(SealedPart.ENVELOPE_UTF_8, length, signature, sealed));
        }
        SealedMessage written = new SealedMessage(SealedMessage.Protocol.KERBEROS, parts.build());
        SealedMessage read =
            SealedMessage.decode(written.contentType(), written.encode(), WsManLimits.STANDARD);
        assertEquals(count, read.parts().size());
        assertArrayEquals(written.encode(), read.encode());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Multipart/Encrypted; Boundary=\"Encrypted Boundary\"; Protocol=" + SPNEGO,
        "multipart/x-multi-encrypted;protocol=\"" + SPNEGO + "\";boundary=\"Encrypted Boundary\""
      })
  void isReadWhateverTheOrderAndCaseOfParameters(String type) throws TransportException {
    assertTrue(SealedMessage.isSealed(type));
    assertEquals(1, decode(type, BODY).parts().size());
  }

  @Test
  void isReadInTheFormsOfOtherClients() throws TransportException {
    SealedPart part =
        decode(TYPE, BODY.replace("\t", "").replace("Content-T", "CONTENT-t")).parts().get(0);
    assertEquals("SG", new String(part.signature(), ISO_8859_1));
    assertEquals("xyz", new String(part.sealed(), ISO_8859_1));
    assertEquals(3, part.clearLength());
    assertEquals("application/soap+xml;charset=UTF-8", part.contentType());
    part = decode(TYPE, BODY.replace("xyz--", "xyz\r\n--")).parts().get(0);
    assertEquals("xyz", new String(part.sealed(), ISO_8859_1), "a line break that is not sealed");
    part = decode(TYPE, BODY.replace("xyz--", "xyzp--")).parts().get(0);
    assertEquals("xyzp", new String(part.sealed(), ISO_8859_1), "padding of RC4");
    part =
        decode(TYPE.replace("Encrypted Boundary", "b"), BODY.replace("Encrypted Boundary", "b"))
            .parts()
            .get(0);
    assertEquals("xyz", new String(part.sealed(), ISO_8859_1));
  }

  @Test
  void tellsSealedFromPlain() {
    assertFalse(SealedMessage.isSealed("application/soap+xml;charset=UTF-8"));
    assertFalse(SealedMessage.isSealed("multipart/encrypted-not"));
    assertTrue(SealedMessage.isSealed(MULTI));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "Length=3, Length=4, part-length",
        "Length=3, Length=99, part-length",
        "Length=3, Length=2147483648, too-long",
        "Length=3, Length=9999999999, too-long",
        "Length=3, Length=-1, part-header",
        "Length=3, Size=3, part-header",
        "HTTP-SPNEGO, HTTP-Kerberos, part-header",
        "octet-stream, json, part-header",
        "--Encrypted Boundary--, --Encrypted Boundary, truncated",
        "xyz, |x|, part-length",
        "Boundary--, Boundary--GET /, boundary",
      })
  void isRefusedWhereTheFramingIsBroken(String found, String broken, String code) {
    String body = BODY.replace(found, broken);
    assertEquals(code, code(TYPE, body), body);
  }

  @Test
  void isRefusedWithASignatureThatIsLongerThanTheBody() {
    assertEquals("signature-length", code(TYPE, BODY.replace("\2\0\0\0", "\377\0\0\0")));
    assertEquals("signature-length", code(TYPE, BODY.replace("\2\0\0\0", "\0\0\0\200")));
    assertEquals("signature-length", code(TYPE, BODY.replace("\2\0\0\0", "\377\377\377\377")));
  }

  @Test
  void isRefusedWithPartsThatItsTypeDoesNotAnnounce() throws TransportException {
    String two =
        BODY.replace("--\r\n", "\r\n") + BODY.substring("--Encrypted Boundary\r\n".length());
    assertEquals("boundary", code(TYPE, two));
    assertEquals(2, decode(MULTI, two).parts().size());
  }

  @Test
  void isRefusedAtEveryPlaceWhereItIsCut() throws TransportException {
    for (int end = 0; end < BODY.length() - 4; end++) {
      assertFalse(code(TYPE, BODY.substring(0, end)).equals("no flaw"));
    }
  }

  @Test
  void isBounded() {
    byte[] body = BODY.getBytes(ISO_8859_1);
    WsManLimits small = new WsManLimits(2, 64, 1024);
    assertThrows(TransportException.class, () -> SealedMessage.decode(TYPE, body, small));
    assertEquals("part-header", code(TYPE, BODY.replace("\tOrig", " ".repeat(600) + "Orig")));
    byte[] huge = new byte[6 << 20];
    Arrays.fill(huge, (byte) '-');
    assertThrows(
        TransportException.class, () -> SealedMessage.decode(TYPE, huge, WsManLimits.STANDARD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/encrypted",
        "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\"",
        "multipart/mixed;protocol=\"application/HTTP-SPNEGO-session-encrypted\";boundary=b",
        "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\";boundary=\"\""
      })
  void isRefusedWithoutProtocolOrBoundary(String type) {
    assertEquals("content-type", code(type, BODY));
  }

  @Test
  void namesAForeignProtocol() {
    TransportException failure =
        assertThrows(
            TransportException.class, () -> decode(TYPE.replace("SPNEGO", "CredSSP"), BODY));
    assertEquals(TransportException.Reason.NOT_SUPPORTED, failure.reason());
    assertTrue(failure.getMessage().contains("CredSSP"));
  }
}
