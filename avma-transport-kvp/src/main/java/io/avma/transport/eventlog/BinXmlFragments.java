package io.avma.transport.eventlog;

/** Where the parts of a fragment lie: nearly all are a fragment header and a template instance. */
final class BinXmlFragments {
  private BinXmlFragments() {}

  /** Returns the offset behind the token of the instance that the fragment is, or -1. */
  static int instance(byte[] chunk, int start, int end) {
    int at = start;
    if (end - at > BinXmlToken.FRAGMENT_HEADER_BYTES
        && LittleEndian.u8(chunk, at) == BinXmlToken.FRAGMENT_HEADER) {
      at += BinXmlToken.FRAGMENT_HEADER_BYTES;
    }
    return end - at > BinXmlToken.INSTANCE_HEADER
            && LittleEndian.u8(chunk, at) == BinXmlToken.TEMPLATE_INSTANCE
        ? at + 1
        : -1;
  }

  /** Returns the offset of the definition that the instance at {@code at} uses. */
  static long definition(byte[] chunk, int at, int end) throws MalformedEvent {
    if (end - at < BinXmlToken.INSTANCE_HEADER) {
      throw new MalformedEvent(at, "the binary XML ends inside a template instance");
    }
    return LittleEndian.u32(chunk, at + BinXmlToken.INSTANCE_DEFINITION);
  }

  /** Returns where the values of the instance at {@code at} start. */
  static int values(byte[] chunk, int at, int end) throws MalformedEvent {
    int behind = at + BinXmlToken.INSTANCE_HEADER;
    long definition = definition(chunk, at, end);
    if (definition != behind) {
      return behind; // defined earlier in the chunk
    }
    int values = behind + ChunkTemplates.definitionBytes(chunk, definition, at);
    if (values > end) {
      throw new MalformedEvent(at, "the binary XML ends inside a template definition");
    }
    return values;
  }

  static void requireDepth(int depth, int at, EventLogLimits limits) throws MalformedEvent {
    if (depth > limits.maxDepth()) {
      throw new MalformedEvent(
          at,
          "binary XML nests deeper than "
              + limits.maxDepth()
              + " levels (EventLogLimits.maxDepth)");
    }
  }

  /** Compiles a fragment that is no instance, for one use. */
  static Template compile(byte[] chunk, int start, int end, EventLogLimits limits)
      throws MalformedEvent {
    Template template =
        TemplateCompiler.compile(
            BinXmlParser.ofFragment(chunk, start, end, limits).fragment(), limits);
    if (template.slotCount() > 0) {
      throw new MalformedEvent(start, "a substitution outside a template");
    }
    return template;
  }
}
