package io.avma.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import org.junit.jupiter.api.Test;

/**
 * Every published AVMA key with every one of its symbols mistyped as every other: 15 keys, 24
 * symbols, 23 other symbols. How many of them the checksum lets through is a vector of the format;
 * nothing keeps those few.
 */
class SingleSymbolChangesTest {
  private static final String ALPHABET = "BCDFGHJKMPQRTVWXY2346789";

  @Test
  void ofAllSingleChangesOfTheAvmaKeysFourPassTheChecksumAndAreCalledUnpublished() {
    int changes = 0;
    int passing = 0;
    for (PublishedKeys.Avma row : PublishedKeys.AVMA) {
      String symbols = row.key().replace("-", "");
      for (int place = 0; place < 25; place++) {
        for (char other : Lists.charactersOf(ALPHABET)) {
          if (place == row.placeOfN() || other == symbols.charAt(place)) {
            continue;
          }
          String changed = symbols.substring(0, place) + other + symbols.substring(place + 1);
          changes++;
          passing += passes(row, changed) ? 1 : 0;
        }
      }
    }
    assertEquals(8280, changes);
    assertEquals(4, passing);
  }

  private static boolean passes(PublishedKeys.Avma row, String changed) {
    NaiveKeyNumber number = new NaiveKeyNumber(changed);
    boolean expected = number.storedChecksum() == number.computedChecksum();
    KeyDiagnosis diagnosis = KeyCatalog.standard().diagnose(changed);
    assertEquals(
        expected ? KeyDiagnosis.Kind.UNPUBLISHED : KeyDiagnosis.Kind.CHECKSUM_WRONG,
        diagnosis.kind());

    SimilarKey nearest = diagnosis.similar().get(0);
    assertEquals(row.key(), nearest.key().key().reveal());
    assertEquals(1, nearest.edits());
    assertEquals(
        "Did you mean "
            + row.key()
            + ", the AVMA key of "
            + nearest.key().product()
            + "? It differs in one symbol.",
        diagnosis.advice());

    String said = diagnosis + diagnosis.summary() + diagnosis.advice();
    assertFalse(said.replace("-", "").contains(changed));
    if (expected) {
      KeyDiagnosis.Unpublished unpublished =
          assertInstanceOf(KeyDiagnosis.Unpublished.class, diagnosis);
      assertEquals(number.group(), unpublished.key().group());
      assertEquals(number.serial(), unpublished.key().serial());
      assertEquals(ImmutableList.of(), sameProductOf(unpublished));
    }
    return expected;
  }

  /** The published keys that the diagnosis names as relatives although their group is another. */
  private static ImmutableList<PublishedKey> sameProductOf(KeyDiagnosis.Unpublished unpublished) {
    return unpublished.sameGroup().stream()
        .filter(key -> key.key().group() != unpublished.key().group())
        .collect(ImmutableList.toImmutableList());
  }
}
