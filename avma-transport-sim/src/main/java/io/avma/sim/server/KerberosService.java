package io.avma.sim.server;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;

/** The service whose keys a keytab holds: any principal in it, by SPNEGO or Kerberos alone. */
final class KerberosService {
  private static final String SPNEGO = "1.3.6.1.5.5.2";
  private static final String KERBEROS = "1.2.840.113554.1.2.2";

  private final Subject subject;

  private KerberosService(Subject subject) {
    this.subject = subject;
  }

  /**
   * Opens a keytab.
   *
   * @throws IOException if it cannot be read
   */
  static KerberosService of(Path keytab) throws IOException {
    if (!Files.isReadable(keytab)) {
      throw new IOException("keytab " + keytab.getFileName() + " cannot be read");
    }
    Subject subject = new Subject();
    try {
      new LoginContext("avma", subject, null, configuration(keytab)).login();
    } catch (LoginException e) {
      throw new IOException(
          "keytab " + keytab.getFileName() + " cannot be used: " + e.getMessage(), e);
    }
    return new KerberosService(subject);
  }

  /** The module's options in the code, so that no file of the JVM has to say them. */
  private static Configuration configuration(Path keytab) {
    AppConfigurationEntry entry =
        new AppConfigurationEntry(
            "com.sun.security.auth.module.Krb5LoginModule",
            AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
            ImmutableMap.of(
                "useKeyTab", "true",
                "keyTab", keytab.toAbsolutePath().toString(),
                "principal", "*",
                "storeKey", "true",
                "isInitiator", "false",
                "doNotPrompt", "true"));
    return new Configuration() {
      @Override
      public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return new AppConfigurationEntry[] {entry};
      }
    };
  }

  /** Returns a new context that accepts. */
  GSSContext context() throws GSSException {
    return asService(
        () -> {
          GSSManager manager = GSSManager.getInstance();
          GSSCredential credential =
              manager.createCredential(
                  null,
                  GSSCredential.INDEFINITE_LIFETIME,
                  new Oid[] {new Oid(SPNEGO), new Oid(KERBEROS)},
                  GSSCredential.ACCEPT_ONLY);
          return manager.createContext(credential);
        });
  }

  /** Takes the client's next token; returns ours, empty if there is none. */
  byte[] accept(GSSContext context, byte[] token) throws GSSException {
    byte[] next = asService(() -> context.acceptSecContext(token, 0, token.length));
    return next == null ? new byte[0] : next;
  }

  private <T> T asService(PrivilegedExceptionAction<T> work) throws GSSException {
    try {
      return Subject.doAs(subject, work);
    } catch (PrivilegedActionException e) {
      throw (GSSException) e.getException();
    } catch (RuntimeException e) {
      // The JDK's readers of tokens do not check all that they take from one.
      throw new GSSException(GSSException.DEFECTIVE_TOKEN, 0, "malformed");
    }
  }
}
