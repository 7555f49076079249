package io.avma.kvp;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;

/**
 * One of the five lists of items that a guest keeps, by the number that Data Exchange gives it.
 *
 * <p>Source: Linux {@code include/uapi/linux/hyperv.h}; documented. A Windows guest keeps the first
 * four under registry keys of its own.
 */
@CheckReturnValue
public enum KvpPool {
  /** What the host writes for the guest. */
  EXTERNAL(0, "external"),
  /** What programs in the guest write for the host. */
  GUEST(1, "guest"),
  /** What the integration service of the guest says about the guest; the intrinsic items. */
  AUTO(2, "auto"),
  /** What the host says about itself and the VM. */
  AUTO_EXTERNAL(3, "auto-external"),
  /** Exists, and has no known use. */
  AUTO_INTERNAL(4, "auto-internal");

  private final int number;
  private final String label;

  KvpPool(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /** Returns the number on the wire and in file names, 0 to 4. */
  public int number() {
    return number;
  }

  /** Returns the word that command lines and files use: {@code auto-external}. */
  public String label() {
    return label;
  }

  /** Returns the pool with {@code number}; empty unless it is 0 to 4. */
  public static Optional<KvpPool> ofNumber(int number) {
    return number >= 0 && number < values().length
        ? Optional.of(values()[number])
        : Optional.empty();
  }

  /**
   * Returns the pool that people call {@code name}: a label in any case ({@code auto-external}), a
   * constant's name or a number ({@code 3}), surrounding blanks ignored.
   */
  public static Optional<KvpPool> named(String name) {
    String wanted = name.strip().replace('_', '-');
    for (KvpPool pool : values()) {
      if (wanted.equalsIgnoreCase(pool.label) || wanted.equals(String.valueOf(pool.number))) {
        return Optional.of(pool);
      }
    }
    return Optional.empty();
  }
}
