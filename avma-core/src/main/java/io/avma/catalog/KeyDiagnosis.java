package io.avma.catalog;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;

/**
 * What a text that should be a key is: the answer of {@link KeyCatalog#diagnose}. Exactly one of
 * the nested records. No diagnosis holds the text; none shows more of a key than its last five
 * symbols, unless the key is a published one.
 */
@CheckReturnValue
public sealed interface KeyDiagnosis {
  /** What a diagnosis is, for a {@code switch}. */
  enum Kind {
    /** {@link Avma}. */
    AVMA,
    /** {@link KmsClient}. */
    KMS_CLIENT,
    /** {@link Unpublished}. */
    UNPUBLISHED,
    /** {@link ChecksumWrong}. */
    CHECKSUM_WRONG,
    /** {@link OlderFormat}. */
    OLDER_FORMAT,
    /** {@link NotAKey}. */
    NOT_A_KEY
  }

  /** Returns which of the nested records this is. */
  Kind kind();

  /** Returns in one sentence what the text is. */
  String summary();

  /** Returns in one sentence what to do about it. */
  String advice();

  /** Returns the published keys that differ from the text by one or two symbols, nearest first. */
  default ImmutableList<SimilarKey> similar() {
    return ImmutableList.of();
  }

  /**
   * An AVMA key.
   *
   * @param avmaKey the row of the catalogue
   */
  record Avma(AvmaKey avmaKey) implements KeyDiagnosis {
    @Override
    public Kind kind() {
      return Kind.AVMA;
    }

    @Override
    public String summary() {
      return "This is the AVMA key of " + avmaKey.product() + ".";
    }

    @Override
    public String advice() {
      return "Install it in a guest of that release and edition, never on the host.";
    }
  }

  /**
   * A KMS client key, which no parent partition answers.
   *
   * @param kmsKey the row of the catalogue
   * @param wanted the AVMA key of the same release and edition, if one is published
   */
  record KmsClient(KmsClientKey kmsKey, Optional<AvmaKey> wanted) implements KeyDiagnosis {
    @Override
    public Kind kind() {
      return Kind.KMS_CLIENT;
    }

    @Override
    public String summary() {
      return "This is the KMS client key of " + kmsKey.product() + ", not an AVMA key.";
    }

    @Override
    public String advice() {
      return wanted
          .map(key -> "For AVMA use " + key.key().reveal() + " (" + key.product() + ").")
          .orElseGet(KeyDiagnosis::noCounterpart);
    }
  }

  /**
   * A well-formed key that no table holds.
   *
   * @param key the key
   * @param sameGroup the published keys with the same group number: the key is of their product and
   *     channel, but not theirs; empty for an unknown group
   * @param similar the published keys within two symbols, nearest first: of a thousand mistyped
   *     keys about one still passes the checksum
   */
  record Unpublished(
      ProductKey key, ImmutableList<PublishedKey> sameGroup, ImmutableList<SimilarKey> similar)
      implements KeyDiagnosis {
    @Override
    public Kind kind() {
      return Kind.UNPUBLISHED;
    }

    @Override
    public String summary() {
      if (sameGroup.isEmpty()) {
        return "This is well-formed, but of a group that no published key belongs to ("
            + key.group()
            + "): perhaps a retail, OEM or volume key.";
      }
      PublishedKey relative = sameGroup.get(0);
      return "This is no published key, but of the same group as the "
          + (relative instanceof AvmaKey ? "AVMA" : "KMS client")
          + " key of "
          + relative.product()
          + ".";
    }

    @Override
    public String advice() {
      if (!similar.isEmpty()) {
        return didYouMean(similar);
      }
      return "Treat it as a secret; for AVMA install the published key of the guest's release and"
          + " edition instead.";
    }
  }

  /**
   * 25 symbols of today's format whose checksum fails.
   *
   * @param similar the published keys within two symbols, nearest first
   */
  record ChecksumWrong(ImmutableList<SimilarKey> similar) implements KeyDiagnosis {
    @Override
    public Kind kind() {
      return Kind.CHECKSUM_WRONG;
    }

    @Override
    public String summary() {
      return "This has the form of a key, but its checksum fails: a symbol was mistyped, or it was"
          + " never a key.";
    }

    @Override
    public String advice() {
      return didYouMean(similar);
    }
  }

  /**
   * 25 symbols without an {@code N}: the format before Windows 8 and Server 2012, which has no
   * AVMA.
   *
   * @param similar the published keys within two symbols, nearest first
   */
  record OlderFormat(ImmutableList<SimilarKey> similar) implements KeyDiagnosis {
    @Override
    public Kind kind() {
      return Kind.OLDER_FORMAT;
    }

    @Override
    public String summary() {
      return "This has no N, so it is a key of the format before Server 2012, or no key at all; no"
          + " AVMA key looks like that.";
    }

    @Override
    public String advice() {
      return didYouMean(similar);
    }
  }

  /**
   * Not a key.
   *
   * @param flaw what is wrong and where
   * @param similar the published keys within two symbols, nearest first
   */
  record NotAKey(KeyFlaw flaw, ImmutableList<SimilarKey> similar) implements KeyDiagnosis {
    @Override
    public Kind kind() {
      return Kind.NOT_A_KEY;
    }

    @Override
    public String summary() {
      return "This is not a product key: " + flaw.message() + ".";
    }

    @Override
    public String advice() {
      return didYouMean(similar);
    }
  }

  private static String didYouMean(ImmutableList<SimilarKey> similar) {
    if (similar.isEmpty()) {
      return "Take the key of the guest's release and edition from the catalogue.";
    }
    SimilarKey nearest = similar.get(0);
    return "Did you mean "
        + nearest.key().key().reveal()
        + ", the "
        + (nearest.key() instanceof AvmaKey ? "AVMA" : "KMS client")
        + " key of "
        + nearest.key().product()
        + "? It differs in "
        + (nearest.edits() == 1 ? "one symbol." : "two symbols.")
        + (nearest.key() instanceof AvmaKey ? "" : " " + notForAvma(nearest.wanted()));
  }

  /** Whoever asks here wants an AVMA key: a key of KMS, spelled right, does not help him. */
  private static String notForAvma(Optional<AvmaKey> wanted) {
    return "It is not for AVMA. "
        + wanted
            .map(key -> "Use " + key.key().reveal() + " for that (" + key.product() + ").")
            .orElseGet(KeyDiagnosis::noCounterpart);
  }

  private static String noCounterpart() {
    return "No AVMA key is published for that release and edition; use KMS there.";
  }
}
