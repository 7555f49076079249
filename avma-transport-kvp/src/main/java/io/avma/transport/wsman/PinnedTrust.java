package io.avma.transport.wsman;

import com.google.common.hash.Hashing;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/** Trusts one certificate by its SHA-256, and no client. */
final class PinnedTrust implements X509TrustManager {
  private final String fingerprint;

  PinnedTrust(String fingerprint) {
    this.fingerprint = fingerprint;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    String found = Hashing.sha256().hashBytes(chain[0].getEncoded()).toString();
    if (!found.equals(fingerprint)) {
      throw new CertificateException(
          "certificate has the SHA-256 " + found + " (expected: " + fingerprint + ")");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no client is trusted here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
