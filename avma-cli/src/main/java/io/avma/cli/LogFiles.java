package io.avma.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.platform.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files that arguments name: themselves, or the logs in a directory. */
final class LogFiles {
  private static final ImmutableSet<String> ENDINGS =
      ImmutableSet.of("evtx", "xml", "json", "jsonl", "ndjson");
  private static final int DEEPEST = 16;
  private static final int MOST = 100_000;

  private LogFiles() {}

  /**
   * Returns the files, those of a directory in the order of their names; links are not followed.
   */
  static ImmutableList<Path> named(List<Path> arguments) throws InputException {
    ImmutableList.Builder<Path> files = ImmutableList.builder();
    for (Path argument : arguments) {
      if (Files.isDirectory(argument)) {
        files.addAll(logsIn(argument));
      } else {
        files.add(argument); // one that does not exist is told when it is opened
      }
    }
    return files.build();
  }

  private static List<Path> logsIn(Path directory) throws InputException {
    List<Path> logs = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory, DEEPEST)) {
      files.filter(LogFiles::isLog).limit(MOST + 1L).forEach(logs::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      throw complaint(directory, "cannot be listed", "Name the files instead.");
    }
    if (logs.isEmpty()) {
      throw complaint(
          directory,
          "holds no logs (expected: files ending in " + String.join(", ", ENDINGS) + ")",
          "Files of other names are read when they are named themselves.");
    } else if (logs.size() > MOST) {
      throw complaint(
          directory, "holds more than " + MOST + " logs", "Name parts of it one after the other.");
    }
    logs.sort(null);
    return logs;
  }

  private static boolean isLog(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))
        && name.indexOf('.') >= 0
        && Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS);
  }

  private static InputException complaint(Path directory, String what, String remedy) {
    return new InputException(
        Complaint.about(ForeignText.escape(directory.toString(), 200), what, remedy));
  }
}
