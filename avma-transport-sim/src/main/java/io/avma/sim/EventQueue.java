package io.avma.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is going to happen, ordered by time and then by the order in which it was planned.
 *
 * <p>A radix heap. Nothing is planned for before the time of the event that was taken last, so an
 * event lies in the list that is numbered by the highest bit in which its time differs from that
 * time. When the list of events of that very time is empty, the next list that is not is spread
 * over those below it. Every list keeps the order in which its events were planned, hence events of
 * one time, which are always in one list, never overtake each other.
 *
 * <p>An event is so moved a few times, by passes over memory in order: with a million pending, one
 * for each guest of a large data centre, that costs less than the way through a binary heap. A
 * pending event takes 12 bytes and no object.
 */
final class EventQueue {
  /**
   * What an event does; its subject is a guest, for {@link #REQUEST} and {@link #HOST_UP} a host.
   */
  enum Kind {
    /** A guest is due. */
    WAKE,
    /** A guest starts. */
    START,
    /** A request reaches a host. */
    REQUEST,
    /** A response reaches a guest. */
    RESPONSE,
    /** Items that were held up are written in a guest. */
    ITEMS,
    /** A host that failed is back. */
    HOST_UP,
    /** The replica of a guest is brought up to date. */
    REPLICATION,
    /** A cluster starts a guest again, on another node. */
    RESTART
  }

  private static final Kind[] KINDS = Kind.values();
  private static final int KIND_BITS = 3;
  private static final int SUBJECT_BITS = 28;
  private static final int SUBJECT_MASK = (1 << SUBJECT_BITS) - 1;

  /** Marks an event with a payload; in place of its subject stands where both are. */
  private static final int LOADED = 1 << (SUBJECT_BITS + KIND_BITS);

  private final @Nullable Block[] heads = new Block[Long.SIZE];
  private final @Nullable Block[] tails = new Block[Long.SIZE];
  private final long[] earliest = new long[Long.SIZE]; // of each list that is not empty
  private long filled; // a bit for each list that is not empty
  private int read; // how many events of the first block of the first list were taken
  private int size;
  private @Nullable Block spare;
  private final Loads loads;

  // The event that was taken last.
  private long time;
  private int event;
  private int subject;
  private @Nullable Object payload;

  /** A part of a list. */
  private static final class Block {
    static final int LENGTH = 64;

    final long[] times = new long[LENGTH];
    final int[] events = new int[LENGTH]; // kind in the upper bits
    int size;
    @Nullable Block next;
  }

  EventQueue() {
    loads = new Loads();
  }

  private EventQueue(EventQueue original) {
    System.arraycopy(original.earliest, 0, earliest, 0, earliest.length);
    filled = original.filled;
    read = original.read;
    size = original.size;
    loads = new Loads(original.loads);
    time = original.time;
    event = original.event;
    subject = original.subject;
    payload = original.payload;
    for (int list = 0; list < heads.length; list++) {
      for (Block block = original.heads[list]; block != null; block = block.next) {
        Block copy = addBlock(list);
        System.arraycopy(block.times, 0, copy.times, 0, block.size);
        System.arraycopy(block.events, 0, copy.events, 0, block.size);
        copy.size = block.size;
      }
    }
  }

  /** Returns an independent copy. */
  EventQueue copy() {
    return new EventQueue(this);
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** Returns the time of the next event; there has to be one. */
  long firstTime() {
    return earliest[Long.numberOfTrailingZeros(filled)];
  }

  /** Plans an event, not before the time of the one that was taken last. */
  @SuppressWarnings("EnumOrdinal") // bits of an array of this process, nothing that is kept
  void add(long at, Kind what, int whom, @Nullable Object content) {
    if (at < time) {
      throw new AssertionError("an event is planned for " + at + ", and it is " + time);
    }
    int packed = what.ordinal() << SUBJECT_BITS;
    append(at, content == null ? packed | whom : packed | LOADED | loads.add(whom, content));
    size++;
  }

  /** Takes the next event, which the methods below then tell of; there has to be one. */
  void take() {
    if ((filled & 1) == 0) {
      spread(Long.numberOfTrailingZeros(filled));
    }
    Block block = block(heads[0]);
    event = block.events[read++];
    size--;
    if (read == block.size) {
      read = 0;
      heads[0] = block.next;
      if (heads[0] == null) {
        tails[0] = null;
        filled &= ~1;
      }
      recycle(block);
    }
    subject = event & SUBJECT_MASK;
    payload = null;
    if ((event & LOADED) != 0) {
      Load load = loads.remove(subject);
      subject = load.subject;
      payload = load.payload;
    }
  }

  long time() {
    return time;
  }

  Kind kind() {
    return KINDS[(event & ~LOADED) >>> SUBJECT_BITS];
  }

  int subject() {
    return subject;
  }

  @Nullable Object payload() {
    return payload;
  }

  /** Moves all that is in {@code list} into those below it; its earliest time becomes the time. */
  private void spread(int list) {
    Block block = heads[list];
    time = earliest[list];
    heads[list] = null;
    tails[list] = null;
    filled &= ~(1L << list);
    while (block != null) {
      for (int i = 0; i < block.size; i++) {
        append(block.times[i], block.events[i]);
      }
      Block next = block.next;
      recycle(block);
      block = next;
    }
  }

  private void append(long at, int packed) {
    int list = Long.SIZE - Long.numberOfLeadingZeros(at ^ time);
    Block tail = tails[list];
    if (tail == null) {
      tail = addBlock(list);
      filled |= 1L << list;
      earliest[list] = at;
    } else {
      earliest[list] = Math.min(earliest[list], at);
      if (tail.size == Block.LENGTH) {
        tail = addBlock(list);
      }
    }
    tail.times[tail.size] = at;
    tail.events[tail.size++] = packed;
  }

  private Block addBlock(int list) {
    Block block = spare;
    if (block == null) {
      block = new Block();
    } else {
      spare = block.next;
      block.next = null;
      block.size = 0;
    }
    Block tail = tails[list];
    if (tail == null) {
      heads[list] = block;
    } else {
      tail.next = block;
    }
    tails[list] = block;
    return block;
  }

  private void recycle(Block block) {
    block.next = spare;
    spare = block;
  }

  private static Block block(@Nullable Block block) {
    if (block == null) {
      throw new AssertionError("no event is pending");
    }
    return block;
  }

  /** Subject and payload of an event that has a payload, as few pending ones have. */
  private record Load(int subject, Object payload) {}

  private static final class Loads {
    private @Nullable Load[] loads;
    private int[] free; // a stack of places
    private int freeCount;

    Loads() {
      loads = new Load[0];
      free = new int[0];
    }

    Loads(Loads original) {
      loads = original.loads.clone();
      free = original.free.clone();
      freeCount = original.freeCount;
    }

    int add(int subject, Object payload) {
      if (freeCount == 0) {
        int used = loads.length;
        loads = Arrays.copyOf(loads, Math.max(16, 2 * used));
        free = new int[loads.length];
        for (int place = loads.length - 1; place >= used; place--) {
          free[freeCount++] = place;
        }
      }
      int place = free[--freeCount];
      loads[place] = new Load(subject, payload);
      return place;
    }

    Load remove(int place) {
      Load load = loads[place];
      if (load == null) {
        throw new AssertionError("an event without content");
      }
      loads[place] = null;
      free[freeCount++] = place;
      return load;
    }
  }
}
