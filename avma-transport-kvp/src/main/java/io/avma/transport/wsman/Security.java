package io.avma.transport.wsman;

import io.avma.transport.TransportException;
import java.util.Optional;

/** How one connection is authenticated, and its messages protected. Belongs to that connection. */
interface Security {
  /** Authenticates the connection, if that comes before its first message. */
  void handshake(OwnedConnection connection) throws TransportException, ConnectionLostException;

  /** Whether it holds for another message. */
  default boolean isFresh() {
    return true;
  }

  /** Whether messages are sealed, so that nothing else of an answer is to be believed. */
  default boolean seals() {
    return false;
  }

  /** What every message carries as {@code Authorization}. */
  Optional<String> authorization();

  /** Turns an envelope into what is sent. */
  Sending seal(byte[] envelope) throws TransportException;

  /** Turns what came into an answer in clear text. */
  HttpAnswer unseal(HttpAnswer answer) throws TransportException;

  /**
   * What is sent.
   *
   * @param contentType its media type
   * @param body its bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Sending(String contentType, byte[] body) {}

  /** Messages as they are, with a header or without. */
  static Security plain(Optional<String> authorization) {
    return new Security() {
      @Override
      public void handshake(OwnedConnection connection) {}

      @Override
      public Optional<String> authorization() {
        return authorization;
      }

      @Override
      public Sending seal(byte[] envelope) {
        return new Sending(SealedPart.ENVELOPE_UTF_8, envelope);
      }

      @Override
      public HttpAnswer unseal(HttpAnswer answer) {
        return answer;
      }
    };
  }
}
