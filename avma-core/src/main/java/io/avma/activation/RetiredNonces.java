package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.function.UnaryOperator;

/**
 * The nonces of a guest's last requests, newest first, so that a late answer to one of them is told
 * from an answer to nobody.
 *
 * <p>Bounded: an answer to a request older than these counts as one that was never asked for, which
 * ends the request in flight but never activates. Numbers instead of a list, because there is one
 * such object per guest.
 */
@CheckReturnValue
record RetiredNonces(int count, long first, long second, long third) {
  static final RetiredNonces NONE = new RetiredNonces(0, 0, 0, 0);
  static final int MOST = 3;

  RetiredNonces plus(Nonce nonce) {
    // Each moves one place down.
    return new RetiredNonces(
        Math.min(count + 1, MOST),
        /* first= */ nonce.value(),
        /* second= */ first,
        /* third= */ second);
  }

  boolean contains(Nonce nonce) {
    long value = nonce.value();
    return (count > 0 && first == value)
        || (count > 1 && second == value)
        || (count > 2 && third == value);
  }

  /** Returns these with other values; {@code name} is asked newest first, once for each. */
  RetiredNonces renamed(UnaryOperator<Nonce> name) {
    long newFirst = count > 0 ? name.apply(new Nonce(first)).value() : 0;
    long newSecond = count > 1 ? name.apply(new Nonce(second)).value() : 0;
    long newThird = count > 2 ? name.apply(new Nonce(third)).value() : 0;
    return new RetiredNonces(count, newFirst, newSecond, newThird);
  }
}
