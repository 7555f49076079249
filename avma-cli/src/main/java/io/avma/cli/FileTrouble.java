package io.avma.cli;

import io.avma.platform.ForeignText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written, in words. */
final class FileTrouble {
  private FileTrouble() {}

  /** Returns what follows "cannot be written" in a sentence, with its full stop. */
  static String because(IOException e) {
    if (e instanceof NoSuchFileException) {
      return ": there is no such file or directory.";
    }
    if (e instanceof AccessDeniedException) {
      return ": permission is denied.";
    }
    if (e instanceof FileAlreadyExistsException) {
      return ": meanwhile there is another.";
    }
    if (e instanceof NotDirectoryException) {
      return ": a part of its path is no directory.";
    }
    if (e instanceof FileSystemException trouble && trouble.getReason() != null) {
      return ": " + ForeignText.escape(trouble.getReason(), 80) + "."; // as the system words it
    }
    return ".";
  }
}
