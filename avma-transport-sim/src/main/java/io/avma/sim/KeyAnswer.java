package io.avma.sim;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.Rejected;
import io.avma.platform.Hresult;

/** What became of a key that was to be installed. Exactly one of the nested records. */
@CheckReturnValue
public sealed interface KeyAnswer {
  /** {@code 0xC004F069}: the product of the key is not the one that is installed. */
  Hresult WRONG_PRODUCT = new Hresult(0xC004F069);

  /** Returns whether the key is in now. */
  default boolean isInstalled() {
    return this instanceof Installed;
  }

  /** It is in. */
  record Installed() implements KeyAnswer {}

  /**
   * Windows refused it: it belongs to another release or edition, or the guest runs from evaluation
   * media. Nothing changed.
   */
  record WrongProduct() implements KeyAnswer {
    /** Returns {@link #WRONG_PRODUCT}. */
    public Hresult code() {
      return WRONG_PRODUCT;
    }
  }

  /**
   * Nobody could try, for example because the guest is saved. Nothing changed.
   *
   * @param why why
   */
  record NotPossible(Rejected why) implements KeyAnswer {}
}
