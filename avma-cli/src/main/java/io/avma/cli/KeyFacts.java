package io.avma.cli;

import io.avma.catalog.KeyDiagnosis;
import io.avma.catalog.PublishedKey;
import io.avma.cli.output.Console;
import io.avma.cli.output.JsonObject;
import io.avma.platform.WindowsRelease;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is known of a key that is one, whatever it is for.
 *
 * @param lastFive its last five symbols
 * @param group its group number
 * @param published the row of the catalogue, if it is a published key
 */
record KeyFacts(String lastFive, int group, Optional<PublishedKey> published) {
  /** Returns the facts, unless the text was no key of today's format. */
  static Optional<KeyFacts> of(KeyDiagnosis diagnosis) {
    if (diagnosis instanceof KeyDiagnosis.Avma avma) {
      return Optional.of(of(avma.avmaKey()));
    }
    if (diagnosis instanceof KeyDiagnosis.KmsClient kms) {
      return Optional.of(of(kms.kmsKey()));
    }
    if (diagnosis instanceof KeyDiagnosis.Unpublished other) {
      return Optional.of(
          new KeyFacts(other.key().lastFive(), other.key().group(), Optional.empty()));
    }
    return Optional.empty();
  }

  private static KeyFacts of(PublishedKey key) {
    return new KeyFacts(key.key().lastFive(), key.key().group(), Optional.of(key));
  }

  void print(Console console) {
    console.line("Ends in    " + lastFive);
    console.line("Group      " + group);
    published.ifPresent(
        key -> {
          if (!key.releases().isEmpty()) {
            console.line(
                "Releases   "
                    + key.releases().stream()
                        .map(WindowsRelease::label)
                        .collect(Collectors.joining(", ")));
          }
          console.line("Edition    " + key.edition().displayName());
          console.line("Standing   " + JsonObject.word(key.standing()) + " (" + key.source() + ")");
        });
  }
}
