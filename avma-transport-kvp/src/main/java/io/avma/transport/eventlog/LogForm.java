package io.avma.transport.eventlog;

import com.google.common.base.Ascii;
import io.avma.transport.TransportException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** In which form a file holds events, by its first bytes. */
enum LogForm {
  EVTX,
  XML,
  JSON;

  private static final int LOOKED_AT = 64;

  static LogForm of(LogInput input) throws TransportException {
    byte[] head = new byte[LOOKED_AT];
    int count = input.read(0, head, head.length);
    if (count == 0) {
      // Either a query without a match, written without a root, or a log that was cut to nothing.
      return Ascii.toLowerCase(input.name()).endsWith(".evtx") ? EVTX : XML;
    }
    TextEncoding encoding = TextEncoding.of(Arrays.copyOf(head, count));
    String start =
        new String(
                head,
                encoding.bomBytes(),
                count - encoding.bomBytes(),
                encoding.bomBytes() == 3 ? StandardCharsets.UTF_8 : encoding.charset())
            .stripLeading();
    if (start.startsWith("<") || start.startsWith("Event[")) {
      return XML; // the second is the text that wevtutil prints; its reader says what to do
    }
    return start.startsWith("{") || start.startsWith("[") ? JSON : EVTX;
  }
}
