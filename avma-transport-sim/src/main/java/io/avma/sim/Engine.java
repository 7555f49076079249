package io.avma.sim;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationRequest;
import io.avma.activation.ActivationResponse;
import io.avma.activation.ActivationState;
import io.avma.activation.ActivationTerms;
import io.avma.activation.Effect;
import io.avma.activation.GuestActivation;
import io.avma.activation.GuestKey;
import io.avma.activation.HostActivation;
import io.avma.activation.HostCoverage;
import io.avma.activation.HostInput;
import io.avma.activation.Kept;
import io.avma.activation.Nonce;
import io.avma.activation.Rejected;
import io.avma.activation.Transition;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.kvp.KvpPool;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event loop: feeds the machines, carries out their effects, keeps clock, queue and trace. All
 * on the thread that built it.
 */
final class Engine {
  /** When every simulation begins; not real time, and not zero, so that nobody confuses the two. */
  static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  /** The longest that a simulation lasts. */
  static final Duration LONGEST = Duration.ofDays(36_500); // well within a long of nanos

  private final Thread owner = Thread.currentThread();
  private final long seed;
  private final ActivationTerms terms;
  private final CompatibilityMatrix matrix;
  private final KeyCatalog catalog;
  private final Machines machines;
  private final long messageDelay;
  private final int guestLogCapacity;
  private final SplitMix64 nonces;
  private final EventQueue queue = new EventQueue();
  private final Trace trace;
  private final Map<HostProfile, HostCoverage> coverages = new HashMap<>(); // never iterated
  private ImmutableList<HostRecord> hosts = ImmutableList.of();
  private List<GuestRecord> guests = ImmutableList.of();
  private long time;
  private Instant now = START;
  private long eventCount;
  private boolean advancing;
  private boolean closed;

  Engine(Settings settings) {
    seed = settings.seed();
    terms = settings.terms();
    matrix = settings.matrix();
    catalog = settings.catalog();
    machines = settings.machines();
    messageDelay = settings.messageDelay().toNanos();
    nonces = SplitMix64.stream(seed, "nonces");
    guestLogCapacity = settings.guestLogCapacity();
    trace = new Trace(this, settings.traceCapacity());
  }

  /** What does not change in a simulation. */
  record Settings(
      long seed,
      ActivationTerms terms,
      CompatibilityMatrix matrix,
      KeyCatalog catalog,
      Machines machines,
      Duration messageDelay,
      int traceCapacity,
      int guestLogCapacity) {}

  /** A request or response under way, lost if the guest's placement has changed when it arrives. */
  private record Message(int guest, int placement, Object content) {}

  void populate(ImmutableList<HostRecord> newHosts, List<GuestRecord> newGuests) {
    hosts = newHosts;
    guests = newGuests;
    trace.begin(newHosts, newGuests);
  }

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

  void close() {
    closed = true;
  }

  long seed() {
    return seed;
  }

  ActivationTerms terms() {
    return terms;
  }

  KeyCatalog catalog() {
    return catalog;
  }

  Trace trace() {
    return trace;
  }

  Instant now() {
    return now;
  }

  long eventCount() {
    return eventCount;
  }

  int pending() {
    return queue.size();
  }

