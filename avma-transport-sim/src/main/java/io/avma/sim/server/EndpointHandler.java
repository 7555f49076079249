package io.avma.sim.server;

import com.google.common.collect.ImmutableSet;
import io.avma.transport.wsman.SealedMessage;
import io.avma.transport.wsman.WsManLimits;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** One simulated host's {@code /wsman}: who asks, what they send, and what they get. */
final class EndpointHandler {
  static final String PATH = "/wsman";
  private static final String LOGIN = "io.avma.login";

  private final String host;
  private final SecurityPolicy policy;
  private final Gate gate;
  private final ServerLimits limits;
  private final SimulationLoop loop;
  private final ConnectionWatch watch;
  private final Executor threads;
  private final Scheduler scheduler;

  private static final Duration WHILE_BUSY = Duration.ofSeconds(1);

  /** The names by which a program on this machine calls it. */
  private static final ImmutableSet<String> LOOPBACK =
      ImmutableSet.of("localhost", "127.0.0.1", "[::1]", "::1");

  EndpointHandler(
      String host,
      SecurityPolicy policy,
      ServerLimits limits,
      SimulationLoop loop,
      ConnectionWatch watch,
      Executor threads,
      Scheduler scheduler) {
    this.host = host;
    this.policy = policy;
    this.gate = new Gate(policy);
    this.limits = limits;
    this.loop = loop;
    this.watch = watch;
    this.threads = threads;
    this.scheduler = scheduler;
  }

  void handle(Request request, Response response, Callback callback) {
    ConnectionMetaData connection = request.getConnectionMetaData();
    Callback whenSent = Callback.from(() -> watch.answered(connection.getConnection()), callback);
    Reply reply = new Reply(response, whenSent);
    if (watch.isSilent()) {
      reply.never();
      return;
    }
    if (!isEndpoint(request.getHttpURI().getCanonicalPath())) {
      reply.text(404, "nothing is here (expected: " + PATH + ")");
      return;
    }
    if (policy.anyLogin() && !LOOPBACK.contains(Request.getServerName(request))) {
      // A page whose name was turned to this address comes with its own name.
      reply.text(421, "without a login only a loopback name is answered (expected: localhost)");
      return;
    }
    if (!HttpMethod.POST.is(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, "POST");
      reply.text(405, "only POST is answered");
      return;
    }
    ConnectionLogin login = login(connection);
    String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    Gate.Verdict verdict =
        gate.judge(
            authorization,
            request.getHeaders().contains("WSMANIDENTIFY"),
            certificate(connection),
            login);
    String contentType =
        Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE)).orElse("");
    boolean sealed = SealedMessage.isSealed(contentType);
    boolean admitted = verdict instanceof Gate.Admitted;
    if (verdict instanceof Gate.Admitted known && known.user().isPresent()) { // not by Identify
      watch.admitted(connection.getConnection());
    }
    new BodyReader(
            request,
            sealed ? sealedLimit() : limits.maxEnvelope(),
            admitted,
            read -> {
              if (read instanceof BodyReader.Broken broken) {
                whenSent.failed(broken.cause());
              } else if (verdict instanceof Gate.Refused refused) {
                reply.refused(refused.challenges(), refused.why());
              } else if (verdict instanceof Gate.Admitted welcome) {
                welcome.challenge().ifPresent(reply::challenge);
                boolean unasked =
                    authorization == null
                        && login.user().isEmpty()
                        && read instanceof BodyReader.Whole whole
                        && whole.length() == 0;
                if (unasked) {
                  // Some begin with an empty request to hear how to log in.
                  reply.refused(policy.challenges(), "authentication is needed");
                } else {
                  exchange(welcome.user(), login, contentType, sealed, connection.getConnection())
                      .read(read, reply);
                }
              }
            })
        .run();
  }

  /** In any case and with a slash behind it, as Windows takes its own paths. */
  private static boolean isEndpoint(String path) {
    return path.equalsIgnoreCase(PATH) || path.equalsIgnoreCase(PATH + "/");
  }

  private Exchange exchange(
      Optional<String> user,
      ConnectionLogin login,
      String contentType,
      boolean sealed,
      Connection connection) {
    boolean mayBeClear = policy.takesClear() || user.isEmpty();
    return new Exchange(
        this,
        new Caller(user, policy.tls() || sealed),
        login,
        contentType,
        sealed,
        mayBeClear,
        pull -> hold(connection, pull));
  }

  /** Sees to it that a pull is given up in time, and its connection kept that long. */
  private void hold(Connection connection, HeldPull pull) {
    watch.holds(connection, pull.longest());
    giveUpLater(pull, pull.longest());
  }

  private void giveUpLater(HeldPull pull, Duration time) {
    Scheduler.Task task =
        scheduler.schedule(
            () -> {
              var ignored =
                  loop.submit(
                          stage -> {
                            pull.giveUp();
                            return pull;
                          })
                      .whenComplete(
                          (done, busy) -> {
                            if (busy != null) {
                              giveUpLater(pull, WHILE_BUSY);
                            }
                          });
            },
            time.toMillis(),
            TimeUnit.MILLISECONDS);
    var unused = pull.answer().whenComplete((answer, gone) -> task.cancel());
  }

  String host() {
    return host;
  }

  SimulationLoop loop() {
    return loop;
  }

  /** Runs what follows an answer of the loop. */
  Executor threads() {
    return threads;
  }

  int maxEnvelope() {
    return limits.maxEnvelope();
  }

  /** Clients that seal in pieces of 16 KB add some hundred bytes to each. */
  private int sealedLimit() {
    return limits.maxEnvelope() + limits.maxEnvelope() / 8 + 8192;
  }

  /** What framing and sealed parts of a request may have. */
  WsManLimits sealedLimits() {
    return new WsManLimits(
        sealedLimit(), WsManLimits.STANDARD.maxDepth(), WsManLimits.STANDARD.maxProperties());
  }

  private static ConnectionLogin login(ConnectionMetaData connection) {
    if (connection.getAttribute(LOGIN) instanceof ConnectionLogin known) {
      return known;
    }
    ConnectionLogin fresh = new ConnectionLogin();
    connection.setAttribute(LOGIN, fresh);
    return fresh;
  }

  private Optional<X509Certificate> certificate(ConnectionMetaData connection) {
    if (!policy.certificates()) {
      return Optional.empty();
    }
    EndPoint.SslSessionData session = connection.getConnection().getEndPoint().getSslSessionData();
    X509Certificate[] chain = session == null ? null : session.peerCertificates();
    return chain == null || chain.length == 0 ? Optional.empty() : Optional.of(chain[0]);
  }

  /** Returns whether a body may be an envelope; what a page in a browser may send, is not. */
  static boolean isEnvelope(String contentType) {
    String lower = contentType.toLowerCase(Locale.ROOT);
    return lower.startsWith("application/soap+xml")
        || lower.startsWith("text/xml")
        || lower.startsWith("application/xml");
  }
}
