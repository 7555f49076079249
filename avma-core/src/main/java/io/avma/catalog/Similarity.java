package io.avma.catalog;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The search for published keys that a mistyped text resembles: edit distance, at most two. */
final class Similarity {
  private static final int MOST_EDITS = 2;
  private static final int SYMBOLS = 25;

  private Similarity() {}

  /**
   * Returns the keys within two edits of {@code symbols}, nearest first, else in their order; each
   * KMS client key with the AVMA key that {@code wanted} has for it.
   */
  static ImmutableList<SimilarKey> of(
      String symbols,
      Collection<PublishedKey> keys,
      Function<KmsClientKey, Optional<AvmaKey>> wanted) {
    if (Math.abs(symbols.length() - SYMBOLS) > MOST_EDITS) {
      return ImmutableList.of();
    }
    List<SimilarKey> similar = new ArrayList<>();
    for (PublishedKey key : keys) {
      int edits = edits(symbols, key.key().reveal().replace("-", ""));
      if (edits <= MOST_EDITS) { // never 0: then the text would have been that key
        similar.add(
            new SimilarKey(
                key,
                edits,
                key instanceof KmsClientKey kms ? wanted.apply(kms) : Optional.empty()));
      }
    }
    similar.sort(Comparator.comparingInt(SimilarKey::edits));
    return ImmutableList.copyOf(similar);
  }

  /** The Levenshtein distance, two rows at a time. */
  private static int edits(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(changed, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
