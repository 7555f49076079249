package io.avma.transport;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;
import java.util.Set;

/**
 * Something that not every host or guest can do. What is not declared is refused with an {@link
 * UnsupportedOperationException} that names it; it never quietly does nothing.
 */
@CheckReturnValue
public enum Capability {
  /** A host's items can be added, modified and removed. */
  WRITE_HOST_ITEMS,
  /** A host's snapshots hold the items that it keeps for itself. */
  HOST_ONLY_ITEMS,
  /** The event log of a guest can be read. */
  GUEST_EVENTS,
  /** The license of a guest's Windows can be asked. */
  LICENSE_STATE,
  /** Changes in a pool can be watched. */
  WATCH,
  /** Calls from several threads at once are sound; without it other threads are turned away. */
  CONCURRENT_CALLS;

  /** Returns the word that messages and files use: {@code write-host-items}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Does nothing if {@code declared} holds this capability.
   *
   * @param owner what was asked, for the message
   * @throws UnsupportedOperationException naming this capability, if it is missing
   */
  public void requireIn(Set<Capability> declared, String owner) {
    if (!declared.contains(this)) {
      throw new UnsupportedOperationException(
          owner + " lacks the capability " + label() + " (declared: " + labels(declared) + ")");
    }
  }

  private static String labels(Set<Capability> declared) {
    StringBuilder labels = new StringBuilder();
    for (Capability capability : values()) {
      if (declared.contains(capability)) {
        labels.append(labels.length() == 0 ? "" : ", ").append(capability.label());
      }
    }
    return labels.length() == 0 ? "none" : labels.toString();
  }
}
