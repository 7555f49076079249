package io.avma.transport.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A peer on the loopback interface that answers each request as its script says, byte by byte. */
final class ScriptedPeer implements AutoCloseable {
  /** What a client has sent: on which connection, counted from 0, and as which request there. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Request(int connection, int number, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, UTF_8);
    }

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    String messageId() {
      int from = text().indexOf("MessageID");
      int start = text().indexOf('>', from) + 1;
      return text().substring(start, text().indexOf('<', start));
    }
  }

  /** Says what a request is answered with. */
  interface Script {
    /** Writes an answer; returns whether the connection stays open. */
    boolean answer(Request request, OutputStream out) throws Exception;
  }

  private final ServerSocket server;
  private final Script script;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private ScriptedPeer(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
  }

  static ScriptedPeer start(Script script) throws IOException {
    return start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  static ScriptedPeer start(SSLContext tls, Script script) throws IOException {
    return start(
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        script);
  }

  static ScriptedPeer start(ServerSocket server, Script script) {
    ScriptedPeer peer = new ScriptedPeer(server, script);
    daemon(peer::accept);
    return peer;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    for (int number = 0; ; number++) {
      Socket socket;
      try {
        socket = server.accept();
      } catch (IOException e) {
        return;
      }
      sockets.add(socket);
      int connection = number;
      daemon(() -> serve(socket, connection));
    }
  }

  private void serve(Socket socket, int connection) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      boolean open = true;
      for (int number = 0; open; number++) {
        Request request = read(in, connection, number);
        requests.add(request);
        open = script.answer(request, out);
        out.flush();
      }
    } catch (Exception e) {
      // The client has hung up, or the test is over.
    }
  }

  private static Request read(InputStream in, int connection, int number) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("end");
      }
      head.append((char) c);
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line : head.toString().lines().skip(1).filter(l -> !l.isEmpty()).toList()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(connection, number, headers, in.readNBytes(length));
  }

  WsManEndpoint endpoint() {
    return WsManEndpoint.parse("http://127.0.0.1:" + server.getLocalPort());
  }

  WsManEndpoint tlsEndpoint() {
    return WsManEndpoint.parse("https://localhost:" + server.getLocalPort());
  }

  List<Request> requests() {
    return new ArrayList<>(requests);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** An answer of HTTP with everything it needs. */
  static void http(OutputStream out, int status, String contentType, byte[] body, String... more)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
    if (!contentType.isEmpty()) {
      head.append("Content-Type: ").append(contentType).append("\r\n");
    }
    for (String line : more) {
      head.append(line).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    out.write(head.toString().getBytes(ISO_8859_1));
    out.write(body);
  }

  /** The answer to a request, in an envelope. */
  static boolean soap(OutputStream out, Request request, WsManBody body) throws IOException {
    boolean fault = body instanceof WsManBody.Fault;
    http(out, fault ? 500 : 200, SealedPart.ENVELOPE_UTF_8, envelope(request.messageId(), body));
    return true;
  }

  static byte[] envelope(String messageId, WsManBody body) {
    String action =
        body instanceof WsManBody.GetResponse
            ? Names.TRANSFER + "/GetResponse"
            : body instanceof WsManBody.Fault ? Names.FAULT_ACTION : "urn:answer";
    WsManHeader header =
        WsManHeader.builder().action(action).messageId("uuid:answer").relatesTo(messageId).build();
    return WsManCodec.encode(new WsManMessage(header, body));
  }
}
