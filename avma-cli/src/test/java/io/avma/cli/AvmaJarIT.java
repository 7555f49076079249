package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as users start it, in a process of its own. */
class AvmaJarIT {
  private static final Path ROOT =
      Path.of(System.getProperty("avma.root", "..")).toAbsolutePath().normalize();
  private static final Path JAR = ROOT.resolve("avma-cli/target/avma.jar");

  @TempDir Path folder;

  @Test
  void theJarAnswersAsTheCommandInThisProcessDoes() throws Exception {
    Run jar = jar("", "plan", "samples/fleet", "--json").exits(0);
    Run here = Run.avma("plan", ROOT.resolve("samples/fleet").toString(), "--json");
    assertEquals(here.out().replace(ROOT + "/", ""), jar.out());
    assertEquals("", jar.err());
    Run keys = jar("", "keys").exits(0);
    assertEquals(Run.avma("keys").out(), keys.out());
    assertFalse(keys.out().contains("\u001B"), "no colours in a file");
  }

  /** Standard input ends at once, and so does the server. */
  @Test
  void theJarServesSimulatedHosts() throws Exception {
    Run run = jar("", "sim", "serve", "samples/fleet").exits(0);
    assertTrue(run.out().startsWith("AVMA_HOST_1=http://127.0.0.1:"), run.out());
    assertFalse(run.err().contains("SLF4J"), run.err());
  }

  @Test
  void exitCodesReachTheShell() throws Exception {
    jar("TMJ3Y-NTRTM-FJYXT-T22BY-CWG3J\n", "key", "-").exits(0);
    jar("hello\n", "key", "-").exits(1);
    jar("", "plan", "samples").exits(2);
    jar("", "check", "--host", "unknown", "--guest", "2022/standard").exits(3);
    Run version = jar("", "--version").exits(0);
    assertTrue(version.out().matches("avma [0-9].*\n"), version.out());
  }

  @Test
  void theJarCarriesTheLicensesAndNothingThatBreaksIt() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> names = jar.stream().map(entry -> entry.getName()).toList();
      assertEquals(List.of(), unwanted(names));
      List<String> bad =
          List.of(
              "module-info.class",
              "META-INF/versions/9/module-info.class",
              "META-INF/versions/17/com/example/A.class",
              "META-INF/SIGNED.SF",
              "META-INF/SIGNED.RSA");
      assertEquals(bad, unwanted(bad)); // the check can fail
      String notices = text(jar, "META-INF/THIRD-PARTY.txt");
      for (String library : List.of("picocli", "FastCSV", "Jackson", "Jetty", "Guava", "SLF4J")) {
        assertTrue(notices.contains(library), library);
      }
      assertTrue(text(jar, "META-INF/LICENSE").contains("Apache License"));
    }
  }

  /** As in {@code yes KEY | avma key - | head -1}. */
  /** What does not fit is refused at once, and what is offered instead fits. */
  @Test
  void asManyDaysAreSimulatedAsFitIntoTheMemory() throws Exception {
    List<String> small = List.of("-Xmx64m");
    Run refused = jar(small, "", "simulate", "samples/fleet", "--days", "3650").exits(2);
    Matcher most = Pattern.compile("at most (\\d+) days").matcher(refused.err());
    assertTrue(most.find(), refused.err());
    jar(small, "", "simulate", "samples/fleet", "--days", most.group(1)).exits(0);
  }

  @Test
  void theJarEndsWhenNobodyReadsOn() throws Exception {
    Process process =
        new ProcessBuilder(java(), "-jar", JAR.toString(), "key", "-")
            .redirectError(folder.resolve("err").toFile())
            .start();
    byte[] line = "TMJ3Y-NTRTM-FJYXT-T22BY-CWG3J\n".getBytes(StandardCharsets.UTF_8);
    Thread yes =
        new Thread(
            () -> {
              try (OutputStream keys = process.getOutputStream()) {
                while (process.isAlive()) {
                  keys.write(line);
                }
              } catch (IOException e) {
                // The process has ended, which is what it shall do.
              }
            });
    yes.start();
    try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
      assertTrue(answers.readLine().startsWith("1: key ending in CWG3J"));
    }
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    yes.join();
    assertTrue(ended, "still running");
    assertEquals(3, process.exitValue());
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static List<String> unwanted(List<String> names) {
    List<String> parts = List.of("module-info.class", "META-INF/versions/", ".SF", ".RSA");
    return names.stream().filter(name -> parts.stream().anyMatch(name::contains)).toList();
  }

  private static String text(JarFile jar, String name) {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Run jar(String input, String... args) throws Exception {
    return jar(List.of(), input, args);
  }

  private Run jar(List<String> options, String input, String... args) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(java());
    line.addAll(options);
    line.addAll(List.of("-jar", JAR.toString()));
    line.addAll(List.of(args));
    Path in = Files.writeString(folder.resolve("in"), input);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(line)
            .directory(ROOT.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
