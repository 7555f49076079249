package io.avma.tracking;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;

/**
 * Whether an observation comes from real machines. The mark stays with all that follows from it.
 */
@CheckReturnValue
public enum Provenance {
  /** It was made on real machines, as far as anybody said. */
  REAL("real"),
  /** A simulator made it. It is evidence of nothing. */
  SIMULATED("simulated");

  private final String label;

  Provenance(String label) {
    this.label = label;
  }

  /** Returns the word that people and files use: {@code simulated}. */
  public String label() {
    return label;
  }

  /**
   * Returns this mark for something that a machine of this name said: {@link #SIMULATED} also if
   * the name lies under {@code .invalid}, where no real machine can be (RFC 2606) and where the
   * simulator puts its own.
   */
  Provenance forMachine(String name) {
    return name.toLowerCase(Locale.ROOT).strip().endsWith(".invalid") ? SIMULATED : this;
  }
}
