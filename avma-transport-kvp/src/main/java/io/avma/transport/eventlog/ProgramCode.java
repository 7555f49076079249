package io.avma.transport.eventlog;

import java.util.Arrays;

/**
 * The instructions of the two programs of a {@link Template}, and the growing array they are
 * written into. An instruction is its code followed by its operands, all {@code int}.
 *
 * <p>Both programs share the control instructions; {@link #LITERAL}, {@link #TEXT} and {@link
 * #ATTRIBUTE_TEXT} make XML, the ones from {@link #OPEN} on tell the structure.
 */
final class ProgramCode {
  /** No operand. */
  static final int END = 0;

  /** Offset and length in the literals: UTF-8 that goes out as it is. */
  static final int LITERAL = 1;

  /** Slot: the value as element content. */
  static final int TEXT = 2;

  /** Slot: the value inside an attribute. */
  static final int ATTRIBUTE_TEXT = 3;

  /** Slot, target: go on at the target if the slot has no value. */
  static final int SKIP_IF_NULL = 4;

  /** Slot: if it holds an array, run up to the matching {@link #NEXT} once for each item. */
  static final int REPEAT = 5;

  /** Target: where the body of the loop starts, just behind its {@link #REPEAT}. */
  static final int NEXT = 6;

  /** Chunk offset, end: a template instance in content; in programs of one chunk only. */
  static final int INSTANCE = 7;

  /** Name: an element starts. */
  static final int OPEN = 8;

  /** Name: an attribute starts; what follows up to {@link #ATTRIBUTE_END} is its value. */
  static final int ATTRIBUTE = 9;

  static final int ATTRIBUTE_END = 10;

  /** String: characters. */
  static final int STRING = 11;

  /** Slot: characters or a fragment. */
  static final int VALUE = 12;

  static final int CLOSE = 13;

  /** What starting a program costs beside its length. */
  private static final int START_PRICE = 16;

  private int[] code = new int[64];
  private int length;

  int position() {
    return length;
  }

  void add(int instruction) {
    if (length == code.length) {
      code = Arrays.copyOf(code, 2 * code.length);
    }
    code[length++] = instruction;
  }

  void add(int instruction, int operand) {
    add(instruction);
    add(operand);
  }

  void add(int instruction, int first, int second) {
    add(instruction, first);
    add(second);
  }

  /** Makes the operand at {@code position} the current position. */
  void patch(int position) {
    code[position] = length;
  }

  /**
   * What running {@code program} once over so many values is charged at, in bytes: no less than the
   * instructions that it can run, loops excepted, so that a program inside a program is never free.
   */
  static int price(int[] program, int values) {
    return START_PRICE + program.length + values;
  }

  int[] finish() {
    add(END);
    return Arrays.copyOf(code, length);
  }
}
