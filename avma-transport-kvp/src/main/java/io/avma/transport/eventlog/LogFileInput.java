package io.avma.transport.eventlog;

import io.avma.platform.ForeignText;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An event log in a file. */
final class LogFileInput implements LogInput {
  private static final int MOST_TRIES = 10;
  private static final int LOOKED_AT = 4096;

  private final Path path;
  private final String name;
  private final FileChannel channel;
  private final KeyOf keyOf;
  private final @Nullable Object key;

  /** What tells a file from another of its name; Windows has no key, and there it is null. */
  interface KeyOf {
    @Nullable Object of(BasicFileAttributes attributes);
  }

  private LogFileInput(
      Path path, String name, FileChannel channel, KeyOf keyOf, @Nullable Object key) {
    this.path = path;
    this.name = name;
    this.channel = channel;
    this.keyOf = keyOf;
    this.key = key;
  }

  static LogFileInput open(Path path) throws TransportException {
    return open(path, BasicFileAttributes::fileKey);
  }

  static LogFileInput open(Path path, KeyOf keyOf) throws TransportException {
    Path fileName = path.getFileName();
    String name = fileName == null ? path.toString() : fileName.toString();
    try {
      for (int tries = 0; tries < MOST_TRIES; tries++) {
        Object before = key(path, name, keyOf);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
          // What was opened must be what is known by this key.
          if (Objects.equals(before, key(path, name, keyOf))) {
            return new LogFileInput(path, name, channel, keyOf, before);
          }
        } catch (IOException | TransportException | RuntimeException | Error e) {
          channel.close();
          throw e;
        }
        channel.close();
      }
      throw new TransportException(
          Reason.FAILED,
          ForeignText.escape(name, 200)
              + " is replaced again and again while it is opened (expected: a file that stays)");
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
      Object now = key(path, name, keyOf);
      return Objects.equals(now, key) && (now != null || startsTheSame());
    } catch (IOException | TransportException e) {
      return false;
    }
  }

  /**
   * Where files have no key: whether the file of this name begins as the open one does by now. Not
   * the time of creation, which Windows hands on to the next file of the name.
   */
  private boolean startsTheSame() throws IOException, TransportException {
    byte[] opened = new byte[LOOKED_AT];
    int count = read(0, opened, LOOKED_AT);
    try (InputStream input = Files.newInputStream(path)) {
      byte[] named = input.readNBytes(LOOKED_AT);
      return Arrays.equals(opened, 0, count, named, 0, named.length);
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

  private static @Nullable Object key(Path path, String name, KeyOf keyOf)
      throws IOException, TransportException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      // Opening a pipe would wait for whoever fills it.
      throw new TransportException(
          Reason.INVALID,
          ForeignText.escape(name, 200)
              + " is no regular file (expected: a file that can be read by position; copy it)");
    }
    return keyOf.of(attributes);
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
