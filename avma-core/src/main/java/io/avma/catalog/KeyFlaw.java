package io.avma.catalog;

import com.google.errorprone.annotations.CheckReturnValue;
import java.io.Serializable;

/**
 * Why a text is not a product key of today's format.
 *
 * @param kind what is wrong
 * @param position where, counted from 1 in the text as it was given; 0 if the flaw has no place
 * @param message the flaw for people; holds at most one character of the text, escaped
 */
@CheckReturnValue
public record KeyFlaw(Kind kind, int position, String message) implements Serializable {
  /** What can be wrong with a text that should be a key. */
  public enum Kind {
    /** Nothing but blanks and dashes. */
    EMPTY,
    /** Fewer than 25 symbols. */
    TOO_SHORT,
    /** More than 25 symbols. */
    TOO_LONG,
    /** A character that no product key has. */
    ILLEGAL_CHARACTER,
    /** A second {@code N}: today's format has exactly one. */
    SECOND_N,
    /** No {@code N}: a key of an older format, which is not checked further. */
    OLDER_FORMAT,
    /** The format fits, the checksum does not: a symbol was mistyped or the key was made up. */
    CHECKSUM
  }
}
