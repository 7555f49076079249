package io.avma.cli.fleet;

import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.catalog.KeyDiagnosis;
import io.avma.catalog.KmsClientKey;
import io.avma.catalog.PublishedKey;
import io.avma.platform.GuestSystem;
import java.util.Optional;

/**
 * Whether the key in a guest is the one that belongs there.
 *
 * @param kind the answer
 * @param needed the AVMA key that belongs in the guest, if one is published for it
 * @param sentence the answer in one sentence, which shows published keys only
 */
public record KeyCheck(Kind kind, Optional<AvmaKey> needed, String sentence) {
  /** What follows from a kind. */
  public enum Grade {
    /** The AVMA key that belongs there. */
    RIGHT,
    /** Somebody has to look. */
    OPEN,
    /** No AVMA key is needed. */
    NOT_NEEDED,
    /** Another key has to go in, or the one that is there has to go. */
    WRONG
  }

  /** What the key in a guest is, seen from that guest. */
  public enum Kind {
    /** The AVMA key that belongs there. */
    RIGHT(Grade.RIGHT),
    /** Nobody has looked which key it is. */
    NOT_KNOWN(Grade.OPEN),
    /** There is none. */
    NONE(Grade.WRONG),
    /** A KMS client key in a guest that AVMA could activate. */
    KMS_CLIENT(Grade.WRONG),
    /** The AVMA key of another release. */
    OTHER_RELEASE(Grade.WRONG),
    /** The AVMA key of another edition of the same release. */
    OTHER_EDITION(Grade.WRONG),
    /** A well-formed key that nobody publishes. */
    UNPUBLISHED(Grade.WRONG),
    /** Five last symbols that no published key has. */
    UNKNOWN_ENDING(Grade.WRONG),
    /** A text in the form of a key whose checksum fails. */
    CHECKSUM_WRONG(Grade.WRONG),
    /** A key of the format before Server 2012, or none. */
    OLDER_FORMAT(Grade.WRONG),
    /** No key at all. */
    NOT_A_KEY(Grade.WRONG),
    /** No AVMA key belongs in the guest, and none is there. */
    NOT_NEEDED(Grade.NOT_NEEDED),
    /** No AVMA key belongs in the guest, and it has the KMS client key of its own product. */
    KMS_INSTEAD(Grade.NOT_NEEDED),
    /** No AVMA key belongs in the guest, and it has a key that nobody publishes. */
    OWN_INSTEAD(Grade.NOT_NEEDED),
    /** No AVMA key belongs in the guest, but it has one. */
    MISPLACED(Grade.WRONG);

    private final Grade grade;

    Kind(Grade grade) {
      this.grade = grade;
    }

    /** Returns what follows from it. */
    public Grade grade() {
      return grade;
    }
  }

  /** Returns whether the guest has what it needs. */
  public boolean isRight() {
    return kind.grade() == Grade.RIGHT || kind.grade() == Grade.NOT_NEEDED;
  }

  /** Returns the check of {@code installed} in a guest that runs {@code system}. */
  public static KeyCheck of(GuestSystem system, InstalledKey installed, KeyCatalog catalog) {
    Optional<AvmaKey> needed = needed(system, catalog);
    if (needed.isPresent()) {
      return inServer((GuestSystem.WindowsServer) system, needed.get(), installed);
    }
    return system instanceof GuestSystem.Unknown
        ? inUnknown(installed)
        : elsewhere(system, installed);
  }

  /** Returns the check of {@code installed} in a guest that AVMA cannot activate where it is. */
  static KeyCheck outside(GuestSystem system, InstalledKey installed, KeyCatalog catalog) {
    KeyCheck check = elsewhere(system, installed);
    return new KeyCheck(check.kind(), needed(system, catalog), check.sentence());
  }

  private static Optional<AvmaKey> needed(GuestSystem system, KeyCatalog catalog) {
    return system instanceof GuestSystem.WindowsServer server
        ? catalog.find(server.release(), server.edition())
        : Optional.empty();
  }

  private static KeyCheck inServer(
      GuestSystem.WindowsServer system, AvmaKey needed, InstalledKey installed) {
    Optional<PublishedKey> published = installed.published();
    if (published.isEmpty()) {
      return unpublished(Optional.of(needed), installed);
    }
    if (published.get().key().equals(needed.key())) {
      return new KeyCheck(Kind.RIGHT, Optional.of(needed), "It has its AVMA key.");
    }
    String product = published.get().product();
    if (published.get() instanceof KmsClientKey) {
      return wrong(Kind.KMS_CLIENT, needed, "It has the KMS client key of " + product);
    }
    return published.get().releases().contains(system.release())
        ? wrong(Kind.OTHER_EDITION, needed, "It has the AVMA key of another edition, " + product)
        : wrong(Kind.OTHER_RELEASE, needed, "It has the AVMA key of another release, " + product);
  }

