package io.avma.sim;

import io.avma.activation.ActivationRequest;
import io.avma.activation.ActivationResponse;
import io.avma.activation.Nonce;
import io.avma.sim.internal.SplitMix64;
import java.nio.charset.StandardCharsets;

/**
 * A request or response under way, lost if the guest's placement has changed when it arrives.
 *
 * @param guest the guest that sent it or gets it
 * @param placement the guest's placement when it asked
 * @param content an {@link ActivationRequest} or {@link ActivationResponse}
 * @param damaged whether whoever receives it sees that it was broken
 */
record SimulatedMessage(int guest, int placement, Object content, boolean damaged) {
  private static final int NONCE = Long.SIZE;
  private static final int SEALED = 256; // VM, and what is asked or answered

  /** Returns this message with {@code bits} bits turned over, each anywhere. */
  SimulatedMessage damage(int bits, SplitMix64 random) {
    long flips = 0;
    boolean broken = damaged;
    for (int i = 0; i < bits; i++) {
      int bit = random.below(length());
      if (bit < NONCE) {
        flips ^= 1L << bit;
      } else {
        broken = true;
      }
    }
    return new SimulatedMessage(guest, placement, flipped(flips), broken);
  }

  private int length() {
    int length = NONCE + SEALED;
    return content instanceof ActivationRequest request
        ? length + Byte.SIZE * request.avmaId().value().getBytes(StandardCharsets.UTF_8).length
        : length;
  }

  private Object flipped(long flips) {
    if (content instanceof ActivationRequest request) {
      return new ActivationRequest(
          request.vm(), request.avmaId(), new Nonce(request.nonce().value() ^ flips));
    }
    ActivationResponse response = (ActivationResponse) content;
    return new ActivationResponse(
        response.vm(),
        new Nonce(response.nonce().value() ^ flips),
        response.host(),
        response.answer());
  }
}
