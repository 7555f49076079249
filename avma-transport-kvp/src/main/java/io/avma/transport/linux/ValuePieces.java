package io.avma.transport.linux;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPart;
import io.avma.transport.Flaw;
import io.avma.transport.PoolContent;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Splits a value over several items and finds such rows again.
 *
 * <p>A row is recognized by its keys and by this: each piece but the last is full, that is, the
 * first character of the next one would not have fitted. Neighbours that only look alike are
 * therefore left alone, unless their values happen to have exactly the length of a full piece. A
 * piece of ours ends between two characters; azure-init cuts inside of them too, so the bytes of a
 * row are joined before they are decoded.
 */
final class ValuePieces {
  /** libhvee's length of a piece; documented in its {@code pkg/kvp}. */
  private static final int NUMBERED_PIECE_BYTES = 990;

  /** azure-init's length of a piece; documented in its {@code libazureinit/src/kvp.rs}. */
  private static final int REPEATED_PIECE_BYTES = 1022;

  private static final int LONGEST_CHARACTER_BYTES = 4;

  private final LongValues policy;
  private final KvpLimits pieceLimits;

  ValuePieces(LongValues policy, KvpLimits limits) {
    this.policy = policy;
    int most =
        switch (policy) {
          case NUMBERED_KEYS -> NUMBERED_PIECE_BYTES;
          case REPEATED_KEY -> REPEATED_PIECE_BYTES;
          case REFUSE -> Integer.MAX_VALUE;
        };
    this.pieceLimits =
        limits.withBytes(limits.bytes(KvpPart.KEY), Math.min(most, limits.bytes(KvpPart.VALUE)));
  }

  /**
   * Neighbours that are one item.
   *
   * @param first the first of their records
   * @param count how many they are
   * @param key the item's key
   */
  record Row(int first, int count, String key) {}

  LongValues policy() {
    return policy;
  }

  /** Returns the items that stand for {@code item}, whose value is longer than the limits. */
  ImmutableList<KvpItem> split(KvpItem item) {
    ImmutableList.Builder<KvpItem> pieces = ImmutableList.builder();
    String rest = item.value();
    for (int number = 0; !rest.isEmpty(); number++) {
      String piece = pieceLimits.fittingPrefix(KvpPart.VALUE, rest);
      if (piece.isEmpty()) {
        throw new IllegalArgumentException("limits " + pieceLimits + " hold not one character");
      }
      pieces.add(new KvpItem(keyOf(item.key(), number), piece));
      rest = rest.substring(piece.length());
    }
    return pieces.build();
  }

  /** Returns {@code records} as rows, in order; without splitting each is a row of its own. */
  ImmutableList<Row> rows(PoolRecords records) {
    ImmutableList.Builder<Row> rows = ImmutableList.builderWithExpectedSize(records.count());
    for (int i = 0; i < records.count(); ) {
      Row row = rowAt(records, i);
      rows.add(row);
      i += row.count();
    }
    return rows.build();
  }

  /** Returns the item that {@code row} is. */
  KvpItem item(PoolRecords records, Row row) {
    if (row.count() == 1) {
      return new KvpItem(row.key(), records.text(row.first(), KvpPart.VALUE));
    }
    int length = 0;
    for (int i = row.first(); i < row.first() + row.count(); i++) {
      length += records.length(i, KvpPart.VALUE);
    }
    byte[] value = new byte[length];
    int end = 0;
    for (int i = row.first(); i < row.first() + row.count(); i++) {
      int piece = records.length(i, KvpPart.VALUE);
      records.field(i, KvpPart.VALUE).get(value, end, piece);
      end += piece;
    }
    return new KvpItem(row.key(), new String(value, StandardCharsets.UTF_8));
  }

  /**
   * Returns {@code content} with rows joined. An entry keeps the record of its first piece, and the
   * flaws of the others become that record's.
   *
   * @param records what {@code content} was decoded from
   */
  PoolContent join(PoolContent content, PoolRecords records) {
    if (policy == LongValues.REFUSE) {
      return content;
    }
    ImmutableList.Builder<PoolContent.Entry> joined = ImmutableList.builder();
    Map<Long, Long> firstOfPiece = new HashMap<>(); // looked up only, never iterated
    for (Row row : rows(records)) {
      joined.add(new PoolContent.Entry(row.first(), item(records, row)));
      for (long i = row.first() + 1L; i < row.first() + row.count(); i++) {
        firstOfPiece.put(i, (long) row.first());
      }
    }
    ImmutableList.Builder<Flaw> flaws = ImmutableList.builder();
    for (Flaw flaw : content.flaws()) {
      Long first = firstOfPiece.get(flaw.position().record().orElse(-1));
      if (first == null) {
        flaws.add(flaw);
      } else if (!flaw.code().equals("duplicate-key")) { // which is how a row is made
        flaws.add(
            new Flaw(flaw.code(), flaw.effect(), flaw.position().inRecord(first), flaw.message()));
      }
    }
    return new PoolContent(content.pool(), joined.build(), flaws.build());
  }

  /** Returns whether not even the shortest character would have fitted into this record. */
  boolean isFull(PoolRecords records, int record) {
    return isFull(records, record, 1);
  }

  String keyOf(String key, int number) {
    return policy == LongValues.NUMBERED_KEYS ? key + number : key;
  }

  private Row rowAt(PoolRecords records, int first) {
    String key = records.text(first, KvpPart.KEY);
    Row alone = new Row(first, 1, key);
    if (policy == LongValues.REFUSE) {
      return alone;
    }
    if (policy == LongValues.NUMBERED_KEYS) {
      if (!key.endsWith("0") || key.length() == 1) {
        return alone;
      }
      key = key.substring(0, key.length() - 1);
    }
    int next = first + 1;
    while (next < records.count()
        && records.text(next, KvpPart.KEY).equals(keyOf(key, next - first))
        && records.length(next, KvpPart.VALUE) > 0
        && isFull(records, next - 1, firstCharacterBytes(records, next))) {
      next++;
    }
    return next == first + 1 ? alone : new Row(first, next - first, key);
  }

  /** Returns whether a character of {@code bytes} bytes would not have fitted any more. */
  private boolean isFull(PoolRecords records, int record, int bytes) {
    int length = records.length(record, KvpPart.VALUE);
    if (length > pieceLimits.bytes(KvpPart.VALUE)) {
      return false; // it is no piece
    }
    int mostUnits = pieceLimits.units(KvpPart.VALUE);
    int units = bytes == LONGEST_CHARACTER_BYTES ? 2 : 1;
    return length + bytes > pieceLimits.bytes(KvpPart.VALUE)
        // There are never more units than bytes, so most of the time nothing need be decoded.
        || (length + units > mostUnits
            && records.text(record, KvpPart.VALUE).length() + units > mostUnits);
  }

  /** Returns the length of the value's first character; what does not begin one is 1 long. */
  private static int firstCharacterBytes(PoolRecords records, int record) {
    int ones = Integer.numberOfLeadingZeros(~(records.field(record, KvpPart.VALUE).get(0) << 24));
    return ones >= 2 && ones <= LONGEST_CHARACTER_BYTES ? ones : 1;
  }
}
