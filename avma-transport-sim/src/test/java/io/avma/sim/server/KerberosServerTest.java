package io.avma.sim.server;

import static io.avma.sim.server.Wire.IDENTIFY;
import static io.avma.sim.server.Wire.SOAP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.realm.TestRealm;
import io.avma.transport.TransportException;
import io.avma.transport.wsman.Credentials;
import io.avma.transport.wsman.KerberosWrap;
import io.avma.transport.wsman.SealedMessage;
import io.avma.transport.wsman.SealedPart;
import io.avma.transport.wsman.WsManClient;
import io.avma.transport.wsman.WsManEndpoint;
import io.avma.transport.wsman.WsManLimits;
import io.avma.transport.wsman.WsManLogin;
import io.avma.transport.wsman.WsManOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.MessageProp;
import org.ietf.jgss.Oid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class KerberosServerTest {
  private static final String SPNEGO = "1.3.6.1.5.5.2";
  private static final String KERBEROS = "1.2.840.113554.1.2.2";

  @TempDir static Path folder;
  private static TestRealm realm;
  private static Subject user;

  @BeforeAll
  static void begin() throws Exception {
    realm = TestRealm.start(folder);
    user = subject();
  }

  @AfterAll
  static void end() throws Exception {
    realm.close();
  }

  private static Subject subject() throws Exception {
    AppConfigurationEntry entry =
        new AppConfigurationEntry(
            "com.sun.security.auth.module.Krb5LoginModule",
            AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
            Map.of("refreshKrb5Config", "true"));
    Subject subject = new Subject();
    new LoginContext(
            "reader",
            subject,
            callbacks -> {
              for (Callback callback : callbacks) {
                if (callback instanceof NameCallback name) {
                  name.setName(TestRealm.USER);
                } else if (callback instanceof PasswordCallback password) {
                  password.setPassword(TestRealm.PASSWORD.toCharArray());
                }
              }
            },
            new Configuration() {
              @Override
              public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {entry};
              }
            })
        .login();
    return subject;
  }

  private static WsManServer server() throws IOException {
    return Served.identifying().kerberos(realm.keytab()).start();
  }

  private static GSSContext context(String mechanism) throws Exception {
    return Subject.doAs(
        user,
        (PrivilegedExceptionAction<GSSContext>)
            () -> {
              GSSManager manager = GSSManager.getInstance();
              GSSContext made =
                  manager.createContext(
                      manager.createName("HTTP@localhost", GSSName.NT_HOSTBASED_SERVICE),
                      new Oid(mechanism),
                      null,
                      GSSContext.DEFAULT_LIFETIME);
              made.requestMutualAuth(true);
              made.requestConf(true);
              made.requestInteg(true);
              return made;
            });
  }

  private static byte[] next(GSSContext context, byte[] in) throws Exception {
    return Subject.doAs(
        user, (PrivilegedExceptionAction<byte[]>) () -> context.initSecContext(in, 0, in.length));
  }

  /** Logs in on a connection; the context is of use there alone. */
  private static GSSContext logIn(Wire wire, String mechanism) throws Exception {
    return logIn(wire, "Negotiate", mechanism);
  }

  private static GSSContext logIn(Wire wire, String scheme, String mechanism) throws Exception {
    GSSContext context = context(mechanism);
    Wire.Response response =
        wire.post(
            "Authorization: "
                + scheme
                + " "
                + Base64.getEncoder().encodeToString(next(context, new byte[0]))
                + "\r\n",
            "");
    assertEquals(200, response.status(), response.text());
    String challenge = response.header("WWW-Authenticate");
    assertTrue(challenge.startsWith(scheme + " "), challenge);
    next(context, Base64.getDecoder().decode(challenge.substring(scheme.length() + 1)));
    assertTrue(context.isEstablished());
    return context;
  }

  private static SealedMessage sealed(GSSContext context, String text) throws Exception {
    byte[] clear = text.getBytes(UTF_8);
    byte[] token = context.wrap(clear, 0, clear.length, new MessageProp(0, true));
    return new SealedMessage(
        SealedMessage.Protocol.SPNEGO, ImmutableList.of(KerberosWrap.part(token, clear.length)));
  }

  private static Wire.Response send(Wire wire, SealedMessage message) throws IOException {
    return wire.post("Content-Type: " + message.contentType() + "\r\n", message.encode());
  }

  private static String opened(GSSContext context, Wire.Response response) throws Exception {
    SealedMessage message =
        SealedMessage.decode(
            response.header("content-type"), response.body(), WsManLimits.STANDARD);
    byte[] token = KerberosWrap.token(message.parts().get(0));
    return new String(context.unwrap(token, 0, token.length, new MessageProp(0, true)), UTF_8);
  }

  @Test
  void ourClientAsksSealed() throws Exception {
    BlockingQueue<Caller> callers = new LinkedBlockingQueue<>();
    try (WsManServer server =
            WsManServer.builder(() -> Served.datacenter(1))
                .service(
                    (datacenter, time) ->
                        (caller, host, envelope, charset) -> {
                          callers.add(caller);
                          return new IdentifyService().answer(caller, host, envelope, charset);
                        })
                .kerberos(realm.keytab())
                .start();
        WsManClient client =
            WsManClient.open(
                WsManEndpoint.parse(
                    "http://localhost:" + server.endpoints().get(0).uri().getPort()),
                WsManLogin.kerberos(
                    asked -> new Credentials(TestRealm.USER, TestRealm.PASSWORD.toCharArray())),
                WsManOptions.STANDARD)) {
      for (int i = 0; i < 3; i++) {
        assertEquals("OS: 10.0.20348 SP: 0.0 Stack: 3.0", client.identify().productVersion());
        assertEquals(new Caller(Optional.of(TestRealm.USER), true), callers.take());
      }
    }
  }

  /** Windows' own client begins with nothing, hears the schemes and names Kerberos. */
  @ParameterizedTest
  @CsvSource({"Negotiate," + SPNEGO, "Negotiate," + KERBEROS, "Kerberos," + KERBEROS})
  void aContextHoldsForAConnection(String scheme, String mechanism) throws Exception {
    try (WsManServer server = server();
        Wire wire = Wire.to(server);
        Wire other = Wire.to(server)) {
      Wire.Response begun = wire.post(SOAP, "");
      assertEquals(401, begun.status());
      assertTrue(begun.header("WWW-Authenticate").contains(scheme), begun::toString);
      GSSContext context = logIn(wire, scheme, mechanism);
      for (int i = 0; i < 3; i++) {
        Wire.Response response = send(wire, sealed(context, IDENTIFY));
        assertEquals(200, response.status(), response.text());
        assertTrue(opened(context, response).contains("IdentifyResponse"));
      }
      assertEquals(401, send(other, sealed(context, IDENTIFY)).status());
      logIn(other, mechanism);
      assertEquals(400, send(other, sealed(context, IDENTIFY)).status(), "another's context");
      assertTrue(other.closes());
    }
  }

  @Test
  void takesSeveralPartsAsOneMessage() throws Exception {
    try (WsManServer server = server();
        Wire wire = Wire.to(server)) {
      GSSContext context = logIn(wire, SPNEGO);
      SealedPart one = sealed(context, IDENTIFY.substring(0, 99)).parts().get(0);
      SealedPart rest = sealed(context, IDENTIFY.substring(99)).parts().get(0);
      Wire.Response response =
          send(
              wire,
              new SealedMessage(SealedMessage.Protocol.KERBEROS, ImmutableList.of(one, rest)));
      assertTrue(response.header("content-type").contains("HTTP-Kerberos"));
      assertTrue(opened(context, response).contains("IdentifyResponse"));
    }
  }

  @Test
  void takesNoMessageForAllToRead() throws Exception {
    try (WsManServer server = server();
        Wire wire = Wire.to(server)) {
      GSSContext context = logIn(wire, SPNEGO);
      Wire.Response refused = wire.post(SOAP, IDENTIFY);
      assertEquals(500, refused.status());
      assertTrue(refused.text().contains("AllowUnencrypted=false"), refused.text());
      Wire.Response basic = wire.post(SOAP + Wire.basic(server), IDENTIFY);
      assertEquals(401, basic.status());
      assertEquals("Negotiate, Kerberos", basic.header("WWW-Authenticate"));
      assertTrue(basic.text().contains("HTTPS or Kerberos"), basic.text());
      assertEquals(200, send(wire, sealed(context, IDENTIFY)).status());
    }
    try (WsManServer server =
            Served.identifying().kerberos(realm.keytab()).allowUnencrypted().start();
        Wire wire = Wire.to(server)) {
      logIn(wire, SPNEGO);
      assertEquals(200, wire.post(SOAP, IDENTIFY).status());
    }
  }

  @Test
  void takesNoMessageTwice() throws Exception {
    try (WsManServer server = server();
        Wire wire = Wire.to(server)) {
      GSSContext context = logIn(wire, SPNEGO);
      SealedMessage message = sealed(context, IDENTIFY);
      assertEquals(200, send(wire, message).status());
      assertEquals(400, send(wire, message).status());
      assertTrue(wire.closes());
    }
  }

  @Test
  void takesNoTicketTwice() throws Exception {
    try (WsManServer server = server();
        Wire wire = Wire.to(server);
        Wire thief = Wire.to(server)) {
      String headers =
          "Authorization: Negotiate "
              + Base64.getEncoder().encodeToString(next(context(SPNEGO), new byte[0]))
              + "\r\n";
      assertEquals(200, wire.post(headers, "").status());
      assertEquals(401, thief.post(headers, "").status());
    }
  }

  @Test
  void brokenTokensAndSealsAreRefused() throws Exception {
    try (WsManServer server = server()) {
      byte[] token = next(context(SPNEGO), new byte[0]);
      List<byte[]> broken = new ArrayList<>();
      for (int at : new int[] {1, 2, 4, 20, 60, token.length / 2, token.length - 1}) {
        broken.add(Arrays.copyOf(token, at));
      }
      for (int at : new int[] {60, token.length / 2, token.length - 1}) {
        broken.add(changed(token, at));
      }
      for (byte[] one : broken) {
        try (Wire wire = Wire.to(server)) {
          String sent = Base64.getEncoder().encodeToString(one);
          assertEquals(
              401, wire.post("Authorization: Negotiate " + sent + "\r\n", "").status(), sent);
        }
      }
      for (String header : List.of("", "x", "!!!!", "A".repeat(60_000))) {
        try (Wire wire = Wire.to(server)) {
          assertEquals(
              401, wire.post("Authorization: Negotiate " + header + "\r\n", "").status(), header);
        }
      }
      try (Wire wire = Wire.to(server)) {
        GSSContext context = logIn(wire, SPNEGO);
        SealedPart part = sealed(context, IDENTIFY).parts().get(0);
        SealedMessage forged =
            SealedMessage.of(
                SealedMessage.Protocol.SPNEGO,
                part.clearLength(),
                part.signature(),
                changed(part.sealed(), 20));
        assertEquals(400, send(wire, forged).status());
        assertTrue(wire.closes());
      }
    }
  }

  private static byte[] changed(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 0x55;
    return changed;
  }

  @Test
  void bordersOfSealedEnvelopesAreThoseOfOpenOnes() throws Exception {
    try (WsManServer server = server();
        Wire wire = Wire.to(server)) {
      GSSContext context = logIn(wire, SPNEGO);
      int most = ServerLimits.STANDARD.maxEnvelope();
      String full = IDENTIFY + " ".repeat(most - IDENTIFY.length());
      assertTrue(opened(context, send(wire, sealed(context, full))).contains("IdentifyResponse"));
      assertTrue(
          opened(context, send(wire, sealed(context, full + " "))).contains("EncodingLimit"));
      assertEquals(200, send(wire, sealed(context, IDENTIFY)).status());
    }
  }

  @Test
  void aKeytabThatIsNoneIsNamed() throws Exception {
    IOException missing =
        assertThrows(
            IOException.class,
            () -> Served.identifying().kerberos(folder.resolve("none.keytab")).start().close());
    assertTrue(missing.toString().contains("none.keytab"), missing.toString());
    Path empty = Files.writeString(folder.resolve("empty.keytab"), "no keytab");
    try (WsManServer server = Served.identifying().kerberos(empty).start();
        Wire wire = Wire.to(server)) {
      assertEquals(
          401,
          wire.post(
                  "Authorization: Negotiate "
                      + Base64.getEncoder().encodeToString(next(context(SPNEGO), new byte[0]))
                      + "\r\n",
                  "")
              .status());
    } catch (IOException e) {
      assertTrue(e.toString().contains("empty.keytab"), e.toString());
    }
  }

  @Test
  void ourClientIsToldThatItIsNotLetIn() throws Exception {
    try (WsManServer server = Served.identifying().allowUnencrypted().start();
        WsManClient client =
            WsManClient.open(
                WsManEndpoint.parse(
                    "http://localhost:" + server.endpoints().get(0).uri().getPort()),
                WsManLogin.kerberos(
                    asked -> new Credentials(TestRealm.USER, TestRealm.PASSWORD.toCharArray())),
                WsManOptions.STANDARD)) {
      TransportException failure = assertThrows(TransportException.class, client::identify);
      assertEquals(TransportException.Reason.REFUSED, failure.reason());
    }
  }
}
