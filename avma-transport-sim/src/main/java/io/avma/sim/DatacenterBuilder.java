package io.avma.sim;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.ActivationTerms;
import io.avma.activation.GuestActivation;
import io.avma.activation.GuestKey;
import io.avma.activation.HostActivation;
import io.avma.activation.HostCoverage;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.platform.ForeignText;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.internal.SplitMix64;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Collects hosts and guests of a {@link SimulatedDatacenter}. For one thread, and for one data
 * centre.
 *
 * <p>What a guest profile leaves unknown counts as usual: Data Exchange enabled, not shielded. What
 * a host profile leaves unknown counts as missing: a host of unknown activation activates nobody.
 */
@CheckReturnValue
public final class DatacenterBuilder {
  private final List<PlannedHost> hosts = new ArrayList<>();
  private final Map<String, Integer> hostsByName = new HashMap<>(); // never iterated
  private final List<Planned> guests = new ArrayList<>();
  private final GuestNames names = new GuestNames();
  private int guestCount;
  private final Set<HostId> computers = new HashSet<>(); // never iterated
  private final Set<VmId> identifiers = new HashSet<>(); // never iterated
  private final Map<Integer, VmId> ownIdentifiers = new HashMap<>(); // never iterated
  private final Map<AvmaKey, GuestKey> sharedKeys = new HashMap<>(); // never iterated
  private final Map<GuestSystem, GuestSystem> systems = new HashMap<>(); // never iterated
  private long seed;
  private ActivationTerms terms = ActivationTerms.assumed();
  private KeyCatalog catalog = KeyCatalog.standard();
  private CompatibilityMatrix matrix = CompatibilityMatrix.standard();
  private Duration messageDelay = Duration.ofMillis(5);
  private int traceCapacity = 10_000;
  private int hostLogCapacity = 50_000;
  private int guestLogCapacity = 1_000;
  private Machines machines = Machines.REAL;
  private FaultPlan faults = FaultPlan.none();
  private Consumer<SimulatedDatacenter> whenBuilt = unused -> {};
  private boolean built;

  private record PlannedHost(String name, Optional<String> cluster, HostProfile profile) {}

  /** One guest, or many that were generated. */
  private sealed interface Planned {}

  private record PlannedGuest(int index, String name, int host, GuestProfile profile, GuestKey key)
      implements Planned {}

  private record PlannedFleet(int firstGuest, int firstHost, FleetShape shape, long seed)
      implements Planned {}

  DatacenterBuilder() {}

