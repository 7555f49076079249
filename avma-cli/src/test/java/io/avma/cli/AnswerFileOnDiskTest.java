package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --answer-file} and {@code --output} may name, and what becomes of it. */
class AnswerFileOnDiskTest {
  private static final String EMPTY =
      "<unattend xmlns=\"urn:schemas-microsoft-com:unattend\"></unattend>\n";

  @TempDir Path folder;

  /** It once put a file in the place of whatever was there, device nodes and all. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a pipe may block for ever
  void whatIsNoFileIsNeitherReadNorReplaced() throws Exception {
    Path file = Files.writeString(folder.resolve("in.xml"), EMPTY);
    Path directory = Files.createDirectory(folder.resolve("directory"));
    Path missing = folder.resolve("missing.xml");
    List<Path> others = Stream.concat(Stream.of(directory), pipe().stream()).toList();
    for (Path other : others) {
      for (Path[] paths : new Path[][] {{other, other}, {file, other}, {other, missing}}) {
        Run run = install(paths[0], "--output", paths[1].toString(), "--overwrite").exits(2);
        assertTrue(run.err().startsWith(other + ": is a "), run.err());
      }
      assertTrue(install(other).exits(2).err().startsWith(other + ": is a "));
      assertFalse(Files.isRegularFile(other));
      assertTrue(Files.exists(other));
    }
    assertEquals(EMPTY, Files.readString(file));
    assertFalse(Files.exists(missing));
  }

  /** A named pipe, where the system has them. */
  private ImmutableList<Path> pipe() throws Exception {
    if (!isPosix()) {
      return ImmutableList.of();
    }
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertTrue(made.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, made.exitValue());
    return ImmutableList.of(pipe);
  }

  /** It once replaced the output by a file with the key and nothing else, and called it done. */
  @Test
  void aMissingAnswerFileIsNoReasonToReplaceTheOutput() throws IOException {
    Path output = Files.writeString(folder.resolve("out.xml"), "months of work");
    Path missing = folder.resolve("missing.xml");
    for (String[] more : new String[][] {{}, {"--overwrite"}}) {
      String[] args =
          Stream.concat(Stream.of("--output", output.toString()), Stream.of(more))
              .toArray(String[]::new);
      Run run = install(missing, args).exits(2);
      assertTrue(run.err().startsWith(missing + ": is not there."), run.err());
    }
    assertEquals("months of work", Files.readString(output));
    Path nowhere = folder.resolve("new.xml");
    install(missing, "--output", nowhere.toString()).exits(2);
    assertFalse(Files.exists(nowhere));
  }

  @Test
  void anotherFileIsReplacedOnlyWhenAsked() throws IOException {
    Path file = Files.writeString(folder.resolve("in.xml"), EMPTY);
    Path output = Files.writeString(folder.resolve("out.xml"), "months of work");
    Run refused = install(file, "--output", output.toString()).exits(2);
    assertTrue(refused.err().startsWith(output + ": is there already."), refused.err());
    assertTrue(refused.err().contains("--overwrite"), refused.err());
    assertEquals("months of work", Files.readString(output));
    install(file, "--output", output.toString(), "--overwrite").exits(0);
    assertTrue(Files.readString(output).contains("DV9BG"));
    assertEquals(EMPTY, Files.readString(file));
  }

  @Test
  void theSameFileUnderAnotherNameIsEditedInItsPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("in.xml"), EMPTY);
    Path again = folder.resolve(".").resolve("in.xml");
    install(file, "--output", again.toString()).exits(0);
    assertTrue(Files.readString(file).contains("DV9BG"));
  }

  @Test
  void aLinkStaysALinkAndOneThatLeadsNowhereIsNamed() throws IOException {
    if (!isPosix()) {
      return; // elsewhere links need a privilege
    }
    Path file = Files.writeString(folder.resolve("in.xml"), EMPTY);
    Path link = Files.createSymbolicLink(folder.resolve("link.xml"), file);
    install(link).exits(0);
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.readString(file).contains("DV9BG"));
    Path dangling = Files.createSymbolicLink(folder.resolve("d.xml"), folder.resolve("nobody"));
    Run run = install(dangling).exits(2);
    assertTrue(run.err().startsWith(dangling + ": is a link"), run.err());
    assertTrue(Files.exists(dangling, LinkOption.NOFOLLOW_LINKS));
  }

  /** Who may give files away keeps the owner; everybody else is told. */
  @Test
  void theOwnerStaysOrItIsSaidThatItDoesNot() throws IOException {
    if (!isPosix()) {
      return;
    }
    UserPrincipal me = Files.getOwner(Files.createFile(folder.resolve("mine")));
    UserPrincipal root =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("root");
    if (me.equals(root)) {
      Path file = Files.writeString(folder.resolve("in.xml"), EMPTY);
      UserPrincipal other =
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
      Files.setOwner(file, other);
      assertFalse(install(file).exits(0).out().contains("owner"));
      assertEquals(other, Files.getOwner(file));
    } else {
      Path fresh = Files.createFile(folder.resolve("fresh"));
      Path roots = Path.of("/"); // its attributes are only read
      assertEquals(root, Files.readAttributes(roots, PosixFileAttributes.class).owner());
      List<String> notes = WholeFile.keepAttributes(roots, fresh);
      assertTrue(notes.stream().anyMatch(note -> note.contains("owner")), notes.toString());
    }
  }

  @Test
  void whyAFileCannotBeWrittenIsSaidInWords() throws IOException {
    Path file = folder.resolve("nowhere").resolve("unattend.xml");
    Run run = install(file).exits(2);
    assertTrue(run.err().contains("cannot be written: there is no such file or directory."));
    assertFalse(run.err().contains("Exception"), run.err());
  }

  /** Evaluation media refuse the key, so an answer file that holds it only stops Setup. */
  @Test
  void anAnswerFileForEvaluationMediaIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("in.xml"), EMPTY);
    byte[] before = Files.readAllBytes(file);
    assertTrue(install(file, "--evaluation").exits(2).err().contains("evaluation media"));
    Run.avma("install-key", "--guest", "2022/datacenter,evaluation", "--answer-file", "" + file)
        .exits(2);
    assertArrayEquals(before, Files.readAllBytes(file));
    Path missing = folder.resolve("missing.xml");
    install(missing, "--evaluation").exits(2);
    assertFalse(Files.exists(missing));
    Run told = Run.avma("install-key", "--guest", "2022/datacenter", "--evaluation").exits(0);
    assertFalse(told.out().contains("<ProductKey>"), told.out());
    Run json =
        Run.avma("install-key", "--guest", "2022/datacenter", "--evaluation", "--json").exits(0);
    assertEquals(List.of(), json.objects("answer-file-fragment"));
  }

  private boolean isPosix() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static Run install(Path file, String... more) {
    return Run.avma(
        Stream.concat(
                Stream.of(
                    "install-key", "--guest", "2022/datacenter", "--answer-file", file.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }
}
