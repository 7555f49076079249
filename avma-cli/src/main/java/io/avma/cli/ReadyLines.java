package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.cli.output.Console;
import io.avma.sim.server.WsManServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where served hosts answer and how to log in, as lines to export; and the file that has them. */
final class ReadyLines implements AutoCloseable {
  private final ImmutableList<String> lines;
  private @Nullable Path written;

  private ReadyLines(ImmutableList<String> lines) {
    this.lines = lines;
  }

  static ReadyLines of(WsManServer server) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    List<WsManServer.Endpoint> endpoints = server.endpoints();
    for (int i = 0; i < endpoints.size(); i++) {
      int number = i + 1;
      lines.add("AVMA_HOST_" + number + "=" + endpoints.get(i).uri());
      lines.add("AVMA_USER_" + number + "=" + server.user());
      lines.add("AVMA_PASSWORD_" + number + "=" + new String(server.password()));
    }
    return new ReadyLines(lines.build());
  }

  void print(Console console) {
    lines.forEach(console::line);
    console.flush();
  }

  /**
   * Writes a file that only its owner may read; who waits for it never sees a part of it. It takes
   * the place of an old one.
   */
  synchronized void write(Path to) throws IOException {
    try {
      Path target = to.toAbsolutePath();
      // Nobody else may read a temporary file, from its beginning on.
      Path fresh = Files.createTempFile(target.getParent(), ".avma-", ".tmp");
      try {
        Files.write(fresh, lines, StandardCharsets.UTF_8);
        Files.move(
            fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        written = target;
      } finally {
        boolean unused = Files.deleteIfExists(fresh); // still there only if something failed
      }
    } catch (IOException e) {
      throw new IOException("ready file cannot be written" + FileTrouble.because(e), e);
    }
  }

  /** Ends it all when the process is told to end. */
  void stop(WsManServer server) {
    try (server) {
      close();
    } catch (IOException e) {
      // The process ends, and what it has opened with it.
    }
  }

  /** Removes the file, for nobody answers where it says. */
  @Override
  public synchronized void close() throws IOException {
    Path file = written;
    written = null;
    if (file != null) {
      boolean unused = Files.deleteIfExists(file);
    }
  }
}