  /** Sets the seed of all random numbers; 0 unless told. */
  @CanIgnoreReturnValue
  public DatacenterBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** Sets the terms of activation; {@link ActivationTerms#assumed()} unless told. */
  @CanIgnoreReturnValue
  public DatacenterBuilder terms(ActivationTerms value) {
    terms = value;
    return this;
  }

  /** Sets the keys; the published ones unless told. */
  @CanIgnoreReturnValue
  public DatacenterBuilder catalog(KeyCatalog value) {
    catalog = value;
    return this;
  }

  /** Sets the rules; the published ones unless told. */
  @CanIgnoreReturnValue
  public DatacenterBuilder matrix(CompatibilityMatrix value) {
    matrix = value;
    return this;
  }

  /** Sets how long a request or an answer is under way; 5 ms unless told (assumed). */
  @CanIgnoreReturnValue
  public DatacenterBuilder messageDelay(Duration value) {
    checkArgument(
        !value.isNegative() && value.compareTo(Duration.ofDays(1)) <= 0,
        "message delay is %s (expected: zero to a day)",
        value);
    messageDelay = value;
    return this;
  }

  /** Sets how many trace entries are kept; 10,000 unless told, 0 switches the trace off. */
  @CanIgnoreReturnValue
  public DatacenterBuilder traceCapacity(int entries) {
    checkArgument(entries >= 0, "trace capacity is %s (expected: 0 or more)", entries);
    traceCapacity = entries;
    return this;
  }

  /** Sets how many records an event log of a host and of a guest keeps, each 1 to 16,777,215. */
  @CanIgnoreReturnValue
  public DatacenterBuilder logCapacity(int hostRecords, int guestRecords) {
    checkArgument(
        hostRecords >= 1
            && guestRecords >= 1
            && Math.max(hostRecords, guestRecords) <= CompactLog.LARGEST,
        "log capacities are %s and %s (expected: 1 to %s)",
        hostRecords,
        guestRecords,
        CompactLog.LARGEST);
    hostLogCapacity = hostRecords;
    guestLogCapacity = guestRecords;
    return this;
  }

  /** Sets what goes wrong; nothing unless told. */
  @CanIgnoreReturnValue
  public DatacenterBuilder faults(FaultPlan value) {
    faults = value;
    return this;
  }

  /** Sets who is told of the data centre when it is built, for example to print its trace. */
  @CanIgnoreReturnValue
  public DatacenterBuilder whenBuilt(Consumer<SimulatedDatacenter> listener) {
    whenBuilt = whenBuilt.andThen(listener);
    return this;
  }

  /** Puts other machines in the place of the real ones: for tests that must see a defect found. */
  @CanIgnoreReturnValue
  DatacenterBuilder machines(Machines value) {
    machines = value;
    return this;
  }

  /** Adds a host that belongs to no cluster. */
  @CanIgnoreReturnValue
  public DatacenterBuilder host(String name, HostProfile profile) {
    return host(name, Optional.empty(), profile);
  }

  /** Adds a host, as a node of {@code cluster} if one is named. */
  @CanIgnoreReturnValue
  public DatacenterBuilder host(String name, Optional<String> cluster, HostProfile profile) {
    checkArgument(!name.isBlank(), "a host without a name");
    checkArgument(
        hostsByName.putIfAbsent(name, hosts.size()) == null,
        "second host '%s'",
        ForeignText.escape(name, 80));
    checkComputer("host", name);
    hosts.add(new PlannedHost(name, cluster, profile));
    return this;
  }

  private void checkComputer(String what, String name) {
    checkArgument(
        computers.add(MachineNames.host(name)),
        "%s '%s' gets the computer name %s, which another machine has",
        what,
        ForeignText.escape(name, 80),
        MachineNames.computer(name));
  }

  /** Adds a guest that is off and has no key. */
  @CanIgnoreReturnValue
  public DatacenterBuilder guest(String name, String host, GuestProfile profile) {
    return add(name, host, profile, GuestKey.None.INSTANCE);
  }

  /**
   * Adds a guest that is off and has {@code key}. A key that Windows would refuse there, because it
   * belongs to another release or edition, is not installed.
   */
  @CanIgnoreReturnValue
  public DatacenterBuilder guest(String name, String host, GuestProfile profile, AvmaKey key) {
    GuestKey installed =
        SimulatedGuest.takes(profile.system(), key) ? shared(key) : GuestKey.None.INSTANCE;
    return add(name, host, profile, installed);
  }

  /** Adds a guest that is off and has a key of another channel. */
  @CanIgnoreReturnValue
  public DatacenterBuilder guest(
      String name, String host, GuestProfile profile, LicenseChannel channel, String lastFive) {
    return add(name, host, profile, new GuestKey.Other(channel, lastFive));
  }

  /** Gives the guest {@code name}, which was added before, an identifier of its own. */
  @CanIgnoreReturnValue
  public DatacenterBuilder vmId(String name, VmId vm) {
    int index = names.index(name, hostsByName);
    checkArgument(index >= 0, "no guest '%s'", ForeignText.escape(name, 80));
    checkArgument(
        identifiers.add(vm) || vm.equals(ownIdentifiers.get(index)),
        "guest '%s' gets the identifier %s, which another guest has",
        ForeignText.escape(name, 80),
        vm);
    ownIdentifiers.put(index, vm);
    return this;
  }

  private DatacenterBuilder add(String name, String host, GuestProfile profile, GuestKey key) {
    Integer placed = hostsByName.get(host);
    checkArgument(
        placed != null,
        "guest '%s' is placed on '%s', and there is no such host",
        ForeignText.escape(name, 80),
        ForeignText.escape(host, 80));
    checkArgument(!name.isBlank(), "a guest without a name");
    checkArgument(
        names.index(name, hostsByName) < 0 && names.give(name, guestCount),
        "second guest '%s'",
        ForeignText.escape(name, 80));
    checkComputer("guest", name);
    guests.add(new PlannedGuest(guestCount++, name, placed, profile, key));
    return this;
  }

  /** Adds the clusters, hosts and guests of {@code shape}; set the seed before. */
  @CanIgnoreReturnValue
  public DatacenterBuilder generate(FleetShape shape) {
    HostProfile host = HostProfile.datacenter(shape.release());
    int firstHost = hosts.size();
    for (int c = 1; c <= shape.clusters(); c++) {
      for (int h = 1; h <= shape.hostsPerCluster(); h++) {
        host("cluster-" + c + "/host-" + h, Optional.of("cluster-" + c), host);
      }
    }
    for (int h = firstHost; h < hosts.size(); h++) {
      checkNoGuest(hosts.get(h).name, shape.guestsPerHost());
    }
    int added = hosts.size() - firstHost;
    names.generate(guestCount, firstHost, added, shape.guestsPerHost());
    guests.add(new PlannedFleet(guestCount, firstHost, shape, seed));
    guestCount += added * shape.guestsPerHost();
    return this;
  }

  /** A guest that was added by name before may stand where one is to be generated. */
  private void checkNoGuest(String host, int perHost) {
    if (names.given() == 0) {
      return;
    }
    for (int number = 1; number <= perHost; number++) {
      String name = GuestNames.name(host, number);
      checkArgument(names.index(name, hostsByName) < 0, "second guest '%s'", name);
      checkComputer("guest", name);
    }
  }

  private record Drawn(GuestProfile profile, AvmaKey key) {}

  /** Returns the guests that {@code host} activates, one for each key. */
  private ImmutableList<Drawn> choices(HostProfile host, WindowsRelease release) {
    ImmutableList.Builder<Drawn> choices = ImmutableList.builder();
    for (AvmaKey key : catalog.avmaKeys()) {
      GuestProfile guest = GuestProfile.of(key.release(), key.edition());
      if (matrix.verdict(host, guest).isSupported()) {
        choices.add(new Drawn(guest, key));
      }
    }
    ImmutableList<Drawn> found = choices.build();
    checkState(!found.isEmpty(), "a host of %s activates nobody", release.displayName());
    return found;
  }

  /** Returns the data centre; it belongs to the calling thread. */
  public SimulatedDatacenter build() {
    checkState(!built, "this builder has built its data centre");
    built = true;
    Engine.Settings settings =
        new Engine.Settings(
            seed,
            terms,
            matrix,
            catalog,
            machines,
            faults,
            messageDelay,
            traceCapacity,
            hostLogCapacity,
            guestLogCapacity);
    ImmutableList<HostRecord> hostRecords = hostRecords();
    SimulatedDatacenter datacenter =
        new SimulatedDatacenter(
            new Engine(
                settings,
                ImmutableMap.copyOf(hostsByName),
                names,
                hostRecords,
                guestRecords(hostRecords)));
    whenBuilt.accept(datacenter);
    return datacenter;
  }

  private ImmutableList<HostRecord> hostRecords() {
    Map<HostProfile, HostCoverage> coverages = new HashMap<>(); // never iterated
    ImmutableList.Builder<HostRecord> records = ImmutableList.builder();
    for (int i = 0; i < hosts.size(); i++) {
      PlannedHost host = hosts.get(i);
      HostCoverage coverage =
          coverages.computeIfAbsent(
              host.profile, profile -> HostCoverage.of(profile, matrix, catalog));
      records.add(
          new HostRecord(
              i,
              host.name,
              host.cluster,
              host.profile,
              HostActivation.of(MachineNames.host(host.name), coverage, terms)));
    }
    return records.build();
  }

  private List<GuestRecord> guestRecords(ImmutableList<HostRecord> hostRecords) {
    List<GuestRecord> records = new ArrayList<>(guestCount);
    for (Planned planned : guests) {
      if (planned instanceof PlannedGuest guest) {
        records.add(record(guest));
        hostRecords.get(guest.host).place(records.get(guest.index));
      } else if (planned instanceof PlannedFleet fleet) {
        generate(fleet, hostRecords, records);
      }
    }
    return records;
  }

  private void generate(
      PlannedFleet fleet, ImmutableList<HostRecord> hostRecords, List<GuestRecord> records) {
    FleetShape shape = fleet.shape;
    ImmutableList<Drawn> choices =
        choices(HostProfile.datacenter(shape.release()), shape.release());
    SplitMix64 random = SplitMix64.stream(fleet.seed, "fleet");
    int count = shape.clusters() * shape.hostsPerCluster();
    for (int h = 0; h < count; h++) {
      HostRecord host = hostRecords.get(fleet.firstHost + h);
      for (int number = 1; number <= shape.guestsPerHost(); number++) {
        Drawn drawn = choices.get(random.below(choices.size()));
        VmId vm = vm(records.size(), GuestNames.name(host.name, number));
        GuestRecord record =
            new GuestRecord(
                records.size(),
                null,
                shared(drawn.profile.system()),
                GuestActivation.off(vm, shared(drawn.key), terms));
        records.add(record);
        host.place(record);
      }
    }
  }

  private GuestRecord record(PlannedGuest guest) {
    GuestRecord record =
        new GuestRecord(
            guest.index,
            guest.name,
            shared(guest.profile.system()),
            GuestActivation.off(vm(guest.index, guest.name), guest.key, terms));
    record.dataExchange = guest.profile.dataExchange() != Ternary.NO;
    record.shielded = guest.profile.shielded() == Ternary.YES;
    return record;
  }

  private VmId vm(int guest, String name) {
    VmId own = ownIdentifiers.get(guest);
    return own == null ? MachineNames.vm(seed, name) : own;
  }

  private GuestSystem shared(GuestSystem system) {
    return systems.computeIfAbsent(system, same -> same);
  }

  private GuestKey shared(AvmaKey key) {
    return sharedKeys.computeIfAbsent(key, GuestKey.Avma::of);
  }
}
