package io.avma.catalog;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.regex.Pattern;

/**
 * The last guard against product keys in texts that go to logs and terminals: whatever looks like a
 * key, mistyped or not, keeps its last five characters only. Messages quote arguments, cells and
 * commands, and people paste keys into the wrong place.
 */
@CheckReturnValue
public final class KeyMask {
  /** Five groups of five with dashes, or their look-alikes, between; mistyped symbols included. */
  private static final String GROUPED =
      "(?:[0-9A-Za-z]{5}[-_.\\u2010-\\u2015\\u2212]){4}([0-9A-Za-z]{5})";

  /** 25 symbols of the key alphabet, which has no vowels, so that names are left alone. */
  private static final String BARE =
      "(?:[BCDFGHJKMNPQRTVWXY2346789]\\s?){20}((?:[BCDFGHJKMNPQRTVWXY2346789]\\s?){5})";

  private static final Pattern KEY =
      Pattern.compile(
          "(?<![0-9A-Za-z])(?:" + GROUPED + "|" + BARE + ")(?![0-9A-Za-z])",
          Pattern.CASE_INSENSITIVE);

  private KeyMask() {}

  /** Returns {@code text} with each key in it as {@link ProductKey#toString()} shows one. */
  public static String mask(String text) {
    if (text.length() < 25) {
      return text;
    }
    return KEY.matcher(text)
        .replaceAll(
            found ->
                "*****-*****-*****-*****-"
                    + (found.group(1) != null ? found.group(1) : found.group(2)));
  }
}
