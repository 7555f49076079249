package io.avma.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Edition;
import io.avma.platform.WindowsRelease;
import io.avma.platform.WindowsSku;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The AVMA keys that Microsoft publishes, and the KMS client keys that are mistaken for them.
 *
 * <p>{@link #standard()} holds what is published. {@link #with} and {@link #withTable} return a
 * catalogue with further keys, for a release whose keys appear after this library, or where the
 * user knows better. Immutable; safe for any thread.
 */
@CheckReturnValue
public final class KeyCatalog {
  private static final int EDITIONS = Edition.values().length;

  private final ImmutableList<AvmaKey> avmaKeys;
  private final ImmutableList<KmsClientKey> kmsClientKeys;
  private final ImmutableList<KeyAbsence> absences;
  private final ImmutableMap<ProductKey, PublishedKey> byKey;
  private final ImmutableListMultimap<String, PublishedKey> byLastFive;

  /** One answer for each release and edition, made once, so that a look-up allocates nothing. */
  private final ImmutableList<Optional<AvmaKey>> cells;

  private KeyCatalog(
      ImmutableList<AvmaKey> avmaKeys,
      ImmutableList<KmsClientKey> kmsClientKeys,
      ImmutableList<KeyAbsence> absences) {
    this.avmaKeys = avmaKeys;
    this.kmsClientKeys = kmsClientKeys;
    this.absences = absences;
    Map<ProductKey, PublishedKey> keys = new LinkedHashMap<>();
    ImmutableListMultimap.Builder<String, PublishedKey> endings = ImmutableListMultimap.builder();
    avmaKeys.forEach(key -> keys.putIfAbsent(key.key(), key));
    kmsClientKeys.forEach(key -> keys.putIfAbsent(key.key(), key));
    keys.forEach((key, published) -> endings.put(key.lastFive(), published));
    byKey = ImmutableMap.copyOf(keys);
    byLastFive = endings.build();
    cells = cells(avmaKeys);
  }

  /** Returns the catalogue of the published keys. */
  public static KeyCatalog standard() {
    return Standard.CATALOG;
  }

  /**
   * Returns this catalogue with {@code key} for the releases and the edition it names. What stood
   * there before gives way; where it stood for other releases too, it stays for those. The same key
   * may thus be added for a further release of its edition.
   *
   * @throws IllegalArgumentException if it is a published KMS client key, the classic mistake
   */
  public KeyCatalog with(AvmaKey key) {
    return with(ImmutableList.of(key));
  }

  /** Returns this catalogue with each of {@code keys} added in turn, as {@link #with(AvmaKey)}. */
  public KeyCatalog with(Collection<AvmaKey> keys) {
    ImmutableList<AvmaKey> all = avmaKeys;
    for (AvmaKey key : keys) {
      Optional<KmsClientKey> kms = kmsClientKey(key.key());
      if (kms.isPresent()) {
        throw new IllegalArgumentException(notAvma(kms.get()));
      }
      all =
          Stream.concat(all.stream().flatMap(older -> older.without(key).stream()), Stream.of(key))
              .collect(ImmutableList.toImmutableList());
    }
    return new KeyCatalog(all, kmsClientKeys, absences);
  }

  /**
   * Returns this catalogue with the keys of a table in the form of {@code avma-keys.table}: columns
   * {@code releases | edition | key | standing | source | reason}, a header row; a line that starts
   * with {@code #} is a comment. A row with a key has a dash for its reason. A row with a dash for
   * its key is checked, and takes no key away.
   *
   * @param name the name that complaints use, for example the file's
   * @param lines the lines of the table
   * @throws IllegalArgumentException with name and line if a row is not right
   */
  public KeyCatalog withTable(String name, List<String> lines) {
    return with(
        KeyTables.parseAvma(name, lines, key -> kmsClientKey(key).map(KeyCatalog::notAvma)));
  }

  /** Returns the AVMA keys in the order of the table. */
  public ImmutableList<AvmaKey> avmaKeys() {
    return avmaKeys;
  }

  /** Returns the KMS client keys in the order of the table. */
  public ImmutableList<KmsClientKey> kmsClientKeys() {
    return kmsClientKeys;
  }

  /** Returns the AVMA key for a guest of {@code release} and {@code edition}, if one is known. */
  public Optional<AvmaKey> find(WindowsRelease release, Edition edition) {
    return cells.get(cell(release, edition));
  }

  /**
   * Returns the AVMA keys for a guest that reports {@code build} and the SKU number {@code sku}:
   * none if either is unknown or no key is published, two only if its releases have different keys.
   */
  public ImmutableList<AvmaKey> find(int build, int sku) {
    Optional<WindowsSku> known = WindowsSku.of(sku);
    if (known.isEmpty() || known.get().edition().isEmpty()) {
      return ImmutableList.of();
    }
    Edition edition = known.get().edition().get();
    return known.get().releasesOf(build).stream()
        .flatMap(release -> find(release, edition).stream())
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns what {@code key} is published as, if it is. */
  public Optional<PublishedKey> find(ProductKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /**
   * Returns the published keys that end in {@code lastFive}, AVMA keys first: what Windows shows as
   * {@code PartialProductKey}. Case and surrounding blanks do not matter.
   */
  public ImmutableList<PublishedKey> endingWith(String lastFive) {
    return byLastFive.get(lastFive.strip().toUpperCase(Locale.ROOT));
  }

  /**
   * Returns why no key is published for a release and edition, and how well that is founded; empty
   * if one is.
   */
  public Optional<KeyAbsence> absence(WindowsRelease release, Edition edition) {
    if (find(release, edition).isPresent()) {
      return Optional.empty();
    }
    for (KeyAbsence absence : absences) {
      if (absence.release() == release && absence.edition() == edition) {
        return Optional.of(absence);
      }
    }
    return Optional.of(KeyAbsence.unknown(release, edition));
  }

  /** Says what {@code text} is. Never throws, and never holds on to the text. */
  public KeyDiagnosis diagnose(CharSequence text) {
    KeyReading reading = KeyText.read(text);
    if (reading instanceof KeyReading.Sound sound) {
      return diagnose(sound.key());
    }
    KeyReading.Flawed flawed = (KeyReading.Flawed) reading;
    ImmutableList<SimilarKey> similar = similar(flawed.symbols());
    return switch (flawed.flaw().kind()) {
      case CHECKSUM -> new KeyDiagnosis.ChecksumWrong(similar);
      case OLDER_FORMAT -> new KeyDiagnosis.OlderFormat(similar);
      case EMPTY, TOO_SHORT, TOO_LONG, ILLEGAL_CHARACTER, SECOND_N ->
          new KeyDiagnosis.NotAKey(flawed.flaw(), similar);
    };
  }

  /** Says what {@code key} is. */
  public KeyDiagnosis diagnose(ProductKey key) {
    PublishedKey published = byKey.get(key);
    if (published instanceof AvmaKey avma) {
      return new KeyDiagnosis.Avma(avma);
    }
    if (published instanceof KmsClientKey kms) {
      return new KeyDiagnosis.KmsClient(kms, wanted(kms));
    }
    ImmutableList<PublishedKey> sameGroup =
        byKey.values().stream()
            .filter(other -> other.key().group() == key.group())
            .collect(ImmutableList.toImmutableList());
    return new KeyDiagnosis.Unpublished(key, sameGroup, similar(key.reveal().replace("-", "")));
  }

  private ImmutableList<SimilarKey> similar(String symbols) {
    return Similarity.of(symbols, byKey.values(), this::wanted);
  }

  private Optional<KmsClientKey> kmsClientKey(ProductKey key) {
    return byKey.get(key) instanceof KmsClientKey kms ? Optional.of(kms) : Optional.empty();
  }

  private static String notAvma(KmsClientKey kms) {
    return "the key ending in "
        + kms.key().lastFive()
        + " is the KMS client key of "
        + kms.product()
        + ", no AVMA key";
  }

  private Optional<AvmaKey> wanted(KmsClientKey kms) {
    return kms.releases().stream()
        .flatMap(release -> find(release, kms.edition()).stream())
        .findFirst();
  }

  private static ImmutableList<Optional<AvmaKey>> cells(ImmutableList<AvmaKey> keys) {
    Map<Integer, AvmaKey> byCell = new LinkedHashMap<>();
    for (AvmaKey key : keys) {
      for (WindowsRelease release : key.releases()) {
        byCell.put(cell(release, key.edition()), key);
      }
    }
    ImmutableList.Builder<Optional<AvmaKey>> cells = ImmutableList.builder();
    for (int cell = 0; cell < WindowsRelease.values().length * EDITIONS; cell++) {
      cells.add(Optional.ofNullable(byCell.get(cell)));
    }
    return cells.build();
  }

  @SuppressWarnings("EnumOrdinal") // places in an array of this process, nothing that is kept
  private static int cell(WindowsRelease release, Edition edition) {
    return release.ordinal() * EDITIONS + edition.ordinal();
  }

  /** Loaded on first use. */
  private static final class Standard {
    static final KeyCatalog CATALOG = load();

    private static KeyCatalog load() {
      KeyTables.AvmaRows avma = KeyTables.standardAvma();
      return new KeyCatalog(avma.keys(), KeyTables.standardKmsClient(), avma.absences());
    }
  }
}
