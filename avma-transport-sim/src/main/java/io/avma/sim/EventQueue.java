package io.avma.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is going to happen, ordered by time and then by the order in which it was planned.
 *
 * <p>A binary heap over primitive arrays: a pending event costs 24 bytes and no object, because a
 * large data centre has one wake-up pending for each of its guests.
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
  private static final int SUBJECT_BITS = 28;
  private static final int SUBJECT_MASK = (1 << SUBJECT_BITS) - 1;

  private long[] times = new long[64];
  private long[] sequences = new long[64];
  private int[] subjects = new int[64]; // kind in the upper bits
  private @Nullable Object[] payloads = new Object[64];
  private int size;
  private long nextSequence;

  /** Returns an independent copy. */
  EventQueue copy() {
    EventQueue copy = new EventQueue();
    copy.times = times.clone();
    copy.sequences = sequences.clone();
    copy.subjects = subjects.clone();
    copy.payloads = payloads.clone();
    copy.size = size;
    copy.nextSequence = nextSequence;
    return copy;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  long firstTime() {
    return times[0];
  }

  Kind firstKind() {
    return KINDS[subjects[0] >>> SUBJECT_BITS];
  }

  int firstSubject() {
    return subjects[0] & SUBJECT_MASK;
  }

  @Nullable Object firstPayload() {
    return payloads[0];
  }

  @SuppressWarnings("EnumOrdinal") // bits of an array of this process, nothing that is kept
  void add(long time, Kind kind, int subject, @Nullable Object payload) {
    if (size == times.length) {
      grow();
    }
    int child = size++;
    long sequence = nextSequence++;
    while (child > 0) {
      int parent = (child - 1) >>> 1;
      if (times[parent] < time || (times[parent] == time && sequences[parent] < sequence)) {
        break;
      }
      copy(parent, child);
      child = parent;
    }
    times[child] = time;
    sequences[child] = sequence;
    subjects[child] = kind.ordinal() << SUBJECT_BITS | subject;
    payloads[child] = payload;
  }

  void removeFirst() {
    int last = --size;
    long time = times[last];
    long sequence = sequences[last];
    int subject = subjects[last];
    Object payload = payloads[last];
    payloads[last] = null;
    if (last == 0) {
      return;
    }
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && isBefore(child + 1, child)) {
        child++;
      }
      if (times[child] > time || (times[child] == time && sequences[child] > sequence)) {
        break;
      }
      copy(child, hole);
      hole = child;
    }
    times[hole] = time;
    sequences[hole] = sequence;
    subjects[hole] = subject;
    payloads[hole] = payload;
  }

  private boolean isBefore(int a, int b) {
    return times[a] < times[b] || (times[a] == times[b] && sequences[a] < sequences[b]);
  }

  private void copy(int from, int to) {
    times[to] = times[from];
    sequences[to] = sequences[from];
    subjects[to] = subjects[from];
    payloads[to] = payloads[from];
  }

  private void grow() {
    int length = size + (size >>> 1);
    times = Arrays.copyOf(times, length);
    sequences = Arrays.copyOf(sequences, length);
    subjects = Arrays.copyOf(subjects, length);
    payloads = Arrays.copyOf(payloads, length);
  }
}
