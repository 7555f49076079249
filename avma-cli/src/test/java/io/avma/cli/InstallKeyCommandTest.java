package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallKeyCommandTest {
  private static final String EMPTY =
      """
      <?xml version="1.0" encoding="utf-8"?>
      <!-- ours -->
      <unattend xmlns="urn:schemas-microsoft-com:unattend">
      </unattend>
      """;

  @TempDir Path folder;

  @Test
  void everyKeyIsInstalledByTheLineThatMicrosoftGives() {
    for (AvmaKey key : KeyCatalog.standard().avmaKeys()) {
      String guest = key.release().label() + "/" + key.edition().label();
      String out = Run.avma("install-key", "--guest", guest).exits(0).out();
      assertTrue(out.contains("slmgr /ipk " + key.key().reveal()), guest);
      assertTrue(out.contains("<ProductKey>" + key.key().reveal() + "</ProductKey>"), guest);
    }
  }

  @Test
  void evaluationMediaAreConverted() {
    Run run = Run.avma("install-key", "--guest", "2019/standard", "--evaluation").exits(0);
    assertTrue(run.out().contains("/Set-Edition:ServerStandard"), run.out());
    Run flag = Run.avma("install-key", "--guest", "2019/standard,evaluation").exits(0);
    assertEquals(run.out(), flag.out());
  }

  @Test
  void aGuestWithoutAKeyIsANo() {
    Run run = Run.avma("install-key", "--guest", "2022/essentials").exits(1);
    assertTrue(run.out().startsWith("No AVMA key for Windows Server 2022 Essentials"), run.out());
    Run json = Run.avma("install-key", "--guest", "windows-11", "--json").exits(1);
    assertEquals("absence", json.objects().get(0).get("type"));
  }

  @Test
  void jsonHoldsEveryProcedureWithItsCommands() {
    Run run = Run.avma("install-key", "--guest", "2022/datacenter", "--json").exits(0);
    assertEquals(7, run.objects("procedure").size());
    assertEquals("install-with-slmgr", run.objects().get(0).get("kind"));
    assertEquals(1, run.objects("answer-file-fragment").size());
  }

  @Test
  void anAnswerFileThatIsNotThereIsWritten() throws IOException {
    Path file = folder.resolve("unattend.xml");
    Run run = answerFile(file, "2022/datacenter").exits(0);
    assertTrue(run.out().contains("written"), run.out());
    assertTrue(Files.readString(file).contains("W3GNR-8DDXR-2TFRP-H8P33-DV9BG"));
    assertTrue(answerFile(file, "2022/datacenter").exits(0).out().contains("already"));
    onlyFile(file);
  }

  @Test
  void theRestOfAnAnswerFileStaysAndSoDoItsPermissions() throws IOException {
    Path file = folder.resolve("unattend.xml");
    Files.writeString(file, EMPTY);
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }
    answerFile(file, "2022/datacenter").exits(0);
    assertTrue(Files.readString(file).startsWith(EMPTY.substring(0, EMPTY.indexOf("</un"))));
    if (posix) {
      assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
    onlyFile(file);
  }

  @Test
  void anOutputLeavesTheInputAlone() throws IOException {
    Path file = folder.resolve("in.xml");
    Path output = folder.resolve("out.xml");
    Files.writeString(file, EMPTY);
    answerFile(file, "2022/datacenter", "--output", output.toString()).exits(0);
    assertEquals(EMPTY, Files.readString(file));
    assertTrue(Files.readString(output).contains("DV9BG"));
  }

  @Test
  void anotherKeyIsReplacedOnlyWhenAsked() throws IOException {
    Path file = folder.resolve("unattend.xml");
    answerFile(file, "2022/datacenter").exits(0);
    byte[] before = Files.readAllBytes(file);
    Run refused = answerFile(file, "2022/standard").exits(2);
    assertTrue(refused.err().startsWith(file + ":5:7: "), refused.err());
    assertTrue(refused.err().contains("--replace"), refused.err());
    assertFalse(refused.err().contains("W3GNR"), refused.err());
    assertArrayEquals(before, Files.readAllBytes(file));
    Run replaced = answerFile(file, "2022/standard", "--replace", "--json").exits(0);
    Map<String, Object> outcome = replaced.objects("answer-file").get(0);
    assertEquals("replaced-key", outcome.get("change"));
    assertTrue(Files.readString(file).contains("YDFWN-MJ9JR-3DYRK-FXXRW-78VHK"));
    onlyFile(file);
  }

  @Test
  void anAnswerFileThatIsHostileOrBrokenIsLeftAlone() throws IOException {
    Path secret = folder.resolve("secret.txt");
    Files.writeString(secret, "do not read me");
    String entity =
        "<?xml version=\"1.0\"?>\n<!DOCTYPE unattend [<!ENTITY x SYSTEM \""
            + secret.toUri()
            + "\">]>\n<unattend xmlns=\"urn:schemas-microsoft-com:unattend\">&x;</unattend>\n";
    for (byte[] bytes :
        List.of(
            entity.getBytes(StandardCharsets.UTF_8),
            EMPTY.substring(0, 80).getBytes(StandardCharsets.UTF_8),
            new byte[0],
            new byte[] {0, 1, 2, (byte) 0xFF},
            "<html/>".getBytes(StandardCharsets.UTF_8),
            new byte[5 * 1024 * 1024])) {
      Path file = folder.resolve("broken.xml");
      Files.write(file, bytes);
      Run run = answerFile(file, "2022/datacenter").exits(2);
      assertTrue(run.err().startsWith(file.toString()), run.err());
      assertTrue(run.err().endsWith("Nothing was changed.\n"), run.err());
      assertFalse(run.err().contains("do not read me"));
      assertArrayEquals(bytes, Files.readAllBytes(file));
    }
  }

  @Test
  void whatCannotBeWrittenIsSaidAndNothingIsLeftBehind() throws IOException {
    Run run = answerFile(folder.resolve("nowhere/unattend.xml"), "2022/datacenter").exits(2);
    assertTrue(run.err().contains("cannot be written: "), run.err());
    Run directory = answerFile(folder, "2022/datacenter").exits(2);
    assertFalse(directory.err().contains("Exception:"), directory.err());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void optionsThatSayNothingAreWrongUsage() {
    Run.avma("install-key").exits(2);
    Run.avma("install-key", "--guest", "2022/datacenter", "--replace").exits(2);
    Run.avma("install-key", "--guest", "2022/datacenter", "--output", "x").exits(2);
    Run.avma("install-key", "--guest", "2022/datacenter", "--answer-file", "x", "--overwrite")
        .exits(2);
    Run.avma("install-key", "--guest", "2022/datacenter", "--architecture", "ppc").exits(2);
  }

  private static Run answerFile(Path file, String guest, String... more) {
    String[] args = new String[5 + more.length];
    System.arraycopy(
        new String[] {"install-key", "--guest", guest, "--answer-file", file.toString()},
        0,
        args,
        0,
        5);
    System.arraycopy(more, 0, args, 5, more.length);
    return Run.avma(args);
  }

  private void onlyFile(Path file) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }
}
