package io.avma.testkit.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/**
 * Runs the daemon and moves files, with one command in the container each. Files travel compressed
 * in the command's own argument and output where they fit, because a copy by the engine takes
 * longer than everything else, and the standard input that docker-java offers loses bytes (3.7.1).
 */
final class GuestShell {
  /** A single argument may have 128 KiB; see {@code execve(2)}. */
  private static final int LONGEST_ARGUMENT = 120_000;

  private static final String LARGE = "/avma/large";
  private static final String TAPE = "/avma/tape";
  private static final String PLAY =
      """
      mkdir -p /dev/vmbus && ln -sf "$target" /dev/vmbus/hv_kvp || exit 1
      timeout -k 5 300 prlimit --core=0 --fsize="$(stat -c %s "$target")" \\
        /usr/sbin/hv_kvp_daemon -n < /dev/null >&2
      exit=$?
      gzip -1 -c "$target" | base64 -w 0
      exit $exit
      """;

  private final GenericContainer<?> container;

  GuestShell(GenericContainer<?> container) {
    this.container = container;
  }

  /** Lets the daemon play {@code tape} and returns what has become of it. */
  byte[] play(byte[] tape) throws IOException {
    return unpack(run(PLAY, TAPE, tape, DaemonTape.PLAYED));
  }

  /** Makes {@code bytes} the content of the file {@code path}. */
  void put(String path, byte[] bytes) throws IOException {
    String nothing = run("", path, bytes, 0);
    if (!nothing.isEmpty()) {
      throw new IOException("writing " + path + " in the container said more than was asked");
    }
  }

  /** Returns the content of the file {@code path}. */
  byte[] get(String path) throws IOException {
    return unpack(execute("gzip -1 -c \"$0\" | base64 -w 0", path, "", 0));
  }

  private String run(String script, String target, byte[] content, int expected)
      throws IOException {
    byte[] packed = pack(content);
    String argument = Base64.getEncoder().encodeToString(packed);
    String source = "printf %s \"$1\" | base64 -d";
    if (argument.length() > LONGEST_ARGUMENT) {
      container.copyFileToContainer(Transferable.of(packed, 0644), LARGE);
      argument = "";
      source = "cat " + LARGE;
    }
    String unpackFirst = "target=$0; " + source + " | gzip -d > \"$target\" || exit 1\n";
    return execute(unpackFirst + script, target, argument, expected);
  }

  private String execute(String script, String target, String argument, int expected)
      throws IOException {
    ExecResult result;
    try {
      result =
          container.execInContainer(
              StandardCharsets.US_ASCII, "sh", "-c", script, target, argument);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the container worked", e);
    }
    if (result.getExitCode() != expected) {
      throw new IOException(
          String.format(
              "working on %s in the container ended with exit value %d (expected: %d). %s",
              target, result.getExitCode(), expected, result.getStderr()));
    }
    return result.getStdout().strip();
  }

  private static byte[] pack(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] unpack(String text) throws IOException {
    byte[] packed = Base64.getDecoder().decode(text);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }
}
