package io.avma.activation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.catalog.AvmaKey;
import io.avma.platform.ForeignText;

/**
 * What a guest asks its host to activate, derived by Windows from the installed AVMA key ({@code
 * IAID} in WMI, <em>Guest IAID</em> in {@code slmgr /dlv}).
 *
 * <p>Opaque: no source says what is in it, and nothing here looks inside.
 *
 * @param value the text, 1 to 256 characters
 */
@CheckReturnValue
public record AvmaId(String value) {
  /** Refuses an empty or overlong text. */
  public AvmaId {
    checkArgument(
        !value.isEmpty() && value.length() <= 256,
        "AVMA ID has %s characters (expected: 1 to 256)",
        value.length());
  }

  /**
   * Returns the identifier that a guest with {@code key} asks for.
   *
   * <p>What Windows derives it from is not documented. Here it is the group number of the key, in
   * decimal: one per row of the published table, and no more of the key than that (assumed).
   */
  public static AvmaId of(AvmaKey key) {
    return new AvmaId(Integer.toString(key.key().group()));
  }

  /** Returns the text, escaped for a terminal or log. */
  @Override
  public String toString() {
    return ForeignText.escape(value);
  }
}
