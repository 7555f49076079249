package io.avma.install;

import io.avma.install.AnswerFileEdit.Refused.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Locale;
import java.util.Optional;

/**
 * A file and its text, such that a place in the one is known in the other: what an edit leaves
 * alone is never decoded and encoded again, but copied.
 */
final class FileText {
  private final byte[] bytes;
  private final FileEncoding encoding;
  private final String text;

  private FileText(byte[] bytes, FileEncoding encoding, String text) {
    this.bytes = bytes;
    this.encoding = encoding;
    this.text = text;
  }

  /** Reads {@code file}, which the caller must not change afterwards. */
  static FileReading read(byte[] file) {
    if (file.length == 0) {
      return new FileReading.Flawed(
          Reason.NOT_AN_ANSWER_FILE, TextPosition.START, "the file is empty");
    }
    FileEncoding.Detected detected = FileEncoding.detect(file);
    if (detected.problem().isPresent()) {
      return new FileReading.Flawed(
          Reason.UNSUPPORTED_ENCODING, TextPosition.START, detected.problem().get());
    }
    return decode(file, detected.encoding());
  }

  private static FileReading decode(byte[] file, FileEncoding encoding) {
    ByteBuffer in = ByteBuffer.wrap(file, encoding.markBytes(), file.length - encoding.markBytes());
    CharBuffer out = CharBuffer.allocate(file.length); // no encoding has more characters than bytes
    CoderResult result =
        encoding
            .charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    FileText read = new FileText(file, encoding, out.flip().toString());
    if (result.isError()) {
      int offset = in.position();
      TextPosition place = read.position(read.text.length());
      return new FileReading.Flawed(
          Reason.DAMAGED_TEXT,
          new TextPosition(place.line(), place.column(), offset),
          String.format(
              Locale.ROOT,
              "byte 0x%02X at offset %d is not %s",
              file[offset],
              offset,
              encoding.charset().name()));
    }
    return new FileReading.Sound(read);
  }

  /** Returns the text, without a byte-order mark. */
  String text() {
    return text;
  }

  /** Returns what to tell the user about the encoding, if it is not what the file declares. */
  Optional<String> disagreement() {
    return encoding.disagreement();
  }

  /** Returns the place of the character with the given index; the length of the text is the end. */
  TextPosition position(int index) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < index; i++) {
      char c = text.charAt(i);
      boolean firstOfPair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !firstOfPair)) {
        line++;
        lineStart = i + 1;
      }
    }
    int column = text.codePointCount(lineStart, index) + 1;
    return new TextPosition(line, column, byteOffset(index));
  }

  /** Returns the file with the characters of {@code splice} in the place of those it replaces. */
  byte[] with(Splice splice) {
    byte[] inserted = splice.replacement().getBytes(encoding.charset());
    int start = byteOffset(splice.start());
    int end = byteOffset(splice.end());
    byte[] result = new byte[start + inserted.length + bytes.length - end];
    System.arraycopy(bytes, 0, result, 0, start);
    System.arraycopy(inserted, 0, result, start, inserted.length);
    System.arraycopy(bytes, end, result, start + inserted.length, bytes.length - end);
    return result;
  }

  private int byteOffset(int index) {
    Charset charset = encoding.charset();
    return encoding.markBytes() + text.substring(0, index).getBytes(charset).length;
  }
}
