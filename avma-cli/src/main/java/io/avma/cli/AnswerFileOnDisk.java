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
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/**
 * An answer file on a disk: read whole, but no more than the options allow, and written whole or
 * not at all.
 */
final class AnswerFileOnDisk {
  private final Path from;
  private final Path to;
  private final String shown;

  AnswerFileOnDisk(Path from, Path to) {
    this.from = from;
    this.to = to;
    shown = ForeignText.escape(from.toString(), 200);
  }

  /**
   * What became of the file.
   *
   * @param file the name of the file that now holds the key, escaped
   * @param change {@code created}, {@code unchanged}, or how the key came in
   * @param message what happened, in one sentence without a full stop
   * @param warnings what else to look at
   */
  record Outcome(
      String file, String change, String message, ImmutableList<AnswerFileWarning> warnings) {}

  Outcome put(KeyInstallation installation, AnswerFileOptions options) throws InputException {
    String target = ForeignText.escape(to.toString(), 200);
    try {
      if (!Files.exists(from)) {
        String text = installation.answerFile(options.architecture());
        write(text.getBytes(StandardCharsets.UTF_8));
        return new Outcome(
            target, "created", "written, with the key and nothing else", ImmutableList.of());
      }
      return edit(installation, options, target);
    } catch (IOException e) {
      throw new InputException(
          Complaint.about(
              shown,
              "cannot be read or written (" + e.getClass().getSimpleName() + ").",
              "Check that it is a file, its path and its permissions."));
    }
  }

  private Outcome edit(KeyInstallation installation, AnswerFileOptions options, String target)
      throws InputException, IOException {
    byte[] old;
    try (InputStream in = Files.newInputStream(from)) {
      old = in.readNBytes(options.maxSizeBytes() + 1);
    }
    AnswerFileEdit edit = installation.insertInto(old, options);
    if (edit instanceof AnswerFileEdit.Refused refused) {
      throw new InputException(complaint(refused));
    }
    if (edit instanceof AnswerFileEdit.Inserted inserted) {
      write(inserted.bytes());
      return new Outcome(
          target, JsonObject.word(inserted.change()), inserted.message(), inserted.warnings());
    }
    if (!to.equals(from)) {
      write(old);
    }
    return new Outcome(target, "unchanged", edit.message(), edit.warnings());
  }

  private Complaint complaint(AnswerFileEdit.Refused refused) {
    String remedy =
        refused.reason() == AnswerFileEdit.Refused.Reason.OTHER_KEY
            ? "Nothing was changed; --replace puts the AVMA key in its place."
            : "Nothing was changed.";
    return refused
        .position()
        .map(at -> new Complaint(shown, at.line(), at.column(), refused.message() + ".", remedy))
        .orElse(Complaint.about(shown, refused.message() + ".", remedy));
  }

  /** A file beside the target is written first and takes its place in one step. */
  private void write(byte[] bytes) throws IOException {
    if (!Files.exists(to)) {
      create(bytes);
      return;
    }
    Path target = to.toRealPath(); // a link stays a link
    Path fresh = Files.createTempFile(target.getParent(), ".avma-", ".tmp");
    try {
      Files.write(fresh, bytes);
      keepPermissions(target, fresh);
      Files.move(
          fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      boolean unused = Files.deleteIfExists(fresh); // still there only if something failed
    }
  }

  private void create(byte[] bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
      out.write(bytes);
    } catch (FileAlreadyExistsException e) {
      throw e; // somebody else's, so it is not deleted
    } catch (IOException e) {
      boolean unused = Files.deleteIfExists(to);
      throw e;
    }
  }

  private static void keepPermissions(Path target, Path fresh) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(Files.getPosixFilePermissions(target));
    }
  }
}
