package io.avma.transport.device;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a field of the message: as many as its size says, whatever they are. Immutable.
 *
 * <p>A field that holds text ends it with a NUL that the size counts. The daemon compares keys over
 * the whole size, so a key without its NUL matches every key that begins with it.
 */
@CheckReturnValue
public final class FieldBytes {
  private static final FieldBytes EMPTY = new FieldBytes(new byte[0]);

  private final byte[] bytes;

  private FieldBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns a field without any byte. */
  public static FieldBytes empty() {
    return EMPTY;
  }

  /** Returns {@code text} in UTF-8 and its NUL; a lone surrogate becomes {@code ?}. */
  public static FieldBytes ofText(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return new FieldBytes(Arrays.copyOf(encoded, encoded.length + 1));
  }

  /** Returns a copy of {@code bytes}; no NUL is added. */
  public static FieldBytes of(byte[] bytes) {
    return new FieldBytes(bytes.clone());
  }

  static FieldBytes copyOf(byte[] message, int offset, int length) {
    return length == 0
        ? EMPTY
        : new FieldBytes(Arrays.copyOfRange(message, offset, offset + length));
  }

  /** Returns how many bytes there are, the NUL counted. */
  public int size() {
    return bytes.length;
  }

  /** Returns a copy of the bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** Returns the bytes before the first NUL, or all if there is none. */
  public FieldBytes beforeNul() {
    int end = indexOfNul();
    return end < 0 ? this : copyOf(bytes, 0, end);
  }

  /** Returns the bytes up to the last one that is not 0. */
  public FieldBytes withoutTrailingZeros() {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return end == bytes.length ? this : copyOf(bytes, 0, end);
  }

  /** Returns whether a NUL ends the text. */
  public boolean isTerminated() {
    return indexOfNul() >= 0;
  }

  /** Returns the text before the first NUL; empty if it is not UTF-8. */
  public Optional<String> text() {
    int end = indexOfNul();
    ByteBuffer text = ByteBuffer.wrap(bytes, 0, end < 0 ? bytes.length : end);
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(text).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  void writeTo(byte[] message, int offset, int limit) {
    checkArgument(
        bytes.length <= limit,
        "a field of %s bytes does not fit its place (expected: at most %s)",
        bytes.length,
        limit);
    System.arraycopy(bytes, 0, message, offset, bytes.length);
  }

  private int indexOfNul() {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldBytes field && Arrays.equals(bytes, field.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Returns the text, escaped and cut, and the size. */
  @Override
  public String toString() {
    return "'"
        + text().map(text -> ForeignText.escape(text, 80)).orElse("(not UTF-8)")
        + "' ("
        + bytes.length
        + " bytes)";
  }
}
