package io.avma.sim;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.math.LongMath;
import io.avma.activation.ActivationState;
import io.avma.activation.ActivationTerms;
import io.avma.activation.HostCoverage;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.platform.ForeignText;
import io.avma.platform.HostProfile;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.internal.SplitMix64;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of a data centre, its clock and its one event loop. What the events do is in {@link
 * Handshake}, {@link GuestLife} and {@link HostLife}. All on the thread that built it.
 */
final class Engine {
  /** When every simulation begins; not real time, and not zero, so that nobody confuses the two. */
  static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  /** The longest that a simulation lasts. */
  static final Duration LONGEST = Duration.ofDays(36_500); // well within a long of nanos

  private static final long MOST_AT_AN_INSTANT = 10_000;
  private static final long MOST_PER_GUEST = 1_000;

  final Handshake handshake = new Handshake(this);
  final GuestLife guestLife = new GuestLife(this);
  final HostLife hostLife = new HostLife(this);

  private final Thread owner = Thread.currentThread();
  private final Settings settings;
  private final SplitMix64 nonces;
  private final FaultInjector faults;
  private final EventQueue queue;
  private final Trace trace;
  private final Map<HostProfile, HostCoverage> coverages; // never iterated
  private final GuestNames names;
  private final ImmutableMap<String, Integer> hostsByName;
  private final ImmutableList<HostRecord> hosts;
  private final List<GuestRecord> guests;
  private final List<SimulationListener> listeners = new ArrayList<>();
  private final List<Happening> happenings = new ArrayList<>();
  private @Nullable Set<String> computers; // never iterated; null until a guest is created
  private @Nullable SimulatedDatacenter datacenter;
  private long time;
  private Instant now = START;
  private long eventCount;
  private long sameInstant;

  /** Whether something is being done of which effects are left, or a listener is told of it. */
  private boolean working;

  private boolean telling;
  private boolean closed;

  /** What does not change in a simulation. */
  record Settings(
      long seed,
      ActivationTerms terms,
      CompatibilityMatrix matrix,
      KeyCatalog catalog,
      Machines machines,
      FaultPlan faults,
      Duration messageDelay,
      int traceCapacity,
      int hostLogCapacity,
      int guestLogCapacity) {}

  Engine(
      Settings settings,
      ImmutableMap<String, Integer> hostsByName,
      GuestNames names,
      ImmutableList<HostRecord> hosts,
      List<GuestRecord> guests) {
    this.settings = settings;
    this.hostsByName = hostsByName;
    this.names = names;
    this.hosts = hosts;
    this.guests = guests;
    coverages = new HashMap<>();
    nonces = SplitMix64.stream(settings.seed(), "nonces");
    faults = new FaultInjector(settings.faults(), settings.seed());
    queue = new EventQueue();
    trace = new Trace(this, settings.traceCapacity());
    trace.begin(hosts, guests);
  }

  /** Copies everything that can change; what cannot is shared. Nobody listens to the copy. */
  Engine(Engine original) {
    settings = original.settings;
    hostsByName = original.hostsByName;
    coverages = new HashMap<>(original.coverages);
    names = original.names.copy();
    nonces = original.nonces.copy();
    faults = original.faults.copy();
    queue = original.queue.copy();
    ImmutableList.Builder<HostRecord> copiedHosts =
        ImmutableList.builderWithExpectedSize(original.hosts.size());
    for (HostRecord host : original.hosts) {
      copiedHosts.add(host.copy());
    }
    hosts = copiedHosts.build();
    guests = new ArrayList<>(original.guests.size());
    for (GuestRecord guest : original.guests) {
      guests.add(guest.copy());
    }
    trace = original.trace.copy(this);
    time = original.time;
    now = original.now;
    eventCount = original.eventCount;
  }

  // Who may call.

  void checkThread() {
    checkOwner();
    checkState(!closed, "the simulated data centre is closed");
  }

  /** As {@link #checkThread}, for what may still be asked of a closed data centre. */
  void checkOwner() {
    checkState(
        Thread.currentThread() == owner,
        "the simulated data centre belongs to thread '%s' and was called from '%s'",
        owner.getName(),
        Thread.currentThread().getName());
  }

  /** As {@link #checkThread}, for what takes a copy of all there is. */
  void checkWhole() {
    checkThread();
    checkState(
        !working,
        "the data centre is copied from within an event (let the listener note what it wants, and"
            + " copy when this call has returned)");
  }

