package io.avma.sim;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.sim.internal.SplitMix64;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What happened in a simulation: the last entries, and a digest of all of them and of the machines
 * that it happened to. Two runs of one version with the same digest did the same.
 *
 * <p>Entries are kept as numbers and become text when they are read. Belongs to the thread of its
 * data centre.
 */
@CheckReturnValue
public final class Trace {
  private final Engine engine;
  private final TraceNames names;
  private final int capacity;
  private final long[] times;
  private final TraceEntry.What[] whats;
  private final int[] machines;
  private final int[] others;
  private final long[] details;
  private long count;
  private long digest = 0x6A09_E667_F3BC_C908L;

  Trace(Engine engine, int capacity) {
    checkArgument(capacity >= 0, "trace capacity is %s (expected: 0 or more)", capacity);
    this.engine = engine;
    names = new TraceNames(engine);
    this.capacity = capacity;
    times = new long[capacity];
    whats = new TraceEntry.What[capacity];
    machines = new int[capacity];
    others = new int[capacity];
    details = new long[capacity];
  }

  /** What the numbers of an entry mean; guests count from 0 up, hosts from -1 down. */
  static int host(int index) {
    return -1 - index;
  }

  static final int NOBODY = Integer.MIN_VALUE;
  static final long NO_DETAIL = Long.MIN_VALUE;

  private Trace(Engine engine, Trace original) {
    this.engine = engine;
    names = new TraceNames(engine);
    capacity = original.capacity;
    times = original.times.clone();
    whats = original.whats.clone();
    machines = original.machines.clone();
    others = original.others.clone();
    details = original.details.clone();
    count = original.count;
    digest = original.digest;
  }

  /** Returns an independent copy for {@code engine}. */
  Trace copy(Engine forked) {
    return new Trace(forked, this);
  }

  /** Folds in what the machines are, so that equal digests tell of equal data centres. */
  void begin(List<HostRecord> hosts, List<GuestRecord> guests) {
    if (capacity == 0) {
      return;
    }
    for (HostRecord host : hosts) {
      fold(SplitMix64.hash(host.name));
      fold(SplitMix64.hash(host.profile.toString()));
    }
    for (GuestRecord guest : guests) {
      fold(SplitMix64.hash(engine.nameOf(guest)));
      fold(SplitMix64.hash(guest.machine.vm().toString()));
      fold(SplitMix64.hash(guest.system.toString()));
      fold(guest.host);
    }
  }

  private void fold(long bits) {
    digest = SplitMix64.mix(digest ^ bits);
  }

  @SuppressWarnings("EnumOrdinal") // part of a digest that is pinned, so constants must not move
  void add(long time, TraceEntry.What what, int machine, int other, long detail) {
    if (capacity == 0) {
      return;
    }
    int place = (int) (count++ % capacity);
    times[place] = time;
    whats[place] = what;
    machines[place] = machine;
    others[place] = other;
    details[place] = detail;
    long folded = SplitMix64.mix(digest ^ time) + what.ordinal();
    folded = SplitMix64.mix(folded ^ ((long) machine << 32 | (other & 0xFFFF_FFFFL)));
    digest = SplitMix64.mix(folded ^ detail);
  }

  /** Returns how many things have happened; more than are kept, perhaps. 0 if the trace is off. */
  public long count() {
    engine.checkOwner();
    return count;
  }

  /** Returns whether there is a trace. */
  public boolean isOn() {
    return capacity > 0;
  }

  /**
   * Returns the digest of everything that has happened, 16 hexadecimal digits.
   *
   * @throws IllegalStateException if the trace is off: nothing was folded, so nothing can be said
   */
  public String digest() {
    engine.checkThread();
    checkState(capacity > 0, "the trace is off (expected: a capacity of 1 or more)");
    return String.format(Locale.ROOT, "%016x", digest);
  }

  /** Returns the last {@code most} entries that are kept, oldest first. */
  public ImmutableList<TraceEntry> last(int most) {
    engine.checkThread();
    long kept = Math.min(count, Math.min(capacity, most));
    ImmutableList.Builder<TraceEntry> entries = ImmutableList.builder();
    for (long i = count - kept; i < count; i++) {
      int place = (int) (i % capacity);
      entries.add(
          new TraceEntry(
              Duration.ofNanos(times[place]),
              whats[place],
              names.name(machines[place]),
              names.name(others[place]),
              names.detail(whats[place], details[place])));
    }
    return entries.build();
  }

  /** Returns every entry that is kept, oldest first. */
  public ImmutableList<TraceEntry> entries() {
    return last(Integer.MAX_VALUE);
  }

  /** Returns count and digest. */
  @Override
  public String toString() {
    return capacity == 0 ? "off" : count + " entries, digest " + digest();
  }
}
