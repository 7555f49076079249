package io.avma.transport.eventlog;

import io.avma.transport.TransportException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/**
 * The characters of a text file, a window at a time. From a {@linkplain #mark mark} on characters
 * are kept, so that a reader can go back to it.
 *
 * <p>{@link #chars}, {@link #at} and {@link #limit} are open to the parser, whose loops run over
 * them: characters from {@code at} to {@code limit} are there; {@link #more} gets further ones and
 * moves them all.
 */
final class LogText {
  private static final int BYTES = 1 << 16;

  char[] chars = new char[BYTES];
  int at;
  int limit;

  private final LogInput input;
  private final long size;
  private final TextEncoding encoding;
  private final CharsetDecoder decoder;
  private final byte[] bytes = new byte[BYTES];
  private final byte[] readAhead = new byte[BYTES];
  private final ByteBuffer undecoded = ByteBuffer.wrap(bytes).limit(0);
  private long filePosition;
  private boolean atEnd;
  private int mark = -1;

  /** How many characters of the file are in front of the window. */
  private long forgotten;

  /** Where the first character of the window is in the file. */
  private long windowOffset;

  private long windowLine = 1;

  private long malformed;

  LogText(LogInput input) throws TransportException {
    this.input = input;
    this.size = input.size();
    this.encoding = TextEncoding.of(input);
    this.decoder =
        encoding
            .charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.filePosition = encoding.bomBytes();
    this.windowOffset = encoding.bomBytes();
  }

  /** How long the file was when it was opened; nothing behind that is read. */
  long size() {
    return size;
  }

  /** How many places of the file are no characters of its encoding. Each is one U+FFFD. */
  long malformed() {
    return malformed;
  }

  Charset charset() {
    return encoding.charset();
  }

  /** Keeps all characters from here on. */
  void mark() {
    mark = at;
  }

  void unmark() {
    mark = -1;
  }

  /** Goes back to the mark, and on by {@code count}. */
  void toMark(int count) {
    at = mark + count;
    mark = -1;
  }

  /** Which character of the file {@code at} is, from 0. */
  long index() {
    return forgotten + at;
  }

  /** Goes to a character that has been read since the mark, and keeps nothing in front of it. */
  void toIndex(long index) {
    at = (int) (index - forgotten);
    mark = -1;
  }

  /** How many characters are between the mark and here. */
  int sinceMark() {
    return at - mark;
  }

  /** Moves to the next character without taking it; false at the end of the file. */
  boolean ready() throws TransportException {
    return at < limit || more();
  }

  /**
   * Gets further characters behind {@code limit}; false if there are none. What is in front of the
   * mark, or without one in front of {@code at}, is forgotten.
   */
  boolean more() throws TransportException {
    forget(mark >= 0 ? mark : at);
    if (limit == chars.length) {
      chars = Arrays.copyOf(chars, 2 * chars.length);
    }
    CharBuffer target = CharBuffer.wrap(chars, limit, chars.length - limit);
    int before = limit;
    while (limit == before) {
      if (!undecoded.hasRemaining() || (!decode(target) && limit == before)) {
        if (!readBytes()) {
          return flushRest(target) && limit > before;
        }
        decode(target);
      }
      limit = target.position();
    }
    return true;
  }

  /** Decodes what is there; false if nothing came of it because a character is not whole yet. */
  private boolean decode(CharBuffer target) {
    int start = target.position();
    CoderResult result = decoder.decode(undecoded, target, false);
    while (result.isError()) {
      replace(result, target);
      result = decoder.decode(undecoded, target, false);
    }
    limit = target.position();
    return target.position() > start;
  }

  private void replace(CoderResult error, CharBuffer target) {
    undecoded.position(Math.min(undecoded.position() + error.length(), undecoded.limit()));
    malformed++;
    if (target.hasRemaining()) {
      target.put('\uFFFD');
    }
  }

  /** A character that the end of the file cuts. */
  private boolean flushRest(CharBuffer target) {
    if (!undecoded.hasRemaining()) {
      return false;
    }
    undecoded.position(undecoded.limit());
    malformed++;
    target.put('\uFFFD');
    limit = target.position();
    return true;
  }

  private boolean readBytes() throws TransportException {
    if (atEnd) {
      return false;
    }
    int left = undecoded.remaining();
    System.arraycopy(bytes, undecoded.position(), bytes, 0, left);
    int wanted = (int) Math.min(bytes.length - left, size - filePosition);
    int count = wanted <= 0 ? 0 : input.read(filePosition, readAhead, wanted);
    System.arraycopy(readAhead, 0, bytes, left, count);
    undecoded.position(0).limit(left + count);
    filePosition += count;
    atEnd = count < wanted || filePosition >= size;
    return count > 0;
  }

  private void forget(int count) {
    if (count == 0) {
      return;
    }
    windowLine += lines(count);
    windowOffset += encoding.bytes(chars, 0, count);
    forgotten += count;
    System.arraycopy(chars, count, chars, 0, limit - count);
    limit -= count;
    at -= count;
    if (mark >= 0) {
      mark -= count;
    }
  }

  private long lines(int count) {
    int lines = 0;
    for (int i = 0; i < count; i++) {
      if (chars[i] == '\n') {
        lines++;
      }
    }
    return lines;
  }

  /** The line of the character at {@code index} of the window, from 1. */
  long lineOf(int index) {
    return windowLine + lines(index);
  }

  /** The offset in bytes of the character at {@code index} of the window. */
  long offsetOf(int index) {
    return Math.min(windowOffset + encoding.bytes(chars, 0, index), size);
  }

  int markIndex() {
    return mark;
  }
}
