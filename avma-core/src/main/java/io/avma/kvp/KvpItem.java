package io.avma.kvp;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;

/**
 * A key and its value, exactly as they were written. Keys compare character by character, case
 * included, as the integration service of Linux does.
 *
 * <p>An item may hold anything, also what {@link KvpLimits} would not let anybody write: an empty
 * key, controls, lone surrogates, text of any length that its reader let through.
 *
 * @param key the name
 * @param value the text; {@code ""} for an item without a value
 */
@CheckReturnValue
public record KvpItem(String key, String value) {
  private static final int SHOWN = 80;

  /** Returns key and value, escaped and cut for a terminal or log. */
  @Override
  public String toString() {
    return ForeignText.escape(key, SHOWN) + "=" + ForeignText.escape(value, SHOWN);
  }
}
