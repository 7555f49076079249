package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Base64;
import java.util.Optional;
import javax.security.auth.Subject;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.MessageProp;
import org.ietf.jgss.Oid;

/**
 * One security context by SPNEGO with Kerberos, agreed on in requests without a body; then messages
 * are sealed, or over TLS carried as they are on the connection that is now known.
 */
final class KerberosSecurity implements Security {
  private static final String SCHEME = "Negotiate";
  private static final String SPNEGO = "1.3.6.1.5.5.2";
  private static final int MAX_ROUNDS = 6;
  private static final int MIN_SECONDS = 60;
  private static final int MAX_TOKEN = 64 << 10;

  private final WsManEndpoint endpoint;
  private final Subject subject;
  private final boolean sealing;
  private final WsManLimits limits;
  private final GSSContext context;

  KerberosSecurity(WsManEndpoint endpoint, Subject subject, boolean sealing, WsManLimits limits)
      throws TransportException {
    this.endpoint = endpoint;
    this.subject = subject;
    this.sealing = sealing;
    this.limits = limits;
    try {
      this.context = newContext(endpoint.host());
    } catch (GSSException e) {
      throw refused(e);
    }
  }

  private static GSSContext newContext(String host) throws GSSException {
    GSSManager manager = GSSManager.getInstance();
    GSSName service = manager.createName("HTTP@" + host, GSSName.NT_HOSTBASED_SERVICE);
    GSSContext made =
        manager.createContext(service, new Oid(SPNEGO), null, GSSContext.DEFAULT_LIFETIME);
    made.requestMutualAuth(true);
    made.requestConf(true);
    made.requestInteg(true);
    made.requestReplayDet(true);
    made.requestSequenceDet(true);
    made.requestCredDeleg(false);
    return made;
  }

  @Override
  public boolean seals() {
    return sealing;
  }

  @Override
  public void handshake(OwnedConnection connection)
      throws TransportException, ConnectionLostException {
    byte[] in = new byte[0];
    for (int round = 0; round < MAX_ROUNDS; round++) {
      byte[] out = next(in);
      if (out == null || out.length == 0) {
        break;
      }
      HttpAnswer answer =
          connection.post(
              SealedPart.ENVELOPE_UTF_8,
              new byte[0],
              Optional.of(SCHEME + " " + Base64.getEncoder().encodeToString(out)));
      Optional<String> token = answer.challenge(SCHEME).filter(text -> !text.isEmpty());
      if (token.isEmpty()) {
        if (context.isEstablished() && answer.status() < 300) {
          break;
        }
        throw notTaken(answer);
      }
      in = decoded(token.get());
      if (context.isEstablished()) {
        throw refused("goes on with an authentication that is complete");
      }
      if (!connection.isUsable()) {
        throw refused("closes the connection that it authenticates");
      }
      if (answer.status() < 300) {
        byte[] last = next(in);
        if (last != null && last.length > 0) {
          throw refused("ends the authentication too early");
        }
        break;
      }
    }
    if (!context.isEstablished() || !context.getMutualAuthState()) {
      throw refused("did not prove who it is");
    }
    if (sealing && !context.getConfState()) {
      throw refused("agrees to no encryption");
    }
  }