  /** As {@link #checkThread}, for what changes something. */
  void checkWritable() {
    checkThread();
    checkState(
        !telling, "a listener changes the simulation (let it note what it wants, for later)");
  }

  void close() {
    closed = true;
  }

  // What is there.

  Settings settings() {
    return settings;
  }

  Machines machines() {
    return settings.machines();
  }

  FaultInjector faults() {
    return faults;
  }

  Trace trace() {
    return trace;
  }

  ImmutableList<HostRecord> hosts() {
    return hosts;
  }

  List<GuestRecord> guests() {
    return guests;
  }

  GuestRecord guest(int index) {
    return guests.get(index);
  }

  HostRecord hostOf(GuestRecord guest) {
    return hosts.get(guest.host);
  }

  String nameOf(GuestRecord guest) {
    return guest.givenName == null ? names.generated(guest.index, hosts) : guest.givenName;
  }

  /** Returns the name that the guest's Windows goes by; a copied guest keeps it. */
  String computerOf(GuestRecord guest) {
    String copied = guest.extras == null ? null : guest.extras.computer;
    return copied == null ? MachineNames.computer(nameOf(guest)) : copied;
  }

  @Nullable HostRecord findHost(String name) {
    Integer index = hostsByName.get(name);
    return index == null ? null : hosts.get(index);
  }

  @Nullable GuestRecord findGuest(String name) {
    int index = names.index(name, hostsByName);
    return index < 0 ? null : guests.get(index);
  }

  /** Refuses {@code name} for a new guest if it is none, or another has it. */
  void checkName(String name) {
    checkArgument(!name.isBlank(), "a guest without a name");
    checkArgument(findGuest(name) == null, "second guest '%s'", ForeignText.escape(name, 80));
    checkArgument(
        findHost(name) == null,
        "guest '%s' is called as a host, and would have its computer name",
        ForeignText.escape(name, 80));
  }

  /** Refuses {@code name} for a guest of its own if another machine has its computer name. */
  void checkComputer(String name) {
    Set<String> known = computers;
    if (known == null) {
      known = new HashSet<>();
      for (HostRecord host : hosts) {
        known.add(host.machine.id().value());
      }
      for (GuestRecord guest : guests) {
        if (guest.givenName != null) { // the others' begin with vm-1-host-1-cluster-1
          known.add(computerOf(guest));
        }
      }
      computers = known;
    }
    String computer = MachineNames.computer(name);
    checkArgument(
        !known.contains(computer),
        "guest '%s' gets the computer name %s, which another machine has",
        ForeignText.escape(name, 80),
        computer);
  }

  /** Refuses an image that was taken where there are other hosts. */
  void checkImage(GuestImage image) {
    checkArgument(image.isFrom(hostsByName), "the image of %s is from other hosts", image);
  }

  GuestImage image(GuestRecord guest) {
    return new GuestImage(guest, computerOf(guest), hostsByName, now);
  }

  /** Adds a guest that was created after the start. */
  void add(GuestRecord guest, String name) {
    boolean unused = names.give(name, guest.index);
    guests.add(guest);
    if (computers != null) {
      computers.add(MachineNames.computer(name));
    }
  }

  HostCoverage coverage(HostProfile profile) {
    return coverages.computeIfAbsent(
        profile, unknown -> HostCoverage.of(unknown, settings.matrix(), settings.catalog()));
  }

  long drawNonce() {
    return settings.machines().nonce(nonces.next());
  }

  static boolean isRunning(GuestRecord guest) {
    ActivationState.Kind kind = guest.machine.state().kind();
    return kind != ActivationState.Kind.OFF && kind != ActivationState.Kind.SAVED;
  }

  // The clock.

  Instant now() {
    return now;
  }

  long time() {
    return time;
  }

  /** Returns what the clock of {@code guest} shows. */
  Instant clockOf(GuestRecord guest) {
    long ahead = guest.clockAhead();
    return ahead == 0 ? now : now.plusNanos(ahead);
  }

  Instant instant(long nanos) {
    return START.plusNanos(nanos);
  }

  /** Returns the nanoseconds from the start to {@code instant}, which may be beyond all of them. */
  static long nanos(Instant instant) {
    return LongMath.saturatedAdd(
        LongMath.saturatedMultiply(
            instant.getEpochSecond() - START.getEpochSecond(), 1_000_000_000L),
        instant.getNano() - START.getNano());
  }

  /** Plans an event; what would come after the longest simulation never does. */
  void plan(long at, EventQueue.Kind kind, int subject, @Nullable Object payload) {
    queue.add(at, kind, subject, payload);
  }

