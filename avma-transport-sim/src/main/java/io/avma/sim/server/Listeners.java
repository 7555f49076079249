package io.avma.sim.server;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** One listener for each host, in one server that shares its threads. */
final class Listeners implements AutoCloseable {
  /** Beside the one thread of each listener; nobody waits for a slow client in one. */
  private static final int WORKERS = 16;

  /** Holds the longest token and the rest of a header; as much as Windows can be set to. */
  private static final int HEADER_BYTES = 64 << 10;

  private static final int SWEEPS_PER_TIMEOUT = 10;

  private final ServerLimits limits;
  private final Server server;
  private final Router router = new Router();
  private final Map<ServerConnector, ConnectionWatch> watches = new HashMap<>();
  private final Map<String, ConnectionWatch> byHost = new LinkedHashMap<>();
  private final ImmutableList<WsManServer.Endpoint> endpoints;

  /** Where to listen. */
  record Place(InetAddress address, int port, @Nullable SSLContext tls) {}

  private Listeners(
      List<String> hosts,
      Place place,
      SecurityPolicy policy,
      ServerLimits limits,
      SimulationLoop loop,
      Ticker ticker)
      throws IOException {
    this.limits = limits;
    QueuedThreadPool threads = new QueuedThreadPool(hosts.size() + WORKERS, WORKERS);
    threads.setName("avma-wsman");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    this.server = new Server(threads);
    server.setHandler(router);
    server.setErrorHandler(Listeners::nothingMore);
    ImmutableList.Builder<WsManServer.Endpoint> opened = ImmutableList.builder();
    try {
      for (int i = 0; i < hosts.size(); i++) {
        String host = hosts.get(i);
        ConnectionWatch watch = new ConnectionWatch(limits, ticker);
        ServerConnector connector = connector(place, policy.certificates());
        connector.setPort(place.port() == 0 ? 0 : place.port() + i);
        connector.addBean(watch);
        connector.open();
        server.addConnector(connector);
        watches.put(connector, watch);
        router.endpoints.put(
            connector,
            new EndpointHandler(host, policy, limits, loop, watch, threads, server.getScheduler()));
        byHost.put(host, watch);
        opened.add(new WsManServer.Endpoint(host, uri(place, connector.getLocalPort())));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    this.endpoints = opened.build();
  }

  /**
   * Starts listening.
   *
   * @throws IOException if an address cannot be bound
   */
  static Listeners start(
      List<String> hosts,
      Place place,
      SecurityPolicy policy,
      ServerLimits limits,
      SimulationLoop loop,
      Ticker ticker)
      throws IOException {
    Listeners listeners = new Listeners(hosts, place, policy, limits, loop, ticker);
    try {
      loop.afterEach(stage -> listeners.look(stage.datacenter()));
      listeners.server.start();
    } catch (Exception e) {
      listeners.close();
      throw new IOException("endpoints cannot be started: " + e.getMessage(), e);
    }
    listeners.sweepLater();
    return listeners;
  }

  /** Tells the connections of each host how it is; on the data centre's thread. */
  private void look(SimulatedDatacenter datacenter) {
    try {
      byHost.forEach((host, watch) -> watch.becomes(presence(datacenter.host(host))));
    } catch (IllegalStateException e) {
      // Somebody has closed the data centre; its hosts stay as they were.
    }
  }

  private static ConnectionWatch.Presence presence(SimulatedHost host) {
    return host.isReachable()
        ? ConnectionWatch.Presence.THERE
        : host.isUp() ? ConnectionWatch.Presence.SILENT : ConnectionWatch.Presence.GONE;
  }

  private ServerConnector connector(Place place, boolean certificates) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setResponseHeaderSize(HEADER_BYTES);
    http.setMaxResponseHeaderSize(HEADER_BYTES);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    SSLContext context = place.tls();
    ConnectionFactory[] factories = {plain};
    if (context != null) {
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setSslContext(context);
      if (certificates) {
        tls.setWantClientAuth(true);
        // Of TLS 1.3 Windows' way to ask for a certificate later is known to few.
        tls.setIncludeProtocols("TLSv1.2");
      }
      factories =
          new ConnectionFactory[] {new SslConnectionFactory(tls, plain.getProtocol()), plain};
    }
    ServerConnector connector = new ServerConnector(server, null, null, null, 0, 1, factories);
    connector.setHost(place.address().getHostAddress());
    connector.setIdleTimeout(limits.idleTimeout().toMillis());
    connector.setReuseAddress(true);
    connector.setAcceptQueueSize(128);
    return connector;
  }

  private static URI uri(Place place, int port) {
    InetAddress address =
        place.address().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : place.address();
    return URI.create(
        (place.tls() == null ? "http" : "https")
            + "://"
            + InetAddresses.toUriString(address)
            + ":"
            + port
            + EndpointHandler.PATH);
  }

  /** An error of HTTP has a status and nothing that tells of our insides. */
  private static boolean nothingMore(Request request, Response response, Callback callback) {
    response.write(true, java.nio.ByteBuffer.allocate(0), callback);
    return true;
  }

  private void sweepLater() {
    var unused =
        server
            .getScheduler()
            .schedule(
                () -> {
                  try {
                    sweep();
                  } finally {
                    if (server.isRunning()) {
                      sweepLater();
                    }
                  }
                },
                Math.max(1, limits.requestTimeout().toMillis() / SWEEPS_PER_TIMEOUT),
                TimeUnit.MILLISECONDS);
  }

  ImmutableList<WsManServer.Endpoint> endpoints() {
    return endpoints;
  }

  /** Closes what has taken too long. */
  void sweep() {
    watches.values().forEach(ConnectionWatch::sweep);
  }

  /** Returns how many connections owe a request or wait for an answer. */
  int exchanging() {
    return watches.values().stream().mapToInt(ConnectionWatch::exchanging).sum();
  }

  /** Returns how many connections all hosts have together. */
  int connections() {
    return watches.values().stream().mapToInt(ConnectionWatch::size).sum();
  }

  @Override
  public void close() throws IOException {
    for (Connector connector : server.getConnectors()) {
      ((ServerConnector) connector).close();
    }
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("endpoints cannot be stopped: " + e.getMessage(), e);
    }
  }

  /** Hands a request to the host at whose port it came in. */
  private static final class Router extends Handler.Abstract {
    private final Map<Connector, EndpointHandler> endpoints = new HashMap<>();

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      EndpointHandler endpoint = endpoints.get(request.getConnectionMetaData().getConnector());
      if (endpoint == null) {
        return false;
      }
      endpoint.handle(request, response, callback);
      return true;
    }
  }
}
