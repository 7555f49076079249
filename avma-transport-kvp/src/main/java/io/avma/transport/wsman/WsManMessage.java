package io.avma.transport.wsman;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * A request, an answer or a fault.
 *
 * @param header who asks whom for what
 * @param body what is asked or answered
 */
@CheckReturnValue
public record WsManMessage(WsManHeader header, WsManBody body) {
  /**
   * Returns the kind of the body and the message's identifiers; what it holds belongs to others.
   */
  @Override
  public String toString() {
    return body.getClass().getSimpleName() + " " + header;
  }
}
