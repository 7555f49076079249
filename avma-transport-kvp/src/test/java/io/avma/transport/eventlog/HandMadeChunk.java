package io.avma.transport.eventlog;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A chunk put together token by token: what no writer would write. */
final class HandMadeChunk {
  private final ByteBuffer out =
      ByteBuffer.allocate(EvtxChunkLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  HandMadeChunk() {
    out.putLong(EvtxChunkLayout.MAGIC, EvtxChunkLayout.MAGIC_VALUE);
    out.position(EvtxChunkLayout.RECORDS);
  }

  /** A file of such chunks without checksums. */
  static byte[] file(HandMadeChunk... chunks) {
    ByteBuffer header =
        ByteBuffer.allocate(EvtxFileLayout.BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(EvtxFileLayout.MAGIC, EvtxFileLayout.MAGIC_VALUE);
    header.putInt(EvtxFileLayout.HEADER_SIZE, 128);
    header.putShort(EvtxFileLayout.MINOR_VERSION, (short) 1);
    header.putShort(EvtxFileLayout.MAJOR_VERSION, (short) 3);
    header.putInt(EvtxFileLayout.FLAGS, EvtxFileLayout.FLAG_NO_CRC);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(header.array());
    for (HandMadeChunk chunk : chunks) {
      chunk.out.putInt(EvtxChunkLayout.FREE_SPACE_OFFSET, chunk.out.position());
      file.writeBytes(chunk.out.array());
    }
    return file.toByteArray();
  }

  int position() {
    return out.position();
  }

  int left() {
    return out.remaining();
  }

  /** Starts a record and returns where it starts. */
  int record(long id) {
    int start = out.position();
    out.putInt(EvtxRecordLayout.MAGIC_VALUE).putInt(0).putLong(id).putLong(0);
    fragment();
    return start;
  }

  void endRecord(int start) {
    while ((out.position() + 4 - start) % 8 != 0) {
      out.put((byte) 0);
    }
    int size = out.position() + 4 - start;
    out.putInt(size);
    out.putInt(start + EvtxRecordLayout.SIZE, size);
  }

  private void fragment() {
    out.put(new byte[] {0x0F, 1, 1, 0});
  }

  /** An instance of the template at {@code definition}; its values come next. */
  void instance(int definition) {
    out.put((byte) 0x0C).put((byte) 1).putInt(7).putInt(definition);
  }

  /** An instance of a template that is defined here; its body comes next. */
  int instanceWithDefinition(long guid) {
    int definition = out.position() + 10;
    instance(definition);
    out.putInt(0).putLong(guid).putLong(0).putInt(0);
    fragment();
    return definition;
  }

  void endDefinition(int definition) {
    out.put((byte) 0);
    int body = definition + BinXmlToken.DEFINITION_BODY;
    out.putInt(definition + BinXmlToken.DEFINITION_SIZE, out.position() - body);
  }

  /** The start of an element and its name, which is returned as a place to refer to. */
  int open(String name) {
    out.put((byte) 0x01).putShort((short) 0xFFFF).putInt(0);
    int place = out.position() + 4;
    out.putInt(place).putInt(0).putShort((short) 0).putShort((short) name.length());
    name.chars().forEach(c -> out.putChar((char) c));
    out.putShort((short) 0);
    out.put((byte) 0x02);
    return place;
  }

  /** An empty element with a name that was written elsewhere. */
  void empty(int name) {
    out.put((byte) 0x01).putShort((short) 0xFFFF).putInt(0).putInt(name).put((byte) 0x03);
  }

  void close() {
    out.put((byte) 0x04);
  }

  void substitution(int slot) {
    out.put((byte) 0x0D).putShort((short) slot).put((byte) BinXmlType.BINXML);
  }

  void noValues() {
    out.putInt(0);
  }

  /** One value, which is what {@code content} writes: binary XML. */
  void value(Runnable content) {
    out.putInt(1);
    int descriptor = out.position();
    out.putInt(0);
    int start = out.position();
    content.run();
    out.putShort(descriptor, (short) (out.position() - start));
    out.put(descriptor + 2, (byte) BinXmlType.BINXML);
  }

  /** One value without bytes. */
  void emptyValue() {
    value(() -> {});
  }
}
