package io.avma.sim.server;

import io.avma.transport.cim.CimReference;
import io.avma.transport.wsman.Addressing;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManHeader;
import java.util.OptionalLong;

/** What the header of a request must say. */
final class RequestHeaders {
  private static final String ANONYMOUS_2005 = "http://www.w3.org/2005/08/addressing/anonymous";

  private RequestHeaders() {}

  static void check(WsManHeader header, WsManBody body) throws Refusal {
    if (!header.notUnderstood().isEmpty()) {
      throw Refusals.notUnderstood(header.notUnderstood().get(0));
    }
    if (header.action().orElse("").isEmpty()) {
      throw Refusals.headerRequired("Action");
    }
    if (header.messageId().orElse("").isEmpty()) {
      throw Refusals.invalidHeader("The header MessageID is missing or empty.");
    }
    if (body instanceof WsManBody.End) {
      return; // comes without ReplyTo
    }
    String replyTo = header.replyTo().orElseThrow(() -> Refusals.headerRequired("ReplyTo"));
    boolean anonymous =
        replyTo.equals(CimReference.ANONYMOUS)
            || (header.addressing() == Addressing.AUGUST_2005 && replyTo.equals(ANONYMOUS_2005));
    if (!anonymous) {
      throw Refusals.unsupported(
          "Answers go to the anonymous address alone, on the same connection.", "AddressingMode");
    }
    if (body instanceof WsManBody.Invoke invoke) {
      checkMethod(header, invoke);
    }
  }

  /** The input's element may be in any name space, but its method is the one of the action. */
  private static void checkMethod(WsManHeader header, WsManBody.Invoke invoke) throws Refusal {
    String action = header.action().orElse("");
    if (!action.endsWith("/" + invoke.method())) {
      throw Refusals.action(action);
    }
  }

  /** Returns how long the answer may be, in bytes. */
  static int room(WsManHeader header, int maxEnvelope) throws Refusal {
    OptionalLong asked = header.maxEnvelopeSize();
    if (asked.isPresent() && asked.getAsLong() < HostQuotas.SMALLEST_ENVELOPE) {
      throw Refusals.envelope(
          "MaxEnvelopeSize is "
              + asked.getAsLong()
              + " (expected: at least "
              + HostQuotas.SMALLEST_ENVELOPE
              + ").");
    }
    return (int) Math.min(asked.orElse(maxEnvelope), maxEnvelope);
  }
}
