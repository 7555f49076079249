package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask, and how.
 *
 * @param tls whether the endpoints speak TLS
 * @param certificates whether a certificate of the client logs in
 * @param unencrypted whether messages, and passwords, may come for all to read: Windows' {@code
 *     AllowUnencrypted}
 * @param anyLogin whether everybody may ask, with any login or none
 * @param logins users with a password
 * @param kerberos the service, if there is a keytab
 */
record SecurityPolicy(
    boolean tls,
    boolean certificates,
    boolean unencrypted,
    boolean anyLogin,
    PasswordLogins logins,
    @Nullable KerberosService kerberos) {

  /** Whether a message needs no seal. */
  boolean takesClear() {
    return tls || unencrypted || anyLogin;
  }

  /** Whether Basic is offered. */
  boolean takesBasic() {
    return takesClear() && !logins.isEmpty();
  }

  /** What a caller is offered who has not logged in, in Windows' order. */
  ImmutableList<String> challenges() {
    ImmutableList.Builder<String> offered = ImmutableList.builder();
    if (kerberos != null) {
      // Of a client that knows both words, some take the one and some the other.
      offered.add("Negotiate").add("Kerberos");
    }
    if (takesBasic()) {
      offered.add("Basic realm=\"WSMAN\"");
    }
    return offered.build();
  }
}
