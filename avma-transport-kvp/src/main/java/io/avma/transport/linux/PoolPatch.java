package io.avma.transport.linux;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The one stretch in which two states of a pool differ, enough to finish a write that was cut off.
 *
 * <p>Writing goes from the front to the back and then cuts the file, and a kill can only stop it in
 * between. So a half-written pool is the old one in which some bytes of the stretch are already the
 * new ones, and everything outside is as it was; {@link #complete} checks exactly that.
 */
final class PoolPatch {
  private final int beforeLength;
  private final int afterLength;
  private final int offset;
  private final byte[] oldBytes;
  private final byte[] newBytes;
  private final int outsideChecksum;

  PoolPatch(
      int beforeLength,
      int afterLength,
      int offset,
      byte[] oldBytes,
      byte[] newBytes,
      int outsideChecksum) {
    this.beforeLength = beforeLength;
    this.afterLength = afterLength;
    this.offset = offset;
    this.oldBytes = oldBytes;
    this.newBytes = newBytes;
    this.outsideChecksum = outsideChecksum;
  }

  /** Returns the difference; of states of one length only what lies between the differences. */
  static PoolPatch between(PoolBytes before, PoolBytes after) {
    int start =
        Arrays.mismatch(before.bytes(), 0, before.length(), after.bytes(), 0, after.length());
    int offset = start < 0 ? before.length() : start;
    int behind = 0;
    if (before.length() == after.length()) {
      int end = before.length();
      while (end > offset && before.bytes()[end - 1] == after.bytes()[end - 1]) {
        end--;
      }
      behind = before.length() - end;
    }
    return new PoolPatch(
        before.length(),
        after.length(),
        offset,
        Arrays.copyOfRange(before.bytes(), offset, before.length() - behind),
        Arrays.copyOfRange(after.bytes(), offset, after.length() - behind),
        outsideChecksum(before, offset, before.length() - behind));
  }

  private static int outsideChecksum(PoolBytes pool, int from, int to) {
    CRC32C checksum = new CRC32C();
    checksum.update(pool.bytes(), 0, from);
    checksum.update(pool.bytes(), to, pool.length() - to);
    return (int) checksum.getValue();
  }

  int beforeLength() {
    return beforeLength;
  }

  int afterLength() {
    return afterLength;
  }

  int offset() {
    return offset;
  }

  /** Returns the old bytes of the stretch; not a copy. */
  byte[] oldBytes() {
    return oldBytes;
  }

  /** Returns the new bytes of the stretch; not a copy. */
  byte[] newBytes() {
    return newBytes;
  }

  int outsideChecksum() {
    return outsideChecksum;
  }

  /**
   * Returns the new state, if {@code current} is the old one, the new one, or one in between; empty
   * if somebody else has written since.
   */
  Optional<PoolBytes> complete(PoolBytes current) {
    int behind = beforeLength - offset - oldBytes.length;
    int stretchEnd = current.length() - behind;
    boolean lengthFits =
        current.length() >= Math.min(beforeLength, afterLength)
            && current.length() <= Math.max(beforeLength, afterLength);
    if (!lengthFits
        || stretchEnd < offset
        || outsideChecksum(current, offset, stretchEnd) != outsideChecksum) {
      return Optional.empty();
    }
    for (int i = offset; i < stretchEnd; i++) {
      byte found = current.bytes()[i];
      int index = i - offset;
      boolean isOld = index < oldBytes.length && found == oldBytes[index];
      boolean isNew = index < newBytes.length && found == newBytes[index];
      if (!isOld && !isNew) {
        return Optional.empty();
      }
    }
    byte[] after = Arrays.copyOf(current.bytes(), afterLength);
    System.arraycopy(newBytes, 0, after, offset, newBytes.length);
    return Optional.of(PoolBytes.of(after));
  }
}
