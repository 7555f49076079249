package io.avma.sim.server;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedHost;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Collects how a {@link WsManServer} listens and whom it lets in. For one thread and one server.
 */
@CheckReturnValue
public final class WsManServerBuilder {
  /** No two look alike, and none needs quoting in a shell. */
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int GENERATED_LENGTH = 24; // 118 bits

  private final Supplier<SimulatedDatacenter> opened;
  private BiFunction<SimulatedDatacenter, InstantSource, WsManService> service;
  private InstantSource clock = InstantSource.system();
  private InetAddress address = InetAddress.getLoopbackAddress();
  private int port;
  private String user = "avma-sim";
  private char @Nullable [] password;
  private boolean anyLogin;
  private boolean unencrypted;
  private @Nullable Path keytab;
  private KeyManager @Nullable [] keys;
  private TrustManager @Nullable [] trusted;
  private ServerLimits limits = ServerLimits.STANDARD;
  private Ticker ticker = Ticker.systemTicker();

  WsManServerBuilder(Supplier<SimulatedDatacenter> opened) {
    this.opened = opened;
    this.service =
        (datacenter, time) ->
            new DatacenterService(
                datacenter, time, HostQuotas.STANDARD.withMaxEnvelope(limits.maxEnvelope()));
  }

  /** Listens at another address than the loopback interface's. */
  @CanIgnoreReturnValue
  public WsManServerBuilder address(InetAddress where) {
    address = where;
    return this;
  }

  /** Gives the first host this port and each further one the next; 0, as by default, picks some. */
  @CanIgnoreReturnValue
  public WsManServerBuilder port(int first) {
    checkArgument(first >= 0 && first <= 65_535, "port is %s (expected: 0 to 65535)", first);
    port = first;
    return this;
  }

  /** Says how late it is for what expires: enumerations and subscriptions. */
  @CanIgnoreReturnValue
  public WsManServerBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  /** Sets the one user who has a password; without this a password is made by chance. */
  @CanIgnoreReturnValue
  public WsManServerBuilder login(String name, char[] secret) {
    checkArgument(
        !name.isEmpty() && name.chars().allMatch(c -> c >= ' ' && c != ':'),
        "a user's name is one line without a colon");
    checkArgument(secret.length > 0, "a password is not empty");
    user = name;
    password = secret.clone();
    return this;
  }

  /**
   * Lets everybody in, with any login or none, and needs no encryption. For clients that cannot
   * send a login; on the loopback interface alone.
   */
  @CanIgnoreReturnValue
  public WsManServerBuilder anyLogin() {
    anyLogin = true;
    return this;
  }

  /**
   * Takes messages that are not sealed over HTTP, and with them passwords: Windows' {@code
   * AllowUnencrypted} and {@code Basic}.
   */
  @CanIgnoreReturnValue
  public WsManServerBuilder allowUnencrypted() {
    unencrypted = true;
    return this;
  }

  /**
   * Offers Negotiate with Kerberos.
   *
   * @param file the keys of {@code HTTP/} and the names under which clients know the hosts, as
   *     {@code ktadd} or {@code ktpass} write them
   */
  @CanIgnoreReturnValue
  public WsManServerBuilder kerberos(Path file) {
    keytab = file;
    return this;
  }

  /**
   * Speaks HTTPS.
   *
   * @param store holds a key and the chain of its certificates
   * @throws GeneralSecurityException if the key cannot be had from {@code store}
   */
  @CanIgnoreReturnValue
  public WsManServerBuilder tls(KeyStore store, char[] secret) throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, secret);
    keys = factory.getKeyManagers();
    return this;
  }

  /**
   * Takes certificates of clients as logins, over HTTPS with TLS 1.2; nobody has to have one.
   *
   * @param authorities who may have signed them
   */
  @CanIgnoreReturnValue
  public WsManServerBuilder clientCertificates(KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    trusted = factory.getTrustManagers();
    return this;
  }

  /** Sets how much one caller gets. */
  @CanIgnoreReturnValue
  public WsManServerBuilder limits(ServerLimits some) {
    limits = some;
    return this;
  }

  /** Lets a test say how long requests take. */
  @CanIgnoreReturnValue
  WsManServerBuilder ticker(Ticker other) {
    ticker = other;
    return this;
  }

  /** Lets a test put something else behind the endpoints. */
  @CanIgnoreReturnValue
  WsManServerBuilder service(BiFunction<SimulatedDatacenter, InstantSource, WsManService> make) {
    service = make;
    return this;
  }

  /**
   * Opens the data centre and listens.
   *
   * @throws IllegalStateException if nobody could log in, or anybody from another machine
   * @throws IOException if an address cannot be bound or the keytab cannot be used
   */
  public WsManServer start() throws IOException {
    checkState(
        !anyLogin || address.isLoopbackAddress(),
        "any login is for the loopback interface alone (at %s give a login)",
        address);
    checkState(
        trusted == null || keys != null, "client certificates need TLS (give a key store too)");
    checkState(
        keys != null || keytab != null || unencrypted || anyLogin,
        "nobody could log in: HTTP without a keytab has nothing but passwords for all to read"
            + " (give a keytab or a key store, or allow unencrypted messages)");
    char[] secret = password == null ? generated() : password;
    PasswordLogins logins = new PasswordLogins();
    logins.add(user, secret);
    SecurityPolicy policy =
        new SecurityPolicy(
            keys != null,
            trusted != null,
            unencrypted,
            anyLogin,
            logins,
            keytab == null ? null : KerberosService.of(keytab));
    SimulationLoop loop = SimulationLoop.start(limits.queueLength(), this::stage);
    try {
      ImmutableList<String> hosts =
          SimulationLoop.await(
              loop.submit(
                  stage ->
                      stage.datacenter().hosts().stream()
                          .map(SimulatedHost::name)
                          .collect(ImmutableList.toImmutableList())));
      Listeners listeners =
          Listeners.start(
              hosts, new Listeners.Place(address, port, context()), policy, limits, loop, ticker);
      return new WsManServer(loop, listeners, user, secret);
    } catch (IOException | RuntimeException e) {
      loop.close();
      throw e;
    }
  }

  private SimulationLoop.Stage stage() {
    SimulatedDatacenter datacenter = opened.get();
    return new SimulationLoop.Stage(datacenter, service.apply(datacenter, clock));
  }

  private @Nullable SSLContext context() throws IOException {
    if (keys == null) {
      return null;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trusted, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static char[] generated() {
    SecureRandom random = new SecureRandom();
    char[] made = new char[GENERATED_LENGTH];
    for (int i = 0; i < made.length; i++) {
      made[i] = LETTERS.charAt(random.nextInt(LETTERS.length()));
    }
    return made;
  }
}