  Instant instant(long nanos) {
    return START.plusNanos(nanos);
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

  HostCoverage coverage(HostProfile profile) {
    return coverages.computeIfAbsent(profile, unknown -> HostCoverage.of(unknown, matrix, catalog));
  }

  HostActivation hostMachine(HostId id, HostProfile profile) {
    return HostActivation.of(id, coverage(profile), terms);
  }

  // The clock.

  void advanceTo(Instant target) {
    checkThread();
    checkArgument(
        !target.isBefore(now) && !target.isAfter(START.plus(LONGEST)),
        "cannot advance to %s (expected: from %s to %s)",
        target,
        now,
        START.plus(LONGEST));
    checkState(
        !advancing,
        "time is advanced from within an event (a listener may look and write; let it note what it"
            + " wants, and advance when this call has returned)");
    advancing = true;
    try {
      runUntil(target);
    } finally {
      advancing = false;
    }
  }

  private void runUntil(Instant target) {
    long end = Duration.between(START, target).toNanos();
    while (!queue.isEmpty() && queue.firstTime() <= end) {
      EventQueue.Kind kind = queue.firstKind();
      int subject = queue.firstSubject();
      Object payload = queue.firstPayload();
      setTime(queue.firstTime());
      queue.removeFirst();
      eventCount++;
      switch (kind) {
        case WAKE -> wake(guests.get(subject));
        case START -> startIfOff(guests.get(subject));
        case REQUEST -> requestArrives(hosts.get(subject), (Message) required(payload));
        case RESPONSE -> responseArrives(guests.get(subject), (Message) required(payload));
      }
    }
    setTime(end);
  }

  private void setTime(long nanos) {
    if (nanos != time) {
      time = nanos;
      now = START.plusNanos(nanos);
    }
  }

  /** Boots {@code guest} after {@code delay}, unless it is not off then. */
  void startLater(GuestRecord guest, Duration delay) {
    queue.add(time + delay.toNanos(), EventQueue.Kind.START, guest.index, null);
  }

  private void startIfOff(GuestRecord guest) {
    if (guest.machine.state().kind() == ActivationState.Kind.OFF) {
      Optional<Rejected> unused = start(guest);
    }
  }

  // What happens to guests.

  Optional<Rejected> start(GuestRecord guest) {
    guest.placement++; // booting again drops what is under way, before it asks anew
    Optional<Rejected> rejected =
        feed(guest, new ActivationInput.Started(nonce()), TraceEntry.What.STARTED);
    if (rejected.isEmpty()) {
      GuestItems.synchronize(this, guest);
    }
    return rejected;
  }

  /** Feeds {@code input}, which ends everything in flight, and notes {@code what} in the trace. */
  Optional<Rejected> interrupt(GuestRecord guest, ActivationInput input, TraceEntry.What what) {
    Optional<Rejected> rejected = feed(guest, input, what);
    if (rejected.isEmpty()) {
      guest.placement++;
    }
    return rejected;
  }

  Optional<Rejected> restore(GuestRecord guest) {
    Optional<Rejected> rejected =
        feed(guest, new ActivationInput.Restored(), TraceEntry.What.RESTORED);
    if (rejected.isEmpty()) {
      GuestItems.synchronize(this, guest);
    }
    return rejected;
  }

  Optional<Rejected> migrate(GuestRecord guest, HostRecord target) {
    if (isRunning(guest)) {
      Optional<Rejected> rejected = feed(guest, new ActivationInput.LiveMigrated(), null);
      if (rejected.isPresent()) {
        return rejected;
      }
    }
    int source = guest.host;
    guest.placement++;
    hosts.get(source).remove(guest, this);
    target.place(guest);
    trace(TraceEntry.What.MIGRATED, guest, Trace.host(target.index), Trace.host(source));
    GuestItems.synchronize(this, guest);
    return Optional.empty();
  }

  /** Windows has taken {@code key}; noted in the trace if the guest could be given it. */
  Optional<Rejected> installed(GuestRecord guest, AvmaKey key) {
    return feed(
        guest,
        new ActivationInput.KeyInstalled(GuestKey.Avma.of(key), nonce()),
        TraceEntry.What.KEY_INSTALLED,
        KeyEnding.packed(key.key().lastFive()));
  }

  /** The same for a key of another channel. */
  Optional<Rejected> installed(GuestRecord guest, GuestKey.Other key) {
    return feed(
        guest,
        new ActivationInput.OtherKeyInstalled(key),
        TraceEntry.What.OTHER_KEY_INSTALLED,
        KeyEnding.packed(key.lastFive()));
  }

  Optional<Rejected> activateNow(GuestRecord guest) {
    return feed(guest, new ActivationInput.ActivateNow(nonce()), null);
  }

  /** Feeds a guest and carries out what it asks for. */
  Optional<Rejected> feed(
      GuestRecord guest, ActivationInput input, TraceEntry.@Nullable What what) {
    return feed(guest, input, what, Trace.NO_DETAIL);
  }

  private Optional<Rejected> feed(
      GuestRecord guest, ActivationInput input, TraceEntry.@Nullable What what, long detail) {
    checkThread();
    GuestActivation before = guest.machine;
    Transition<GuestActivation> transition = machines.guest(before, input, now);
    if (transition.rejection().isPresent()) {
      trace(
          TraceEntry.What.REJECTED,
          guest,
          Trace.NOBODY,
          TraceNames.number(transition.rejection().get().reason()));
      return transition.rejection();
    }
    if (what != null) {
      trace(what, guest, Trace.NOBODY, detail);
    }
    guest.machine = transition.next();
    for (Effect effect : transition.effects()) {
      carryOut(guest, input, effect);
    }
    plan(guest);
    return Optional.empty();
  }

  private void wake(GuestRecord guest) {
    if (guest.wakeAt != time) {
      return; // planned for a state that is over
    }
    guest.wakeAt = GuestRecord.NEVER;
    boolean licensed = guest.machine.state().kept() instanceof Kept.Licensed;
    Optional<Rejected> unused = feed(guest, new ActivationInput.Due(nonce()), null);
    if (licensed && guest.machine.activationAt(now).isEmpty()) {
      trace(TraceEntry.What.EXPIRED, guest, Trace.NOBODY, Trace.NO_DETAIL);
    }
  }

  private void plan(GuestRecord guest) {
    Optional<Instant> due = guest.machine.dueAt();
    if (due.isEmpty()) {
      guest.wakeAt = GuestRecord.NEVER;
      return;
    }
    long at = Math.max(time, nanos(due.get()));
    if (at != guest.wakeAt) {
      guest.wakeAt = at;
      queue.add(at, EventQueue.Kind.WAKE, guest.index, null);
    }
  }

  private static long nanos(Instant instant) {
    return (instant.getEpochSecond() - START.getEpochSecond()) * 1_000_000_000L
        + instant.getNano()
        - START.getNano();
  }

  private void carryOut(GuestRecord guest, ActivationInput input, Effect effect) {
    switch (effect.kind()) {
      case SEND_REQUEST -> send(guest, ((Effect.SendRequest) effect).request());
      case LOG_OUTCOME -> logOutcome(guest, input, ((Effect.LogOutcome) effect).outcome().code());
      case PUBLISH_ITEMS -> GuestItems.publish(this, guest, (Effect.PublishItems) effect);
      case CLEAR_ITEMS -> GuestItems.clear(this, guest, ((Effect.ClearItems) effect).names());
      case SEND_RESPONSE, LOG_REQUEST -> throw new AssertionError(effect.kind());
    }
  }

  private void send(GuestRecord guest, ActivationRequest request) {
    trace(TraceEntry.What.REQUEST_SENT, guest, Trace.host(guest.host), request.nonce().value());
    queue.add(
        time + messageDelay,
        EventQueue.Kind.REQUEST,
        guest.host,
        new Message(guest.index, guest.placement, request));
  }

  private void logOutcome(GuestRecord guest, ActivationInput input, Hresult code) {
    int answeredBy =
        input instanceof ActivationInput.ResponseArrived ? guest.host : GuestRecord.NOWHERE;
    CompactLog log = guest.log;
    if (log == null) {
      log = new CompactLog(guestLogCapacity);
      guest.log = log;
    }
    log.add(time, code.value(), answeredBy);
    trace(
        TraceEntry.What.OUTCOME,
        guest,
        answeredBy < 0 ? Trace.NOBODY : Trace.host(answeredBy),
        code.value());
  }

  // What happens to hosts.

  void change(HostRecord host, HostProfile profile) {
    checkThread();
    host.profile = profile;
    Transition<HostActivation> transition =
        machines.host(host.machine, new HostInput.CoverageChanged(coverage(profile)), now);
    host.machine = transition.next();
    trace.add(
        time,
        TraceEntry.What.HOST_CHANGED,
        Trace.host(host.index),
        Trace.NOBODY,
        SplitMix64.hash(profile.toString()));
  }

  private void requestArrives(HostRecord host, Message message) {
    GuestRecord guest = guests.get(message.guest());
    if (message.placement() != guest.placement || !GuestItems.reachesHost(guest)) {
      trace(TraceEntry.What.MESSAGE_LOST, guest, Trace.host(host.index), Trace.NO_DETAIL);
      return;
    }
    Transition<HostActivation> transition =
        machines.host(
            host.machine, new HostInput.RequestArrived((ActivationRequest) message.content()), now);
    host.machine = transition.next();
    if (transition.effects().isEmpty()) {
      trace(TraceEntry.What.REQUEST_IGNORED, guest, Trace.host(host.index), Trace.NO_DETAIL);
    }
    for (Effect effect : transition.effects()) {
      if (effect instanceof Effect.LogRequest logged) {
        host.log.add(time, logged.code().value(), guest.index);
        trace.add(
            time,
            TraceEntry.What.REQUEST_ANSWERED,
            Trace.host(host.index),
            guest.index,
            logged.code().value());
      } else if (effect instanceof Effect.SendResponse answer) {
        queue.add(
            time + messageDelay,
            EventQueue.Kind.RESPONSE,
            guest.index,
            new Message(guest.index, message.placement(), answer.response()));
      }
    }
  }

  private void responseArrives(GuestRecord guest, Message message) {
    if (message.placement() != guest.placement || !GuestItems.reachesHost(guest)) {
      trace(TraceEntry.What.MESSAGE_LOST, guest, Trace.NOBODY, Trace.NO_DETAIL);
      return;
    }
    Optional<Rejected> unused =
        feed(
            guest,
            new ActivationInput.ResponseArrived((ActivationResponse) message.content()),
            null);
  }

  // For all of this.

  Nonce nonce() {
    return new Nonce(nonces.next());
  }

  static boolean isRunning(GuestRecord guest) {
    ActivationState.Kind kind = guest.machine.state().kind();
    return kind != ActivationState.Kind.OFF && kind != ActivationState.Kind.SAVED;
  }

  void trace(TraceEntry.What what, GuestRecord guest, int other, long detail) {
    trace.add(time, what, guest.index, other, detail);
  }

  /** Notes what a program in the guest, or the guest's administrator, made of its pool. */
  void traceItems(GuestRecord guest) {
    trace(
        TraceEntry.What.ITEMS_WRITTEN,
        guest,
        Trace.NOBODY,
        SplitMix64.hash(GuestItems.pool(this, guest, KvpPool.GUEST).toString()));
  }

  /** Notes what the host has written for the guest now. */
  void traceHostItems(GuestRecord guest) {
    trace(
        TraceEntry.What.HOST_ITEMS_WRITTEN,
        guest,
        Trace.host(guest.host),
        SplitMix64.hash(guest.extras().hostItems.toString()));
  }

  private static Object required(@Nullable Object payload) {
    if (payload == null) {
      throw new AssertionError("a message without content");
    }
    return payload;
  }
}
