package io.avma.transport.eventlog;

import java.util.Arrays;

/**
 * The loops of a running program over array values, innermost last. While a loop runs, its slot
 * holds the item instead of the array.
 */
final class ArrayLoops {
  private static final int FRAME = 5;
  private static final int SLOT = 0;
  private static final int ARRAY_OFFSET = 1;
  private static final int ARRAY_SIZE = 2;
  private static final int NEXT_ITEM = 3;
  private static final int BODY = 4;

  private final ValueSlots slots;
  private int[] frames = new int[8 * FRAME];
  private int top;

  ArrayLoops(ValueSlots slots) {
    this.slots = slots;
  }

  int depth() {
    return top;
  }

  /** Forgets loops beyond {@code depth}, after a record that broke off inside one. */
  void cutTo(int depth) {
    top = depth;
  }

  /** Starts a loop over the array in {@code slot}: its first item takes the array's place. */
  void enter(byte[] chunk, int slot, int body) {
    if (top + FRAME > frames.length) {
      frames = Arrays.copyOf(frames, 2 * frames.length);
    }
    frames[top + SLOT] = slot;
    frames[top + ARRAY_OFFSET] = slots.offset(slot);
    frames[top + ARRAY_SIZE] = slots.size(slot) | (slots.type(slot) << 16);
    frames[top + NEXT_ITEM] = slots.offset(slot);
    frames[top + BODY] = body;
    top += FRAME;
    item(chunk, top - FRAME);
  }

  /**
   * Returns whether the innermost loop has the given body and goes on; a loop that has come to its
   * end is left and its slot holds the array again.
   */
  boolean again(byte[] chunk, int depthAtStart, int body) {
    int frame = top - FRAME;
    if (frame < depthAtStart || frames[frame + BODY] != body) {
      return false; // the value was no array
    }
    int end = frames[frame + ARRAY_OFFSET] + (frames[frame + ARRAY_SIZE] & 0xFFFF);
    if (frames[frame + NEXT_ITEM] < end) {
      item(chunk, frame);
      return true;
    }
    slots.replace(
        frames[frame + SLOT],
        frames[frame + ARRAY_OFFSET],
        frames[frame + ARRAY_SIZE] & 0xFFFF,
        frames[frame + ARRAY_SIZE] >> 16);
    top = frame;
    return false;
  }

  private void item(byte[] chunk, int frame) {
    int type = (frames[frame + ARRAY_SIZE] >> 16) & ~BinXmlType.ARRAY;
    int end = frames[frame + ARRAY_OFFSET] + (frames[frame + ARRAY_SIZE] & 0xFFFF);
    int at = frames[frame + NEXT_ITEM];
    int next = at < end ? BinXmlItems.next(chunk, at, end, type) : end;
    int size = at < end ? BinXmlItems.contentBytes(chunk, at, next, type) : 0;
    slots.replace(frames[frame + SLOT], at, size, type);
    frames[frame + NEXT_ITEM] = next;
  }
}
