package io.avma.kvp;

import com.google.errorprone.annotations.CheckReturnValue;

/** The key or the value of an item. */
@CheckReturnValue
public enum KvpPart {
  /** The key. */
  KEY("key"),
  /** The value. */
  VALUE("value");

  private final String label;

  KvpPart(String label) {
    this.label = label;
  }

  /** Returns the word that messages use. */
  public String label() {
    return label;
  }

  /** Returns this part of {@code item}. */
  public String of(KvpItem item) {
    return this == KEY ? item.key() : item.value();
  }
}
