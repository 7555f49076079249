package io.avma.transport.eventlog;

/**
 * Writes the binary XML of one record as XML text: runs the XML programs of templates over the
 * values of their instances. For one thread; holds no state between records but its buffers.
 *
 * <p>Work that a crafted record could repeat without writing anything (instances inside instances,
 * loops over arrays, values of NULs, fragments compiled on the spot) is charged to the same limit
 * as what is written: a program at once, before it runs, and again for what a loop repeats.
 */
final class XmlRenderer {
  private final XmlBuffer out = new XmlBuffer();
  private final ValueText valueText = new ValueText(out);
  private final ValueSlots slots = new ValueSlots();
  private final ArrayLoops loops = new ArrayLoops(slots);
  private final ChunkTemplates templates;
  private final EventLogLimits limits;

  XmlRenderer(ChunkTemplates templates, EventLogLimits limits) {
    this.templates = templates;
    this.limits = limits;
  }

  /**
   * Renders the binary XML between two offsets of the chunk, at most {@code limitBytes} of it, into
   * the buffer that it returns and uses again for the next record.
   */
  XmlBuffer render(byte[] chunk, int start, int end, int limitBytes) throws MalformedEvent {
    out.begin(limitBytes);
    slots.pop(0);
    loops.cutTo(0);
    fragment(chunk, start, end, 0);
    return out;
  }

  /** How much of its limit the event rendered last has taken, whether it came to its end or not. */
  int used() {
    return out.used();
  }

  private void fragment(byte[] chunk, int start, int end, int depth) throws MalformedEvent {
    int instance = BinXmlFragments.instance(chunk, start, end);
    if (instance >= 0) {
      instance(chunk, instance, end, depth);
    } else {
      out.charge(end - start);
      BinXmlFragments.requireDepth(depth, start, limits);
      Template local = BinXmlFragments.compile(chunk, start, end, limits);
      out.charge(ProgramCode.price(local.xmlProgram(), 0));
      run(chunk, local, slots.empty(), depth);
    }
  }

  /** Renders the instance whose token ends before {@code at}. */
  private void instance(byte[] chunk, int at, int end, int depth) throws MalformedEvent {
    BinXmlFragments.requireDepth(depth, at, limits);
    Template template = templates.at(chunk, BinXmlFragments.definition(chunk, at, end), at);
    int base = slots.push(chunk, BinXmlFragments.values(chunk, at, end), end);
    slots.requireCount(base, template.slotCount(), at);
    out.charge(ProgramCode.price(template.xmlProgram(), slots.count(base)));
    run(chunk, template, base, depth);
    slots.pop(base);
  }

  private void run(byte[] chunk, Template template, int base, int depth) throws MalformedEvent {
    int[] code = template.xmlProgram();
    byte[] literals = template.literals();
    int loopsAtStart = loops.depth();
    int at = 0;
    while (true) {
      switch (code[at]) {
        case ProgramCode.LITERAL -> {
          out.raw(literals, code[at + 1], code[at + 2]);
          at += 3;
        }
        case ProgramCode.TEXT -> {
          value(chunk, base + code[at + 1], depth);
          at += 2;
        }
        case ProgramCode.ATTRIBUTE_TEXT -> {
          int slot = base + code[at + 1];
          out.charge(slots.size(slot) >> 4);
          valueText.append(chunk, slots.offset(slot), slots.size(slot), slots.type(slot), true);
          at += 2;
        }
        case ProgramCode.SKIP_IF_NULL ->
            at = slots.isNull(base + code[at + 1]) ? code[at + 2] : at + 3;
        case ProgramCode.REPEAT -> {
          int slot = base + code[at + 1];
          at += 2;
          if (slots.isArray(slot)) {
            loops.enter(chunk, slot, at);
          }
        }
        case ProgramCode.NEXT -> {
          int body = code[at + 1];
          if (loops.again(chunk, loopsAtStart, body)) {
            out.charge(at - body);
            at = body;
          } else {
            at += 2;
          }
        }
        case ProgramCode.INSTANCE -> {
          instance(chunk, code[at + 1], code[at + 2], depth + 1);
          at += 3;
        }
        default -> {
          return;
        }
      }
    }
  }

  private void value(byte[] chunk, int slot, int depth) throws MalformedEvent {
    int offset = slots.offset(slot);
    int size = slots.size(slot);
    out.charge(size >> 4);
    if (slots.type(slot) == BinXmlType.BINXML) {
      if (size > 0) {
        fragment(chunk, offset, offset + size, depth + 1);
      }
    } else {
      valueText.append(chunk, offset, size, slots.type(slot), false);
    }
  }
}
