package io.avma.transport.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.TransportException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the framing of one sealed message. Every step moves forward, so a body is read once. */
final class SealedReader {
  private static final int MAX_LINE = 512;
  private static final int MAX_PADDING = 256;
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([A-Za-z-]{1,40})\\s*=\\s*(?:\"([^\"]{0,200})\"|([^\\s;\"]{1,200}))");
  private static final Pattern ORIGINAL =
      Pattern.compile("type=([^\\r\\n]{1,200});\\s*Length=([0-9]{1,10})", Pattern.CASE_INSENSITIVE);

  private final SealedMessage.Protocol protocol;
  private final boolean multi;
  private final byte[] boundary;
  private final byte[] body;
  private final long maxBytes;
  private int at;

  SealedReader(String contentType, byte[] body, WsManLimits limits) throws TransportException {
    this.body = body;
    this.maxBytes = limits.maxBytes();
    this.protocol = protocol(contentType);
    this.multi = contentType.strip().toLowerCase(Locale.ROOT).startsWith(SealedMessage.MULTI);
    String name = parameter(contentType, "boundary");
    if (name == null || name.isBlank() || name.length() > 70) {
      throw damaged("content-type", "no boundary of 1 to 70 characters in the Content-Type");
    }
    this.boundary = ("--" + name).getBytes(ISO_8859_1);
    if (body.length > maxBytes + maxBytes / 4 + 4096) {
      throw damaged("too-long", "message has more than " + maxBytes + " bytes");
    }
  }

  private SealedMessage.Protocol protocol(String contentType) throws TransportException {
    String name = parameter(contentType, "protocol");
    if (!SealedMessage.isSealed(contentType) || name == null) {
      throw damaged(
          "content-type",
          "Content-Type is '"
              + ForeignText.escape(contentType, 100)
              + "' (expected: multipart/encrypted with a protocol)");
    }
    for (SealedMessage.Protocol known : SealedMessage.Protocol.values()) {
      if (known.mediaType().equalsIgnoreCase(name)) {
        return known;
      }
    }
    throw new TransportException(
        TransportException.Reason.NOT_SUPPORTED,
        "message is sealed by '"
            + ForeignText.escape(name, 100)
            + "' (expected: SPNEGO or Kerberos)");
  }

  private static @Nullable String parameter(String contentType, String name) {
    Matcher matcher =
        PARAMETER.matcher(contentType.substring(0, Math.min(contentType.length(), 1000)));
    while (matcher.find()) {
      if (matcher.group(1).equalsIgnoreCase(name)) {
        return matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      }
    }
    return null;
  }

  SealedMessage message() throws TransportException {
    ImmutableList.Builder<SealedPart> parts = ImmutableList.builder();
    int count = 0;
    long clear = 0;
    boundary();
    do {
      SealedPart part = part();
      parts.add(part);
      count++;
      clear += part.clearLength();
      if (clear > maxBytes) {
        throw damaged("too-long", "parts hold " + clear + " bytes (limit: " + maxBytes + ")");
      }
    } while (!closed());
    if (count > 1 && !multi) {
      throw damaged("boundary", count + " parts in multipart/encrypted (expected: one)");
    }
    return new SealedMessage(protocol, parts.build());
  }