  private byte[] next(byte[] in) throws TransportException {
    try {
      return Subject.doAs(
          subject,
          (PrivilegedExceptionAction<byte[]>) () -> context.initSecContext(in, 0, in.length));
    } catch (PrivilegedActionException e) {
      throw refused((GSSException) e.getException());
    } catch (RuntimeException e) { // as the JDK's readers throw it at some tokens
      throw refused("sent a token that cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private byte[] decoded(String token) throws TransportException {
    if (token.length() > MAX_TOKEN) {
      throw refused("sent a token of " + token.length() + " characters (limit: " + MAX_TOKEN + ")");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(token);
      if (new String(bytes, StandardCharsets.ISO_8859_1).contains("NTLMSSP")) {
        throw refused("wants NTLM. " + INSTEAD);
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw refused("sent a token that is not in Base64");
    }
  }

  /** What a workgroup host can do instead. */
  private static final String INSTEAD =
      "NTLM is not supported: use HTTPS with Basic or a certificate, or join the host to a domain";

  private TransportException notTaken(HttpAnswer answer) throws TransportException {
    if (answer.status() != 401) {
      return HttpFailures.of(endpoint, answer);
    }
    boolean negotiates = answer.challenge(SCHEME).isPresent();
    return refused(
        negotiates
            ? "does not take the Kerberos ticket (check the service principal HTTP/"
                + endpoint.host()
                + " and the user's rights; "
                + INSTEAD
                + ")"
            : "offers no Negotiate but "
                + ForeignText.escape(HttpFailures.schemes(answer), 100)
                + ". "
                + INSTEAD);
  }

  /** A ticket that ends while a message is on its way would be refused by whoever gets it. */
  @Override
  public boolean isFresh() {
    return context.getLifetime() > MIN_SECONDS;
  }

  @Override
  public Optional<String> authorization() {
    return Optional.empty();
  }

  @Override
  public Sending seal(byte[] envelope) throws TransportException {
    if (!sealing) {
      return new Sending(SealedPart.ENVELOPE_UTF_8, envelope);
    }
    try {
      MessageProp how = new MessageProp(0, true);
      byte[] token = context.wrap(envelope, 0, envelope.length, how);
      if (!how.getPrivacy()) {
        throw refused("agrees to no encryption");
      }
      SealedMessage message =
          new SealedMessage(
              SealedMessage.Protocol.SPNEGO,
              ImmutableList.of(KerberosWrap.part(token, envelope.length)));
      return new Sending(message.contentType(), message.encode());
    } catch (GSSException e) {
      throw refused(e);
    } catch (IllegalArgumentException e) {
      throw new TransportException(
          Reason.NOT_SUPPORTED,
          endpoint + ": " + e.getMessage() + " (allow AES for the account and the host)",
          e);
    }
  }

  @Override
  public HttpAnswer unseal(HttpAnswer answer) throws TransportException {
    if (!sealing) {
      return answer;
    }
    if (!SealedMessage.isSealed(answer.contentType())) {
      if (answer.status() == 200 || answer.isEnvelope()) {
        throw refused("answers without encryption what was asked with it");
      }
      return answer;
    }
    ByteArrayOutputStream clear = new ByteArrayOutputStream();
    String contentType = "";
    for (SealedPart part :
        SealedMessage.decode(answer.contentType(), answer.body(), limits).parts()) {
      contentType = part.contentType();
      clear.writeBytes(unwrapped(KerberosWrap.token(part)));
    }
    return answer.withBody(contentType, clear.toByteArray());
  }

  private byte[] unwrapped(byte[] token) throws TransportException {
    try {
      MessageProp how = new MessageProp(0, true);
      byte[] clear = context.unwrap(token, 0, token.length, how);
      if (how.getPrivacy()
          && !how.isDuplicateToken()
          && !how.isOldToken()
          && !how.isUnseqToken()
          && !how.isGapToken()) {
        return clear;
      }
    } catch (GSSException e) {
      // Below: whatever is wrong with it, it is not what the host has sealed.
    }
    throw TransportException.damaged(
        new Flaw(
            "seal",
            Flaw.Effect.LOST,
            Position.in(endpoint.toString()),
            "answer was changed on its way, sent again, or sealed by somebody else"));
  }

  private TransportException refused(GSSException e) {
    return refused(
        "cannot be asked with Kerberos: "
            + ForeignText.escape(String.valueOf(e.getMessage()), 300)
            + " (check the realm's settings, the clock and the service principal HTTP/"
            + endpoint.host()
            + ")");
  }

  private TransportException refused(String what) {
    return new TransportException(Reason.REFUSED, endpoint + " " + what);
  }
}
