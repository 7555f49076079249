package io.avma.sim.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of {@code src/it} in a JVM of its own: a client of WS-Management that other people have
 * written, whose libraries must meet none of ours. Maven has built it before the tests.
 */
final class ForeignProgram {
  private static final Path BUILT = Path.of("target", "foreign");

  private ForeignProgram() {}

  /**
   * Runs a program and returns its lines, each as its words.
   *
   * @param project its project in {@code src/it}
   * @param options what its JVM needs
   * @param secrets its environment, for what is not for the list of processes
   */
  static ImmutableList<ImmutableList<String>> run(
      String project,
      String main,
      Path folder,
      List<String> options,
      Map<String, String> secrets,
      List<String> arguments)
      throws Exception {
    Path target = BUILT.resolve(project).resolve("target");
    Path classPath = target.resolve("class-path");
    assumeTrue(
        Files.exists(classPath),
        () ->
            classPath.toAbsolutePath()
                + " is not there; Maven makes it (mvn -pl avma-transport-sim -am"
                + " process-test-resources)");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.addAll(options);
    line.add("-cp");
    line.add(
        target.resolve("classes").toAbsolutePath()
            + java.io.File.pathSeparator
            + Files.readString(classPath).strip());
    line.add(main);
    line.addAll(arguments);
    Path output = folder.resolve(main + ".out");
    Path log = folder.resolve(main + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(output.toFile()).redirectError(log.toFile());
    builder.environment().putAll(secrets);
    Process process = builder.start();
    boolean ended;
    try {
      ended = process.waitFor(120, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(output);
    assertTrue(ended && process.exitValue() == 0, () -> said + System.lineSeparator() + tail(log));
    return said.lines().map(ForeignProgram::words).collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<String> words(String line) {
    return Splitter.on('\t')
        .splitToStream(line)
        .map(word -> URLDecoder.decode(word, UTF_8))
        .collect(ImmutableList.toImmutableList());
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
