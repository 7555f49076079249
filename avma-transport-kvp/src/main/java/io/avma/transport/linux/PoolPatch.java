package io.avma.transport.linux;

import io.avma.kvp.KvpItem;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The one stretch of records in which two states of a pool differ, enough to finish a write that
 * was cut off.
 *
 * <p>Writing goes from the front to the back and then cuts the file, and a kill can only stop it in
 * between, where a page ends. So a half-written pool is the old one in which the front of the
 * stretch is already the new one; {@link #covers} checks exactly that.
 *
 * @param beforeLength how long the pool was
 * @param afterLength how long it becomes
 * @param offset where the stretch begins, at the start of a record
 * @param oldBytes the stretch as it was; not a copy
 * @param newBytes the stretch as it becomes; not a copy
 */
record PoolPatch(
    int beforeLength, int afterLength, int offset, ByteBuffer oldBytes, ByteBuffer newBytes) {
  private static final int RECORD = PoolLayout.RECORD_BYTES;
  private static final int SECTOR_BYTES = PoolLayout.SECTOR_BYTES;

  /**
   * Returns whether a write that was cut off can have left {@code current}: the new stretch up to
   * the start of some sector and the old one behind it, as a kill leaves it; or, where no record
   * moves, every sector the old or the new one, as a power failure does. A file that is shorter
   * than it was holds the new stretch whole, because it is cut last. Says nothing about what lies
   * outside of the stretch.
   */
  boolean covers(PoolBytes current) {
    int behind = beforeLength - offset - oldBytes.limit();
    int stretchEnd = current.length() - behind;
    if (stretchEnd < offset) {
      return false;
    }
    ByteBuffer found = current.slice(offset, stretchEnd - offset);
    int cut = found.mismatch(newBytes);
    if (current.length() == afterLength && cut < 0) {
      return true;
    }
    if (current.length() == beforeLength) {
      return isCutOff(found, cut < 0 ? found.limit() : cut)
          || (isInPlace() && isMixOfSectors(found));
    }
    // A file that has grown was written up to where it ends.
    return current.length() > beforeLength
        && current.length() < afterLength
        && cut == found.limit();
  }

  /**
   * Returns whether {@code found} is the old stretch from the sector on in which {@code cut} is.
   */
  private boolean isCutOff(ByteBuffer found, int cut) {
    int from = cut - cut % SECTOR_BYTES;
    return isAt(from, found.slice(from, found.limit() - from), oldBytes);
  }

  /** Returns whether no record moves: each keeps its key, which fills its first sector. */
  private boolean isInPlace() {
    if (afterLength != beforeLength) {
      return false;
    }
    for (int at = 0; at + RECORD <= newBytes.limit(); at += RECORD) {
      if (!isAt(at, newBytes.slice(at, SECTOR_BYTES), oldBytes)) {
        return false;
      }
    }
    return true;
  }

  private boolean isMixOfSectors(ByteBuffer found) {
    for (int at = 0; at < found.limit(); at += SECTOR_BYTES) {
      ByteBuffer sector = found.slice(at, Math.min(SECTOR_BYTES, found.limit() - at));
      if (!isAt(at, sector, oldBytes) && !isAt(at, sector, newBytes)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAt(int at, ByteBuffer bytes, ByteBuffer stretch) {
    return at + bytes.limit() <= stretch.limit() && bytes.equals(stretch.slice(at, bytes.limit()));
  }

  /** Returns the old state, if {@code current} is one that this patch covers. */
  PoolBytes undoneIn(PoolBytes current) {
    return with(oldBytes, beforeLength, current);
  }

  /** Returns the new state, if {@code current} is one that this patch covers. */
  PoolBytes appliedTo(PoolBytes current) {
    return with(newBytes, afterLength, current);
  }

  private PoolBytes with(ByteBuffer stretch, int length, PoolBytes current) {
    byte[] result = new byte[length];
    int end = offset + stretch.limit();
    int behind = length - end;
    System.arraycopy(current.bytes(), 0, result, 0, offset);
    stretch.get(0, result, offset, stretch.limit());
    System.arraycopy(current.bytes(), current.length() - behind, result, end, behind);
    return PoolBytes.of(result);
  }

  /** Returns the record at {@code at} of the new state, if {@code old} is the old one. */
  ByteBuffer recordAt(int at, PoolBytes old) {
    int inStretch = at - offset;
    if (inStretch >= 0 && inStretch < newBytes.limit()) {
      return newBytes.slice(inStretch, RECORD);
    }
    return old.slice(inStretch < 0 ? at : at - afterLength + beforeLength, RECORD);
  }

  /**
   * Returns whether {@code current}, in which somebody else has written, shows that this patch was
   * begun: a record of ours in its place, or a new item of ours anywhere, as the daemon moves
   * records when it deletes one.
   */
  boolean leftTracesIn(PoolBytes current) {
    for (int at = 0; at + RECORD <= newBytes.limit(); at += RECORD) {
      if (offset + at + RECORD <= current.length() && isOurs(current, at, offset + at)) {
        return true;
      }
    }
    if (holdsHalfRecord(current)) {
      return true;
    }
    Set<KvpItem> ours = new HashSet<>(); // asked only, never iterated
    PoolRecords.of(newBytes).items().forEach(ours::add);
    PoolRecords.of(oldBytes).items().forEach(ours::remove);
    return PoolRecords.of(current).items().anyMatch(ours::contains);
  }

  /**
   * Returns whether a record that was changed in place is half-written somewhere: the daemon may
   * have moved it since. Those of which the key changed are none: they were moved by us.
   */
  private boolean holdsHalfRecord(PoolBytes current) {
    Map<ByteBuffer, Integer> changed = new HashMap<>(); // by key; asked only, never iterated
    for (int at = 0; at + RECORD <= Math.min(newBytes.limit(), oldBytes.limit()); at += RECORD) {
      ByteBuffer key = newBytes.slice(at, SECTOR_BYTES);
      if (isAt(at, key, oldBytes)) {
        changed.putIfAbsent(key, at);
      }
    }
    for (int there = 0; there + RECORD <= current.length() && !changed.isEmpty(); there += RECORD) {
      Integer at = changed.get(current.slice(there, SECTOR_BYTES));
      if (at != null && isOurs(current, at, there)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a record is the new one of {@code at}, or the old with sectors of the new. */
  private boolean isOurs(PoolBytes current, int at, int there) {
    boolean begun = false;
    for (int from = at; from < at + RECORD; from += SECTOR_BYTES) {
      ByteBuffer sector = current.slice(there + from - at, SECTOR_BYTES);
      boolean isNew = isAt(from, sector, newBytes);
      boolean isOld = isAt(from, sector, oldBytes);
      if (!isNew && !isOld) {
        return false;
      }
      begun |= isNew && !isOld;
    }
    return begun;
  }
}