  long eventCount() {
    return eventCount;
  }

  void advanceTo(Instant target) {
    checkWritable();
    checkArgument(
        !target.isBefore(now) && !target.isAfter(START.plus(LONGEST)),
        "cannot advance to %s (expected: from %s to %s)",
        target,
        now,
        START.plus(LONGEST));
    checkState(
        !working,
        "time is advanced from within an event (a listener may look and write; let it note what it"
            + " wants, and advance when this call has returned)");
    runUntil(nanos(target));
  }

  private void runUntil(long end) {
    while (!queue.isEmpty() && queue.firstTime() <= end) {
      long next = queue.firstTime();
      queue.take();
      checkProgress(next, queue.kind());
      setTime(queue.time());
      eventCount++;
      working = true;
      try {
        carryOut(queue.kind(), queue.subject(), queue.payload());
      } finally {
        working = false;
      }
      tell();
    }
    setTime(end);
  }

  /**
   * A machine that is due at once, again and again, would keep the loop at one instant for ever.
   */
  private void checkProgress(long next, EventQueue.Kind kind) {
    if (next != time) {
      sameInstant = 0;
    } else if (kind == EventQueue.Kind.WAKE) { // messages were sent before, and end
      sameInstant++;
    }
    if (sameInstant > MOST_AT_AN_INSTANT + MOST_PER_GUEST * guests.size()) {
      throw new SimulationStuckException(
          sameInstant + " wake-ups at " + now + ", and still more: time does not pass");
    }
  }

  private void carryOut(EventQueue.Kind kind, int subject, @Nullable Object payload) {
    switch (kind) {
      case WAKE -> handshake.wake(guests.get(subject));
      case START -> guestLife.startIfOff(guests.get(subject));
      case REQUEST ->
          handshake.requestArrives(hosts.get(subject), (SimulatedMessage) required(payload));
      case RESPONSE ->
          handshake.responseArrives(guests.get(subject), (SimulatedMessage) required(payload));
      case ITEMS -> GuestItems.late(this, guests.get(subject), required(payload));
      case HOST_UP -> hostLife.backAgain(hosts.get(subject));
      case REPLICATION -> guestLife.replicate(guests.get(subject));
      case RESTART -> hostLife.restart(guests.get(subject));
    }
  }

  private void setTime(long nanos) {
    if (nanos != time) {
      time = nanos;
      now = START.plusNanos(nanos);
    }
  }

  private static Object required(@Nullable Object payload) {
    if (payload == null) {
      throw new AssertionError("an event without content");
    }
    return payload;
  }

  // Whoever looks on.

  void begin(SimulatedDatacenter built) {
    datacenter = built;
  }

  void listen(SimulationListener listener) {
    listeners.add(listener);
  }

  /** Returns whether anybody wants to be told; else nobody needs to make a happening. */
  boolean isObserved() {
    return !listeners.isEmpty();
  }

  void happened(Happening happening) {
    happenings.add(happening);
  }

  /** Does what somebody outside the loop asked for, then tells whoever listens. */
  <T> T act(Supplier<T> action) {
    checkWritable();
    if (working) {
      return action.get(); // by a watch's listener: part of what is being done
    }
    T result;
    working = true;
    try {
      result = action.get();
    } finally {
      working = false;
    }
    tell();
    return result;
  }

  /** Notes that records are gone from the log of {@code machine}. */
  void recordsLost(String machine, Happening.RecordsLost.Cause cause) {
    if (isObserved()) {
      happened(new Happening.RecordsLost(machine, cause));
    }
  }

  private void tell() {
    SimulatedDatacenter told = datacenter;
    if (happenings.isEmpty() || told == null) {
      return;
    }
    List<Happening> all = List.copyOf(happenings);
    happenings.clear();
    telling = true;
    try {
      for (SimulationListener listener : listeners) {
        listener.happened(told, all);
      }
    } finally {
      telling = false;
    }
  }

  // The trace.

  void trace(TraceEntry.What what, GuestRecord guest, int other, long detail) {
    trace.add(time, what, guest.index, other, detail);
  }

  void traceHealed() {
    trace.add(time, TraceEntry.What.HEALED, Trace.NOBODY, Trace.NOBODY, Trace.NO_DETAIL);
  }

  void trace(TraceEntry.What what, HostRecord host, int other, long detail) {
    trace.add(time, what, Trace.host(host.index), other, detail);
  }
}
