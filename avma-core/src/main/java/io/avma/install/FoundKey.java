package io.avma.install;

import io.avma.catalog.KeyCatalog;
import io.avma.catalog.KeyDiagnosis;
import io.avma.catalog.KeyFormatException;
import io.avma.catalog.ProductKey;
import java.util.Optional;

/** What is said of a text that a file holds in the place of a key: never the text itself. */
final class FoundKey {
  private FoundKey() {}

  /** Returns the key that {@code text} is, in whatever spelling, if it is one. */
  static Optional<ProductKey> parse(String text) {
    try {
      return Optional.of(ProductKey.parse(text));
    } catch (KeyFormatException e) {
      return Optional.empty();
    }
  }

  /** Says what the text is without showing it: it may be somebody's secret. */
  static String describe(String text, KeyCatalog catalog) {
    KeyDiagnosis diagnosis = catalog.diagnose(text);
    return switch (diagnosis.kind()) {
      case AVMA -> {
        KeyDiagnosis.Avma avma = (KeyDiagnosis.Avma) diagnosis;
        yield "the AVMA key of " + avma.avmaKey().product() + " (" + avma.avmaKey().key() + ")";
      }
      case KMS_CLIENT -> {
        KeyDiagnosis.KmsClient kms = (KeyDiagnosis.KmsClient) diagnosis;
        yield "the KMS client key of " + kms.kmsKey().product() + " (" + kms.kmsKey().key() + ")";
      }
      case UNPUBLISHED -> "the key " + ((KeyDiagnosis.Unpublished) diagnosis).key();
      case CHECKSUM_WRONG, OLDER_FORMAT, NOT_A_KEY ->
          "a text of " + text.length() + " characters that is no key of today's format";
    };
  }
}
