package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManItem;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** Fills an answer with as many items as are wanted and as its envelope holds. */
final class Pager {
  /** The space that header and frame of an answer take, at most. */
  private static final int FRAME = 2048;

  private final int room;
  private final int maxItems;
  private final Function<WsManBody, byte[]> encoder;

  /**
   * Creates a pager.
   *
   * @param room how long an answer may be, in bytes
   * @param maxItems how many items it may hold, whatever is wanted
   */
  Pager(int room, int maxItems, Function<WsManBody, byte[]> encoder) {
    this.room = room;
    this.maxItems = maxItems;
    this.encoder = encoder;
  }

  /** An answer with some items. */
  interface Page {
    WsManBody of(ImmutableList<WsManItem> items, boolean end);
  }

  /**
   * Returns the answer with the next items; what does not fit stays with the operation.
   *
   * @param wanted how many items, one if nothing is said
   * @param maxCharacters how long the items may be together, about
   */
  byte[] next(
      Operations.Operation operation, OptionalLong wanted, OptionalLong maxCharacters, Page page)
      throws Refusal {
    List<WsManItem> items = taken(operation, wanted.orElse(1), maxCharacters);
    while (true) {
      boolean end = !operation.isSubscription() && !operation.hasNext();
      byte[] answer = encoder.apply(page.of(ImmutableList.copyOf(items), end));
      if (answer.length <= room) {
        return answer;
      }
      int back = Math.max(1, items.size() / 4);
      for (int i = 0; i < back; i++) {
        operation.left.addFirst(items.remove(items.size() - 1));
      }
      if (items.isEmpty()) {
        throw Refusals.envelope(
            "The next item is longer than the envelope allows, " + room + " bytes.");
      }
    }
  }

  private List<WsManItem> taken(
      Operations.Operation operation, long wanted, OptionalLong maxCharacters) {
    long max = Math.min(Math.max(1, wanted), maxItems);
    long budget = Math.min(room - FRAME, maxCharacters.orElse(Long.MAX_VALUE));
    List<WsManItem> items = new ArrayList<>();
    long size = 0;
    try {
      while (items.size() < max && operation.hasNext()) {
        WsManItem item = operation.next();
        size += Envelopes.size(item);
        if (size > budget && !items.isEmpty()) {
          operation.left.addFirst(item);
          break;
        }
        items.add(item);
      }
    } catch (RuntimeException e) {
      for (int i = items.size() - 1; i >= 0; i--) { // whoever pulls again misses none
        operation.left.addFirst(items.get(i));
      }
      throw e;
    }
    return items;
  }
}
