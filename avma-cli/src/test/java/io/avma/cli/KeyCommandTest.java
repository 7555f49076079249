package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.catalog.KeyCatalog;
import io.avma.catalog.PublishedKey;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KeyCommandTest {
  /** Well-formed in shape, with a checksum that fails, and not near any published key. */
  private static final String BROKEN = "B69WH-PRNHK-BXVK3-P9XF7-XD84C";

  private static final KeyCatalog CATALOG = KeyCatalog.standard();

  @Test
  void onlyAnAvmaKeyExitsWithZero() {
    for (PublishedKey key : CATALOG.avmaKeys()) {
      Run.avma("key", key.key().reveal()).exits(0);
    }
    for (PublishedKey key : CATALOG.kmsClientKeys()) {
      Run run = Run.avma("key", key.key().reveal()).exits(1);
      assertTrue(run.out().contains("KMS client key of " + key.product()), run.out());
    }
    Run.avma("key", BROKEN).exits(1);
    Run.avma("key", "BCR9J-3M3YR-9WYR8-RKQBV-3VQ8B").exits(1);
    Run.avma("key", "hello").exits(1);
    Run.avma("key", "").exits(1);
  }

  @Test
  void aKeyThatIsNotPublishedIsNeverShownWhole() {
    for (String[] args :
        new String[][] {
          {"key", BROKEN},
          {"key", BROKEN, "--json"},
          {"key", BROKEN, BROKEN},
          {"key", "--no-such-option=" + BROKEN, "x"},
          {"key", "--" + BROKEN},
          {BROKEN},
          {"check", "--host", BROKEN, "--guest", BROKEN},
          {"check", BROKEN},
          {"keys", "--release", BROKEN},
          {"keys", "--release", BROKEN.replace("-", "")},
          {"keys", "--edition", BROKEN.replace('-', '\u2011').toLowerCase(java.util.Locale.ROOT)}
        }) {
      Run run = Run.avma(args);
      String all = (run.out() + run.err()).toUpperCase(java.util.Locale.ROOT);
      assertFalse(all.contains("PRNHK"), () -> String.join(" ", args) + "\n" + all);
    }
  }

  @Test
  void keysFromStandardInputAreAnsweredOneALine() {
    String input =
        CATALOG.avmaKeys().stream().map(key -> key.key().reveal()).collect(Collectors.joining("\n"))
            + "\n\n"
            + BROKEN
            + "\r\n";
    Run run = Run.withInput(input, "key", "-").exits(1);
    List<String> lines = run.out().lines().toList();
    assertEquals(16, lines.size());
    assertTrue(lines.get(0).startsWith("1: key ending in DV4TW: This is the AVMA key"), run.out());
    assertTrue(lines.get(15).startsWith("17: This has the form of a key"), run.out());
  }

  @Test
  void standardInputOfNothingButAvmaKeysExitsWithZero() {
    Run.withInput("\uFEFFTMJ3Y-NTRTM-FJYXT-T22BY-CWG3J\n", "key", "-").exits(0);
    byte[] utf16 = "\uFEFFTMJ3Y-NTRTM-FJYXT-T22BY-CWG3J".getBytes(StandardCharsets.UTF_16LE);
    Run.withInput(utf16, "key", "-").exits(0);
  }

  /** {@code yes KEY | avma key - | head -1} once had no end. */
  @Test
  void whenNobodyReadsOnTheInputIsNotReadOn() {
    byte[] line = "TMJ3Y-NTRTM-FJYXT-T22BY-CWG3J\n".getBytes(StandardCharsets.UTF_8);
    for (String[] args : new String[][] {{"key", "-"}, {"key", "-", "--json"}}) {
      long[] read = {0};
      InputStream many =
          new InputStream() {
            @Override
            public int read() {
              return read[0] < 20_000_000 ? line[(int) (read[0]++ % line.length)] : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
              int count = (int) Math.min(length, 20_000_000 - read[0]);
              for (int i = 0; i < count; i++) {
                bytes[offset + i] = (byte) read();
              }
              return count == 0 ? -1 : count;
            }
          };
      OutputStream closed =
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              throw new IOException("broken pipe");
            }
          };
      PrintStream err = new PrintStream(OutputStream.nullOutputStream());
      assertEquals(3, Avma.run(args, many, new PrintStream(closed), err));
      assertTrue(read[0] < 500_000, () -> read[0] + " bytes were read");
    }
  }

  /** Who asks line by line gets each answer before the next question is read. */
  @Test
  void anAnswerIsThereBeforeTheNextQuestionIsWaitedFor() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] line = "TMJ3Y-NTRTM-FJYXT-T22BY-CWG3J\n".getBytes(StandardCharsets.UTF_8);
    int[] given = {0};
    InputStream conversation =
        new InputStream() {
          @Override
          public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            int at = given[0] % line.length;
            if (at == 0) {
              assertEquals(
                  given[0] / line.length, out.toString(StandardCharsets.UTF_8).lines().count());
            }
            if (given[0] == 3 * line.length) {
              return -1;
            }
            int count = Math.min(length, line.length - at);
            System.arraycopy(line, at, bytes, offset, count);
            given[0] += count;
            return count;
          }
        };
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(complaints, true, StandardCharsets.UTF_8);
    PrintStream buffered = new PrintStream(new BufferedOutputStream(out, 65_536));
    int code = Avma.run(new String[] {"key", "-"}, conversation, buffered, err);
    assertEquals(0, code, () -> complaints.toString(StandardCharsets.UTF_8));
    assertEquals(3, out.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void aKeyThatFellApartIsAskedForInQuotes() {
    Run run = Run.avma("key", "TMJ3Y", "NTRTM", "FJYXT", "T22BY", "CWG3J").exits(2);
    assertEquals(
        "KEY: the groups of a key stand apart. Put quotes around a key with blanks, or write dashes"
            + " in place of them.\n",
        run.err());
    Run.avma("key", "TMJ3Y NTRTM FJYXT T22BY CWG3J").exits(0);
    Run.avma("key", "TMJ3Y", "NTRTM").exits(1);
  }

  @Test
  void standardInputWithoutAKeyIsWrongInput() {
    Run run = Run.withInput("\n  \n", "key", "-").exits(2);
    assertEquals("standard input: holds no key. Give one key a line.\n", run.err());
  }

  @Test
  void standardInputThatIsNoTextIsRefusedWithLineAndOffset() {
    byte[] bytes = {'a', '\n', 'b', (byte) 0xFF, 'c'};
    Run run = Run.withInput(bytes, "key", "-").exits(2);
    assertTrue(run.err().startsWith("standard input:2: the byte at offset 3 is not UTF-8."));
  }

  @Test
  void jsonSaysKindAndThePublishedRow() {
    Run run = Run.avma("key", "N69G4-B89J2-4G8F4-WWYCC-J464C", BROKEN, "--json").exits(1);
    Map<String, Object> kms = run.objects().get(0);
    assertEquals(1L, kms.get("v"));
    assertEquals("diagnosis", kms.get("type"));
    assertEquals("kms-client", kms.get("kind"));
    assertEquals("J464C", kms.get("last_five"));
    assertEquals(1, ((List<?>) kms.get("published")).size());
    Map<String, Object> broken = run.objects().get(1);
    assertEquals("checksum-wrong", broken.get("kind"));
    assertTrue(broken.containsKey("last_five"));
    assertEquals(null, broken.get("last_five"));
  }

  @Test
  void aDashBesideKeysIsWrongUsage() {
    Run.avma("key", "-", BROKEN).exits(2);
    Run.avma("key").exits(2);
  }
}
