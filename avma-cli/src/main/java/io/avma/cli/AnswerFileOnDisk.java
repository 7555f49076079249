package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.cli.output.JsonObject;
import io.avma.install.AnswerFileEdit;
import io.avma.install.AnswerFileOptions;
import io.avma.install.AnswerFileWarning;
import io.avma.install.KeyInstallation;
import io.avma.platform.ForeignText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * An answer file on a disk: read whole, but no more than the options allow, and written whole or
 * not at all. Devices, pipes and directories are neither read nor replaced.
 */
final class AnswerFileOnDisk {
  private final Path from;
  private final Path to;
  private final boolean elsewhere;
  private final boolean overwrite;

  /**
   * Names the files.
   *
   * @param from the answer file that is there, or is to be written
   * @param to where the result goes; {@code from} if it takes its place
   * @param overwrite whether another file {@code to} may be replaced
   */
  AnswerFileOnDisk(Path from, Path to, boolean overwrite) {
    this.from = from;
    this.to = to;
    this.overwrite = overwrite;
    elsewhere = !to.equals(from);
  }

  /**
   * What became of the file.
   *
   * @param file the name of the file that now holds the key, escaped
   * @param change {@code created}, {@code unchanged}, or how the key came in
   * @param message what happened, in one sentence without a full stop
   * @param warnings what else to look at
   * @param notes what else happened to the file, sentences
   */
  record Outcome(
      String file,
      String change,
      String message,
      ImmutableList<AnswerFileWarning> warnings,
      ImmutableList<String> notes) {}

  Outcome put(KeyInstallation installation, AnswerFileOptions options) throws InputException {
    requireFileOrNothing(from);
    requireFileOrNothing(to);
    if (Files.exists(from)) {
      return edit(installation, options);
    }
    if (elsewhere) {
      throw complaint(from, "is not there.", "Without --output it would be written anew.");
    }
    byte[] text = installation.answerFile(options.architecture()).getBytes(StandardCharsets.UTF_8);
    return new Outcome(
        shown(to),
        "created",
        "written, with the key and nothing else",
        ImmutableList.of(),
        write(text));
  }

  private Outcome edit(KeyInstallation installation, AnswerFileOptions options)
      throws InputException {
    requireFree();
    byte[] old;
    try (InputStream in = Files.newInputStream(from)) {
      old = in.readNBytes(options.maxSizeBytes() + 1);
    } catch (IOException e) {
      throw complaint(from, "cannot be read" + FileTrouble.because(e), "Nothing was changed.");
    }
    AnswerFileEdit edit = installation.insertInto(old, options);
    if (edit instanceof AnswerFileEdit.Refused refused) {
      throw new InputException(complaint(refused));
    }
    if (edit instanceof AnswerFileEdit.Inserted inserted) {
      ImmutableList<String> notes = write(inserted.bytes());
      return new Outcome(
          shown(to),
          JsonObject.word(inserted.change()),
          inserted.message(),
          inserted.warnings(),
          notes);
    }
    ImmutableList<String> notes = elsewhere ? write(old) : ImmutableList.of();
    return new Outcome(shown(to), "unchanged", edit.message(), edit.warnings(), notes);
  }

  /** A file that would vanish unasked is left alone. */
  private void requireFree() throws InputException {
    if (elsewhere && !overwrite && Files.exists(to) && !isSame()) {
      throw complaint(
          to, "is there already.", "Name another --output, or say --overwrite to replace it.");
    }
  }

  private boolean isSame() throws InputException {
    try {
      return Files.isSameFile(from, to);
    } catch (IOException e) {
      throw complaint(to, "cannot be read" + FileTrouble.because(e), "Nothing was changed.");
    }
  }

  /** A pipe would block for ever, and a device would be replaced by a file. */
  private static void requireFileOrNothing(Path path) throws InputException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw complaint(
          path,
          Files.isDirectory(path) ? "is a directory." : "is a device, a pipe or a socket.",
          "Name a file.");
    }
    if (!Files.exists(path) && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw complaint(path, "is a link to what is not there, or hidden.", "Name the file itself.");
    }
  }

  private ImmutableList<String> write(byte[] bytes) throws InputException {
    try {
      return WholeFile.write(to, bytes);
    } catch (IOException e) {
      throw complaint(
          to,
          "cannot be written" + FileTrouble.because(e),
          "Nothing was changed; check the path and its permissions.");
    }
  }

  private Complaint complaint(AnswerFileEdit.Refused refused) {
    String remedy =
        refused.reason() == AnswerFileEdit.Refused.Reason.OTHER_KEY
            ? "Nothing was changed; --replace puts the AVMA key in its place."
            : "Nothing was changed.";
    return refused
        .position()
        .map(
            at ->
                new Complaint(shown(from), at.line(), at.column(), refused.message() + ".", remedy))
        .orElse(Complaint.about(shown(from), refused.message() + ".", remedy));
  }

  private static InputException complaint(Path path, String what, String remedy) {
    return new InputException(Complaint.about(shown(path), what, remedy));
  }

  private static String shown(Path path) {
    return ForeignText.escape(path.toString(), 200);
  }
}