  private static KeyCheck wrong(Kind kind, AvmaKey needed, String what) {
    return new KeyCheck(kind, Optional.of(needed), what + ", instead of " + own(needed) + ".");
  }

  private static String own(AvmaKey needed) {
    return "the AVMA key ending in " + needed.key().lastFive();
  }

  /** What can be said of a key that no table holds, whatever the guest. */
  private static KeyCheck unpublished(Optional<AvmaKey> needed, InstalledKey installed) {
    String instead = needed.map(key -> ", instead of " + own(key)).orElse("");
    if (installed instanceof InstalledKey.NotKnown) {
      return new KeyCheck(Kind.NOT_KNOWN, needed, "Not known: which key it has.");
    }
    if (installed instanceof InstalledKey.None) {
      String sentence =
          needed.map(key -> "It has no key; it needs " + own(key) + ".").orElse("It has no key.");
      return new KeyCheck(Kind.NONE, needed, sentence);
    }
    if (installed instanceof InstalledKey.Ending ending) {
      return new KeyCheck(
          Kind.UNKNOWN_ENDING,
          needed,
          "It has a key ending in "
              + ending.lastFive()
              + ", which is no published one"
              + instead
              + ".");
    }
    KeyDiagnosis diagnosis = ((InstalledKey.Whole) installed).diagnosis();
    Kind kind =
        switch (diagnosis.kind()) {
          case CHECKSUM_WRONG -> Kind.CHECKSUM_WRONG;
          case OLDER_FORMAT -> Kind.OLDER_FORMAT;
          case NOT_A_KEY -> Kind.NOT_A_KEY;
          case UNPUBLISHED, AVMA, KMS_CLIENT -> Kind.UNPUBLISHED;
        };
    return new KeyCheck(kind, needed, what(kind) + instead + ".");
  }

  private static String what(Kind kind) {
    return switch (kind) {
      case CHECKSUM_WRONG -> "Its key is mistyped or made up (the checksum fails)";
      case OLDER_FORMAT -> "Its key is of the format before Server 2012 (it has no N)";
      case NOT_A_KEY -> "What stands as its key is none";
      default -> "It has a key that nobody publishes (retail, OEM or volume)";
    };
  }

  private static KeyCheck inUnknown(InstalledKey installed) {
    return installed
        .published()
        .map(
            key ->
                new KeyCheck(
                    Kind.NOT_KNOWN,
                    Optional.empty(),
                    "It has the "
                        + channel(key)
                        + " key of "
                        + key.product()
                        + "; not known: whether that is what it runs."))
        .orElseGet(() -> unpublished(Optional.empty(), installed));
  }

  private static KeyCheck elsewhere(GuestSystem system, InstalledKey installed) {
    Optional<PublishedKey> published = installed.published();
    if (published.isPresent() && published.get() instanceof AvmaKey key) {
      return new KeyCheck(
          Kind.MISPLACED,
          Optional.empty(),
          "It has the AVMA key of " + key.product() + ", which does nothing there.");
    }
    if (published.isPresent() && isOf(published.get(), system)) {
      return new KeyCheck(
          Kind.KMS_INSTEAD, Optional.empty(), "It has its KMS client key, so it needs no AVMA.");
    }
    if (isOwn(system, installed)) {
      return new KeyCheck(
          Kind.OWN_INSTEAD, Optional.empty(), "It has a key of its own, so it needs no AVMA.");
    }
    return new KeyCheck(Kind.NOT_NEEDED, Optional.empty(), "No AVMA key belongs in it.");
  }

  /** Whether the key is retail, OEM or volume as far as its form tells. */
  private static boolean isOwn(GuestSystem system, InstalledKey installed) {
    if (installed instanceof InstalledKey.Ending ending) {
      return ending.candidates().isEmpty();
    }
    if (installed instanceof InstalledKey.Whole whole) {
      boolean older =
          system instanceof GuestSystem.EarlierWindowsServer
              || system instanceof GuestSystem.WindowsClient;
      return whole.diagnosis().kind() == KeyDiagnosis.Kind.UNPUBLISHED
          || (older && whole.diagnosis().kind() == KeyDiagnosis.Kind.OLDER_FORMAT);
    }
    return false;
  }

  /** Whether a KMS client key is of the product that the guest runs, as far as its name tells. */
  static boolean isOf(PublishedKey key, GuestSystem system) {
    if (system instanceof GuestSystem.WindowsServer server) {
      return key.edition() == server.edition() && key.releases().contains(server.release());
    }
    return system instanceof GuestSystem.EarlierWindowsServer && key.releases().isEmpty();
  }

  private static String channel(PublishedKey key) {
    return key instanceof AvmaKey ? "AVMA" : "KMS client";
  }
}
