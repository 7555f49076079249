package io.avma.transport.wsman;

import com.google.common.collect.ImmutableMap;
import io.avma.platform.ForeignText;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/** Gets a ticket by the JDK's Kerberos and keeps it until it is about to end. */
final class KerberosLogin extends WsManLogin {
  private static final long RENEW_SECONDS = 60;

  private final @Nullable CredentialSource source;
  private final @Nullable Path cache;

  /** By endpoint: who is asked for credentials may give others for another host. */
  private final Map<WsManEndpoint, Ticket> tickets = new ConcurrentHashMap<>();

  /** One at a time for each endpoint: a KDC that is silent over one keeps nobody else waiting. */
  private final class Ticket {
    private @Nullable Subject subject;

    synchronized Subject fresh(WsManEndpoint endpoint) throws TransportException {
      Subject known = subject;
      if (known == null || !isFresh(known)) {
        known = login(endpoint);
        subject = known;
      }
      return known;
    }
  }

  KerberosLogin(@Nullable CredentialSource source, @Nullable Path cache) {
    this.source = source;
    this.cache = cache;
  }

  @Override
  Security security(WsManEndpoint endpoint, WsManOptions options) throws TransportException {
    return new KerberosSecurity(
        endpoint,
        tickets.computeIfAbsent(endpoint, unused -> new Ticket()).fresh(endpoint),
        !endpoint.tls() && !options.unencrypted(),
        options.limits());
  }

  private Subject login(WsManEndpoint endpoint) throws TransportException {
    Subject subject = new Subject();
    try {
      new LoginContext("avma", subject, handler(endpoint), configuration()).login();
    } catch (LoginException e) {
      Throwable cause = e.getCause();
      if (cause instanceof CallbackFailure failure) {
        throw failure.failure;
      }
      throw new TransportException(
          Reason.REFUSED,
          endpoint
              + ": no Kerberos ticket: "
              + ForeignText.escape(String.valueOf(e.getMessage()), 200)
              + (source == null ? " (run kinit, or give user and password)" : ""));
    }
    return subject;
  }

  private static boolean isFresh(Subject subject) {
    Instant soon = Instant.now().plusSeconds(RENEW_SECONDS);
    return subject.getPrivateCredentials(KerberosTicket.class).stream()
        .anyMatch(
            ticket ->
                !ticket.isDestroyed()
                    && ticket.getServer().getName().startsWith("krbtgt/")
                    && ticket.getEndTime().toInstant().isAfter(soon));
  }

  private CallbackHandler handler(WsManEndpoint endpoint) {
    return callbacks -> {
      CredentialSource asked = source;
      if (asked == null) {
        throw new UnsupportedCallbackException(callbacks[0]);
      }
      try (Credentials credentials = asked.credentials(endpoint)) {
        for (Callback callback : callbacks) {
          if (callback instanceof NameCallback name) {
            name.setName(credentials.user());
          } else if (callback instanceof PasswordCallback password) {
            char[] secret = credentials.password();
            password.setPassword(secret);
            Arrays.fill(secret, '\0');
          }
        }
      } catch (TransportException e) {
        throw new CallbackFailure(e);
      }
    };
  }

  /** The module's options in the code, so that no file of the JVM has to say them. */
  private Configuration configuration() {
    ImmutableMap.Builder<String, String> options = ImmutableMap.builder();
    options.put("refreshKrb5Config", "true");
    if (source == null) {
      options.put("useTicketCache", "true");
      options.put("doNotPrompt", "true");
      Path file = cache;
      if (file != null) {
        options.put("ticketCache", file.toString());
      }
    }
    AppConfigurationEntry entry =
        new AppConfigurationEntry(
            "com.sun.security.auth.module.Krb5LoginModule",
            AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
            options.buildOrThrow());
    return new Configuration() {
      @Override
      public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return new AppConfigurationEntry[] {entry};
      }
    };
  }

  /** Carries the reason of a callback through the login module. */
  private static final class CallbackFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient TransportException failure;

    CallbackFailure(TransportException failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
