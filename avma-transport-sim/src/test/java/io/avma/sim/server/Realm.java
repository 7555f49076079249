package io.avma.sim.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.apache.kerby.kerberos.kerb.type.ticket.TgtTicket;

/** A realm of Kerberos in this JVM: its KDC, one user and the keys of the service. */
final class Realm implements AutoCloseable {
  static final String USER = "reader@AVMA.INVALID";
  static final String PASSWORD = "corr3ct horse";

  private final SimpleKdcServer kdc;
  private final Path keytab;

  private Realm(SimpleKdcServer kdc, Path keytab) {
    this.kdc = kdc;
    this.keytab = keytab;
  }

  static Realm start(Path folder) throws Exception {
    SimpleKdcServer kdc = new SimpleKdcServer();
    int port = freePort();
    kdc.setWorkDir(folder.toFile());
    kdc.setKdcHost("127.0.0.1");
    kdc.setKdcRealm("AVMA.INVALID");
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
    Path keytab = folder.resolve("service.keytab");
    kdc.createAndExportPrincipals(keytab.toFile(), "HTTP/localhost@AVMA.INVALID");
    return new Realm(kdc, keytab);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A file with the user's ticket, as {@code kinit} makes it. */
  Path ticketCache() throws KrbException {
    TgtTicket ticket = kdc.getKrbClient().requestTgt(USER, PASSWORD);
    Path file = keytab.resolveSibling("tickets");
    kdc.getKrbClient().storeTicket(ticket, file.toFile());
    return file;
  }

  /** Adds a user, whose name has its case, unlike in Active Directory. */
  void addUser(String name, String password) throws KrbException {
    kdc.createPrincipal(name, password);
  }

  /** How a client finds the realm; {@code krb5.conf}. */
  Path configuration() {
    return keytab.resolveSibling("client.conf");
  }

  Path keytab() {
    return keytab;
  }

  @Override
  public void close() throws KrbException {
    kdc.stop();
  }
}
