package io.avma.transport.linux;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What an edit makes of a pool: records of the old pool and new ones, in order. Nothing is copied
 * before somebody asks, because most edits leave most of a pool as and where it is.
 */
final class EditedPool {
  private static final int RECORD = PoolLayout.RECORD_BYTES;

  private final PoolBytes before;
  private final ImmutableList<Part> parts;
  private final boolean removed;

  private EditedPool(PoolBytes before, ImmutableList<Part> parts, boolean removed) {
    this.before = before;
    this.parts = parts;
    this.removed = removed;
  }

  /** {@code count} records of the old pool from {@code first}, or new ones if it is empty. */
  private record Part(int first, int count, ImmutableList<KvpItem> items) {
    long records() {
      return count + (long) items.size();
    }

    void copyTo(ByteBuffer after, PoolBytes before) {
      after.put(before.bytes(), first * RECORD, count * RECORD);
      items.forEach(item -> after.put(PoolCodec.encode(item)));
    }
  }

  /** Collects the records of the new pool. */
  static final class Builder {
    private final PoolBytes before;
    private final List<Part> parts = new ArrayList<>();
    private int first; // of the old records that were kept last
    private int end;

    Builder(PoolBytes before) {
      this.before = before;
    }

    /** Keeps {@code count} records of the old pool. */
    void keep(int from, int count) {
      if (from != end) {
        endPart();
        first = from;
      }
      end = from + count;
    }

    void add(ImmutableList<KvpItem> items) {
      endPart();
      first = end;
      parts.add(new Part(0, 0, items));
    }

    private void endPart() {
      if (end > first) {
        parts.add(new Part(first, end - first, ImmutableList.of()));
      }
    }

    EditedPool build(boolean removed) {
      endPart();
      return new EditedPool(before, ImmutableList.copyOf(parts), removed);
    }
  }

  /** Returns whether a key to remove was there. */
  boolean removed() {
    return removed;
  }

  /** Returns how many records the new pool has. */
  long records() {
    return parts.stream().mapToLong(Part::records).sum();
  }

  /** Returns whether the new pool is the old one. */
  boolean isUnchanged() {
    long kept = unmoved(parts);
    return kept == records() && kept * RECORD == before.length();
  }

  /** Returns the new pool. */
  PoolBytes after() {
    return PoolBytes.of(bytesOf(parts));
  }

  /**
   * Returns the difference between the two: from the first record that changes to the end, or to
   * the last one if no record moves.
   */
  PoolPatch patch() {
    int length = Math.toIntExact(records() * RECORD);
    int leading = unmoved(parts);
    ImmutableList<Part> changed = parts.subList(leading == 0 ? 0 : 1, parts.size());
    int behind = 0;
    if (length == before.length() && !changed.isEmpty()) {
      Part last = changed.get(changed.size() - 1);
      if (last.count() > 0 && (last.first() + last.count()) * RECORD == length) {
        behind = last.count() * RECORD;
        changed = changed.subList(0, changed.size() - 1);
      }
    }
    int offset = leading * RECORD;
    return new PoolPatch(
        before.length(),
        length,
        offset,
        before.slice(offset, before.length() - behind - offset),
        ByteBuffer.wrap(bytesOf(changed)));
  }

  /** Returns whether {@code patch} makes the same of the old pool. */
  boolean isMadeBy(PoolPatch patch) {
    if (records() * RECORD != patch.afterLength() || patch.newBytes().limit() % RECORD != 0) {
      return false;
    }
    int at = 0;
    for (Part part : parts) {
      for (int i = part.first(); i < part.first() + part.count(); i++, at += RECORD) {
        if (!before.slice(i * RECORD, RECORD).equals(patch.recordAt(at, before))) {
          return false;
        }
      }
      for (KvpItem item : part.items()) {
        if (!ByteBuffer.wrap(PoolCodec.encode(item)).equals(patch.recordAt(at, before))) {
          return false;
        }
        at += RECORD;
      }
    }
    return true;
  }

  /** Returns how many records stay at the front of the pool. */
  private static int unmoved(List<Part> parts) {
    return parts.isEmpty() || parts.get(0).first() > 0 ? 0 : parts.get(0).count();
  }

  private byte[] bytesOf(List<Part> some) {
    long records = some.stream().mapToLong(Part::records).sum();
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(records * RECORD));
    some.forEach(part -> part.copyTo(bytes, before));
    return bytes.array();
  }
}
