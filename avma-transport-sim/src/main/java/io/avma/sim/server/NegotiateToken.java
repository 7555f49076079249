package io.avma.sim.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** What a client offers inside Negotiate, told apart before GSS sees it. */
final class NegotiateToken {
  /** What a client is told that has nothing but NTLM. */
  static final String NTLM_REFUSED =
      "NTLM is not supported: use HTTPS with Basic or a certificate, or Kerberos, which takes a"
          + " domain (or any realm whose keytab this server has)";

  private static final String NTLM = "NTLMSSP\0";

  /** 1.3.6.1.4.1.311.2.2.10, as it stands in a list of mechanisms. */
  private static final String NTLM_OID = text(0x2B, 6, 1, 4, 1, 0x82, 0x37, 2, 2, 0x0A);

  /** 1.2.840.113554.1.2.2, and with the 16 bits that Windows once took for 113554. */
  private static final String KERBEROS_OID = text(0x2A, 0x86, 0x48, 0x86, 0xF7, 0x12, 1, 2, 2);

  private static final String OLD_KERBEROS_OID = text(0x2A, 0x86, 0x48, 0x82, 0xF7, 0x12, 1, 2, 2);

  private NegotiateToken() {}

  /** Returns whether a token has NTLM and no Kerberos. */
  static boolean isNtlmAlone(byte[] token) {
    String bytes = new String(token, ISO_8859_1);
    return bytes.startsWith(NTLM)
        || ((bytes.contains(NTLM_OID) || bytes.contains(NTLM))
            && !bytes.contains(KERBEROS_OID)
            && !bytes.contains(OLD_KERBEROS_OID));
  }

  private static String text(int... bytes) {
    StringBuilder text = new StringBuilder();
    for (int b : bytes) {
      text.append((char) b);
    }
    return text.toString();
  }
}
