package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileInputTest {
  /** As on Windows. */
  private static final LogFileInput.KeyOf NO_KEY = attributes -> null;

  @TempDir Path folder;

  @Test
  void anotherFileOfTheNameIsNoticedWithAndWithoutKeys() throws Exception {
    for (LogFileInput.KeyOf keyOf :
        java.util.List.<LogFileInput.KeyOf>of(BasicFileAttributes::fileKey, NO_KEY)) {
      Path file = Files.writeString(folder.resolve("log"), "one");
      try (LogFileInput input = LogFileInput.open(file, keyOf)) {
        assertTrue(input.isStillThere());
        Files.writeString(file, " and more", StandardOpenOption.APPEND);
        assertTrue(input.isStillThere(), "a file that grows is the same file");
        Path other = Files.writeString(folder.resolve("other"), "two and more");
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertFalse(input.isStillThere());
        Files.delete(file);
        assertFalse(input.isStillThere());
      }
    }
  }

  @Test
  void aFileThatIsReplacedWhileItIsOpenedIsOpenedAnew() throws Exception {
    Path file = Files.writeString(folder.resolve("log"), "one");
    AtomicInteger asked = new AtomicInteger();
    try (LogFileInput input =
        LogFileInput.open(file, attributes -> Math.min(asked.incrementAndGet(), 3))) {
      assertEquals(4, asked.get(), "before and after, twice");
      assertEquals(3, input.size());
    }
    assertEquals(
        Reason.FAILED,
        assertThrows(
                TransportException.class,
                () -> LogFileInput.open(file, attributes -> asked.incrementAndGet()))
            .reason());
  }
}
