package io.avma.transport.wsman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.util.List;

/** The fuzzer's way into the codec of WS-Management's messages. */
public final class WsManFuzz {
  private WsManFuzz() {}

  /** Returns a message of each kind. */
  public static List<byte[]> seeds() {
    return WsManCodecTest.messages().map(WsManCodec::encode).toList();
  }

  /** Throws if the bytes are read otherwise than any bytes should be. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    check(bytes);
  }

  /** Wants a message that is the same when it is written and read again, or an error with place. */
  static void check(byte[] bytes) {
    WsManMessage read;
    try {
      read = WsManCodec.decode(bytes, WsManLimits.STANDARD);
    } catch (TransportException e) {
      requirePlace(bytes, e);
      headerAlone(bytes);
      return;
    }
    byte[] written;
    try {
      written = WsManCodec.encode(read);
    } catch (IllegalArgumentException e) {
      return; // a name that we write nowhere
    }
    try {
      assertEquals(read.body(), WsManCodec.decode(written, WsManLimits.STANDARD).body());
    } catch (TransportException e) {
      throw new AssertionError("what was written cannot be read", e);
    }
  }

  private static void headerAlone(byte[] bytes) {
    try {
      assertTrue(WsManCodec.decodeHeader(bytes, WsManLimits.STANDARD).toString().length() < 2000);
    } catch (TransportException e) {
      requirePlace(bytes, e);
    }
  }

  private static void requirePlace(byte[] bytes, TransportException e) {
    assertEquals(TransportException.Reason.DAMAGED, e.reason());
    Flaw flaw = e.flaw().orElseThrow();
    assertTrue(flaw.position().offset().orElseThrow() <= bytes.length, flaw.toString());
    assertTrue(flaw.toString().length() < 500, flaw.toString());
  }
}
