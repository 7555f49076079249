package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import io.avma.transport.TransportException;
import io.avma.transport.wsman.KerberosWrap;
import io.avma.transport.wsman.SealedMessage;
import io.avma.transport.wsman.SealedPart;
import io.avma.transport.wsman.WsManLimits;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.MessageProp;
import org.jspecify.annotations.Nullable;

/**
 * What one TCP connection has agreed on: the security context belongs to it and to no other. HTTP
 * carries one request at a time on a connection, so that no two threads are ever in here.
 */
final class ConnectionLogin {
  private @Nullable GSSContext context;
  private Optional<String> user = Optional.empty();

  /** Returns who has proved to be at the other end. */
  Optional<String> user() {
    return user;
  }

  /**
   * Takes a token of the client.
   *
   * @return ours, perhaps empty
   */
  byte[] accept(KerberosService service, byte[] token) throws GSSException {
    if (user.isPresent()) {
      forget(); // whoever was there begins anew
    }
    GSSContext current = context;
    if (current == null) {
      current = service.context();
      context = current;
    }
    byte[] next = service.accept(current, token);
    if (current.isEstablished()) {
      user = Optional.of(current.getSrcName().toString());
    }
    return next;
  }

  /** Forgets whoever was there. */
  void forget() {
    GSSContext old = context;
    context = null;
    user = Optional.empty();
    if (old != null) {
      try {
        old.dispose();
      } catch (GSSException e) {
        // It is not used again.
      }
    }
  }

  /**
   * Returns what a sealed message holds.
   *
   * @throws TransportException {@code DAMAGED} if it is none
   * @throws GSSException if it was changed, sent again or sealed by somebody else
   */
  Clear unseal(String contentType, byte[] body, WsManLimits limits)
      throws TransportException, GSSException {
    SealedMessage message = SealedMessage.decode(contentType, body, limits);
    ByteArrayOutputStream clear = new ByteArrayOutputStream();
    String inner = "";
    for (SealedPart part : message.parts()) {
      inner = part.contentType();
      clear.writeBytes(unwrapped(KerberosWrap.token(part)));
    }
    return new Clear(message.protocol(), inner, clear.toByteArray());
  }

  private byte[] unwrapped(byte[] token) throws GSSException {
    MessageProp how = new MessageProp(0, true);
    byte[] clear;
    try {
      clear = established().unwrap(token, 0, token.length, how);
    } catch (RuntimeException e) {
      throw new GSSException(GSSException.DEFECTIVE_TOKEN, 0, "malformed");
    }
    if (!how.getPrivacy()) {
      throw new GSSException(GSSException.BAD_QOP, 0, "not encrypted");
    }
    if (how.isDuplicateToken() || how.isOldToken() || how.isUnseqToken() || how.isGapToken()) {
      throw new GSSException(GSSException.DUPLICATE_TOKEN, 0, "not the next message");
    }
    return clear;
  }

  /** Returns a message sealed. */
  SealedMessage seal(SealedMessage.Protocol protocol, byte[] clear, String contentType)
      throws GSSException {
    MessageProp how = new MessageProp(0, true);
    byte[] token = established().wrap(clear, 0, clear.length, how);
    if (!how.getPrivacy()) {
      throw new GSSException(GSSException.BAD_QOP, 0, "the context does not encrypt");
    }
    SealedPart part = KerberosWrap.part(token, clear.length);
    return new SealedMessage(
        protocol,
        ImmutableList.of(
            new SealedPart(contentType, part.clearLength(), part.signature(), part.sealed())));
  }

  private GSSContext established() throws GSSException {
    GSSContext current = context;
    if (current == null || user.isEmpty()) {
      throw new GSSException(GSSException.NO_CONTEXT, 0, "no context on this connection");
    }
    return current;
  }

  /**
   * A message that was sealed.
   *
   * @param protocol how it came, and how its answer goes
   * @param contentType what it is
   * @param envelope its bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Clear(SealedMessage.Protocol protocol, String contentType, byte[] envelope) {}
}
