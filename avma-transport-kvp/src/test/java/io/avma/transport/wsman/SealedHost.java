package io.avma.transport.wsman;

import static io.avma.transport.wsman.ScriptedPeer.http;

import com.google.common.collect.ImmutableList;
import io.avma.realm.TestRealm;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.MessageProp;

/**
 * What a host does with SPNEGO and sealed messages, and what a forger might do with its answers.
 */
final class SealedHost implements ScriptedPeer.Script {
  /** What is done to a sealed answer on its way. */
  interface Tampering {
    SealedMessage changed(SealedMessage sealed, int number);
  }

  final Map<Integer, GSSContext> contexts = new ConcurrentHashMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  private final TestRealm realm;
  private final Function<ScriptedPeer.Request, WsManBody> answers;
  Tampering tampering = (message, number) -> message;
  boolean answersPlain;

  /** Lets a message through and says that it was refused, which stands outside of the seal. */
  boolean forgesRefusals;

  SealedHost(TestRealm realm, Function<ScriptedPeer.Request, WsManBody> answers) {
    this.realm = realm;
    this.answers = answers;
  }

  @Override
  public boolean answer(ScriptedPeer.Request request, OutputStream out) throws Exception {
    String authorization = request.header("Authorization");
    if (authorization.startsWith("Negotiate ")) {
      GSSContext context = realm.acceptor();
      byte[] token = realm.accept(context, Base64.getDecoder().decode(authorization.substring(10)));
      contexts.put(request.connection(), context);
      http(
          out,
          200,
          "",
          new byte[0],
          "WWW-Authenticate: Negotiate " + Base64.getEncoder().encodeToString(token));
      return true;
    }
    GSSContext context = contexts.get(request.connection());
    if (context == null) {
      http(out, 401, "", new byte[0], "WWW-Authenticate: Negotiate");
      return true;
    }
    if (!SealedMessage.isSealed(request.header("Content-Type"))) {
      asked.add(request.text());
      return ScriptedPeer.soap(out, request, answers.apply(request));
    }
    SealedMessage sealed =
        SealedMessage.decode(request.header("Content-Type"), request.body(), WsManLimits.STANDARD);
    byte[] token = KerberosWrap.token(sealed.parts().get(0));
    byte[] clear = context.unwrap(token, 0, token.length, new MessageProp(0, true));
    ScriptedPeer.Request opened =
        new ScriptedPeer.Request(request.connection(), request.number(), request.headers(), clear);
    asked.add(opened.text());
    byte[] envelope = ScriptedPeer.envelope(opened.messageId(), answers.apply(opened));
    if (forgesRefusals) {
      http(out, 401, "", new byte[0], "WWW-Authenticate: Negotiate");
      return true;
    }
    if (answersPlain) {
      http(out, 200, SealedPart.ENVELOPE_UTF_8, envelope);
      return true;
    }
    byte[] wrapped = context.wrap(envelope, 0, envelope.length, new MessageProp(0, true));
    SealedMessage answer =
        tampering.changed(
            new SealedMessage(
                SealedMessage.Protocol.SPNEGO,
                ImmutableList.of(KerberosWrap.part(wrapped, envelope.length))),
            request.number());
    http(out, 200, answer.contentType(), answer.encode());
    return true;
  }
}
