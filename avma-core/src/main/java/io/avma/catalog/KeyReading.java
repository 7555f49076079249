package io.avma.catalog;

import com.google.errorprone.annotations.CheckReturnValue;

/** What became of a text that should be a key. */
@CheckReturnValue
sealed interface KeyReading {
  /**
   * It is one.
   *
   * @param key the key
   */
  record Sound(ProductKey key) implements KeyReading {}

  /**
   * It is none.
   *
   * @param flaw what is wrong
   * @param symbols the symbols found, upper case, without dashes, {@code ?} for what is no symbol;
   *     for the search of similar keys
   */
  record Flawed(KeyFlaw flaw, String symbols) implements KeyReading {
    /** Hides the symbols. */
    @Override
    public String toString() {
      return "Flawed[" + flaw + "]";
    }
  }
}
