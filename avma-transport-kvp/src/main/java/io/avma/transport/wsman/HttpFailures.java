package io.avma.transport.wsman;

import io.avma.platform.ForeignText;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.util.stream.Collectors;

/** What an answer of HTTP means that holds no envelope. */
final class HttpFailures {
  private HttpFailures() {}

  static TransportException of(WsManEndpoint endpoint, HttpAnswer answer) {
    int status = answer.status();
    if (status == 401) {
      return failure(
          Reason.REFUSED,
          endpoint,
          status,
          "login not taken (the host offers "
              + ForeignText.escape(schemes(answer), 100)
              + "; check user, password and rights)");
    }
    if (status >= 300 && status < 400) {
      return failure(
          Reason.REFUSED,
          endpoint,
          status,
          "redirect to '"
              + ForeignText.escape(answer.location().orElse(""), 200)
              + "' not followed, since a login goes nowhere else (ask there, if it is right)");
    }
    return switch (status) {
      case 403 -> failure(Reason.REFUSED, endpoint, status, "access forbidden");
      case 404, 405 ->
          failure(
              Reason.NOT_FOUND,
              endpoint,
              status,
              "no WS-Management at this path (expected: usually /wsman)");
      case 413 -> failure(Reason.TOO_LARGE, endpoint, status, "request too long for the host");
      case 408, 504 -> failure(Reason.TIMED_OUT, endpoint, status, "host gave up waiting");
      case 429, 503 -> failure(Reason.BUSY, endpoint, status, "host is busy; ask later");
      default ->
          failure(
              status >= 500 ? Reason.FAILED : Reason.DAMAGED,
              endpoint,
              status,
              "no envelope but '"
                  + ForeignText.escape(answer.contentType(), 80)
                  + "' (is it another server that answers here?)");
    };
  }

  static String schemes(HttpAnswer answer) {
    String names =
        answer.challenges().stream()
            .map(value -> value.split("[ ,]", 2)[0])
            .distinct()
            .limit(10)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "nothing" : names;
  }

  private static TransportException failure(
      Reason reason, WsManEndpoint endpoint, int status, String what) {
    return new TransportException(reason, endpoint + ": HTTP " + status + ": " + what);
  }
}
