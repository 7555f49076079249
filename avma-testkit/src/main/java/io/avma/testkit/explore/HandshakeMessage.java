package io.avma.testkit.explore;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.ActivationResponse;
import io.avma.activation.Nonce;
import java.util.Comparator;
import java.util.Optional;

/**
 * A request or an answer under way.
 *
 * @param host the number of the host that is asked or answers
 * @param nonce the nonce
 * @param answer the answer; empty for a request
 */
@CheckReturnValue
public record HandshakeMessage(int host, Nonce nonce, Optional<ActivationResponse.Answer> answer) {
  /** The network keeps no order, so messages get one that does not depend on how they came. */
  static final Comparator<HandshakeMessage> ORDER =
      Comparator.<HandshakeMessage>comparingInt(message -> message.answer.isPresent() ? 1 : 0)
          .thenComparingLong(message -> message.nonce.value())
          .thenComparingInt(HandshakeMessage::host)
          .thenComparingInt(message -> message.answer.map(a -> a.code().value()).orElse(0));

  /** Returns {@code request 0 to host 1} or {@code answer 0 from host 1: 0x00000000}. */
  @Override
  public String toString() {
    return answer
        .map(a -> "answer " + nonce.value() + " from host " + host + ": " + a.code().hex())
        .orElseGet(() -> "request " + nonce.value() + " to host " + host);
  }
}
