package io.avma.transport.eventlog;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes template instances into a chunk; names and definitions stand where they are used first.
 * The counterpart of {@link BinXmlParser}: token layouts are those of {@link BinXmlToken}.
 */
final class BinXmlEncoder {
  private static final int HASH_FACTOR = 65_599;

  private final ChunkBytes out;

  /** Where in the chunk each name and definition is. Never iterated. */
  private final Map<String, Integer> names = new HashMap<>();

  private final Map<EventShape, Definition> definitions = new HashMap<>();

  /** A definition in the chunk: where it is, and the first four bytes of its GUID. */
  private record Definition(int offset, int id) {}

  BinXmlEncoder(ChunkBytes out) {
    this.out = out;
  }

  /** Forgets the chunk before. */
  void startChunk() {
    names.clear();
    definitions.clear();
  }

  /** Writes the fragment of one event. */
  void fragment(ShapedEvent event) throws ChunkFull {
    fragmentHeader();
    out.u8(BinXmlToken.TEMPLATE_INSTANCE);
    out.u8(1);
    Definition known = definitions.get(event.shape());
    if (known != null) {
      out.u32(known.id);
      out.u32(known.offset);
    } else {
      byte[] guid = event.shape().guid().asBytes();
      Definition here = new Definition(out.position() + 8, LittleEndian.i32(guid, 0));
      out.u32(here.id);
      out.u32(here.offset);
      definition(event.shape(), guid);
      definitions.put(event.shape(), here);
    }
    values(event.values());
  }

  private void fragmentHeader() throws ChunkFull {
    out.u8(BinXmlToken.FRAGMENT_HEADER);
    out.u8(1);
    out.u8(1);
    out.u8(0);
  }

  private void definition(EventShape shape, byte[] guid) throws ChunkFull {
    out.u32(chain(EvtxChunkLayout.TEMPLATE_BUCKETS, templateBucket(guid), out.position()));
    out.raw(guid);
    int size = out.sizeField();
    fragmentHeader();
    element(shape.root(), shape.slotTypes());
    out.u8(BinXmlToken.END_OF_STREAM);
    out.patchSize(size);
  }

  private void element(BinXmlNode.Element element, ImmutableList<Integer> types) throws ChunkFull {
    boolean attributes = !element.attributes().isEmpty();
    out.u8(BinXmlToken.OPEN_ELEMENT | (attributes ? BinXmlToken.MORE : 0));
    out.u16(element.dependency());
    int size = out.sizeField();
    name(element.name());
    if (attributes) {
      attributes(element.attributes(), types);
    }
    if (element.closedEmpty()) {
      out.u8(BinXmlToken.CLOSE_EMPTY);
    } else {
      out.u8(BinXmlToken.CLOSE_START);
      for (BinXmlNode node : element.content()) {
        if (node instanceof BinXmlNode.Element child) {
          element(child, types);
        } else {
          characters(node, types);
        }
      }
      out.u8(BinXmlToken.END_ELEMENT);
    }
    out.patchSize(size);
  }

  private void attributes(
      ImmutableList<BinXmlNode.Attribute> attributes, ImmutableList<Integer> types)
      throws ChunkFull {
    int size = out.sizeField();
    for (int i = 0; i < attributes.size(); i++) {
      boolean more = i < attributes.size() - 1;
      out.u8(BinXmlToken.ATTRIBUTE | (more ? BinXmlToken.MORE : 0));
      name(attributes.get(i).name());
      for (BinXmlNode part : attributes.get(i).value()) {
        characters(part, types);
      }
    }
    out.patchSize(size);
  }

  private void characters(BinXmlNode node, ImmutableList<Integer> types) throws ChunkFull {
    if (node instanceof BinXmlNode.Text text) {
      out.u8(BinXmlToken.VALUE);
      out.u8(BinXmlType.STRING);
      out.u16(text.text().length()); // what is longer does not fit into the chunk either
      out.utf16(text.text());
    } else if (node instanceof BinXmlNode.Substitution place) {
      out.u8(place.optional() ? BinXmlToken.OPTIONAL_SUBSTITUTION : BinXmlToken.SUBSTITUTION);
      out.u16(place.slot());
      out.u8(types.get(place.slot()));
    } else {
      throw new IllegalArgumentException("shapes have no " + node.getClass().getSimpleName());
    }
  }

  private void name(String name) throws ChunkFull {
    Integer known = names.get(name);
    if (known != null) {
      out.u32(known);
      return;
    }
    int offset = out.position() + 4;
    out.u32(offset);
    int hash = hash(name);
    out.u32(chain(EvtxChunkLayout.NAME_BUCKETS, hash % EvtxChunkLayout.NAME_BUCKET_COUNT, offset));
    out.u16(hash);
    out.u16(name.length());
    out.utf16(name);
    out.u16(0);
    names.put(name, offset);
  }

  /** Makes {@code offset} the head of a bucket and returns the head before. */
  private int chain(int buckets, int bucket, int offset) {
    int head = buckets + 4 * bucket;
    int before = LittleEndian.i32(out.array(), head);
    LittleEndian.put32(out.array(), head, offset);
    return before;
  }

  static int hash(String name) {
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = hash * HASH_FACTOR + name.charAt(i);
    }
    return hash & 0xFFFF;
  }

  private static int templateBucket(byte[] guid) {
    int hash = 0;
    for (int i = 0; i < guid.length; i += 2) {
      hash = hash * HASH_FACTOR + LittleEndian.u16(guid, i);
    }
    return (hash & 0xFFFF) % EvtxChunkLayout.TEMPLATE_BUCKET_COUNT;
  }

  private void values(SlotValues slots) throws ChunkFull {
    ImmutableList<SlotValues.Value> values = slots.all();
    out.u32(values.size());
    int descriptors = out.zeros(BinXmlToken.DESCRIPTOR_BYTES * values.size());
    for (int i = 0; i < values.size(); i++) {
      int start = out.position();
      int type = BinXmlType.BINXML;
      if (values.get(i) instanceof SlotValues.Bytes value) {
        type = value.type();
        out.raw(value.bytes());
      } else if (values.get(i) instanceof SlotValues.Nested nested) {
        fragment(nested.event());
      }
      int descriptor = descriptors + BinXmlToken.DESCRIPTOR_BYTES * i;
      LittleEndian.put16(out.array(), descriptor, out.position() - start);
      out.array()[descriptor + BinXmlToken.DESCRIPTOR_TYPE] = (byte) type;
    }
  }
}
