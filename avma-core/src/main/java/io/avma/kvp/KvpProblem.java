package io.avma.kvp;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import java.util.Optional;

/**
 * Something about the items of a VM that could not be read or taken at its word. It never costs the
 * items around it.
 *
 * @param source where the item comes from; empty if all sources are meant
 * @param key the item's key as it was read; empty if it has none or several items are meant
 * @param reason what is wrong, for programs
 * @param message what is wrong, for people; foreign text in it is escaped and cut
 */
@CheckReturnValue
public record KvpProblem(
    Optional<KvpSource> source, Optional<String> key, Reason reason, String message) {
  private static final int SHOWN = 80;

  /** What is wrong. */
  public enum Reason {
    /** The transport could not decode an item. */
    UNREADABLE_ITEM,
    /** The transport could not get all items; some may be missing. */
    INCOMPLETE,
    /** Two items have this key and different values; the first counts. */
    CONFLICTING_DUPLICATES,
    /** A known item whose value has none of the forms that it may have. */
    UNPARSABLE_VALUE,
    /** The guest could not find its own name, and published the error's text instead. */
    LOOKUP_FAILED,
    /** A value, or a part of it, longer than anything that is read here. */
    TOO_LONG,
    /** Two items of the guest contradict each other. */
    CONTRADICTION
  }

  /** Returns a problem of the item {@code key} that came from {@code source}. */
  public static KvpProblem of(KvpSource source, String key, Reason reason, String message) {
    return new KvpProblem(Optional.of(source), Optional.of(key), reason, message);
  }

  /** Returns a problem of several or unknown items that came from {@code source}. */
  public static KvpProblem of(KvpSource source, Reason reason, String message) {
    return new KvpProblem(Optional.of(source), Optional.empty(), reason, message);
  }

  /** Returns source, key and message, escaped and cut. */
  @Override
  public String toString() {
    return source.map(from -> from.label() + " ").orElse("")
        + key.map(name -> ForeignText.escape(name, SHOWN) + ": ").orElse("items: ")
        + message;
  }
}
