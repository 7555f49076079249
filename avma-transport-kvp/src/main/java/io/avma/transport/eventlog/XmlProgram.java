package io.avma.transport.eventlog;

import java.util.Arrays;

/** Builds the program that writes XML; literals that follow each other become one instruction. */
final class XmlProgram {
  private final ProgramCode code = new ProgramCode();
  private final XmlBuffer literals = new XmlBuffer();
  private int pendingFrom;

  XmlProgram(int limitBytes) {
    literals.begin(limitBytes);
  }

  /** Appends markup, which goes out as it is. */
  XmlProgram literal(String markup) throws MalformedEvent {
    literals.markup(markup);
    return this;
  }

  /** Appends characters, which are escaped. */
  void text(String text, boolean attribute) throws MalformedEvent {
    literals.text(text, attribute);
  }

  /** Appends a processing instruction; what would end its data early is taken apart. */
  void instruction(BinXmlNode.Instruction instruction) throws MalformedEvent {
    literals.markup("<?");
    // An XML declaration is not an instruction and may stand at the very start only.
    literals.markup(instruction.target().equalsIgnoreCase("xml") ? "_" : "");
    literals.markup(instruction.target());
    if (!instruction.data().isEmpty()) {
      literals.markup(" ");
      StringBuilder data = new StringBuilder();
      instruction
          .data()
          .replace("?>", "? >")
          .codePoints()
          .forEach(c -> data.appendCodePoint(XmlBuffer.isXmlCharacter(c) ? c : 0xFFFD));
      literals.markup(data.toString());
    }
    literals.markup("?>");
  }

  /** Appends a control instruction and returns the position behind it. */
  int control(int instruction, int operand) {
    flush();
    code.add(instruction, operand);
    return code.position();
  }

  /** Appends a control instruction and returns the position behind it. */
  int control(int instruction, int first, int second) {
    flush();
    code.add(instruction, first, second);
    return code.position();
  }

  /** Makes the operand at {@code position} the current position. */
  void patch(int position) {
    flush();
    code.patch(position);
  }

  int[] finish() {
    flush();
    return code.finish();
  }

  byte[] literals() {
    return Arrays.copyOf(literals.array(), literals.length());
  }

  private void flush() {
    int length = literals.length() - pendingFrom;
    if (length > 0) {
      code.add(ProgramCode.LITERAL, pendingFrom, length);
      pendingFrom = literals.length();
    }
  }
}
