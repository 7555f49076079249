package io.avma.catalog;

/** Thrown by {@link ProductKey#parse} for a text that is not a product key of today's format. */
public final class KeyFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final KeyFlaw flaw;

  KeyFormatException(KeyFlaw flaw) {
    super(flaw.message());
    this.flaw = flaw;
  }

  /** Returns what is wrong and where. */
  public KeyFlaw flaw() {
    return flaw;
  }
}
