package io.avma.testkit.explore;

import io.avma.activation.Nonce;
import java.util.HashMap;
import java.util.Map;

/** Gives nonces small names in the order in which they are asked for. */
final class NonceNames {
  /** Of a nonce that the guest has forgotten: it cannot tell one from another. */
  static final Nonce FORGOTTEN = new Nonce(1_000);

  /** Of a nonce that was never used. */
  static final Nonce FRESH = new Nonce(2_000);

  private final Map<Nonce, Nonce> names = new HashMap<>(); // asked, never iterated

  Nonce name(Nonce nonce) {
    return names.computeIfAbsent(nonce, unknown -> new Nonce(names.size()));
  }

  Nonce known(Nonce nonce) {
    return names.getOrDefault(nonce, FORGOTTEN);
  }
}
