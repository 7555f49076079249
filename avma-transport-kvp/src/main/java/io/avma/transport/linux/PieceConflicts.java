package io.avma.transport.linux;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPart;
import io.avma.platform.ForeignText;
import io.avma.transport.TransportException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a change of a pool with split values loses or hides an item: pieces have keys and
 * neighbours, and both may be those of another item. Asked of the pool that the change would leave,
 * both as this library reads it and as a host does, who knows no rows.
 */
final class PieceConflicts {
  private final ValuePieces pieces;
  private final PoolEdit edit;
  private final PoolRecords before;
  private final PoolRecords after;

  private PieceConflicts(PoolEdit edit, WriteRules rules, PoolBytes before, PoolBytes after) {
    this.pieces = rules.pieces();
    this.edit = edit;
    this.before = PoolRecords.of(before);
    this.after = PoolRecords.of(after);
  }

  /**
   * Checks that a change may be carried out.
   *
   * @throws TransportException {@code INVALID} if an item that it does not name, or one that it
   *     puts, would be lost or hidden
   */
  static void check(PoolEdit edit, WriteRules rules, PoolBytes before, EditedPool after)
      throws TransportException {
    if (rules.longValues() != LongValues.REFUSE && !edit.puts().isEmpty()) {
      PieceConflicts conflicts = new PieceConflicts(edit, rules, before, after.after());
      conflicts.checkItems();
      conflicts.checkKeys(rules);
    }
  }

  /** As this library reads it: what was put is there, and everything else as it was. */
  private void checkItems() throws TransportException {
    Map<String, KvpItem> puts = new LinkedHashMap<>();
    edit.puts().forEach(item -> puts.put(item.key(), item));
    List<KvpItem> kept = new ArrayList<>();
    for (ValuePieces.Row row : pieces.rows(after)) {
      KvpItem item = pieces.item(after, row);
      KvpItem put = puts.get(row.key());
      if (put == null) {
        kept.add(item);
      } else if (put.equals(item)) {
        puts.remove(row.key()); // so a second one counts as kept, and differs
      }
    }
    if (!puts.isEmpty()) {
      throw conflict(puts.keySet().iterator().next());
    }
    Set<String> changed = new HashSet<>(edit.removals()); // asked only, never iterated
    edit.puts().forEach(item -> changed.add(item.key()));
    ImmutableSet<String> broken = brokenRows();
    int next = 0;
    for (ValuePieces.Row row : pieces.rows(before)) {
      if (changed.contains(row.key())
          || (row.count() == 1 && broken.stream().anyMatch(base -> isPieceKey(row.key(), base)))) {
        continue;
      }
      if (next == kept.size() || !kept.get(next).equals(pieces.item(before, row))) {
        throw conflict(row.key());
      }
      next++;
    }
    if (next < kept.size()) {
      throw conflict(kept.get(next).key());
    }
  }

  /** As a host reads it: every record that was put is the only one with its key, and the last. */
  private void checkKeys(WriteRules rules) throws TransportException {
    Map<String, Integer> counts = new HashMap<>(); // looked up only, never iterated
    for (int i = 0; i < after.count(); i++) {
      counts.merge(after.text(i, KvpPart.KEY), 1, Integer::sum);
    }
    for (KvpItem item : edit.puts()) {
      List<KvpItem> written = rules.piecesOf(item);
      boolean repeated = pieces.policy() == LongValues.REPEATED_KEY;
      for (KvpItem piece : written) {
        if (counts.getOrDefault(piece.key(), 0) != (repeated ? written.size() : 1)) {
          throw conflict(piece.key());
        }
      }
      if (!repeated
          && written.size() > 1
          && counts.containsKey(pieces.keyOf(item.key(), written.size()))) {
        throw conflict(pieces.keyOf(item.key(), written.size()));
      }
    }
    if (pieces.policy() == LongValues.NUMBERED_KEYS) {
      Set<String> putKeys = new HashSet<>(); // asked only, never iterated
      edit.puts().forEach(item -> putKeys.add(item.key()));
      for (ValuePieces.Row row : pieces.rows(after)) {
        String next = pieces.keyOf(row.key(), row.count());
        if (row.count() > 1 && putKeys.contains(next)) {
          throw conflict(next);
        }
      }
    }
  }

  /** Returns the keys of rows in which a piece is missing, so that what is left belongs to them. */
  private ImmutableSet<String> brokenRows() {
    if (pieces.policy() != LongValues.NUMBERED_KEYS) {
      return ImmutableSet.of();
    }
    ImmutableList<ValuePieces.Row> rows = pieces.rows(before);
    return edit.puts().stream()
        .map(KvpItem::key)
        .filter(base -> isBroken(base, rows))
        .collect(ImmutableSet.toImmutableSet());
  }

  /**
   * Returns whether a full piece has no next one, or none before it. A single record is taken for
   * an item.
   */
  private boolean isBroken(String base, List<ValuePieces.Row> rows) {
    Map<Integer, Integer> recordByNumber = new LinkedHashMap<>();
    for (ValuePieces.Row row : rows) {
      boolean isPiece = row.count() == 1 && isPieceKey(row.key(), base);
      int number = isPiece ? Integer.parseInt(row.key().substring(base.length())) : 0;
      boolean isRow = row.count() > 1 && row.key().equals(base);
      int count = isPiece || isRow ? row.count() : 0; // pieces of other rows are not ours
      for (int i = 0; i < count; i++) {
        recordByNumber.putIfAbsent(number + i, row.first() + i);
      }
    }
    return recordByNumber.size() > 1
        && recordByNumber.entrySet().stream()
            .filter(piece -> pieces.isFull(before, piece.getValue()))
            .mapToInt(Map.Entry::getKey)
            .anyMatch(
                number ->
                    !recordByNumber.containsKey(number + 1)
                        || (number > 0 && !recordByNumber.containsKey(number - 1)));
  }

  /** Returns whether {@code key} is {@code base} and a number as pieces have it. */
  static boolean isPieceKey(String key, String base) {
    if (!key.startsWith(base) || key.length() == base.length()) {
      return false;
    }
    String number = key.substring(base.length());
    return number.length() < 10 // nobody counts that far
        && number.chars().allMatch(c -> c >= '0' && c <= '9')
        && (number.length() == 1 || number.charAt(0) != '0');
  }

  private static TransportException conflict(String key) {
    return new TransportException(
        TransportException.Reason.INVALID,
        "item '"
            + ForeignText.escape(key, 80)
            + "': its key is one that the pieces of a split value have, or would have next"
            + " (expected: keys that do not meet), so an item would be lost or hidden. Nothing was"
            + " written; remove that item first, or choose another key");
  }
}
