package io.avma.transport.linux;

import io.avma.kvp.KvpItem;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The one stretch of records in which two states of a pool differ, enough to finish a write that
 * was cut off.
 *
 * <p>Writing goes from the front to the back and then cuts the file, and a kill can only stop it in
 * between. So a half-written pool is the old one in which some bytes of the stretch are already the
 * new ones, and everything outside is as it was; {@link #covers} checks exactly that.
 *
 * @param beforeLength how long the pool was
 * @param afterLength how long it becomes
 * @param offset where the stretch begins, at the start of a record
 * @param oldBytes the stretch as it was; not a copy
 * @param newBytes the stretch as it becomes; not a copy
 * @param outsideChecksum the CRC-32C of everything else
 */
record PoolPatch(
    int beforeLength,
    int afterLength,
    int offset,
    ByteBuffer oldBytes,
    ByteBuffer newBytes,
    int outsideChecksum) {
  /** What a disk writes whole or not at all; a record is five of them. */
  private static final int SECTOR_BYTES = 512;

  private static final int RECORD = PoolLayout.RECORD_BYTES;

  /** Returns the difference; of states of one length only what lies between the differences. */
  static PoolPatch between(PoolBytes before, PoolBytes after) {
    int start =
        Arrays.mismatch(before.bytes(), 0, before.length(), after.bytes(), 0, after.length());
    int offset = startOfRecord(start < 0 ? before.length() : start);
    int behind = 0;
    if (before.length() == after.length()) {
      int end = before.length();
      while (end - RECORD >= offset && sameRecord(before, after, end - RECORD)) {
        end -= RECORD;
      }
      behind = before.length() - end;
    }
    return new PoolPatch(
        before.length(),
        after.length(),
        offset,
        slice(before, offset, behind),
        slice(after, offset, behind),
        outsideChecksum(before, offset, before.length() - behind));
  }

  private static boolean sameRecord(PoolBytes before, PoolBytes after, int from) {
    return Arrays.equals(before.bytes(), from, from + RECORD, after.bytes(), from, from + RECORD);
  }

  private static int startOfRecord(int offset) {
    return offset - offset % RECORD;
  }

  private static ByteBuffer slice(PoolBytes pool, int offset, int behind) {
    return ByteBuffer.wrap(pool.bytes(), offset, pool.length() - behind - offset).slice();
  }

  private static int outsideChecksum(PoolBytes pool, int from, int to) {
    CRC32C checksum = new CRC32C();
    checksum.update(pool.bytes(), 0, from);
    checksum.update(pool.bytes(), to, pool.length() - to);
    return (int) checksum.getValue();
  }

  /** Returns whether {@code current} is the old state, the new one, or one in between. */
  boolean covers(PoolBytes current) {
    int behind = beforeLength - offset - oldBytes.limit();
    int stretchEnd = current.length() - behind;
    boolean lengthFits =
        current.length() >= Math.min(beforeLength, afterLength)
            && current.length() <= Math.max(beforeLength, afterLength);
    if (!lengthFits
        || stretchEnd < offset
        || outsideChecksum(current, offset, stretchEnd) != outsideChecksum) {
      return false;
    }
    for (int i = offset; i < stretchEnd; i++) {
      byte found = current.bytes()[i];
      int index = i - offset;
      boolean isOld = index < oldBytes.limit() && found == oldBytes.get(index);
      boolean isNew = index < newBytes.limit() && found == newBytes.get(index);
      if (!isOld && !isNew) {
        return false;
      }
    }
    return true;
  }

  /** Returns the new state, if {@code current} is one that this patch covers. */
  PoolBytes appliedTo(PoolBytes current) {
    byte[] after = Arrays.copyOf(current.bytes(), afterLength);
    newBytes.get(0, after, offset, newBytes.limit());
    return PoolBytes.of(after);
  }

  /**
   * Returns whether {@code current}, in which somebody else has written, shows that this patch was
   * begun: a record of ours in its place, or a new item of ours anywhere, as the daemon moves
   * records when it deletes one.
   */
  boolean leftTracesIn(PoolBytes current) {
    for (int at = 0; at + RECORD <= newBytes.limit(); at += RECORD) {
      if (offset + at + RECORD <= current.length() && isOurs(current, at)) {
        return true;
      }
    }
    Set<KvpItem> ours = new HashSet<>(); // asked only, never iterated
    PoolRecords.of(newBytes).items().forEach(ours::add);
    PoolRecords.of(oldBytes).items().forEach(ours::remove);
    return PoolRecords.of(current).items().anyMatch(ours::contains);
  }

  /** Returns whether a record is the new one, or the old one with some sectors of the new. */
  private boolean isOurs(PoolBytes current, int at) {
    boolean begun = false;
    ByteBuffer found = ByteBuffer.wrap(current.bytes());
    for (int from = at; from < at + RECORD; from += SECTOR_BYTES) {
      ByteBuffer sector = found.slice(offset + from, SECTOR_BYTES);
      boolean isNew = sector.equals(newBytes.slice(from, SECTOR_BYTES));
      boolean isOld =
          from + SECTOR_BYTES <= oldBytes.limit()
              && sector.equals(oldBytes.slice(from, SECTOR_BYTES));
      if (!isNew && !isOld) {
        return false;
      }
      begun |= isNew && !isOld;
    }
    return begun;
  }
}
