package io.avma.catalog;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * A product key of the format that Windows has used since Windows 8 and Server 2012: 25 symbols,
 * exactly one of them an {@code N}, with a checksum that fits.
 *
 * <p>The checksum guards against typing errors only: the part of a key that Microsoft signs cannot
 * be checked offline, so no value of this type is a statement that a key is genuine. {@link
 * #toString()} shows the last five symbols, as Windows does; the whole key needs {@link #reveal()}.
 */
@CheckReturnValue
public final class ProductKey {
  private final String text;
  private final int group;
  private final int serial;

  /** Takes what {@link KeyText} has verified. */
  ProductKey(String text, int group, int serial) {
    this.text = text;
    this.group = group;
    this.serial = serial;
  }

  /**
   * Parses a key as people paste it: either case, with or without dashes, blanks or the look-alikes
   * of dashes that text processors put in their place. Nothing else is tolerated: quotation marks
   * around a key are refused like any other foreign character.
   *
   * @throws KeyFormatException if {@code text} is not such a key; it says which character at which
   *     position is wrong, or that the checksum fails
   */
  public static ProductKey parse(CharSequence text) {
    KeyReading reading = KeyText.read(text);
    if (reading instanceof KeyReading.Flawed flawed) {
      throw new KeyFormatException(flawed.flaw());
    }
    return ((KeyReading.Sound) reading).key();
  }

  /** Returns the whole key, upper case, in five groups. Take care where it goes. */
  public String reveal() {
    return text;
  }

  /** Returns the last five symbols, which Windows shows as {@code PartialProductKey}. */
  public String lastFive() {
    return text.substring(24);
  }

  /**
   * Returns the group number, 0 to 1,048,575: keys of one product and channel share it. Source: the
   * bits were observed in every published key.
   */
  public int group() {
    return group;
  }

  /** Returns the serial number within the group, 0 to 2^30 - 1; 0 or 1 in published keys. */
  public int serial() {
    return serial;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProductKey that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns the key masked: {@code *****-*****-*****-*****-VCH67}. */
  @Override
  public String toString() {
    return "*****-*****-*****-*****-" + lastFive();
  }
}
