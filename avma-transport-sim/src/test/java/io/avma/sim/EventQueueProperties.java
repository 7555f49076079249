package io.avma.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** The queue beside a list that is sorted by time, stably. */
final class EventQueueProperties {
  private static final EventQueue.Kind[] KINDS = EventQueue.Kind.values();

  private record Planned(long time, EventQueue.Kind kind, int subject, @Nullable Object payload) {}

  /** Both, and how to work them alike. */
  private static final class Pair {
    final EventQueue queue;
    final List<Planned> expected;
    long time;

    Pair(EventQueue queue, List<Planned> expected, long time) {
      this.queue = queue;
      this.expected = expected;
      this.time = time;
    }

    void add(long delay, int number) {
      Planned planned =
          new Planned(
              time + delay,
              KINDS[number % KINDS.length],
              number & 0xFFF_FFFF,
              number % 3 == 0 ? "content of " + number : null);
      expected.add(planned);
      expected.sort(Comparator.comparingLong(Planned::time)); // stable
      queue.add(planned.time, planned.kind, planned.subject, planned.payload);
    }

    void take() {
      assertEquals(expected.size(), queue.size());
      if (expected.isEmpty()) {
        assertEquals(true, queue.isEmpty());
        return;
      }
      assertEquals(expected.get(0).time, queue.firstTime());
      queue.take();
      time = queue.time();
      assertEquals(
          expected.remove(0),
          new Planned(queue.time(), queue.kind(), queue.subject(), queue.payload()));
    }

    Pair copy() {
      return new Pair(queue.copy(), new ArrayList<>(expected), time);
    }
  }

  /** Random additions and removals, few distinct times, more events than a block has. */
  @Property(tries = 300)
  void takesInOrder(@ForAll long seed, @ForAll @IntRange(max = 62) int bits) {
    java.util.Random random = new java.util.Random(seed);
    Pair pair = new Pair(new EventQueue(), new ArrayList<>(), 0);
    @Nullable Pair copy = null;
    for (int i = 0; i < 600; i++) {
      long delay = random.nextLong() & ((1L << random.nextInt(bits + 1)) - 1);
      boolean adds = random.nextInt(600) > i / 2;
      if (adds && pair.time < Long.MAX_VALUE / 4) {
        pair.add(delay, random.nextInt(Integer.MAX_VALUE));
      } else {
        pair.take();
        // Time passes without an event, and events are planned before the one that was next.
        if (!pair.expected.isEmpty()) {
          pair.time += (pair.queue.firstTime() - pair.time) / 2;
        }
      }
      if (i == 300) {
        copy = pair.copy();
      }
    }
    drain(pair);
    if (copy != null) {
      copy.add(0, 3);
      drain(copy);
    }
  }

  private static void drain(Pair pair) {
    while (!pair.expected.isEmpty()) {
      pair.take();
    }
    pair.take();
  }

  @Example
  void refusesThePast() {
    EventQueue queue = new EventQueue();
    queue.add(5, EventQueue.Kind.WAKE, 1, null);
    queue.take();
    assertThrows(AssertionError.class, () -> queue.add(4, EventQueue.Kind.WAKE, 1, null));
    queue.add(5, EventQueue.Kind.WAKE, (1 << 28) - 1, null);
    queue.take();
    assertEquals((1 << 28) - 1, queue.subject());
  }
}
