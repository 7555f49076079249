package io.avma.sim.server;

import io.avma.transport.TransportException;
import io.avma.transport.wsman.FaultSubcode;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManCodec;
import io.avma.transport.wsman.WsManHeader;
import io.avma.transport.wsman.WsManLimits;
import io.avma.transport.wsman.WsManMessage;
import java.util.Optional;
import java.util.OptionalLong;

/** The faults of a host that has not even looked at what it is asked. */
final class ServerFaults {
  private static final String ACTION = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault";

  private ServerFaults() {}

  /** The data centre has too much to do. */
  static Answer busy(byte[] envelope, WsManLimits limits) {
    return fault(
        header(envelope, limits), false, "QuotaLimit", "Too many requests wait; ask again later.");
  }

  /** The request is longer than is taken. */
  static Answer tooLong(int limit) {
    return fault(
        WsManHeader.builder(),
        true,
        "EncodingLimit",
        "The envelope of the request is longer than " + limit + " bytes.");
  }

  /** The message is not sealed and had to be. */
  static Answer unencrypted() {
    return fault(
        WsManHeader.builder(),
        true,
        "AccessDenied",
        "Unencrypted messages are not taken over HTTP (AllowUnencrypted=false): encrypt them"
            + " (multipart/encrypted), or use HTTPS.");
  }

  /** The request asks for what is not done here. */
  static Answer unsupported(WsManHeader.Builder header) {
    return fault(header, true, "UnsupportedFeature", "This is not simulated.");
  }

  /** The request is no message. */
  static Answer malformed(String why) {
    return fault(WsManHeader.builder(), true, "SchemaValidationError", why);
  }

  private static Answer fault(
      WsManHeader.Builder header, boolean bySender, String subcode, String reason) {
    WsManBody fault =
        new WsManBody.Fault(
            bySender,
            Optional.of(FaultSubcode.wsman(subcode)),
            reason,
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Answer(
        500, WsManCodec.encode(new WsManMessage(header.action(ACTION).build(), fault)));
  }

  private static WsManHeader.Builder header(byte[] envelope, WsManLimits limits) {
    WsManHeader.Builder answer = WsManHeader.builder();
    try {
      WsManHeader asked = WsManCodec.decode(envelope, limits).header();
      answer.addressing(asked.addressing());
      asked.messageId().ifPresent(answer::relatesTo);
    } catch (TransportException e) {
      // Who sends no message gets an answer to none.
    }
    return answer;
  }
}
