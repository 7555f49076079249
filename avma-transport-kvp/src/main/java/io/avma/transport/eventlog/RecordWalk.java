package io.avma.transport.eventlog;

import io.avma.transport.Flaw;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes from record to record in a chunk, past whatever is in between. One bad record never hides
 * the rest: behind it the next one is searched in steps of eight bytes, and what was passed over is
 * a flaw. Every step moves forward, so the work is linear in the chunk.
 */
final class RecordWalk {
  private final ChunkFlaws flaws;
  private byte[] chunk = new byte[0];

  /** Where the records should end, and where the bytes end. */
  private int end;

  private int available;

  private int at;
  private int offset;
  private int size;
  private boolean doubtful;
  private int found;

  /** When digging in slack: which records are known already. Null: no digging. */
  private @Nullable LongPredicate known;

  private boolean digging;
  private boolean headless;

  RecordWalk(ChunkFlaws flaws) {
    this.flaws = flaws;
  }

  /**
   * Starts at the records of a chunk.
   *
   * @param knownRecords if not null, the free space behind the records is searched too, for stale
   *     records whose id is not known
   */
  void start(
      byte[] bytes, int recordsEnd, int availableBytes, @Nullable LongPredicate knownRecords) {
    chunk = bytes;
    end = recordsEnd;
    available = availableBytes;
    known = knownRecords;
    at = EvtxChunkLayout.RECORDS;
    found = 0;
    digging = false;
    headless = false;
  }

  /** Starts at what may be records in a place without the header of a chunk. */
  void startHeadless(byte[] bytes, int availableBytes, LongPredicate knownRecords) {
    start(bytes, EvtxChunkLayout.RECORDS, availableBytes, knownRecords);
    headless = true;
  }

  /** Chunk offset of the record. */
  int offset() {
    return offset;
  }

  /** Bytes of the record. */
  int size() {
    return size;
  }

  long recordId() {
    return LittleEndian.i64(chunk, offset + EvtxRecordLayout.RECORD_ID);
  }

  /** FILETIME at which the record was written. */
  long written() {
    return LittleEndian.i64(chunk, offset + EvtxRecordLayout.WRITTEN);
  }

  /** Whether the frame of the record is damaged or the record is a stale copy. */
  boolean isDoubtful() {
    return doubtful;
  }

  /** How many records have been found where records should be. */
  int found() {
    return found;
  }

  /** Moves to the next record, if there is one. */
  boolean next() {
    while (!digging) {
      if (at + EvtxRecordLayout.MIN_SIZE > end) {
        if (known == null) {
          return false;
        }
        digging = true;
      } else if (candidate()) {
        found++;
        return true;
      }
    }
    return nextInSlack();
  }

  /** Looks at the place reached; returns whether it is a record, and moves on in any case. */
  private boolean candidate() {
    int magic = LittleEndian.i32(chunk, at);
    long claimed = LittleEndian.u32(chunk, at + EvtxRecordLayout.SIZE);
    boolean fits = claimed >= EvtxRecordLayout.MIN_SIZE && claimed <= available - at;
    if (magic == EvtxRecordLayout.MAGIC_VALUE && fits) {
      take((int) claimed);
      return true;
    }
    if (magic == EvtxRecordLayout.MAGIC_VALUE) {
      flaws.addRecord(
          "record-size",
          Flaw.Effect.LOST,
          at,
          LittleEndian.i64(chunk, at + EvtxRecordLayout.RECORD_ID),
          "the record says it has "
              + claimed
              + " bytes (expected: 28 to "
              + (available - at)
              + ")");
      searchOn();
      return false;
    }
    if (magic != 0 && fits && sizeCopy((int) claimed) == claimed) {
      take((int) claimed);
      doubtful = true;
      flaws.addRecord(
          "record-magic",
          Flaw.Effect.DOUBTFUL,
          offset,
          recordId(),
          String.format(
              java.util.Locale.ROOT, "magic 0x%08X (expected: 0x00002A2A) before a record", magic));
      return true;
    }
    passOver();
    return false;
  }

  private void take(int bytes) {
    int copy = sizeCopy(bytes);
    offset = at;
    size = bytes;
    doubtful = copy != bytes;
    at += bytes;
    if (doubtful) {
      flaws.addRecord(
          "record-size-copy",
          Flaw.Effect.DOUBTFUL,
          offset,
          recordId(),
          "the record's size is " + bytes + " but its copy says " + (copy & 0xFFFF_FFFFL));
      // The size may be the wrong one of the two: a whole record that begins inside ends this one.
      int inside = search(offset + EvtxRecordLayout.ALIGNMENT, Math.min(at, end), true);
      at = inside >= 0 ? inside : Math.min(aligned(at), end);
    }
  }

  private int sizeCopy(int bytes) {
    return LittleEndian.i32(chunk, at + bytes - EvtxRecordLayout.SIZE_COPY_BYTES);
  }

  /** Zeros up to the end are free space; anything else may have been records. */
  private void passOver() {
    int start = at;
    searchOn();
    if (at < end || !isZero(start, end)) {
      flaws.add("no-record", Flaw.Effect.LOST, start, (at - start) + " bytes that are no record");
    }
  }

  private boolean isZero(int from, int to) {
    for (int i = from; i < to; i++) {
      if (chunk[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Goes to what looks like the next record where records should be, or to their end. */
  private void searchOn() {
    int next = search(at + EvtxRecordLayout.ALIGNMENT, end - EvtxRecordLayout.MIN_SIZE + 1, false);
    at = next >= 0 ? next : end;
  }

  /**
   * Returns the first place from {@code from} on and before {@code to} that looks like a record, or
   * -1. Records start at multiples of eight bytes, wherever a wrong size led.
   */
  private int search(int from, int to, boolean wholeOnly) {
    int last = Math.min(to - 1, available - EvtxRecordLayout.MIN_SIZE);
    for (int i = aligned(from); i <= last; i += EvtxRecordLayout.ALIGNMENT) {
      if (LittleEndian.i32(chunk, i) == EvtxRecordLayout.MAGIC_VALUE
          && looksLikeRecord(i, wholeOnly)) {
        return i;
      }
    }
    return -1;
  }

  private static int aligned(int place) {
    return (place + EvtxRecordLayout.ALIGNMENT - 1) & -EvtxRecordLayout.ALIGNMENT;
  }

  private boolean looksLikeRecord(int i, boolean wholeOnly) {
    long claimed = LittleEndian.u32(chunk, i + EvtxRecordLayout.SIZE);
    return claimed >= EvtxRecordLayout.MIN_SIZE
        && claimed <= available - i
        && (!wholeOnly
            || LittleEndian.i32(chunk, i + (int) claimed - EvtxRecordLayout.SIZE_COPY_BYTES)
                == claimed);
  }

  private boolean nextInSlack() {
    LongPredicate isKnown = known;
    while (isKnown != null) {
      int next = search(at, available, true);
      if (next < 0) {
        return false;
      }
      at = next;
      offset = at;
      size = (int) LittleEndian.u32(chunk, at + EvtxRecordLayout.SIZE);
      at += size;
      if (!isKnown.test(recordId())) {
        doubtful = true;
        flaws.addRecord(
            headless ? "recovered-record" : "stale-record",
            Flaw.Effect.DOUBTFUL,
            offset,
            recordId(),
            headless
                ? "a record in a place without the header of a chunk"
                : "an old copy of a record in the free space of the chunk");
        return true;
      }
    }
    return false;
  }
}
