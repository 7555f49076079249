package io.avma.transport;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * Damage, or something odd, in what was read. A flaw never costs the sound data around it.
 *
 * @param code what is wrong, for programs: lower-case words joined by dashes, for example {@code
 *     torn-tail}; each reader lists its own
 * @param effect what it means for the data
 * @param position where it is
 * @param message found and expected, for people; foreign text in it is escaped and cut
 */
@CheckReturnValue
public record Flaw(String code, Effect effect, Position position, String message) {
  /** What a flaw means for the data, mildest first. */
  public enum Effect {
    /** Everything is there and sound; someone may want to know. */
    NOTED,
    /** Something was returned that may not be what was written. */
    DOUBTFUL,
    /** Something that was written is not returned. */
    LOST
  }

  /** Checks the code. */
  public Flaw {
    checkArgument(isCode(code), "code is '%s' (expected: lower-case words joined by dashes)", code);
  }

  /** Returns whether {@link Strictness#STRICT} stops here. */
  public boolean stopsStrictReaders() {
    return effect != Effect.NOTED;
  }

  /** Returns place, message and code. */
  @Override
  public String toString() {
    return position + ": " + message + " [" + code + "]";
  }

  private static boolean isCode(String code) {
    boolean wordOpen = false;
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      boolean inWord = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!inWord && (c != '-' || !wordOpen)) {
        return false;
      }
      wordOpen = inWord;
    }
    return wordOpen;
  }
}
