package io.avma.transport.eventlog;

import com.google.common.collect.ImmutableList;

/**
 * Reads tokens of binary XML into a tree, between two offsets of a chunk. Token layouts are those
 * of {@link BinXmlToken}. Recursion is bounded by the depth limit; every token takes at least one
 * byte, so the work is bounded by the bytes.
 */
final class BinXmlParser {
  private final byte[] chunk;
  private final int end;
  private final EventLogLimits limits;
  private final NameUses nameUses;
  private final boolean isDefinition;
  private int at;

  /** What wants to know where a definition names things, to recognize it in another chunk. */
  interface NameUses {
    /** The offset field at {@code field} refers to the name at {@code name}. */
    void used(int field, int name, int units);
  }

  private BinXmlParser(
      byte[] chunk,
      int start,
      int end,
      EventLogLimits limits,
      NameUses uses,
      boolean isDefinition) {
    this.chunk = chunk;
    this.at = start;
    this.end = end;
    this.limits = limits;
    this.nameUses = uses;
    this.isDefinition = isDefinition;
  }

  /** Returns a parser for the body of a template definition. */
  static BinXmlParser ofDefinition(
      byte[] chunk, int start, int end, EventLogLimits limits, NameUses uses) {
    return new BinXmlParser(chunk, start, end, limits, uses, true);
  }

  /** Returns a parser for a record or a value that holds an element instead of an instance. */
  static BinXmlParser ofFragment(byte[] chunk, int start, int end, EventLogLimits limits) {
    return new BinXmlParser(chunk, start, end, limits, (field, name, units) -> {}, false);
  }

  /** Reads up to the end token or the last byte. */
  ImmutableList<BinXmlNode> fragment() throws MalformedEvent {
    ImmutableList.Builder<BinXmlNode> nodes = ImmutableList.builder();
    while (at < end) {
      int token = LittleEndian.u8(chunk, at);
      switch (token & BinXmlToken.KIND_MASK) {
        case BinXmlToken.END_OF_STREAM -> {
          at++;
          return nodes.build();
        }
        case BinXmlToken.FRAGMENT_HEADER -> skip(BinXmlToken.FRAGMENT_HEADER_BYTES);
        case BinXmlToken.OPEN_ELEMENT -> nodes.add(element(1));
        case BinXmlToken.TEMPLATE_INSTANCE -> {
          // Whatever stands behind an instance cannot be found without reading its values.
          nodes.add(new BinXmlNode.Instance(at + 1, end));
          at = end;
        }
        case BinXmlToken.PI_TARGET -> nodes.add(instruction());
        default -> throw unexpected(token, "a fragment");
      }
    }
    return nodes.build();
  }

  private BinXmlNode.Element element(int depth) throws MalformedEvent {
    if (depth > limits.maxDepth()) {
      throw new MalformedEvent(
          at,
          "elements nest deeper than " + limits.maxDepth() + " levels (EventLogLimits.maxDepth)");
    }
    boolean hasAttributes = (LittleEndian.u8(chunk, at) & BinXmlToken.MORE) != 0;
    int dependency = BinXmlToken.NO_DEPENDENCY;
    if (hasDependency()) {
      dependency = LittleEndian.u16(chunk, at + 1);
      skip(7);
    } else {
      skip(5);
    }
    String name = name();
    ImmutableList<BinXmlNode.Attribute> attributes = ImmutableList.of();
    if (hasAttributes) {
      skip(4); // the size of the list, which the tokens tell as well
      attributes = attributes();
    }
    int close = next("an element's start");
    if (close == BinXmlToken.CLOSE_EMPTY) {
      return new BinXmlNode.Element(name, dependency, attributes, true, ImmutableList.of());
    }
    if (close != BinXmlToken.CLOSE_START) {
      throw new MalformedEvent(at - 1, "token " + hex(close) + " in an element's start");
    }
    return new BinXmlNode.Element(name, dependency, attributes, false, content(depth));
  }

  /**
   * An element outside template definitions may come without the dependency. Nothing says so but
   * the fields themselves: read as they stand, the name must lie in the chunk at or before here.
   */
  private boolean hasDependency() {
    return isDefinition || namesSomething(7) || !namesSomething(5);
  }

  private boolean namesSomething(int fieldFromToken) {
    long afterField = at + fieldFromToken + 4L;
    if (afterField > end) {
      return false;
    }
    long name = LittleEndian.u32(chunk, at + fieldFromToken);
    long size = LittleEndian.u32(chunk, at + fieldFromToken - 4);
    return name == afterField
        ? size <= end - (afterField - 4)
        : name >= EvtxChunkLayout.RECORDS && name < at && size <= end - (afterField - 4);
  }

  private ImmutableList<BinXmlNode.Attribute> attributes() throws MalformedEvent {
    ImmutableList.Builder<BinXmlNode.Attribute> attributes = ImmutableList.builder();
    while (peekKind() == BinXmlToken.ATTRIBUTE) {
      skip(1);
      attributes.add(new BinXmlNode.Attribute(name(), attributeValue()));
    }
    return attributes.build();
  }

