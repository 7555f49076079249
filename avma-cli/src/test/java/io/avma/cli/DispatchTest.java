package io.avma.cli;

import static com.google.common.base.Throwables.throwIfUnchecked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.cli.output.Console;
import io.avma.cli.output.Screen;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatchTest {
  @TempDir Path folder;

  @Test
  void helpIsAnAnswerAndNothingAtAllIsWrongUsage() {
    assertTrue(Run.avma("--help").exits(0).out().contains("keys"));
    assertTrue(Run.avma("help", "key").exits(0).out().startsWith("Usage: avma key"));
    Run nope = Run.avma("help", "nope").exits(2);
    assertTrue(nope.err().contains("'nope' is no command"), nope.err());
    assertEquals("", nope.out());
    assertTrue(Run.avma("check", "--help").exits(0).out().startsWith("Usage: avma check"));
    assertTrue(Run.avma("--version").exits(0).out().startsWith("avma "));
    Run nothing = Run.avma().exits(2);
    assertEquals("", nothing.out());
    assertTrue(nothing.err().startsWith("Usage: avma"));
  }

  @Test
  void wrongUsageNamesTheCommandAndWhereHelpIs() {
    assertTrue(Run.avma("kyes").exits(2).err().contains("'kyes' is no command (expected: keys"));
    assertTrue(Run.avma("keys", "--relase", "2019").exits(2).err().contains("avma keys --help"));
    assertTrue(Run.avma("keys", "surplus").exits(2).err().contains("avma keys --help"));
  }

  @Test
  void anEscapeSequenceInAnArgumentIsSpelledOut() {
    Run run = Run.avma("keys", "--release", "\u001B[31m=cmd|' /C calc'!A0");
    assertFalse(run.err().contains("\u001B"));
    assertTrue(run.err().contains("\\u{1B}[31m"), run.err());
    Run option = Run.avma("keys", "--\u001B[31m");
    assertFalse(option.err().contains("\u001B"));
  }

  @Test
  void aBugExitsWithSeventyAndShowsItsTraceOnlyWhenAsked() {
    Run quiet = failing(Map.of(), "key", "-");
    assertEquals(70, quiet.code());
    assertEquals(2, quiet.err().lines().count(), quiet.err());
    assertTrue(quiet.err().contains("--debug"), quiet.err());
    assertFalse(quiet.err().contains("\tat "));
    assertTrue(failing(Map.of(), "--debug", "key", "-").err().contains("at io.avma"));
    assertTrue(failing(Map.of(), "key", "--debug", "-").err().contains("at io.avma"));
    assertTrue(failing(Map.of(), "key", "-", "--debug").err().contains("at io.avma"));
    assertTrue(failing(Map.of("AVMA_DEBUG", "1"), "key", "-").err().contains("at io.avma"));
  }

  /** It was once taken out wherever it stood. */
  @Test
  void theValueOfAnOptionIsNotTakenForDebug() {
    Run run = Run.avma("keys", "--release", "--debug", "2019").exits(2);
    assertTrue(run.err().contains("Expected parameter for option '--release'"), run.err());
    Run.avma("check", "--host", "--debug", "2022/datacenter", "--guest", "2019/standard").exits(2);
    assertEquals(2, Run.avma("key", "--debug").code()); // a key is missing
    assertEquals(1, Run.avma("key", "--", "--debug").code()); // and this is none
  }

  /** An argument was once replaced by what a file of its name holds. */
  @Test
  void anArgumentThatBeginsWithAnAtSignIsNoFile() throws Exception {
    Path file = Files.writeString(folder.resolve("args"), "--release 2019 --json");
    Run run = Run.avma("keys", "@" + file).exits(2);
    assertTrue(run.err().contains("avma keys --help"), run.err());
    Run.avma("keys", "--release", "@" + file).exits(2);
  }

  @Test
  void anInputThatIsTooLargeForTheMemoryIsNoBug() {
    Run run = failing(Map.of(), new OutOfMemoryError("Java heap space"), "key", "-");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("too large for the memory of this Java"), run.err());
    assertTrue(run.err().contains("-Xmx"), run.err());
  }

  private static Run failing(Map<String, String> environment, String... args) {
    return failing(environment, new IllegalStateException("broken on purpose"), args);
  }

  private static Run failing(Map<String, String> environment, Throwable bug, String... args) {
    @SuppressWarnings("InputStreamSlowMultibyteRead")
    InputStream broken =
        new InputStream() {
          @Override
          public int read() {
            throwIfUnchecked(bug);
            throw new AssertionError(bug);
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream errors = new PrintStream(err, false, StandardCharsets.UTF_8);
    PrintStream out = new PrintStream(OutputStream.nullOutputStream(), false);
    Console console = new Console(broken, out, errors, Screen.PLAIN);
    int code = new Dispatch(console, environment).run(args);
    return new Run(code, "", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void anOutputThatCannotBeWrittenExitsWithThree() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws java.io.IOException {
            throw new java.io.IOException("no space left");
          }
        };
    PrintStream err = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    PrintStream out = new PrintStream(full, false, StandardCharsets.UTF_8);
    assertEquals(3, Avma.run(new String[] {"keys"}, InputStream.nullInputStream(), out, err));
  }

  @Test
  void coloursAppearOnATerminalOnlyAndNotAgainstTheUsersWish() {
    assertTrue(Screen.of(Map.of(), true).colour());
    assertFalse(Screen.of(Map.of(), false).colour());
    assertFalse(Screen.of(Map.of("NO_COLOR", "1"), true).colour());
    assertFalse(Screen.of(Map.of("TERM", "dumb"), true).colour());
    assertEquals(132, Screen.of(Map.of("COLUMNS", "132"), true).width());
    assertEquals(100, Screen.of(Map.of("COLUMNS", "wide"), true).width());
    assertFalse(Run.avma("keys").out().contains("\u001B"));
  }
}
