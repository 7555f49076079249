package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.PublishedKey;
import io.avma.cli.output.JsonObject;
import io.avma.compatibility.OpenQuestion;
import io.avma.compatibility.Verdict;
import io.avma.platform.WindowsRelease;

/** The JSON fields that several commands print in the same way. */
final class Fields {
  private Fields() {}

  /** Writes the fields of a published key; such keys are public, so they are shown whole. */
  static void key(JsonObject object, PublishedKey key) {
    object
        .text("key", key.key().reveal())
        .text("channel", key instanceof AvmaKey ? "avma" : "kms-client")
        .text("product", key.product())
        .texts(
            "releases",
            key.releases().stream()
                .map(WindowsRelease::label)
                .collect(ImmutableList.toImmutableList()))
        .text("edition", key.edition().label())
        .word("standing", key.standing())
        .text("source", key.source());
  }

  /** Writes the fields of a verdict. */
  static void verdict(JsonObject object, Verdict verdict) {
    object
        .word("verdict", verdict.kind())
        .word("standing", verdict.standing())
        .text("sentence", verdict.sentence())
        .objects(
            "obstacles",
            verdict.obstacles(),
            (obstacle, fields) ->
                fields
                    .word("kind", obstacle.kind())
                    .text("explanation", obstacle.explanation())
                    .text("remedy", obstacle.remedy())
                    .word("standing", obstacle.standing()))
        .texts(
            "questions",
            verdict.questions().stream()
                .map(OpenQuestion::text)
                .collect(ImmutableList.toImmutableList()));
  }
}
