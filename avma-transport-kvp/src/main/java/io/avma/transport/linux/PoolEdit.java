package io.avma.transport.linux;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPart;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A change of a pool as a pure function from its bytes to its bytes.
 *
 * <p>Carried out twice it gives the same pool as carried out once; the redo record relies on that.
 * Records that it does not touch keep every byte, stale ones too. An unfinished record at the end
 * is dropped, as the daemon drops it. Where a value is split over numbered keys, other records with
 * such keys go away; {@link PieceConflicts} says beforehand whether they may.
 *
 * @param puts the items that become the only ones with their keys, without equal keys
 * @param removals the keys whose items go away
 */
record PoolEdit(ImmutableList<KvpItem> puts, ImmutableList<String> removals) {
  static PoolEdit putAll(List<KvpItem> items) {
    Map<String, KvpItem> lastByKey = new LinkedHashMap<>();
    items.forEach(item -> lastByKey.put(item.key(), item));
    return new PoolEdit(ImmutableList.copyOf(lastByKey.values()), ImmutableList.of());
  }

  static PoolEdit remove(String key) {
    return new PoolEdit(ImmutableList.of(), ImmutableList.of(key));
  }

  /** Returns what becomes of {@code before}, whose bytes must stay while that is used. */
  EditedPool apply(PoolBytes before, WriteRules rules) {
    PoolRecords records = PoolRecords.of(before);
    Map<String, KvpItem> pending = new LinkedHashMap<>();
    puts.forEach(item -> pending.put(item.key(), item));
    ImmutableList<String> split = splitKeys(rules);
    Set<String> settled = new HashSet<>(removals); // asked only, never iterated
    boolean removed = false;
    EditedPool.Builder after = new EditedPool.Builder(before);
    for (ValuePieces.Row row : rules.pieces().rows(records)) {
      String key = row.key();
      KvpItem put = pending.remove(key);
      if (put != null) {
        settled.add(key);
        ImmutableList<KvpItem> pieces = rules.piecesOf(put);
        if (holds(before, row, pieces)) {
          after.keep(row.first(), row.count());
        } else {
          after.add(pieces);
        }
      } else if (settled.contains(key)) {
        removed |= removals.contains(key);
      } else if (row.count() > 1
          || split.stream().noneMatch(base -> PieceConflicts.isPieceKey(key, base))) {
        after.keep(row.first(), row.count());
      }
    }
    for (KvpItem item : pending.values()) {
      after.add(rules.piecesOf(item));
    }
    return after.build(removed);
  }

  /** Returns the keys of the values that are split over keys with numbers. */
  private ImmutableList<String> splitKeys(WriteRules rules) {
    if (rules.longValues() != LongValues.NUMBERED_KEYS) {
      return ImmutableList.of();
    }
    return puts.stream()
        .filter(item -> rules.piecesOf(item).size() > 1)
        .map(KvpItem::key)
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns whether the row's bytes are already those of {@code pieces}, stale ones aside. */
  private static boolean holds(
      PoolBytes before, ValuePieces.Row row, ImmutableList<KvpItem> pieces) {
    if (row.count() != pieces.size()) {
      return false;
    }
    for (int i = 0; i < pieces.size(); i++) {
      byte[] wanted = PoolCodec.encode(pieces.get(i));
      int found = (row.first() + i) * PoolLayout.RECORD_BYTES;
      for (KvpPart part : KvpPart.values()) {
        int from = PoolLayout.offset(part);
        int to = NulSearch.indexOf(wanted, from, from + PoolLayout.bytes(part)) + 1;
        if (!Arrays.equals(wanted, from, to, before.bytes(), found + from, found + to)) {
          return false;
        }
      }
    }
    return true;
  }
}
