package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import io.avma.platform.ForeignText;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection to one endpoint, which nobody else has: a security context belongs to it.
 * Follows no redirect, answers no challenge, retries nothing. One thread at a time; {@link #close}
 * from any, which ends a call in progress.
 */
final class OwnedConnection implements Closeable {
  private static final Http1Config HTTP =
      Http1Config.custom()
          .setMaxLineLength(64 << 10)
          .setMaxHeaderCount(100)
          .setMaxEmptyLineCount(10)
          .build();
  private static final int MAX_INTERIM = 10;

  private final WsManEndpoint endpoint;
  private final WsManOptions options;
  private volatile @Nullable Socket socket;
  private volatile boolean closed;
  private volatile @Nullable Deadline step;
  private @Nullable DefaultBHttpClientConnection http;
  private boolean keptAlive;

  OwnedConnection(WsManEndpoint endpoint, WsManOptions options) {
    this.endpoint = endpoint;
    this.options = options;
  }

  /**
   * Connects.
   *
   * @param tls makes sockets of TLS, for an endpoint that has it
   * @param protocols what of TLS is offered
   */
  void open(@Nullable SSLSocketFactory tls, ImmutableList<String> protocols)
      throws TransportException {
    try {
      Socket plain = connected();
      plain.setTcpNoDelay(true);
      DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(HTTP);
      connection.bind(tls == null ? plain : handshaken(plain, tls, protocols));
      http = connection;
      keptAlive = true;
    } catch (SSLException e) {
      close();
      throw new TransportException(
          Reason.REFUSED,
          endpoint
              + ": TLS failed: "
              + ForeignText.escape(String.valueOf(e.getMessage()), 300)
              + " (trust its certificate by a store or its SHA-256; a port for HTTP knows no TLS)",
          e);
    } catch (IOException e) {
      close();
      throw failure("connecting", e);
    }
  }

  private Socket connected() throws IOException {
    IOException failure = new UnknownHostException(endpoint.host());
    for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
      Socket next = new Socket();
      socket = next;
      if (closed) {
        throw new IOException("closed");
      }
      try {
        next.connect(
            new InetSocketAddress(address, endpoint.port()),
            (int) options.connectTimeout().toMillis());
        return next;
      } catch (IOException e) {
        next.close();
        failure = e;
      }
    }
    throw failure;
  }

  private Socket handshaken(Socket plain, SSLSocketFactory tls, ImmutableList<String> protocols)
      throws IOException {
    SSLSocket secure = (SSLSocket) tls.createSocket(plain, endpoint.host(), endpoint.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setProtocols(protocols.toArray(new String[0]));
    if (options.trust().checksName()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    secure.setSSLParameters(parameters);
    step = new Deadline(options.responseTimeout(), "TLS not agreed on");
    secure.startHandshake();
    step = null;
    return secure;
  }

  /** Whether the connection can carry another request, as far as this side knows. */
  boolean isUsable() {
    DefaultBHttpClientConnection connection = http;
    try {
      return !closed
          && keptAlive
          && connection != null
          && connection.isOpen()
          && !connection.isStale();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Sends a request and reads the whole answer.
   *
   * @throws ConnectionLostException if the peer closed the connection and said nothing
   * @throws TransportException if it said something else than an answer of HTTP within the limits
   */
  HttpAnswer post(String contentType, byte[] body, Optional<String> authorization)
      throws ConnectionLostException, TransportException {
    DefaultBHttpClientConnection connection = http;
    if (connection == null) {
      throw new IllegalStateException("not connected");
    }
    long received = connection.getEndpointDetails().getReceivedBytesCount();
    long sent = connection.getEndpointDetails().getSentBytesCount();
    step = new Deadline(options.responseTimeout(), "no whole answer");
    try {
      BasicClassicHttpRequest request = request(contentType, body, authorization);
      connection.sendRequestHeader(request);
      connection.sendRequestEntity(request);
      connection.flush();
      ClassicHttpResponse response = received(connection);
      keptAlive =
          DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
              request, response, HttpCoreContext.create());
      return answer(response);
    } catch (HttpException e) {
      close();
      throw damaged("no answer of HTTP: " + e.getMessage(), e);
    } catch (IOException e) {
      boolean silent = connection.getEndpointDetails().getReceivedBytesCount() == received;
      boolean unsent = connection.getEndpointDetails().getSentBytesCount() == sent;
      close();
      if (silent) {
        throw new ConnectionLostException(unsent, e);
      }
      throw failure("reading the answer", e);
    } finally {
      step = null;
    }
  }

  /** When the answer that is being waited for has to be there, to its last byte. */
  Optional<Deadline> step() {
    return Optional.ofNullable(step);
  }

  private BasicClassicHttpRequest request(
      String contentType, byte[] body, Optional<String> authorization) {
    BasicClassicHttpRequest request = new BasicClassicHttpRequest("POST", endpoint.path());
    request.addHeader("Host", endpoint.authority());
    request.addHeader("Connection", "Keep-Alive");
    request.addHeader("User-Agent", "avma");
    authorization.ifPresent(value -> request.addHeader("Authorization", value));
    request.addHeader("Content-Type", contentType);
    request.addHeader("Content-Length", Integer.toString(body.length));
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_OCTET_STREAM));
    return request;
  }

  private ClassicHttpResponse received(DefaultBHttpClientConnection connection)
      throws IOException, HttpException {
    for (int i = 0; i <= MAX_INTERIM; i++) {
      ClassicHttpResponse response = connection.receiveResponseHeader();
      if (response.getCode() >= HttpStatus.SC_OK) {
        connection.receiveResponseEntity(response);
        return response;
      }
    }
    throw new HttpException("more than " + MAX_INTERIM + " interim answers");
  }

  private HttpAnswer answer(ClassicHttpResponse response) throws IOException, TransportException {
    ImmutableList.Builder<String> challenges = ImmutableList.builder();
    for (Header header : response.getHeaders("WWW-Authenticate")) {
      challenges.add(String.valueOf(header.getValue()).strip());
    }
    return new HttpAnswer(
        response.getCode(),
        header(response, "Content-Type").orElse(""),
        challenges.build(),
        header(response, "Location"),
        body(response));
  }

  private static Optional<String> header(ClassicHttpResponse response, String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  /** Counts while it reads: neither a declared length nor an endless body is believed. */
  private byte[] body(ClassicHttpResponse response) throws IOException, TransportException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    // The framing of sealed messages comes on top of what the envelope may have.
    int limit = options.maxEnvelopeBytes() + 8192;
    if (entity.getContentLength() > limit) {
      throw tooLarge(entity.getContentLength() + " bytes");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream in = new NoDrain(entity.getContent())) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (bytes.size() + n > limit) {
          throw tooLarge("more than " + limit + " bytes");
        }
        bytes.write(buffer, 0, n);
      }
    }
    return bytes.toByteArray();
  }

  private TransportException tooLarge(String size) {
    close();
    return new TransportException(
        Reason.TOO_LARGE,
        endpoint
            + ": answer has "
            + size
            + " (limit: "
            + options.maxEnvelopeBytes()
            + "; ask for less, or raise maxEnvelopeBytes)");
  }

  private TransportException damaged(String what, Exception cause) {
    return new TransportException(
        Reason.DAMAGED, endpoint + ": " + ForeignText.escape(what, 200), cause);
  }

  TransportException failure(String doing, IOException e) {
    Reason reason = e instanceof SocketTimeoutException ? Reason.TIMED_OUT : Reason.UNREACHABLE;
    String why =
        e instanceof UnknownHostException ? "no such name" : String.valueOf(e.getMessage());
    return new TransportException(
        reason, endpoint + ": " + doing + " failed: " + ForeignText.escape(why, 200), e);
  }

  /** Closes the socket below TLS, whose own farewell might wait for a peer that hangs. */
  @Override
  public void close() {
    closed = true;
    Socket open = socket;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }

  /** Closing an entity reads it to its end, which an endless one has not. */
  private static final class NoDrain extends InputStream {
    private final InputStream in;

    NoDrain(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return in.read(bytes, from, length);
    }
  }
}
