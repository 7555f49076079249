package io.avma.transport.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a client authenticates. NTLM is not offered: its keys come from unsalted MD4 of the password,
 * and Windows is leaving it; hosts without a domain take Basic or a certificate over HTTPS.
 *
 * <p>Safe for any thread; one may serve many clients. Each endpoint has tickets of its own.
 */
@CheckReturnValue
public abstract class WsManLogin {
  private static final ImmutableList<String> TLS = ImmutableList.of("TLSv1.3", "TLSv1.2");

  /** Windows' mark for clients with a certificate; documented ([MS-WSMV], DSP0226 C.3). */
  private static final String MUTUAL =
      "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual";

  WsManLogin() {}

  /** Returns what an endpoint is asked with that wants no login; Windows answers Identify alone. */
  public static WsManLogin none() {
    return new WsManLogin() {
      @Override
      Security security(WsManEndpoint endpoint, WsManOptions options) {
        return Security.plain(Optional.empty());
      }
    };
  }

  /** Returns Basic: the password goes over TLS, or nowhere unless the options allow it. */
  public static WsManLogin basic(CredentialSource source) {
    return new WsManLogin() {
      @Override
      void check(WsManEndpoint endpoint, WsManOptions options) throws TransportException {
        if (!endpoint.tls() && !options.basicWithoutTls()) {
          throw new TransportException(
              Reason.REFUSED,
              endpoint
                  + ": Basic would send the password for all to read (use https, or Kerberos;"
                  + " or allow it: basicWithoutTls)");
        }
      }

      @Override
      Security security(WsManEndpoint endpoint, WsManOptions options) throws TransportException {
        try (Credentials credentials = source.credentials(endpoint)) {
          return Security.plain(Optional.of("Basic " + basicToken(credentials)));
        }
      }
    };
  }

  /** Returns Kerberos by name and password, which are asked for when a ticket is needed. */
  public static WsManLogin kerberos(CredentialSource source) {
    return new KerberosLogin(source, null);
  }

  /** Returns Kerberos by the tickets that {@code kinit} has got, in the usual place. */
  public static WsManLogin ticketCache() {
    return new KerberosLogin(null, null);
  }

  /** Returns Kerberos by the tickets in a file. */
  public static WsManLogin ticketCache(Path file) {
    return new KerberosLogin(null, file);
  }

  /**
   * Returns a client certificate, over HTTPS.
   *
   * <p>It is given over TLS 1.2: Windows asks for it after the handshake, which TLS 1.3 does by a
   * message of its own that the JDK does not answer.
   *
   * @param keys holds the key and its chain
   * @param password of the key
   * @throws GeneralSecurityException if the key cannot be had from {@code keys}
   */
  public static WsManLogin certificate(KeyStore keys, char[] password)
      throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, password);
    KeyManager[] managers = factory.getKeyManagers();
    return new WsManLogin() {
      @Override
      void check(WsManEndpoint endpoint, WsManOptions options) throws TransportException {
        if (!endpoint.tls()) {
          throw new TransportException(
              Reason.REFUSED, endpoint + ": a certificate needs TLS (use https)");
        }
      }

      @Override
      KeyManager @Nullable [] keys() {
        return managers.clone();
      }

      @Override
      ImmutableList<String> protocols() {
        return ImmutableList.of("TLSv1.2");
      }

      @Override
      Security security(WsManEndpoint endpoint, WsManOptions options) {
        return Security.plain(Optional.of(MUTUAL));
      }
    };
  }

  /** Refuses what would give a secret away, before anything is sent. */
  void check(WsManEndpoint endpoint, WsManOptions options) throws TransportException {}

  KeyManager @Nullable [] keys() {
    return null;
  }

  ImmutableList<String> protocols() {
    return TLS;
  }

  /** Makes what protects one new connection; may ask for credentials and for tickets. */
  abstract Security security(WsManEndpoint endpoint, WsManOptions options)
      throws TransportException;

  /** The one text with a password that HTTP cannot do without; it lives as long as a connection. */
  private static String basicToken(Credentials credentials) {
    char[] password = credentials.password();
    char[] both = new char[credentials.user().length() + 1 + password.length];
    credentials.user().getChars(0, credentials.user().length(), both, 0);
    both[credentials.user().length()] = ':';
    System.arraycopy(password, 0, both, both.length - password.length, password.length);
    ByteBuffer bytes = UTF_8.encode(CharBuffer.wrap(both));
    byte[] exact = new byte[bytes.remaining()];
    bytes.get(exact).clear();
    bytes.put(new byte[bytes.capacity()]);
    String token = Base64.getEncoder().encodeToString(exact);
    Arrays.fill(password, '\0');
    Arrays.fill(both, '\0');
    Arrays.fill(exact, (byte) 0);
    return token;
  }
}
