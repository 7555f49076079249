package io.avma.transport.eventlog;

import io.avma.transport.TransportException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the characters of a text file are written: by its byte order mark, else by where its first
 * character has a zero byte, else by its declaration, else UTF-8. A declaration that contradicts
 * the bytes is not believed: whoever converts a file rarely changes it.
 *
 * @param charset the encoding
 * @param bomBytes how long the byte order mark is
 */
record TextEncoding(Charset charset, int bomBytes) {
  private static final int LOOKED_AT = 200;
  private static final Pattern DECLARED =
      Pattern.compile("^<\\?xml[^>]*\\bencoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
  private static final byte[] DECLARATION = "<?xml".getBytes(StandardCharsets.US_ASCII);

  static TextEncoding of(LogInput input) throws TransportException {
    byte[] head = new byte[LOOKED_AT];
    int count = input.read(0, head, head.length);
    return of(Arrays.copyOf(head, count));
  }

  static TextEncoding of(byte[] head) {
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      return new TextEncoding(StandardCharsets.UTF_8, 3);
    } else if (startsWith(head, 0xFF, 0xFE)) {
      return new TextEncoding(StandardCharsets.UTF_16LE, 2);
    } else if (startsWith(head, 0xFE, 0xFF)) {
      return new TextEncoding(StandardCharsets.UTF_16BE, 2);
    } else if (head.length >= 2 && head[0] != 0 && head[1] == 0) {
      return new TextEncoding(StandardCharsets.UTF_16LE, 0);
    } else if (head.length >= 2 && head[0] == 0 && head[1] != 0) {
      return new TextEncoding(StandardCharsets.UTF_16BE, 0);
    }
    return new TextEncoding(declared(head), 0);
  }

  private static boolean startsWith(byte[] head, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= head.length || (head[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static Charset declared(byte[] head) {
    Matcher declaration = DECLARED.matcher(new String(head, StandardCharsets.ISO_8859_1));
    if (declaration.find()) {
      try {
        Charset charset = Charset.forName(declaration.group(1));
        if (charset.canEncode() && Arrays.equals("<?xml".getBytes(charset), DECLARATION)) {
          return charset;
        }
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        // As if nothing were declared.
      }
    }
    return StandardCharsets.UTF_8;
  }

  /** How many bytes characters take; for an encoding of another kind as if each took one. */
  long bytes(char[] chars, int from, int to) {
    if (charset.equals(StandardCharsets.UTF_16LE) || charset.equals(StandardCharsets.UTF_16BE)) {
      return 2L * (to - from);
    }
    long bytes = (long) to - from;
    if (charset.equals(StandardCharsets.UTF_8)) {
      for (int i = from; i < to; i++) {
        char c = chars[i];
        if (c >= 0x80) {
          bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
      }
    }
    return bytes;
  }
}
