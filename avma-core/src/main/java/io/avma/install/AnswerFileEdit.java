package io.avma.install;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;

/**
 * What became of an answer file: the answer of {@link KeyInstallation#insertInto}. Exactly one of
 * the nested types; no key but the inserted one can be had from it, others show their last five.
 */
@CheckReturnValue
public sealed interface AnswerFileEdit {
  /** What an edit is, for a {@code switch}. */
  enum Kind {
    /** {@link Inserted}. */
    INSERTED,
    /** {@link Unchanged}. */
    UNCHANGED,
    /** {@link Refused}. */
    REFUSED
  }

  /** Returns which of the nested types this is. */
  Kind kind();

  /** Returns what happened, or why nothing did, in one sentence. */
  String message();

  /** Returns what else to look at in the file, in file order. */
  ImmutableList<AnswerFileWarning> warnings();

  /** The key is in. */
  final class Inserted implements AnswerFileEdit {
    private final byte[] bytes;
    private final Change change;
    private final String message;
    private final TextPosition position;
    private final ImmutableList<AnswerFileWarning> warnings;

    Inserted(
        byte[] bytes,
        Change change,
        String message,
        TextPosition position,
        ImmutableList<AnswerFileWarning> warnings) {
      this.bytes = bytes.clone();
      this.change = change;
      this.message = message;
      this.position = position;
      this.warnings = warnings;
    }

    /** What was changed in the file. */
    public enum Change {
      /** A {@code settings} element for the pass was added, with everything in it. */
      ADDED_SETTINGS,
      /** A component was added to the pass. */
      ADDED_COMPONENT,
      /** A {@code ProductKey} element was added to the component. */
      ADDED_KEY,
      /** A {@code ProductKey} element that was empty was filled. */
      FILLED_KEY,
      /** The same key was there in another spelling, and now stands as Windows expects it. */
      RESPELLED_KEY,
      /** Another key, or what stood in its place, was replaced, as the options asked for. */
      REPLACED_KEY
    }

    @Override
    public Kind kind() {
      return Kind.INSERTED;
    }

    /** Returns the new file, whole. */
    public byte[] bytes() {
      return bytes.clone();
    }

    /** Returns what was changed. */
    public Change change() {
      return change;
    }

    @Override
    public String message() {
      return message;
    }

    /** Returns where the file was changed; the same place in the old and in the new file. */
    public TextPosition position() {
      return position;
    }

    @Override
    public ImmutableList<AnswerFileWarning> warnings() {
      return warnings;
    }

    @Override
    public String toString() {
      return "Inserted[" + position + ": " + message + "]";
    }
  }

  /**
   * The key was there already.
   *
   * @param message that it was
   * @param position where it stands
   * @param warnings what else to look at
   */
  record Unchanged(String message, TextPosition position, ImmutableList<AnswerFileWarning> warnings)
      implements AnswerFileEdit {
    @Override
    public Kind kind() {
      return Kind.UNCHANGED;
    }
  }

  /**
   * Nothing was changed, because the result could not be answered for.
   *
   * @param reason why, for programs
   * @param message why and what to do; keys masked, foreign text escaped and cut
   * @param position where; empty if the file as a whole is meant
   * @param warnings what else to look at; empty if the file could not be read
   */
  record Refused(
      Reason reason,
      String message,
      Optional<TextPosition> position,
      ImmutableList<AnswerFileWarning> warnings)
      implements AnswerFileEdit {

    /** Why an edit is refused. */
    public enum Reason {
      /** Larger than the options allow. */
      TOO_LARGE,
      /** In an encoding that cannot be edited byte for byte, or that does not exist. */
      UNSUPPORTED_ENCODING,
      /** Bytes that the encoding does not have, or characters that XML does not allow. */
      DAMAGED_TEXT,
      /** Has a DOCTYPE, which no answer file needs and which can hold entities. */
      DOCTYPE,
      /** Nested deeper than the options allow. */
      TOO_DEEP,
      /** An element has more attributes than any answer file needs. */
      TOO_MANY_ATTRIBUTES,
      /** Not well-formed XML; also if it is cut off. */
      NOT_WELL_FORMED,
      /** XML, but no answer file. */
      NOT_AN_ANSWER_FILE,
      /** Two places where the key could go, or two keys in one place. */
      AMBIGUOUS,
      /** Another key is there, and the options do not ask to replace it. */
      OTHER_KEY,
      /** The place holds comments or elements that would be lost. */
      UNEXPECTED_CONTENT,
      /** The result was read back and was not what was meant: an error of this library. */
      NOT_VERIFIED
    }

    @Override
    public Kind kind() {
      return Kind.REFUSED;
    }
  }
}
