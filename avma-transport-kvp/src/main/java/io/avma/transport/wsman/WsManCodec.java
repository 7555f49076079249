package io.avma.transport.wsman;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.transport.TransportException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Turns messages into the bytes of their envelopes and back; one codec for client and host.
 *
 * <p>Any bytes decode to a message or to a {@link TransportException} for {@code DAMAGED}, whose
 * flaw tells the place; the codes are {@code malformed}, {@code encoding}, {@code document-type},
 * {@code unknown-reference}, {@code no-envelope}, {@code no-body}, {@code unexpected-element},
 * {@code unknown-action}, {@code unknown-delivery}, {@code no-context}, {@code no-query}, {@code
 * missing-attribute}, {@code duplicate-key}, {@code wrong-type}, and beyond {@link WsManLimits}
 * {@code too-long}, {@code too-deep}, {@code too-many-properties}. Values come as text, as the wire
 * tells no types; arrays of one value come as that value, arrays of none are absent, and an
 * embedded instance without properties is an empty text. Of everything else what was written is
 * read.
 */
@CheckReturnValue
public final class WsManCodec {
  private WsManCodec() {}

  /**
   * Returns the message in UTF-8, without a declaration.
   *
   * @throws IllegalArgumentException if a text holds what XML cannot carry, a name of a class,
   *     method or property could not be that of an element, or a class has no URI
   */
  public static byte[] encode(WsManMessage message) {
    return new MessageWriter(message.header())
        .write(message.body())
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns the message in {@code bytes}: UTF-8, or UTF-16 with or without a mark.
   *
   * @throws TransportException {@code DAMAGED} if it cannot be read or is beyond the limits
   */
  public static WsManMessage decode(byte[] bytes, WsManLimits limits) throws TransportException {
    return new MessageReader(bytes, limits).message();
  }

  /**
   * Returns the header of the message in {@code bytes}, whatever its body is; so a host can answer
   * to a message that it cannot read whole.
   *
   * @throws TransportException {@code DAMAGED} if not even the header can be read
   */
  public static WsManHeader decodeHeader(byte[] bytes, WsManLimits limits)
      throws TransportException {
    return new MessageReader(bytes, limits).headerOnly();
  }

  /**
   * Returns the message that {@code in} has to its end; never reads more than the limits allow.
   *
   * @throws IOException if reading fails
   * @throws TransportException {@code DAMAGED} if it cannot be read or is beyond the limits
   */
  public static WsManMessage decode(InputStream in, WsManLimits limits)
      throws IOException, TransportException {
    return decode(EnvelopeXml.bytes(in, limits), limits);
  }
}
