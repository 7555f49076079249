package io.avma.sim.server;

import io.avma.transport.TransportException;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManCodec;
import io.avma.transport.wsman.WsManHeader;
import io.avma.transport.wsman.WsManLimits;
import io.avma.transport.wsman.WsManMessage;
import java.nio.charset.Charset;

/** Says who answers, and nothing else. */
final class IdentifyService implements WsManService {
  @Override
  public Answer answer(Caller caller, String hostName, byte[] envelope, Charset charset) {
    WsManHeader.Builder header = WsManHeader.builder();
    try {
      WsManMessage asked = WsManCodec.decode(envelope, WsManLimits.STANDARD);
      asked.header().messageId().ifPresent(header::relatesTo);
      if (asked.body() instanceof WsManBody.Identify) {
        return new Answer(
            200,
            WsManCodec.encode(
                new WsManMessage(
                    header.build(),
                    new WsManBody.IdentifyResponse(
                        "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd",
                        "AVMA for Java (simulated)",
                        "OS: 10.0.20348 SP: 0.0 Stack: 3.0"))));
      }
      return ServerFaults.unsupported(header);
    } catch (TransportException e) {
      return ServerFaults.malformed(String.valueOf(e.getMessage()));
    }
  }
}
