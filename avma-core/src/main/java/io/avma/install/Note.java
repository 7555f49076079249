package io.avma.install;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.catalog.KeyMask;
import io.avma.platform.Standing;

/**
 * Something to know before the commands of a {@link Procedure} are typed.
 *
 * @param text one or two sentences
 * @param standing how well they are founded
 */
@CheckReturnValue
public record Note(String text, Standing standing) {
  static Note documented(String text) {
    return new Note(text, Standing.DOCUMENTED);
  }

  static Note secondary(String text) {
    return new Note(text, Standing.SECONDARY);
  }

  static Note assumed(String text) {
    return new Note(text, Standing.ASSUMED);
  }

  /** Returns the text, keys masked. */
  @Override
  public String toString() {
    return KeyMask.mask(text);
  }
}
