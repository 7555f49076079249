package io.avma.testkit.arbitrary;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Chars;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.catalog.KeyDiagnosis;
import io.avma.catalog.KmsClientKey;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Product keys. Valid ones come from the published tables alone; every other text is one of those
 * with an error in it, and fails its checksum or is no key at all. Nothing here makes a key.
 */
@CheckReturnValue
public final class KeyArbitraries {
  private static final String ALPHABET = "BCDFGHJKMPQRTVWXY2346789";

  /** What people read where none of a key's characters is. */
  private static final String NOT_IN_KEYS = "0OI1";

  private KeyArbitraries() {}

  /** Returns the published AVMA keys. Shrinks towards the newest release. */
  public static Arbitrary<AvmaKey> avmaKeys() {
    return Arbitraries.of(KeyCatalog.standard().avmaKeys());
  }

  /** Returns the published KMS client keys, which people take for AVMA keys. */
  public static Arbitrary<KmsClientKey> kmsClientKeys() {
    return Arbitraries.of(KeyCatalog.standard().kmsClientKeys());
  }

  /** Returns all published keys as texts: five groups of five. */
  public static Arbitrary<String> published() {
    ImmutableList.Builder<String> keys = ImmutableList.builder();
    KeyCatalog.standard().avmaKeys().forEach(key -> keys.add(key.key().reveal()));
    KeyCatalog.standard().kmsClientKeys().forEach(key -> keys.add(key.key().reveal()));
    return Arbitraries.of(keys.build());
  }

  /** Returns what may be told of a key: the last five characters of the published ones. */
  public static Arbitrary<String> lastFives() {
    return published().map(key -> key.substring(key.length() - 5));
  }

  /**
   * Returns published keys as people paste them: lower case, with blanks around, without dashes,
   * with dashes that a word processor made.
   */
  public static Arbitrary<String> pasted() {
    Arbitrary<String> dashes = Arbitraries.of("-", "", " ", "\u2013", "\u2010", " - ");
    return Combinators.combine(published(), dashes, Arbitraries.of("", " ", "\t"), lowerCase())
        .as(
            (key, dash, around, lower) -> {
              String text = around + key.replace("-", dash) + around;
              return lower ? text.toLowerCase(Locale.ROOT) : text;
            });
  }

  private static Arbitrary<Boolean> lowerCase() {
    return Arbitraries.of(false, true);
  }

  /**
   * Returns published keys with one or two characters wrong, or two neighbours changed over; none
   * of them is well-formed. Shrinks towards one wrong character.
   */
  public static Arbitrary<String> mistyped() {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, 28);
    Arbitrary<Character> letters = Arbitraries.of(characters());
    Arbitrary<String> substituted =
        Combinators.combine(published(), places, letters).as(KeyArbitraries::replaced);
    Arbitrary<String> twice =
        Combinators.combine(substituted, places, letters).as(KeyArbitraries::replaced);
    Arbitrary<String> swapped =
        Combinators.combine(published(), places).as(KeyArbitraries::swapped);
    return Arbitraries.oneOf(substituted, twice, swapped).filter(text -> !isWellFormed(text));
  }

  /** Returns any text that somebody may give for a key: right, mistyped, cut, or something else. */
  public static Arbitrary<String> texts() {
    Arbitrary<String> cut =
        Combinators.combine(published(), Arbitraries.integers().between(0, 28))
            .as((key, length) -> key.substring(0, length));
    return Arbitraries.oneOf(published(), pasted(), mistyped(), cut, KvpArbitraries.text(40));
  }

  private static ImmutableList<Character> characters() {
    return ImmutableList.copyOf(Chars.asList((ALPHABET + "N" + NOT_IN_KEYS).toCharArray()));
  }

  private static String replaced(String key, int place, char with) {
    return key.charAt(place) == '-'
        ? key
        : key.substring(0, place) + with + key.substring(place + 1);
  }

  private static String swapped(String key, int place) {
    if (place + 1 >= key.length() || key.charAt(place) == '-' || key.charAt(place + 1) == '-') {
      return key;
    }
    return key.substring(0, place)
        + key.charAt(place + 1)
        + key.charAt(place)
        + key.substring(place + 2);
  }

  /** One mistyped key in a thousand has a checksum that fits by chance; nobody shall get that. */
  private static boolean isWellFormed(String text) {
    KeyDiagnosis diagnosis = KeyCatalog.standard().diagnose(text);
    return diagnosis instanceof KeyDiagnosis.Avma
        || diagnosis instanceof KeyDiagnosis.KmsClient
        || diagnosis instanceof KeyDiagnosis.Unpublished;
  }
}
