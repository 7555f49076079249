package io.avma.cli.fleet;

import com.google.common.collect.ImmutableList;
import io.avma.catalog.KeyCatalog;
import io.avma.catalog.KeyDiagnosis;
import io.avma.catalog.PublishedKey;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file says about the key in a guest. Exactly one of the nested records; none holds the text
 * of the cell, which may be somebody's secret.
 */
public sealed interface InstalledKey {
  /** Nobody has looked. */
  record NotKnown() implements InstalledKey {}

  /** Somebody has looked, and there is none. */
  record None() implements InstalledKey {}

  /**
   * A whole key, or a text that should be one.
   *
   * @param diagnosis what it is
   */
  record Whole(KeyDiagnosis diagnosis) implements InstalledKey {}

  /**
   * The last five symbols, as Windows shows them.
   *
   * @param lastFive the symbols, upper case
   * @param candidates the published keys that end so
   */
  record Ending(String lastFive, ImmutableList<PublishedKey> candidates) implements InstalledKey {}

  /** What a masked key looks like: only the last group tells anything. */
  Pattern ENDING = Pattern.compile("(?:(?:[*X?]{5}[- ]?){1,4}|[.\u2026]+-?)?([0-9A-Z]{5})");

  /** Reads a cell: empty, {@code none}, five symbols, a masked key, or a whole key. */
  static InstalledKey read(KeyCatalog catalog, String cell) {
    String text = cell.strip().toUpperCase(Locale.ROOT);
    if (text.isEmpty() || text.equals("UNKNOWN")) {
      return new NotKnown();
    }
    if (text.equals("NONE") || text.equals("-")) {
      return new None();
    }
    Matcher ending = ENDING.matcher(text);
    if (ending.matches()) {
      String lastFive = ending.group(1);
      return new Ending(lastFive, catalog.endingWith(lastFive));
    }
    return new Whole(catalog.diagnose(cell));
  }

  /** Returns the published key that this is, if it is one and only one. */
  default Optional<PublishedKey> published() {
    if (this instanceof Whole whole) {
      if (whole.diagnosis() instanceof KeyDiagnosis.Avma avma) {
        return Optional.of(avma.avmaKey());
      }
      if (whole.diagnosis() instanceof KeyDiagnosis.KmsClient kms) {
        return Optional.of(kms.kmsKey());
      }
    }
    if (this instanceof Ending ending && ending.candidates().size() == 1) {
      return Optional.of(ending.candidates().get(0));
    }
    return Optional.empty();
  }
}
