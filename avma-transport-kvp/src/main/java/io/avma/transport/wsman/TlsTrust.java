package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.io.BaseEncoding;
import com.google.errorprone.annotations.CheckReturnValue;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts are believed to be who they say over HTTPS. There is none that trusts everybody.
 * Immutable and safe for any thread.
 */
@CheckReturnValue
public final class TlsTrust {
  private static final TlsTrust SYSTEM = new TlsTrust(null, Optional.empty());

  private final @Nullable KeyStore store;
  private final Optional<String> fingerprint;

  private TlsTrust(@Nullable KeyStore store, Optional<String> fingerprint) {
    this.store = store;
    this.fingerprint = fingerprint;
  }

  /** Returns trust in those whom the JVM trusts, under the name that was asked for. */
  public static TlsTrust system() {
    return SYSTEM;
  }

  /** Returns trust in the certificates of a store and whom they sign, under the name asked for. */
  public static TlsTrust store(KeyStore certificates) {
    return new TlsTrust(certificates, Optional.empty());
  }

  /**
   * Returns trust in one certificate, whatever its name and dates: for hosts that sign their own.
   *
   * @param sha256 the SHA-256 of the certificate, 64 hexadecimal digits; colons and blanks between
   *     them do not count
   */
  public static TlsTrust pinned(String sha256) {
    String digits = sha256.replace(":", "").replace(" ", "").toLowerCase(Locale.ROOT);
    checkArgument(
        digits.length() == 64 && BaseEncoding.base16().lowerCase().canDecode(digits),
        "fingerprint is not one of SHA-256 (expected: 64 hexadecimal digits)");
    return new TlsTrust(null, Optional.of(digits));
  }

  /** Returns whether the certificate has to carry the host's name. */
  boolean checksName() {
    return fingerprint.isEmpty();
  }

  SSLContext context(KeyManager @Nullable [] keys) throws GeneralSecurityException {
    TrustManager[] managers = null;
    if (fingerprint.isPresent()) {
      managers = new TrustManager[] {new PinnedTrust(fingerprint.get())};
    } else if (store != null) {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      managers = factory.getTrustManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, managers, null);
    return context;
  }
}
