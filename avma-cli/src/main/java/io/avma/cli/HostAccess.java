package io.avma.cli;

import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.wsman.CredentialSource;
import io.avma.transport.wsman.Credentials;
import io.avma.transport.wsman.TlsTrust;
import io.avma.transport.wsman.WsManClient;
import io.avma.transport.wsman.WsManEndpoint;
import io.avma.transport.wsman.WsManHost;
import io.avma.transport.wsman.WsManLogin;
import io.avma.transport.wsman.WsManOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How hosts are reached: the options for it, and the login that they add up to. */
final class HostAccess {
  /** How to log in. */
  enum Auth {
    KERBEROS,
    BASIC
  }

  static final String USER = "AVMA_USER";
  static final String PASSWORD = "AVMA_PASSWORD";

  @Option(
      names = "--auth",
      paramLabel = "HOW",
      description = "kerberos (default) or basic, which needs https.")
  private Auth auth = Auth.KERBEROS;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description = {
        "Lines user= and password=; no other user may have rights on it. Without it",
        "AVMA_USER and AVMA_PASSWORD count, then the tickets that kinit has got."
      })
  private Optional<Path> credentials = Optional.empty();

  @Option(
      names = "--ticket-cache",
      paramLabel = "FILE",
      description = "Tickets of Kerberos, unless in the usual place.")
  private Optional<Path> ticketCache = Optional.empty();

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "Certificates, PEM, to believe over https instead of the system's.")
  private Optional<Path> trust = Optional.empty();

  @Option(
      names = "--pin",
      paramLabel = "SHA256",
      description = "Believe the one certificate with this fingerprint.")
  private Optional<String> pin = Optional.empty();

  @Option(
      names = "--basic-over-http",
      description = "Let Basic send the password for all to read: on one machine, in tests.")
  private boolean basicOverHttp;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "Seconds that one answer may take, to its last byte; 30 unless told.")
  private int timeout = 30;

  /** How hosts are asked, checked and ready. */
  record Ready(WsManLogin login, WsManOptions options, Auth auth) {
    WsManClient client(WsManEndpoint endpoint) throws TransportException {
      return WsManClient.open(endpoint, login, options);
    }

    WsManHost open(HostAddress host) throws TransportException {
      return WsManHost.of(host.id(), client(host.endpoint()), Clock.systemUTC());
    }
  }

  Ready ready(Map<String, String> environment) throws InputException {
    if (timeout < 1 || timeout > 3600) {
      throw complaint("--timeout", timeout + " is out of range", "(expected: 1 to 3600).");
    }
    WsManOptions options =
        WsManOptions.STANDARD
            .withTimeouts(
                Duration.ofSeconds(Math.min(timeout, 10)),
                Duration.ofSeconds(timeout),
                WsManOptions.STANDARD.callTimeout())
            .withTrust(trust());
    return new Ready(
        login(environment), basicOverHttp ? options.allowingBasicWithoutTls() : options, auth);
  }

  private WsManLogin login(Map<String, String> environment) throws InputException {
    Optional<CredentialSource> source =
        credentials.map(CredentialSource::file).or(() -> environment(environment));
    if (auth == Auth.BASIC) {
      return WsManLogin.basic(
          source.orElseThrow(
              () ->
                  complaint(
                      "--auth basic",
                      "needs a user and a password",
                      "(expected: --credentials FILE, or AVMA_USER and AVMA_PASSWORD).")));
    }
    if (ticketCache.isPresent() || source.isEmpty()) {
      return ticketCache.map(WsManLogin::ticketCache).orElseGet(WsManLogin::ticketCache);
    }
    return WsManLogin.kerberos(source.get());
  }

  private static Optional<CredentialSource> environment(Map<String, String> environment) {
    String user = environment.getOrDefault(USER, "");
    String password = environment.get(PASSWORD);
    if (user.isEmpty() || password == null) {
      return Optional.empty();
    }
    return Optional.of(
        endpoint -> {
          try {
            return new Credentials(user, password.toCharArray());
          } catch (IllegalArgumentException e) {
            throw new TransportException(Reason.REFUSED, USER + " is no name of one line");
          }
        });
  }

  private TlsTrust trust() throws InputException {
    if (pin.isPresent()) {
      try {
        return TlsTrust.pinned(pin.get());
      } catch (IllegalArgumentException e) {
        throw complaint("--pin", "is no SHA-256", "(expected: 64 hexadecimal digits).");
      }
    }
    return trust.isPresent() ? certificates(trust.get()) : TlsTrust.system();
  }

  private static TlsTrust certificates(Path file) throws InputException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("c" + count++, one);
      }
      if (count > 0) {
        return TlsTrust.store(store);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw complaint("--trust", "the file cannot be read", "(expected: certificates, PEM).");
    }
    throw complaint("--trust", "the file holds no certificate", "(expected: one or more, PEM).");
  }

  private static InputException complaint(String what, String trouble, String remedy) {
    return new InputException(Complaint.about(what, trouble, remedy));
  }
}
