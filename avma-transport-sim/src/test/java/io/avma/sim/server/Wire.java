package io.avma.sim.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection whose every byte the test says. */
final class Wire implements AutoCloseable {
  static final String SOAP = "Content-Type: application/soap+xml;charset=UTF-8\r\n";
  static final String IDENTIFY =
      "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
          + " xmlns:i=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\">"
          + "<s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>";

  /** What came back. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Response(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, UTF_8);
    }

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  private final Socket socket;
  private final InputStream in;

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setSoTimeout(60_000);
    socket.setTcpNoDelay(true);
  }

  static Wire to(WsManServer server) throws IOException {
    return to(server.endpoints().get(0).uri());
  }

  static Wire to(URI uri) throws IOException {
    return new Wire(new Socket(uri.getHost(), uri.getPort()));
  }

  static String basic(String user, String password) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8))
        + "\r\n";
  }

  static String basic(WsManServer server) {
    return basic(server.user(), new String(server.password()));
  }

  Wire raw(String text) throws IOException {
    return raw(text.getBytes(ISO_8859_1));
  }

  Wire raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  Response post(String headers, String body) throws IOException {
    return post(headers, body.getBytes(UTF_8));
  }

  Response post(String headers, byte[] body) throws IOException {
    raw(head(headers, body.length));
    return raw(body).response();
  }

  static String head(String headers, long length) {
    return "POST /wsman HTTP/1.1\r\nHost: localhost\r\n"
        + headers
        + "Content-Length: "
        + length
        + "\r\n\r\n";
  }

  Response response() throws IOException {
    List<String> lines = new java.util.ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      lines.add(line);
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (one, other) -> one + ", " + other);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Response(
        Integer.parseInt(lines.get(0).split(" ", 3)[1]), headers, in.readNBytes(length));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** Returns whether the other side closes, whatever it sends before. */
  boolean closes() {
    try {
      while (in.read() >= 0) {
        // Only the end matters.
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Returns whether the other side closes within a time; it must have nothing to say. */
  boolean closesWithin(java.time.Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    try {
      return closes();
    } finally {
      socket.setSoTimeout(60_000);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
