package io.avma.install;

import com.google.common.collect.ImmutableList;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KmsClientKey;
import io.avma.install.Command.Restart;
import io.avma.platform.Standing;
import java.util.Optional;

/** Writes down how a guest from evaluation media comes to its AVMA key. */
final class EvaluationProcedures {
  private static final String SOURCE =
      "Microsoft \"Upgrade and conversion options for Windows Server\" (2025-08)";

  private EvaluationProcedures() {}

  static Procedure convert(AvmaKey key, Optional<KmsClientKey> kmsClientKey) {
    ImageEdition image = ImageEdition.of(key.edition());
    return image
        .desktop()
        .map(name -> convertWithDism(key, kmsClientKey, image, name))
        .orElseGet(() -> convertWithSlmgr(key));
  }

  private static Procedure convertWithDism(
      AvmaKey key, Optional<KmsClientKey> kmsClientKey, ImageEdition image, String name) {
    ImmutableList.Builder<Note> notes = ImmutableList.builder();
    if (image.standing() != Standing.DOCUMENTED) {
      notes.add(
          Note.assumed(
              "Microsoft describes no evaluation media of "
                  + key.edition().displayName()
                  + "; the name "
                  + name
                  + " is the one that public scripts use. Go on only if the second command lists"
                  + " it."));
    }
    notes.add(
        Note.documented(
            "Only an edition that the second command lists can be had. A Datacenter evaluation"
                + " does not become Standard, and since 2016 a Standard evaluation on Server Core"
                + " becomes Datacenter only. Otherwise install afresh."));
    image
        .core()
        .ifPresent(
            core ->
                notes.add(
                    Note.secondary(
                        "On Server Core the name is " + core + " instead of " + name + ".")));
    notes.add(Note.documented("A domain controller cannot be converted."));
    notes.add(takesAvmaKey(kmsClientKey));
    return new Procedure(
        Procedure.Kind.CONVERT_EVALUATION,
        "Make a licensed installation of the evaluation, and install the key",
        ImmutableList.of(
            Command.prompt(
                "DISM /Online /Get-CurrentEdition",
                "Names the edition; an evaluation's name contains Eval.",
                true,
                Restart.NONE),
            Command.prompt(
                "DISM /Online /Get-TargetEditions",
                "Lists the editions that it can be converted to.",
                true,
                Restart.NONE),
            Command.prompt(
                "DISM /Online /Set-Edition:"
                    + name
                    + " /ProductKey:"
                    + key.key().reveal()
                    + " /AcceptEula",
                "Converts it and installs the AVMA key of " + key.product() + ".",
                true,
                Restart.REQUIRED)),
        notes.build(),
        image.standing().and(Standing.SECONDARY),
        SOURCE + "; " + image.source());
  }

  private static Note takesAvmaKey(Optional<KmsClientKey> kmsClientKey) {
    String fallback =
        kmsClientKey
            .map(
                kms ->
                    " If it does not, convert with the KMS client key "
                        + kms.key().reveal()
                        + " and install the AVMA key after the restart.")
            .orElse("");
    return Note.secondary(
        "Microsoft documents the command with retail keys; others report that it takes AVMA keys."
            + fallback);
  }

  private static Procedure convertWithSlmgr(AvmaKey key) {
    return new Procedure(
        Procedure.Kind.CONVERT_EVALUATION,
        "Make a licensed installation of the evaluation, and install the key",
        ImmutableList.of(Procedures.slmgr(key)),
        ImmutableList.of(
            Note.documented(
                "An evaluation of "
                    + key.edition().displayName()
                    + " is converted by installing a retail, volume or OEM key."),
            Note.assumed("That an AVMA key does the same is not documented.")),
        Standing.ASSUMED,
        SOURCE);
  }
}
