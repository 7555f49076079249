package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.platform.ForeignText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;

/** A file that is written whole or not at all. */
final class WholeFile {
  private WholeFile() {}

  /**
   * Writes {@code bytes}: a file beside the target is written first and takes its place in one
   * step, with the permissions, the owner and the group of the old one.
   *
   * @param to a file, or a path where nothing is
   * @return what of the old file could not be kept, sentences
   */
  static ImmutableList<String> write(Path to, byte[] bytes) throws IOException {
    if (!Files.exists(to)) {
      create(to, bytes);
      return ImmutableList.of();
    }
    Path target = to.toRealPath(); // a link stays a link
    Path fresh = Files.createTempFile(target.getParent(), ".avma-", ".tmp");
    try {
      Files.write(fresh, bytes);
      ImmutableList<String> notes = keepAttributes(target, fresh);
      Files.move(
          fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return notes;
    } finally {
      boolean unused = Files.deleteIfExists(fresh); // still there only if something failed
    }
  }

  private static void create(Path to, byte[] bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
      out.write(bytes);
    } catch (FileAlreadyExistsException e) {
      throw e; // somebody else's, so it is not deleted
    } catch (IOException e) {
      boolean unused = Files.deleteIfExists(to);
      throw e;
    }
  }

  /** Gives {@code fresh} what {@code old} has; who may not give files away is told so. */
  static ImmutableList<String> keepAttributes(Path old, Path fresh) throws IOException {
    ImmutableList.Builder<String> notes = ImmutableList.builder();
    PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
    if (view != null) {
      PosixFileAttributes wanted = Files.readAttributes(old, PosixFileAttributes.class);
      GroupPrincipal group = wanted.group();
      if (!view.readAttributes().group().equals(group)) {
        try {
          view.setGroup(group);
        } catch (IOException e) {
          notes.add(note("group", group, view.readAttributes().group()));
        }
      }
      keepOwner(view, wanted.owner(), notes);
      view.setPermissions(wanted.permissions()); // last: a change of owner clears some of them
      return notes.build();
    }
    FileOwnerAttributeView owner = Files.getFileAttributeView(fresh, FileOwnerAttributeView.class);
    if (owner != null) {
      keepOwner(owner, Files.getOwner(old), notes);
    }
    return notes.build();
  }

  private static void keepOwner(
      FileOwnerAttributeView view, UserPrincipal owner, ImmutableList.Builder<String> notes)
      throws IOException {
    if (view.getOwner().equals(owner)) {
      return;
    }
    try {
      view.setOwner(owner);
    } catch (IOException e) {
      notes.add(note("owner", owner, view.getOwner()));
    }
  }

  private static String note(String what, UserPrincipal wanted, UserPrincipal got) {
    return "The "
        + what
        + " of the file was "
        + ForeignText.escape(wanted.getName(), 40)
        + " and is now "
        + ForeignText.escape(got.getName(), 40)
        + ", because you may not give files away.";
  }
}
