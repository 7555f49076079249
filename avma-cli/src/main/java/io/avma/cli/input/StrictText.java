package io.avma.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text that is decoded strictly: UTF-8, or UTF-16 where a byte-order mark says so. A byte that does
 * not belong, a NUL and a line without end are refused at once, with line and offset; no more than
 * two small buffers are held. For one thread.
 */
public final class StrictText extends Reader {
  /** The longest line, in characters. */
  public static final int LONGEST_LINE = 64 * 1024;

  private static final int BUFFER_BYTES = 16 * 1024;

  private final String file;
  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
  private long bytesBefore;
  private long line = 1;
  private int lineLength;
  private boolean lastWasReturn;
  private boolean ended;

  private StrictText(String file, InputStream in, Charset charset, int markBytes) {
    this.file = file;
    this.in = in;
    bytesBefore = markBytes;
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /**
   * Opens {@code in} behind its byte-order mark.
   *
   * @param file the name that complaints use, escaped
   */
  public static StrictText open(String file, InputStream in) throws IOException {
    PushbackInputStream start = new PushbackInputStream(in, 3);
    byte[] head = start.readNBytes(3);
    Charset charset = StandardCharsets.UTF_8;
    int mark = 0;
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      mark = 3;
    } else if (startsWith(head, 0xFF, 0xFE)) {
      charset = StandardCharsets.UTF_16LE;
      mark = 2;
    } else if (startsWith(head, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16BE;
      mark = 2;
    }
    start.unread(head, mark, head.length - mark);
    return new StrictText(file, start, charset, mark);
  }

  private static boolean startsWith(byte[] head, int... mark) {
    if (head.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((head[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** Thrown inside a reader stack; carries the complaint out of it. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Complaint complaint;

    Refused(Complaint complaint) {
      super(complaint.toString());
      this.complaint = complaint;
    }

    /** Returns what is wrong. */
    public Complaint complaint() {
      return complaint;
    }
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    CharBuffer chars = CharBuffer.wrap(target, offset, length).slice();
    while (chars.position() == 0) {
      if (!decodeSome(chars)) {
        return -1;
      }
    }
    examine(target, offset, chars.position());
    return chars.position();
  }

  /** Decodes what is there, or fetches more; false at the end. */
  private boolean decodeSome(CharBuffer chars) throws IOException {
    CoderResult result = decoder.decode(bytes, chars, ended);
    if (result.isError()) {
      examine(chars.array(), chars.arrayOffset(), chars.position());
      throw refused(
          "the byte at offset "
              + (bytesBefore + bytes.position())
              + " is not "
              + decoder.charset().name()
              + ".",
          "Save the file as UTF-8 (or UTF-16 with a byte-order mark).");
    }
    if (chars.position() > 0) {
      return true;
    }
    if (ended) {
      return false;
    }
    if (result.isOverflow()) {
      throw new IllegalArgumentException("no room for a character of two halves");
    }
    fetch();
    return true;
  }

  private void fetch() throws IOException {
    bytesBefore += bytes.position();
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (count < 0) {
      ended = true;
    } else {
      bytes.position(bytes.position() + count);
    }
    bytes.flip();
  }

  /** Counts lines and refuses what no text file holds. */
  private void examine(char[] chars, int start, int count) throws Refused {
    for (int i = start; i < start + count; i++) {
      char c = chars[i];
      if (c == '\n' || c == '\r') {
        line += c == '\n' && lastWasReturn ? 0 : 1;
        lastWasReturn = c == '\r';
        lineLength = 0;
        continue;
      }
      lastWasReturn = false;
      lineLength++;
      if (c == '\0') {
        throw refused(
            "holds a NUL, so it is binary, or UTF-16 without a byte-order mark.",
            "Save it as text in UTF-8.");
      }
      if (lineLength > LONGEST_LINE) {
        throw refused(
            "the line has more than " + LONGEST_LINE + " characters.",
            "Check that this is the file you meant; no row needs that many.");
      }
    }
  }

  private Refused refused(String what, String remedy) {
    return new Refused(Complaint.at(file, line, what, remedy));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
