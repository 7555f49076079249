package io.avma.realm;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.apache.kerby.kerberos.kerb.type.ticket.TgtTicket;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;

/**
 * A realm of Kerberos in this JVM, for the tests of several modules, which compile it each: its
 * KDC, one user and the service that hosts have. Published nowhere.
 */
public final class TestRealm implements AutoCloseable {
  /** The user. */
  public static final String USER = "reader@AVMA.INVALID";

  /** The user's password. */
  public static final String PASSWORD = "corr3ct horse";

  private static final String REALM = "AVMA.INVALID";
  private static final Oid SPNEGO = oid("1.3.6.1.5.5.2");

  private final SimpleKdcServer kdc;
  private final Path folder;
  private final Path keytab;
  private final Subject service;

  private TestRealm(SimpleKdcServer kdc, Path folder, Path keytab, Subject service) {
    this.kdc = kdc;
    this.folder = folder;
    this.keytab = keytab;
    this.service = service;
  }

  /** Starts a realm, and lets this JVM know it. */
  public static TestRealm start(Path folder) throws Exception {
    SimpleKdcServer kdc = new SimpleKdcServer();
    int port = freePort();
    kdc.setWorkDir(folder.toFile());
    kdc.setKdcHost("127.0.0.1");
    kdc.setKdcRealm(REALM);
    kdc.setAllowUdp(false);
    kdc.setKdcTcpPort(port);
    kdc.init();
    Path conf = folder.resolve("client.conf");
    Files.writeString(
        conf,
        "[libdefaults]\n default_realm = AVMA.INVALID\n dns_canonicalize_hostname = false\n"
            + " dns_lookup_kdc = false\n dns_lookup_realm = false\n udp_preference_limit = 1\n"
            + " rdns = false\n"
            + "[realms]\n AVMA.INVALID = {\n  kdc = 127.0.0.1:"
            + port
            + "\n }\n[domain_realm]\n localhost = AVMA.INVALID\n");
    System.setProperty("java.security.krb5.conf", conf.toString());
    System.setProperty("sun.security.krb5.disableReferrals", "true");
    kdc.start();
    kdc.createPrincipal(USER, PASSWORD);
    File keytab = folder.resolve("service.keytab").toFile();
    kdc.createAndExportPrincipals(keytab, "HTTP/localhost@" + REALM);
    return new TestRealm(kdc, folder, keytab.toPath(), service(keytab));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Oid oid(String text) {
    try {
      return new Oid(text);
    } catch (GSSException e) {
      throw new AssertionError(e);
    }
  }

  private static Subject service(File keytab) throws Exception {
    Map<String, String> options =
        Map.of(
            "useKeyTab", "true",
            "keyTab", keytab.toString(),
            "principal", "HTTP/localhost@" + REALM,
            "storeKey", "true",
            "isInitiator", "false",
            "doNotPrompt", "true",
            "refreshKrb5Config", "true");
    AppConfigurationEntry entry =
        new AppConfigurationEntry(
            "com.sun.security.auth.module.Krb5LoginModule",
            AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
            options);
    Subject subject = new Subject();
    new LoginContext(
            "service",
            subject,
            null,
            new Configuration() {
              @Override
              public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {entry};
              }
            })
        .login();
    return subject;
  }

  /** The host's side of a security context. */
  public GSSContext acceptor() throws Exception {
    return Subject.doAs(
        service,
        (PrivilegedExceptionAction<GSSContext>)
            () -> {
              GSSManager manager = GSSManager.getInstance();
              GSSCredential credential =
                  manager.createCredential(
                      null, GSSCredential.INDEFINITE_LIFETIME, SPNEGO, GSSCredential.ACCEPT_ONLY);
              return manager.createContext(credential);
            });
  }

  /** Takes a token of a client. */
  public byte[] accept(GSSContext context, byte[] token) throws Exception {
    return Subject.doAs(
        service,
        (PrivilegedExceptionAction<byte[]>) () -> context.acceptSecContext(token, 0, token.length));
  }

  /** Adds a user, whose name has its case, unlike in Active Directory. */
  public void addUser(String name, String password) throws KrbException {
    kdc.createPrincipal(name, password);
  }

  /** How a client finds the realm; {@code krb5.conf}. */
  public Path configuration() {
    return folder.resolve("client.conf");
  }

  /** The keys of the service {@code HTTP/localhost}. */
  public Path keytab() {
    return keytab;
  }

  /** A file with the user's ticket, as {@code kinit} makes it. */
  public Path ticketCache() throws KrbException {
    TgtTicket ticket = kdc.getKrbClient().requestTgt(USER, PASSWORD);
    File file = folder.resolve("tickets").toFile();
    kdc.getKrbClient().storeTicket(ticket, file);
    return file.toPath();
  }

  @Override
  public void close() throws KrbException {
    kdc.stop();
  }
}
