package io.avma.transport.linux;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPart;
import io.avma.transport.PoolContent;
import java.util.List;

/**
 * Splits a value over several items and finds such rows again.
 *
 * <p>A row is recognized by its keys and by this: each piece but the last is full, that is, the
 * first character of the next one would not have fitted. Neighbours that only look alike are
 * therefore left alone, unless their values happen to have exactly the length of a full piece.
 */
final class ValuePieces {
  /** libhvee's length of a piece; documented in its {@code pkg/kvp}. */
  private static final int NUMBERED_PIECE_BYTES = 990;

  private final LongValues policy;
  private final KvpLimits pieceLimits;

  ValuePieces(LongValues policy, KvpLimits limits) {
    this.policy = policy;
    this.pieceLimits =
        policy == LongValues.NUMBERED_KEYS
            ? limits.withBytes(
                limits.bytes(KvpPart.KEY),
                Math.min(NUMBERED_PIECE_BYTES, limits.bytes(KvpPart.VALUE)))
            : limits;
  }

  /** Neighbours that are one item. */
  record Row(int first, int count, KvpItem item) {}

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

  /** Returns {@code items} as rows, in order; without splitting every item is a row of its own. */
  ImmutableList<Row> rows(List<KvpItem> items) {
    ImmutableList.Builder<Row> rows = ImmutableList.builderWithExpectedSize(items.size());
    for (int i = 0; i < items.size(); ) {
      Row row = rowAt(items, i);
      rows.add(row);
      i += row.count();
    }
    return rows.build();
  }

  /** Returns {@code content} with rows joined; an entry keeps the record of its first piece. */
  PoolContent join(PoolContent content) {
    if (policy == LongValues.REFUSE) {
      return content;
    }
    ImmutableList.Builder<PoolContent.Entry> joined = ImmutableList.builder();
    for (Row row : rows(content.items())) {
      long record = content.entries().get(row.first()).record();
      joined.add(new PoolContent.Entry(record, row.item()));
    }
    return new PoolContent(content.pool(), joined.build(), content.flaws());
  }

  private Row rowAt(List<KvpItem> items, int first) {
    KvpItem item = items.get(first);
    if (policy == LongValues.REFUSE) {
      return new Row(first, 1, item);
    }
    String key = item.key();
    if (policy == LongValues.NUMBERED_KEYS) {
      if (!key.endsWith("0") || key.length() == 1) {
        return new Row(first, 1, item);
      }
      key = key.substring(0, key.length() - 1);
    }
    StringBuilder value = new StringBuilder(item.value());
    int count = 1;
    while (first + count < items.size()) {
      KvpItem next = items.get(first + count);
      if (!next.key().equals(keyOf(key, count))
          || !isFull(items.get(first + count - 1).value(), next.value())) {
        break;
      }
      value.append(next.value());
      count++;
    }
    return count == 1
        ? new Row(first, 1, item)
        : new Row(first, count, new KvpItem(key, value.toString()));
  }

  private boolean isFull(String piece, String next) {
    if (next.isEmpty()) {
      return false;
    }
    String longer = piece + Character.toString(next.codePointAt(0));
    return pieceLimits.fittingPrefix(KvpPart.VALUE, longer).equals(piece);
  }

  private String keyOf(String key, int number) {
    return policy == LongValues.NUMBERED_KEYS ? key + number : key;
  }
}
