package io.avma.kvp;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long keys and values may be, in UTF-16 units and in bytes of UTF-8; both always count.
 *
 * <p>Start from a preset: {@link #SAFE} is what every host and guest passes on whole. Immutable.
 * The lengths do not include a terminating NUL.
 */
@CheckReturnValue
public final class KvpLimits {
  /**
   * What a host sees whole, whatever the guest is: 254 and 1,022 UTF-16 units, and no more than the
   * 511 and 2,047 bytes of a Linux guest's record. Source: Linux {@code drivers/hv/hv_kvp.c} and
   * the daemon's records; documented.
   */
  public static final KvpLimits SAFE = new KvpLimits("safe", 254, 1022, 511, 2047);

  /**
   * What a record of a Linux guest's pool file can hold: 511 and 2,047 bytes. A host may see such
   * an item cut. Source: the record of {@code tools/hv/hv_kvp_daemon.c}; documented.
   */
  public static final KvpLimits FILE = new KvpLimits("file", 511, 2047, 511, 2047);

  /**
   * What a host may write for a guest: 1,024 units each, as {@code Msvm_KvpExchangeDataItem}
   * declares, and no more than a Linux guest receives uncut (assumed to bind together).
   */
  public static final KvpLimits HOST_WRITTEN = new KvpLimits("host-written", 511, 1024, 511, 2047);

  /**
   * What a host may keep about a VM for itself: keys up to 512 bytes, values up to 16 KB. Source:
   * Microsoft "Msvm_KvpExchangeComponentSettingData"; documented, that bytes of UTF-8 are meant is
   * assumed.
   */
  public static final KvpLimits HOST_ONLY =
      new KvpLimits("host-only", 512, 16 * 1024, 512, 16 * 1024);

  private final String name;
  private final int keyUnits;
  private final int valueUnits;
  private final int keyBytes;
  private final int valueBytes;

  private KvpLimits(String name, int keyUnits, int valueUnits, int keyBytes, int valueBytes) {
    this.name = name;
    this.keyUnits = atLeastOne("key units", keyUnits);
    this.valueUnits = atLeastOne("value units", valueUnits);
    this.keyBytes = atLeastOne("key bytes", keyBytes);
    this.valueBytes = atLeastOne("value bytes", valueBytes);
  }

  /** Returns these limits with other numbers of UTF-16 units, each at least 1. */
  public KvpLimits withUnits(int key, int value) {
    return new KvpLimits("custom", key, value, keyBytes, valueBytes);
  }

  /** Returns these limits with other numbers of bytes, each at least 1. */
  public KvpLimits withBytes(int key, int value) {
    return new KvpLimits("custom", keyUnits, valueUnits, key, value);
  }

  /** Returns how many UTF-16 units {@code part} may have. */
  public int units(KvpPart part) {
    return part == KvpPart.KEY ? keyUnits : valueUnits;
  }

  /** Returns how many bytes of UTF-8 {@code part} may have. */
  public int bytes(KvpPart part) {
    return part == KvpPart.KEY ? keyBytes : valueBytes;
  }

  /**
   * Returns every reason why {@code item} may not be written, the key's before the value's; empty
   * if it may. Takes time in the length of the item and no memory to speak of.
   */
  public ImmutableList<KvpViolation> violations(KvpItem item) {
    ImmutableList.Builder<KvpViolation> found = ImmutableList.builder();
    if (item.key().isEmpty()) {
      found.add(new KvpViolation.EmptyKey());
    }
    for (KvpPart part : KvpPart.values()) {
      check(part, part.of(item), found);
    }
    return found.build();
  }

  /** Returns whether {@code item} may be written. */
  public boolean allow(KvpItem item) {
    return violations(item).isEmpty();
  }

  /**
   * Returns the longest beginning of {@code text} that both limits of {@code part} allow and that
   * ends between two characters. Whoever splits a long value calls it again on the rest; it is
   * empty only if {@code text} is, or if not even its first character fits.
   */
  public String fittingPrefix(KvpPart part, String text) {
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      int next = end + Character.charCount(codePoint);
      bytes += Utf8Length.ofCodePoint(codePoint);
      if (next > units(part) || bytes > bytes(part)) {
        break;
      }
      end = next;
    }
    return text.substring(0, end);
  }

  private void check(KvpPart part, String text, ImmutableList.Builder<KvpViolation> found) {
    if (text.length() > units(part)) {
      found.add(
          new KvpViolation.TooLong(
              part, KvpViolation.Measure.UTF16_UNITS, text.length(), units(part)));
    }
    int bytes = Utf8Length.of(text);
    if (bytes > bytes(part)) {
      found.add(
          new KvpViolation.TooLong(part, KvpViolation.Measure.UTF8_BYTES, bytes, bytes(part)));
    }
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      found.add(new KvpViolation.HoldsNul(part, nul));
    }
    int lone = Utf8Length.firstLoneSurrogate(text);
    if (lone >= 0) {
      found.add(new KvpViolation.HoldsLoneSurrogate(part, lone));
    }
  }

  private static int atLeastOne(String what, int number) {
    checkArgument(number >= 1, "%s is %s (expected: at least 1)", what, number);
    return number;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KvpLimits limits
        && keyUnits == limits.keyUnits
        && valueUnits == limits.valueUnits
        && keyBytes == limits.keyBytes
        && valueBytes == limits.valueBytes;
  }

  @Override
  public int hashCode() {
    return Objects.hash(keyUnits, valueUnits, keyBytes, valueBytes);
  }

  /** Returns the preset's name and the four numbers. */
  @Override
  public String toString() {
    return name
        + " (key "
        + keyUnits
        + " units, "
        + keyBytes
        + " bytes; value "
        + valueUnits
        + " units, "
        + valueBytes
        + " bytes)";
  }
}
