package io.avma.transport.eventlog;

import io.avma.platform.ForeignText;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An event log in a file. */
final class LogFileInput implements LogInput {
  private final Path path;
  private final String name;
  private final FileChannel channel;
  private final @Nullable Object fileKey;

  private LogFileInput(Path path, String name, FileChannel channel, @Nullable Object fileKey) {
    this.path = path;
    this.name = name;
    this.channel = channel;
    this.fileKey = fileKey;
  }

  static LogFileInput open(Path path) throws TransportException {
    Path fileName = path.getFileName();
    String name = fileName == null ? path.toString() : fileName.toString();
    try {
      if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
        // Opening a pipe would wait for whoever fills it.
        throw new TransportException(
            Reason.INVALID,
            ForeignText.escape(name, 200)
                + " is no regular file (expected: a file that can be read by position; copy it)");
      }
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return new LogFileInput(path, name, channel, fileKey(path));
      } catch (IOException | RuntimeException | Error e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed("open", name, e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() throws TransportException {
    try {
      return channel.size();
    } catch (IOException e) {
      throw failed("read", name, e);
    }
  }

  @Override
  public int read(long position, byte[] target, int count) throws TransportException {
    ByteBuffer buffer = ByteBuffer.wrap(target, 0, count);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, position + buffer.position()) < 0) {
          break;
        }
      }
      return buffer.position();
    } catch (IOException e) {
      throw failed("read", name, e);
    }
  }

  @Override
  public boolean isStillThere() {
    try {
      return Objects.equals(fileKey, fileKey(path));
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written, so nothing can be lost.
    }
  }

  private static @Nullable Object fileKey(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  static TransportException failed(String verb, String name, IOException e) {
    return new TransportException(
        reasonOf(e),
        "cannot "
            + verb
            + " "
            + ForeignText.escape(name, 200)
            + ": "
            + e.getClass().getSimpleName()
            + (e.getMessage() == null ? "" : " " + ForeignText.escape(e.getMessage(), 300)),
        e);
  }

  private static Reason reasonOf(IOException e) {
    if (e instanceof NoSuchFileException) {
      return Reason.NOT_FOUND;
    } else if (e instanceof FileAlreadyExistsException) {
      return Reason.ALREADY_EXISTS;
    } else if (e instanceof AccessDeniedException) {
      return Reason.REFUSED;
    }
    return e instanceof ClosedByInterruptException ? Reason.INTERRUPTED : Reason.FAILED;
  }
}
