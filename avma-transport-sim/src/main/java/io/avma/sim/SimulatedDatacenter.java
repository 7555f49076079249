package io.avma.sim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.ActivationTerms;
import io.avma.platform.ForeignText;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * A data centre of simulated Hyper-V hosts and guests under virtual time.
 *
 * <p>A whole experiment:
 *
 * <pre>{@code
 * DatacenterBuilder builder = SimulatedDatacenter.builder().seed(1);
 * builder.host("node-1", HostProfile.datacenter(WindowsRelease.WS_2022));
 * builder.guest("web", "node-1", GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD), key);
 * SimulatedDatacenter datacenter = builder.build();
 * datacenter.guest("web").start();
 * datacenter.advance(Duration.ofMinutes(1));
 * assertTrue(datacenter.guest("web").isActivated());
 * }</pre>
 *
 * <p>Time begins at {@link #START} and passes only when it is told to. What happens is decided by
 * the fleet, the calls and the seed alone. Belongs to the thread that built it: any other gets an
 * {@link IllegalStateException}.
 */
@CheckReturnValue
public final class SimulatedDatacenter implements AutoCloseable {
  /** When every simulation begins. */
  public static final Instant START = Engine.START;

  private final Engine engine;

  SimulatedDatacenter(Engine engine) {
    this.engine = engine;
    engine.begin(this);
  }

  /** Returns a builder of an empty data centre. */
  public static DatacenterBuilder builder() {
    return new DatacenterBuilder();
  }

  /** Returns a data centre of {@code shape} in which every guest has its AVMA key and is off. */
  public static SimulatedDatacenter generate(FleetShape shape, long seed) {
    return builder().seed(seed).generate(shape).build();
  }

  /** Returns the virtual time. */
  public Instant now() {
    engine.checkThread();
    return engine.now();
  }

  /** Returns the seed. */
  public long seed() {
    return engine.settings().seed();
  }

  /** Returns the terms of activation, of which most are assumptions. */
  public ActivationTerms terms() {
    return engine.settings().terms();
  }

  /** Lets {@code duration} pass: everything that falls due happens, in order. */
  public void advance(Duration duration) {
    engine.checkThread();
    engine.advanceTo(engine.now().plus(duration));
  }

  /**
   * Lets time pass until {@code instant}, what falls due at that very instant included.
   *
   * @throws IllegalArgumentException if it is in the past or more than a hundred years after the
   *     start
   * @throws SimulationStuckException if something happens again and again at one instant
   */
  public void advanceTo(Instant instant) {
    engine.advanceTo(instant);
  }

  /**
   * Boots every guest that is off when its turn comes, in order, spread evenly over {@code spread}
   * from now on. Replicas stay off, and so do guests whose host is down.
   */
  public void startAll(Duration spread) {
    engine.checkWritable();
    checkArgument(
        !spread.isNegative() && spread.compareTo(Engine.LONGEST) <= 0,
        "spread is %s (expected: zero to %s)",
        spread,
        Engine.LONGEST);
    List<GuestRecord> guests = engine.guests();
    for (GuestRecord guest : guests) {
      engine.plan(
          engine.time()
              + (long) ((double) spread.toNanos() * guest.index / Math.max(1, guests.size())),
          EventQueue.Kind.START,
          guest.index,
          null);
    }
  }

  /** Returns the hosts, in the order in which they were added. */
  public ImmutableList<SimulatedHost> hosts() {
    engine.checkThread();
    return engine.hosts().stream()
        .map(host -> new SimulatedHost(engine, host))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the nodes of the failover cluster {@code name}, in order; none if there is no such. */
  public ImmutableList<SimulatedHost> nodes(String name) {
    return hosts().stream()
        .filter(host -> host.cluster().equals(Optional.of(name)))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the guests, in the order in which they were added; handles are made when asked for. */
  public List<SimulatedGuest> guests() {
    engine.checkThread();
    return new Guests(engine);
  }

  /**
   * Returns the host called {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public SimulatedHost host(String name) {
    engine.checkThread();
    HostRecord host = engine.findHost(name);
    checkArgument(
        host != null,
        "no host '%s' (there are %s)",
        ForeignText.escape(name, 80),
        engine.hosts().size());
    return new SimulatedHost(engine, host);
  }

  /**
   * Returns the guest called {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public SimulatedGuest guest(String name) {
    engine.checkThread();
    GuestRecord guest = engine.findGuest(name);
    checkArgument(
        guest != null,
        "no guest '%s' (there are %s)",
        ForeignText.escape(name, 80),
        engine.guests().size());
    return new SimulatedGuest(engine, guest);
  }

  /** Returns whether there is a guest called {@code name}. */
  public boolean hasGuest(String name) {
    engine.checkThread();
    return engine.findGuest(name) != null;
  }

  /** Returns whether there is a host called {@code name}. */
  public boolean hasHost(String name) {
    engine.checkThread();
    return engine.findHost(name) != null;
  }

  /**
   * Returns an independent copy as of now, for a "what if": it goes on as this one would, and
   * neither changes the other. It belongs to the calling thread; handles, watches and listeners
   * stay with the original. 10,000 guests take some milliseconds.
   *
   * @throws IllegalStateException from within an event, that is in the listener of a watch; a
   *     {@link SimulationListener} may
   */
  public SimulatedDatacenter fork() {
    engine.checkWhole();
    return new SimulatedDatacenter(new Engine(engine));
  }

  /**
   * Returns what this data centre is now, to go on from as often as one likes, in any thread.
   *
   * @throws IllegalStateException as {@link #fork}
   */
  public Snapshot snapshot() {
    engine.checkWhole();
    return new Snapshot(new Engine(engine));
  }

  /** A data centre at an instant. Immutable; safe for any thread. */
  public static final class Snapshot {
    private final Engine engine;

    private Snapshot(Engine engine) {
      this.engine = engine;
    }

    /** Returns when it was taken, in virtual time. */
    public Instant takenAt() {
      return engine.now();
    }

    /** Returns a data centre that goes on from here; it belongs to the calling thread. */
    public SimulatedDatacenter open() {
      return new SimulatedDatacenter(new Engine(engine));
    }

    /** Returns time and size. */
    @Override
    public String toString() {
      return "Snapshot[" + engine.now() + ", guests " + engine.guests().size() + "]";
    }
  }

  /** Tells {@code listener} from now on what happens. */
  public void listen(SimulationListener listener) {
    engine.checkWritable();
    engine.listen(listener);
  }

  /**
   * Lets nothing go wrong any more: no fault strikes, and hosts that are down or hang by a fault or
   * otherwise are back.
   */
  public void heal() {
    boolean unused =
        engine.act(
            () -> {
              engine.hostLife.heal();
              return true;
            });
  }

  /** Returns what happened. */
  public Trace trace() {
    return engine.trace();
  }

  /** Returns how many events the loop has carried out since the start. */
  public long eventCount() {
    engine.checkOwner();
    return engine.eventCount();
  }

  /** Ends the simulation; every handle is closed with it. */
  @Override
  public void close() {
    engine.checkOwner();
    engine.close();
  }

  /** Returns time, size and trace. */
  @Override
  public String toString() {
    return "SimulatedDatacenter["
        + engine.now()
        + ", hosts "
        + engine.hosts().size()
        + ", guests "
        + engine.guests().size()
        + ", seed "
        + engine.settings().seed()
        + "]";
  }

  /** A view, because a million handles at once would cost more than the guests themselves. */
  private static final class Guests extends AbstractList<SimulatedGuest> implements RandomAccess {
    private final Engine engine;

    Guests(Engine engine) {
      this.engine = engine;
    }

    @Override
    public SimulatedGuest get(int index) {
      return new SimulatedGuest(engine, engine.guest(index));
    }

    @Override
    public int size() {
      return engine.guests().size();
    }
  }
}
