package io.avma.sim.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The answer of HTTP to one request; sent once. */
final class Reply {
  private final Response response;
  private final Callback whenSent;

  Reply(Response response, Callback whenSent) {
    this.response = response;
    this.whenSent = whenSent;
  }

  /** Adds what an authentication goes on with. */
  void challenge(String challenge) {
    response.getHeaders().add(HttpHeader.WWW_AUTHENTICATE, challenge);
  }

  /** Sends 401; the connection stays, for an authentication belongs to it. */
  void refused(ImmutableList<String> challenges, String why) {
    challenges.forEach(this::challenge);
    text(401, why);
  }

  /** Sends a sentence for people. */
  void text(int status, String sentence) {
    body(status, "text/plain;charset=UTF-8", (sentence + "\n").getBytes(UTF_8));
  }

  /** Sends an answer without a body. */
  void empty(int status) {
    response.setStatus(status);
    response.write(true, ByteBuffer.allocate(0), whenSent);
  }

  /** Sends a body. */
  void body(int status, String contentType, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), whenSent);
  }

  /** Lets the connection end behind the answer. */
  void last() {
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
  }

  /** Never answers; the connection ends with the host's silence, or when the caller has enough. */
  void never() {
    response.getRequest().addIdleTimeoutListener(idle -> false);
  }

  /** Gives up; the connection is closed. */
  void failed(Throwable cause) {
    whenSent.failed(cause);
  }
}
