package io.avma.activation;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The nonces of a guest's last requests, newest first, so that a late answer to one of them is told
 * from an answer to nobody.
 *
 * <p>Bounded: an answer to a request older than these counts as one that was never asked for, which
 * ends the request in flight but never activates. Bare arrays, never changed, because there is one
 * per guest of a data centre.
 */
final class RetiredNonces {
  static final long[] NONE = {};
  static final int MOST = 3;

  private RetiredNonces() {}

  static long[] plus(long[] nonces, Nonce nonce) {
    long[] more = new long[Math.min(nonces.length + 1, MOST)];
    more[0] = nonce.value();
    System.arraycopy(nonces, 0, more, 1, more.length - 1); // each moves one place down
    return more;
  }

  static boolean contains(long[] nonces, Nonce nonce) {
    for (long known : nonces) {
      if (known == nonce.value()) {
        return true;
      }
    }
    return false;
  }

  /** Returns these with other values; {@code name} is asked newest first, once for each. */
  static long[] renamed(long[] nonces, UnaryOperator<Nonce> name) {
    return Arrays.stream(nonces).map(value -> name.apply(new Nonce(value)).value()).toArray();
  }
}