  /** Reads a part; stands behind the boundary that ends it. */
  private SealedPart part() throws TransportException {
    String original = "";
    String sealedBy = "";
    while (!startsWith(boundary)) {
      String line = line();
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("originalcontent:")) {
        original = line.substring("originalcontent:".length()).strip();
      } else if (lower.startsWith("content-type:")) {
        sealedBy = line.substring("content-type:".length()).strip();
      }
    }
    if (!sealedBy.equalsIgnoreCase(protocol.mediaType())) {
      throw damaged("part-header", "part's Content-Type is not that of the message");
    }
    Matcher matcher = ORIGINAL.matcher(original);
    if (!matcher.matches()) {
      throw damaged(
          "part-header",
          "OriginalContent is '"
              + ForeignText.escape(original, 100)
              + "' (expected: type=...;Length=...)");
    }
    long clear = Long.parseLong(matcher.group(2));
    if (clear > maxBytes) {
      throw damaged("too-long", "part holds " + clear + " bytes (limit: " + maxBytes + ")");
    }
    boundary();
    String octets = line();
    if (!octets
        .toLowerCase(Locale.ROOT)
        .replace(" ", "")
        .equals("content-type:application/octet-stream")) {
      throw damaged("part-header", "sealed part without Content-Type: application/octet-stream");
    }
    return sealed(matcher.group(1), (int) clear);
  }

  private SealedPart sealed(String contentType, int clear) throws TransportException {
    if (body.length - at < 4) {
      throw damaged("truncated", "body ends before a signature");
    }
    int length = Ints.fromBytes(body[at + 3], body[at + 2], body[at + 1], body[at]);
    if (length < 0 || length > SealedPart.MAX_SIGNATURE || length > body.length - at - 4) {
      throw damaged(
          "signature-length",
          "signature has "
              + Integer.toUnsignedString(length)
              + " bytes (expected: at most "
              + Math.min(SealedPart.MAX_SIGNATURE, body.length - at - 4)
              + ")");
    }
    byte[] signature = Arrays.copyOfRange(body, at + 4, at + 4 + length);
    int from = at + 4 + length;
    // Sealed bytes may look like a boundary, so as many as were announced are passed over unseen.
    int end = find((long) from + clear);
    if (end < 0 || end - from - clear > MAX_PADDING) {
      throw damaged(
          "part-length", "no boundary behind the " + clear + " sealed bytes that were announced");
    }
    boolean lineBreak = end - from == clear + 2 && body[end - 2] == '\r' && body[end - 1] == '\n';
    at = end + boundary.length;
    return new SealedPart(
        contentType, clear, signature, Arrays.copyOfRange(body, from, lineBreak ? end - 2 : end));
  }

  private void boundary() throws TransportException {
    if (!startsWith(boundary)) {
      throw damaged("boundary", "no boundary");
    }
    at += boundary.length;
    lineBreak();
  }

  /** Whether the boundary behind which this stands is the last. */
  private boolean closed() throws TransportException {
    if (body.length - at >= 2 && body[at] == '-' && body[at + 1] == '-') {
      if (!new String(body, at + 2, body.length - at - 2, ISO_8859_1).isBlank()) {
        throw damaged("boundary", "text behind the last boundary");
      }
      return true;
    }
    lineBreak();
    return false;
  }

  private void lineBreak() throws TransportException {
    if (!line().isEmpty()) {
      throw damaged("boundary", "text behind a boundary");
    }
  }

  private String line() throws TransportException {
    int end = at;
    while (end < body.length && body[end] != '\n') {
      if (end - at > MAX_LINE) {
        throw damaged("part-header", "line has more than " + MAX_LINE + " bytes");
      }
      end++;
    }
    if (end >= body.length) {
      throw damaged("truncated", "body ends in the header of a part");
    }
    String line = new String(body, at, end - at, ISO_8859_1).strip();
    at = end + 1;
    return line;
  }

  private boolean startsWith(byte[] bytes) {
    return body.length - at >= bytes.length
        && Arrays.equals(body, at, at + bytes.length, bytes, 0, bytes.length);
  }

  private int find(long from) {
    for (int i = (int) from; i <= body.length - boundary.length; i++) {
      if (body[i] == '-'
          && Arrays.equals(body, i, i + boundary.length, boundary, 0, boundary.length)) {
        return i;
      }
    }
    return -1;
  }

  private TransportException damaged(String code, String message) {
    return TransportException.damaged(
        new Flaw(code, Flaw.Effect.LOST, Position.in("sealed message").atOffset(at), message));
  }
}
