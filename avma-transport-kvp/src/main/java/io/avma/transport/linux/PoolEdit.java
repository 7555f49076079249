package io.avma.transport.linux;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPart;
import io.avma.kvp.KvpPool;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.io.ByteArrayOutputStream;
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
 * is dropped, as the daemon drops it.
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

  /** What an edit makes of a pool: the new bytes, and whether a key to remove was there. */
  record Outcome(PoolBytes after, boolean removed) {}

  Outcome apply(PoolBytes before, WriteRules rules) {
    ImmutableList<ValuePieces.Row> rows = rules.pieces().rows(items(before));
    Map<String, KvpItem> pending = new LinkedHashMap<>();
    puts.forEach(item -> pending.put(item.key(), item));
    Set<String> settled = new HashSet<>(removals); // asked only, never iterated
    boolean removed = false;
    ByteArrayOutputStream after = new ByteArrayOutputStream(before.length() + 4096);
    for (ValuePieces.Row row : rows) {
      String key = row.item().key();
      KvpItem put = pending.remove(key);
      if (put != null) {
        settled.add(key);
        if (holds(before, row, rules.piecesOf(put))) {
          copy(before, row, after);
        } else {
          write(put, rules, after);
        }
      } else if (settled.contains(key)) {
        removed |= removals.contains(key);
      } else {
        copy(before, row, after);
      }
    }
    for (KvpItem item : pending.values()) {
      write(item, rules, after);
    }
    byte[] bytes = after.toByteArray();
    return new Outcome(PoolBytes.of(bytes), removed);
  }

  private static ImmutableList<KvpItem> items(PoolBytes before) {
    try {
      return PoolCodec.decode(KvpPool.GUEST, before.bytes(), before.length(), Strictness.LENIENT)
          .items();
    } catch (TransportException e) {
      throw new AssertionError("a lenient reader stops at nothing", e);
    }
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

  private static void copy(PoolBytes before, ValuePieces.Row row, ByteArrayOutputStream after) {
    after.write(
        before.bytes(),
        row.first() * PoolLayout.RECORD_BYTES,
        row.count() * PoolLayout.RECORD_BYTES);
  }

  private static void write(KvpItem item, WriteRules rules, ByteArrayOutputStream after) {
    for (KvpItem piece : rules.piecesOf(item)) {
      after.writeBytes(PoolCodec.encode(piece));
    }
  }
}
