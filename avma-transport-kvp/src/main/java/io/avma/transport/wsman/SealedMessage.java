package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Wire level: a message that a security context has sealed, in the framing of {@code
 * multipart/encrypted} by which it travels over HTTP ([MS-WSMV] 2.2.9.1). Nothing here encrypts.
 *
 * <p>Windows' parts are not those of MIME: lines begin with a tab, no empty line comes before the
 * sealed bytes and no line break behind them. Read are also lines without the tab, any boundary,
 * and one line break behind the sealed bytes where their length shows that it is none of them.
 *
 * @param protocol the security context's kind
 * @param parts the parts in order, one or more; more than one makes it {@code x-multi-encrypted},
 *     each sealed on its own
 */
@CheckReturnValue
public record SealedMessage(Protocol protocol, ImmutableList<SealedPart> parts) {
  static final String BOUNDARY = "Encrypted Boundary";
  static final String SINGLE = "multipart/encrypted";
  static final String MULTI = "multipart/x-multi-encrypted";

  /** What kind of security context has sealed a message. */
  public enum Protocol {
    /** One negotiated by SPNEGO. */
    SPNEGO("application/HTTP-SPNEGO-session-encrypted"),
    /** Kerberos, without a negotiation. */
    KERBEROS("application/HTTP-Kerberos-session-encrypted");

    private final String mediaType;

    Protocol(String mediaType) {
      this.mediaType = mediaType;
    }

    /** Returns the media type that names it. */
    public String mediaType() {
      return mediaType;
    }
  }

  /** Checks that there is a part. */
  public SealedMessage {
    checkArgument(!parts.isEmpty(), "a sealed message without a part");
  }

  /** Returns a message in one part, of an envelope in UTF-8. */
  public static SealedMessage of(
      Protocol protocol, int clearLength, byte[] signature, byte[] sealed) {
    return new SealedMessage(
        protocol,
        ImmutableList.of(
            new SealedPart(SealedPart.ENVELOPE_UTF_8, clearLength, signature, sealed)));
  }

  /** Returns whether a {@code Content-Type} announces a sealed message. */
  public static boolean isSealed(String contentType) {
    String lower = contentType.strip().toLowerCase(Locale.ROOT);
    int end = lower.indexOf(';');
    String media = (end < 0 ? lower : lower.substring(0, end)).strip();
    return media.equals(SINGLE) || media.equals(MULTI);
  }

  /**
   * Returns the message in the body of a request or answer.
   *
   * <p>The codes of flaws are {@code content-type}, {@code boundary}, {@code part-header}, {@code
   * part-length}, {@code signature-length}, {@code truncated} and {@code too-long}.
   *
   * @param contentType its {@code Content-Type}
   * @param limits bounds the body, and what its parts say that they hold together
   * @throws TransportException {@code NOT_SUPPORTED} for the protocol of another security context;
   *     {@code DAMAGED} if the framing is broken or beyond the limits
   */
  public static SealedMessage decode(String contentType, byte[] body, WsManLimits limits)
      throws TransportException {
    return new SealedReader(contentType, body, limits).message();
  }

  /** Returns the {@code Content-Type} under which {@link #encode} travels. */
  public String contentType() {
    return (parts.size() == 1 ? SINGLE : MULTI)
        + ";protocol=\""
        + protocol.mediaType()
        + "\";boundary=\""
        + BOUNDARY
        + "\"";
  }

  /** Returns the body, byte for byte as Windows writes it. */
  public byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (SealedPart part : parts) {
      text(
          out,
          "--"
              + BOUNDARY
              + "\r\n\tContent-Type: "
              + protocol.mediaType()
              + "\r\n\tOriginalContent: type="
              + part.contentType()
              + ";Length="
              + part.clearLength()
              + "\r\n--"
              + BOUNDARY
              + "\r\n\tContent-Type: application/octet-stream\r\n");
      int length = part.signature().length;
      for (int shift = 0; shift < 32; shift += 8) {
        out.write(length >>> shift);
      }
      out.writeBytes(part.signature());
      out.writeBytes(part.sealed());
    }
    text(out, "--" + BOUNDARY + "--\r\n");
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
