package io.avma.install;

import io.avma.install.AnswerFileEdit.Refused.Reason;

/** What became of reading a file. */
sealed interface FileReading {
  /** It is text. */
  record Sound(FileText file) implements FileReading {}

  /** It is not, or not in a way that could be edited. */
  record Flawed(Reason reason, TextPosition position, String message) implements FileReading {}
}
