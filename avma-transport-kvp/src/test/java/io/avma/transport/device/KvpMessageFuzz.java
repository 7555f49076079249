package io.avma.transport.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.avma.transport.TransportException;
import java.util.Arrays;
import java.util.List;

/** The fuzzer's way into the codec of the daemon's message. */
public final class KvpMessageFuzz {
  private KvpMessageFuzz() {}

  /** Throws if the bytes are read otherwise than any bytes should be. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    check(bytes);
    check(Arrays.copyOf(bytes, KvpMessageCodec.LENGTH));
  }

  /** Returns a message of each operation. */
  public static List<byte[]> seeds() {
    return Arrays.stream(KvpOperation.values())
        .map(
            operation -> {
              byte[] message = new byte[KvpMessageCodec.LENGTH];
              message[0] = (byte) operation.number();
              message[100] = 'k';
              return message;
            })
        .toList();
  }

  private static void check(byte[] message) {
    try {
      KvpRequest request = KvpMessageCodec.decodeRequest(message);
      assertEquals(request, KvpMessageCodec.decodeRequest(KvpMessageCodec.encode(request)));
      assertNotNull(KvpMessageCodec.decodeAnswer(request, message));
    } catch (TransportException e) {
      assertEquals(TransportException.Reason.DAMAGED, e.reason());
    }
  }
}
