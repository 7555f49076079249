package io.avma.transport.eventlog;

/**
 * Tells an {@link EventAssembler} the structure of the binary XML of one record: runs the structure
 * programs of templates over the values of their instances. The counterpart of {@link XmlRenderer},
 * instruction for instruction and charge for charge.
 */
final class EventDecoder {
  private final EventAssembler assembler = new EventAssembler();
  private final ValueSlots slots = new ValueSlots();
  private final ArrayLoops loops = new ArrayLoops(slots);
  private final ChunkTemplates templates;
  private final EventLogLimits limits;

  EventDecoder(ChunkTemplates templates, EventLogLimits limits) {
    this.templates = templates;
    this.limits = limits;
  }

  /** Decodes the binary XML between two offsets of the chunk. */
  EventAssembler decode(byte[] chunk, int start, int end, int limitBytes) throws MalformedEvent {
    assembler.begin(limitBytes);
    slots.pop(0);
    loops.cutTo(0);
    fragment(chunk, start, end, 0);
    return assembler;
  }

  /** How much of its limit the event decoded last has taken, whether it came to its end or not. */
  int used() {
    return assembler.used();
  }

  private void fragment(byte[] chunk, int start, int end, int depth) throws MalformedEvent {
    int instance = BinXmlFragments.instance(chunk, start, end);
    if (instance >= 0) {
      instance(chunk, instance, end, depth);
    } else {
      assembler.charge(end - start);
      BinXmlFragments.requireDepth(depth, start, limits);
      Template local = BinXmlFragments.compile(chunk, start, end, limits);
      assembler.charge(ProgramCode.price(local.structureProgram(), local.literals().length >> 4));
      run(chunk, local, slots.empty(), depth);
    }
  }

  private void instance(byte[] chunk, int at, int end, int depth) throws MalformedEvent {
    BinXmlFragments.requireDepth(depth, at, limits);
    Template template = templates.at(chunk, BinXmlFragments.definition(chunk, at, end), at);
    int base = slots.push(chunk, BinXmlFragments.values(chunk, at, end), end);
    slots.requireCount(base, template.slotCount(), at);
    assembler.charge(ProgramCode.price(template.structureProgram(), slots.count(base)));
    run(chunk, template, base, depth);
    slots.pop(base);
  }

  private void run(byte[] chunk, Template template, int base, int depth) throws MalformedEvent {
    int[] code = template.structureProgram();
    int loopsAtStart = loops.depth();
    int at = 0;
    while (true) {
      int operand = code[at] == ProgramCode.END ? 0 : code[at + 1];
      switch (code[at]) {
        case ProgramCode.OPEN -> {
          assembler.open(template.strings().get(operand));
          at += 2;
        }
        case ProgramCode.ATTRIBUTE -> {
          assembler.attribute(template.strings().get(operand));
          at += 2;
        }
        case ProgramCode.ATTRIBUTE_END -> {
          assembler.attributeEnd();
          at++;
        }
        case ProgramCode.STRING -> {
          assembler.characters(template.strings().get(operand));
          at += 2;
        }
        case ProgramCode.VALUE -> {
          value(chunk, base + operand, depth);
          at += 2;
        }
        case ProgramCode.CLOSE -> {
          assembler.close();
          at++;
        }
        case ProgramCode.SKIP_IF_NULL -> at = slots.isNull(base + operand) ? code[at + 2] : at + 3;
        case ProgramCode.REPEAT -> {
          at += 2;
          if (slots.isArray(base + operand)) {
            loops.enter(chunk, base + operand, at);
          }
        }
        case ProgramCode.NEXT -> {
          if (loops.again(chunk, loopsAtStart, operand)) {
            assembler.charge(at - operand);
            at = operand;
          } else {
            at += 2;
          }
        }
        case ProgramCode.INSTANCE -> {
          instance(chunk, operand, code[at + 2], depth + 1);
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
    assembler.charge(size >> 4);
    if (slots.type(slot) == BinXmlType.BINXML) {
      if (size > 0) {
        fragment(chunk, offset, offset + size, depth + 1);
      }
    } else {
      assembler.value(chunk, offset, size, slots.type(slot));
    }
  }
}
