package io.avma.transport.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Another JVM that runs a main class of these tests; it ends when its input does. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ChildJvm start(int heapMegabytes, Class<?> main, String... arguments) throws IOException {
    String classPath = System.getProperty("java.class.path");
    return start(List.of(), classPath, heapMegabytes, main, arguments);
  }

  /** Starts it behind {@code prefix}, a command that runs the command that follows it. */
  static ChildJvm start(
      List<String> prefix, String classPath, int heapMegabytes, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heapMegabytes + "m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            classPath,
            main.getName()));
    command.addAll(Arrays.asList(arguments));
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Returns the next line of its output, or null at its end. */
  String line() throws IOException {
    return output.readLine();
  }

  /** Kills it with SIGKILL, unless it has ended, and waits until it is gone. */
  void kill() throws InterruptedException {
    // Through its handle, because Process.destroyForcibly throws its last output away.
    boolean unused = process.toHandle().destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    Process ended = process.onExit().join();
    assert !ended.isAlive();
  }
}