  private ImmutableList<BinXmlNode> attributeValue() throws MalformedEvent {
    ImmutableList.Builder<BinXmlNode> value = ImmutableList.builder();
    while (true) {
      switch (peekKind()) {
        case BinXmlToken.VALUE,
            BinXmlToken.CHARACTER_REFERENCE,
            BinXmlToken.ENTITY_REFERENCE,
            BinXmlToken.SUBSTITUTION,
            BinXmlToken.OPTIONAL_SUBSTITUTION ->
            value.add(characters());
        default -> {
          return value.build();
        }
      }
    }
  }

  private ImmutableList<BinXmlNode> content(int depth) throws MalformedEvent {
    ImmutableList.Builder<BinXmlNode> content = ImmutableList.builder();
    while (true) {
      int kind = peekKind();
      switch (kind) {
        case BinXmlToken.END_ELEMENT -> {
          skip(1);
          return content.build();
        }
        case BinXmlToken.OPEN_ELEMENT -> content.add(element(depth + 1));
        case BinXmlToken.FRAGMENT_HEADER -> skip(BinXmlToken.FRAGMENT_HEADER_BYTES);
        case BinXmlToken.PI_TARGET -> content.add(instruction());
        case BinXmlToken.VALUE,
            BinXmlToken.CDATA,
            BinXmlToken.CHARACTER_REFERENCE,
            BinXmlToken.ENTITY_REFERENCE,
            BinXmlToken.SUBSTITUTION,
            BinXmlToken.OPTIONAL_SUBSTITUTION ->
            content.add(characters());
        default -> throw unexpected(kind, "the content of an element");
      }
    }
  }

  private BinXmlNode characters() throws MalformedEvent {
    int token = next("characters");
    return switch (token & BinXmlToken.KIND_MASK) {
      case BinXmlToken.VALUE -> valueText();
      case BinXmlToken.CDATA -> new BinXmlNode.Text(counted());
      case BinXmlToken.CHARACTER_REFERENCE ->
          new BinXmlNode.Text(String.valueOf((char) unit("a character reference")));
      case BinXmlToken.ENTITY_REFERENCE -> new BinXmlNode.Entity(name());
      case BinXmlToken.SUBSTITUTION -> substitution(false);
      case BinXmlToken.OPTIONAL_SUBSTITUTION -> substitution(true);
      default -> throw unexpected(token, "characters");
    };
  }

  private BinXmlNode valueText() throws MalformedEvent {
    int type = next("a value text");
    if (type != BinXmlType.STRING) {
      throw new MalformedEvent(at - 1, "a value text of type " + hex(type) + " (expected: 0x01)");
    }
    return new BinXmlNode.Text(counted());
  }

  private BinXmlNode substitution(boolean optional) throws MalformedEvent {
    int slot = unit("a substitution");
    skip(1); // the declared type; the instance tells the real one
    return new BinXmlNode.Substitution(slot, optional);
  }

  private BinXmlNode instruction() throws MalformedEvent {
    skip(1);
    String target = name();
    String data = "";
    if (peekKind() == BinXmlToken.PI_DATA) {
      skip(1);
      data = counted();
    }
    return new BinXmlNode.Instruction(target, data);
  }

  private String name() throws MalformedEvent {
    int field = at;
    require(4, "a name offset");
    long offset = LittleEndian.u32(chunk, field);
    at += 4;
    int units = BinXmlNames.length(chunk, offset, field, limits);
    if (offset == at) {
      skip(BinXmlNames.bytes(units));
    }
    nameUses.used(field, (int) offset, units);
    return BinXmlNames.read(chunk, (int) offset, units);
  }

  private String counted() throws MalformedEvent {
    int units = unit("a text length");
    require(2 * units, "a text of " + units + " characters");
    String text = Utf16.read(chunk, at, units);
    at += 2 * units;
    return text;
  }

  private int unit(String what) throws MalformedEvent {
    require(2, what);
    at += 2;
    return LittleEndian.u16(chunk, at - 2);
  }

  private int next(String what) throws MalformedEvent {
    require(1, what);
    return LittleEndian.u8(chunk, at++);
  }

  private int peekKind() throws MalformedEvent {
    require(1, "a token");
    return LittleEndian.u8(chunk, at) & BinXmlToken.KIND_MASK;
  }

  private void skip(int count) throws MalformedEvent {
    require(count, "a token");
    at += count;
  }

  private void require(int count, String what) throws MalformedEvent {
    if (count > end - at) {
      throw new MalformedEvent(at, "the binary XML ends inside " + what);
    }
  }

  private MalformedEvent unexpected(int token, String where) {
    return new MalformedEvent(at, "token " + hex(token) + " in " + where);
  }

  private static String hex(int token) {
    return String.format(java.util.Locale.ROOT, "0x%02X", token);
  }
}
