package io.avma.testkit.explore;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;

/**
 * Something that happens in a {@link HandshakeWorld}.
 *
 * @param verb what
 * @param message to which message of the network; 0 where it concerns none
 */
@CheckReturnValue
public record HandshakeEvent(Verb verb, int message) {
  /** What can happen. */
  public enum Verb {
    /** The guest boots, or boots again. */
    START,
    /** Time passes until the guest is due, and it is woken. */
    DUE,
    /** A message arrives. Messages may overtake each other. */
    DELIVER,
    /** A message is lost. */
    LOSE,
    /** A message is repeated. */
    DUPLICATE,
    /** A message arrives and cannot be read. */
    DAMAGE,
    /** The guest fails. */
    CRASH_GUEST,
    /** The guest's host restarts; what is under way stays under way. */
    RESTART_HOST,
    /** The guest moves to the other host, live if it runs. */
    MIGRATE,
    /** The guest is shut down. */
    STOP,
    /** The guest is saved. */
    SAVE,
    /** The saved guest goes on. */
    RESTORE,
    /** The AVMA key is installed. */
    INSTALL_KEY,
    /** A key of another channel is installed. */
    INSTALL_OTHER_KEY,
    /** The key is removed. */
    REMOVE_KEY,
    /** Somebody asks for activation at once. */
    ACTIVATE_NOW;

    boolean ofMessage() {
      return this == DELIVER || this == LOSE || this == DUPLICATE || this == DAMAGE;
    }
  }

  /** Returns {@code deliver message 0}. */
  @Override
  public String toString() {
    String words = verb.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return verb.ofMessage() ? words + " message " + message : words;
  }
}
