package io.avma.install;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * Something in an answer file that does not hinder the edit, and should be looked at.
 *
 * @param kind what it is
 * @param message what it is and what to do, in one or two sentences; keys masked
 * @param position where it stands
 */
@CheckReturnValue
public record AnswerFileWarning(Kind kind, String message, TextPosition position) {
  /** What a warning can be about. */
  public enum Kind {
    /** An AVMA key chooses the image: Setup refuses it there. */
    AVMA_KEY_FOR_SETUP,
    /** A key for activation stands in another pass than specialize, where it has no effect. */
    KEY_IN_OTHER_PASS,
    /** The file has the component for other architectures only; one was added. */
    OTHER_ARCHITECTURE,
    /** The pass is marked as processed: Windows ran it already and will not look at it again. */
    PASS_PROCESSED,
    /** The component lacks an identifying attribute that Windows expects, or has it otherwise. */
    UNUSUAL_COMPONENT,
    /** The encoding that the file declares is not the one it has. */
    ENCODING_DISAGREES
  }
}
