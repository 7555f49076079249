package io.avma.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.avma.transport.wsman.FaultSubcode;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManCodec;
import io.avma.transport.wsman.WsManHeader;
import io.avma.transport.wsman.WsManLimits;
import io.avma.transport.wsman.WsManMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Stands before a host: answers some requests itself, and hands all others on. */
final class HostFront implements AutoCloseable {
  private static final String FAULT = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI host;
  private final Function<String, Optional<WsManBody.Fault>> own;

  /** What was asked, in order. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** What becomes of an answer on its way. */
  volatile UnaryOperator<String> answers = UnaryOperator.identity();

  private HostFront(URI host, Function<String, Optional<WsManBody.Fault>> own) throws IOException {
    this.host = host;
    this.own = own;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/wsman", this::handle);
    server.start();
  }

  static HostFront of(String url, Function<String, Optional<WsManBody.Fault>> own)
      throws IOException {
    return new HostFront(URI.create(url), own);
  }

  static HostFront handingOn(String url) throws IOException {
    return of(url, envelope -> Optional.empty());
  }

  /** A front that refuses what has {@code part} in it. */
  static Function<String, Optional<WsManBody.Fault>> refusing(
      String part, String subcode, long code) {
    WsManBody.Fault fault =
        new WsManBody.Fault(
            true,
            Optional.of(FaultSubcode.wsman(subcode)),
            "refused in a test",
            Optional.empty(),
            OptionalLong.of(code),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return envelope -> envelope.contains(part) ? Optional.of(fault) : Optional.empty();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/wsman";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String envelope = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      asked.add(envelope);
      Optional<WsManBody.Fault> fault = own.apply(envelope);
      if (fault.isPresent()) {
        send(exchange, 500, faulted(envelope, fault.get()));
      } else {
        HttpResponse<String> answer = handedOn(exchange, envelope);
        answer
            .headers()
            .firstValue("www-authenticate")
            .ifPresent(how -> exchange.getResponseHeaders().set("WWW-Authenticate", how));
        send(exchange, answer.statusCode(), answers.apply(answer.body()).getBytes(UTF_8));
      }
    }
  }

  private HttpResponse<String> handedOn(HttpExchange exchange, String envelope) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(host).POST(HttpRequest.BodyPublishers.ofString(envelope));
    for (String name : List.of("Authorization", "Content-Type")) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
          .ifPresent(value -> request.header(name, value));
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static byte[] faulted(String envelope, WsManBody.Fault fault) throws IOException {
    WsManHeader.Builder header = WsManHeader.builder().action(FAULT);
    try {
      WsManCodec.decodeHeader(envelope.getBytes(UTF_8), WsManLimits.STANDARD)
          .messageId()
          .ifPresent(header::relatesTo);
    } catch (Exception e) {
      throw new IOException(e);
    }
    return WsManCodec.encode(new WsManMessage(header.build(), fault));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/soap+xml;charset=UTF-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
