package io.avma.transport.eventlog;

import java.util.Arrays;

/**
 * What a template definition looks like in a chunk, apart from what differs between chunks: the
 * offsets of names and their bucket chains. A definition that looks the same and whose names read
 * the same compiles to the same programs, so another chunk's template can be used again. Names and
 * layout are compared in full: a file cannot make one template pass for another.
 */
final class TemplateImage {
  private static final int USE = 3;

  private final byte[] definition;

  /** For each use of a name: offset field, where the name is (0: elsewhere), UTF-16 units. */
  private final int[] uses;

  /** The text of each used name that is elsewhere in the chunk. */
  private final byte[][] elsewhere;

  private TemplateImage(byte[] definition, int[] uses, byte[][] elsewhere) {
    this.definition = definition;
    this.uses = uses;
    this.elsewhere = elsewhere;
  }

  /** Returns whether the definition of as many bytes at {@code start} is the same template. */
  boolean matches(byte[] chunk, int start, int bytes) {
    if (bytes != definition.length) {
      return false;
    }
    int compared = BinXmlToken.DEFINITION_GUID;
    for (int i = 0; i < uses.length; i += USE) {
      int field = uses[i];
      if (!same(chunk, start, compared, field)) {
        return false;
      }
      long name = LittleEndian.u32(chunk, start + field);
      if (uses[i + 1] != 0) {
        if (name != start + field + 4L) {
          return false;
        }
        compared = field + 4 + BinXmlToken.NAME_HASH; // behind the bucket chain of the name
      } else {
        if (!sameName(chunk, name, elsewhere[i / USE])) {
          return false;
        }
        compared = field + 4;
      }
    }
    return same(chunk, start, compared, bytes);
  }

  /** About how many bytes of memory it takes. */
  long memory() {
    long bytes = definition.length + 4L * uses.length;
    for (byte[] name : elsewhere) {
      bytes += name.length;
    }
    return bytes;
  }

  private boolean same(byte[] chunk, int start, int from, int to) {
    return Arrays.equals(chunk, start + from, start + to, definition, from, to);
  }

  private static boolean sameName(byte[] chunk, long name, byte[] text) {
    long textStart = name + BinXmlToken.NAME_TEXT;
    if (textStart + text.length > chunk.length) {
      return false;
    }
    return LittleEndian.u16(chunk, (int) name + BinXmlToken.NAME_LENGTH) == text.length / 2
        && Arrays.equals(
            chunk, (int) textStart, (int) textStart + text.length, text, 0, text.length);
  }

  /** Collects the uses of names while a definition is parsed. */
  static final class Recorder implements BinXmlParser.NameUses {
    private final byte[] chunk;
    private final int start;
    private int[] uses = new int[16 * USE];
    private int length;

    Recorder(byte[] chunk, int start) {
      this.chunk = chunk;
      this.start = start;
    }

    @Override
    public void used(int field, int name, int units) {
      if (length + USE > uses.length) {
        uses = Arrays.copyOf(uses, 2 * uses.length);
      }
      boolean inline = name == field + 4;
      uses[length] = field - start;
      uses[length + 1] = inline ? 1 : 0;
      uses[length + 2] = inline ? 0 : name;
      length += USE;
    }

    TemplateImage image(int bytes) {
      byte[][] elsewhere = new byte[length / USE][];
      for (int i = 0; i < length; i += USE) {
        elsewhere[i / USE] = uses[i + 1] != 0 ? new byte[0] : text(uses[i + 2]);
      }
      return new TemplateImage(
          Arrays.copyOfRange(chunk, start, start + bytes), Arrays.copyOf(uses, length), elsewhere);
    }

    private byte[] text(int name) {
      int from = name + BinXmlToken.NAME_TEXT;
      int units = LittleEndian.u16(chunk, name + BinXmlToken.NAME_LENGTH);
      return Arrays.copyOfRange(chunk, from, from + 2 * units);
    }
  }
}
