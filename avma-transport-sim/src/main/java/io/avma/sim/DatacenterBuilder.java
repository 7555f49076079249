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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
  private final Map<String, Integer> hostsByName = new LinkedHashMap<>();
  private final List<PlannedGuest> guests = new ArrayList<>();
  private final Map<String, Integer> guestsByName = new LinkedHashMap<>();
  private final Set<HostId> computers = new HashSet<>(); // never iterated
  private final Set<VmId> identifiers = new HashSet<>(); // never iterated
  private final Map<AvmaKey, GuestKey> sharedKeys = new LinkedHashMap<>();
  private long seed;
  private ActivationTerms terms = ActivationTerms.assumed();
  private KeyCatalog catalog = KeyCatalog.standard();
  private CompatibilityMatrix matrix = CompatibilityMatrix.standard();
  private Duration messageDelay = Duration.ofMillis(5);
  private int traceCapacity = 10_000;
  private int hostLogCapacity = 50_000;
  private int guestLogCapacity = 1_000;
  private Machines machines = Machines.REAL;
  private Consumer<SimulatedDatacenter> whenBuilt = unused -> {};
  private boolean built;

  private record PlannedHost(String name, Optional<String> cluster, HostProfile profile) {}

  private record PlannedGuest(
      String name, int host, GuestProfile profile, GuestKey key, @Nullable VmId vm) {}

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

  /** Sets how many records an event log of a host and of a guest keeps, each at least 1. */
  @CanIgnoreReturnValue
  public DatacenterBuilder logCapacity(int hostRecords, int guestRecords) {
    checkArgument(
        hostRecords >= 1 && guestRecords >= 1,
        "log capacities are %s and %s (expected: at least 1)",
        hostRecords,
        guestRecords);
    hostLogCapacity = hostRecords;
    guestLogCapacity = guestRecords;
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
    return add(name, host, profile, GuestKey.None.INSTANCE, null);
  }

  /**
   * Adds a guest that is off and has {@code key}. A key that Windows would refuse there, because it
   * belongs to another release or edition, is not installed.
   */
  @CanIgnoreReturnValue
  public DatacenterBuilder guest(String name, String host, GuestProfile profile, AvmaKey key) {
    GuestKey installed =
        SimulatedGuest.takes(profile.system(), key)
            ? sharedKeys.computeIfAbsent(key, GuestKey.Avma::of)
            : GuestKey.None.INSTANCE;
    return add(name, host, profile, installed, null);
  }

  /** Adds a guest that is off and has a key of another channel. */
  @CanIgnoreReturnValue
  public DatacenterBuilder guest(
      String name, String host, GuestProfile profile, LicenseChannel channel, String lastFive) {
    return add(name, host, profile, new GuestKey.Other(channel, lastFive), null);
  }

  /** Gives the guest {@code name}, which was added before, an identifier of its own. */
  @CanIgnoreReturnValue
  public DatacenterBuilder vmId(String name, VmId vm) {
    Integer index = guestsByName.get(name);
    checkArgument(index != null, "no guest '%s'", ForeignText.escape(name, 80));
    PlannedGuest guest = guests.get(index);
    checkArgument(
        identifiers.add(vm) || vm.equals(guest.vm),
        "guest '%s' gets the identifier %s, which another guest has",
        ForeignText.escape(name, 80),
        vm);
    guests.set(index, new PlannedGuest(guest.name, guest.host, guest.profile, guest.key, vm));
    return this;
  }

  private DatacenterBuilder add(
      String name, String host, GuestProfile profile, GuestKey key, @Nullable VmId vm) {
    Integer placed = hostsByName.get(host);
    checkArgument(
        placed != null,
        "guest '%s' is placed on '%s', and there is no such host",
        ForeignText.escape(name, 80),
        ForeignText.escape(host, 80));
    checkArgument(!name.isBlank(), "a guest without a name");
    checkArgument(
        guestsByName.putIfAbsent(name, guests.size()) == null,
        "second guest '%s'",
        ForeignText.escape(name, 80));
    checkComputer("guest", name);
    guests.add(new PlannedGuest(name, placed, profile, key, vm));
    return this;
  }

  /** Adds the clusters, hosts and guests of {@code shape}; set the seed before. */
  @CanIgnoreReturnValue
  public DatacenterBuilder generate(FleetShape shape) {
    HostProfile host = HostProfile.datacenter(shape.release());
    ImmutableList<Drawn> choices = choices(host, shape.release());
    SplitMix64 random = SplitMix64.stream(seed, "fleet");
    for (int c = 1; c <= shape.clusters(); c++) {
      for (int h = 1; h <= shape.hostsPerCluster(); h++) {
        String path = "cluster-" + c + "/host-" + h;
        host(path, Optional.of("cluster-" + c), host);
        for (int g = 1; g <= shape.guestsPerHost(); g++) {
          Drawn drawn = choices.get(random.below(choices.size()));
          guest(path + "/vm-" + g, path, drawn.profile(), drawn.key());
        }
      }
    }
    return this;
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
    Engine engine =
        new Engine(
            new Engine.Settings(
                seed,
                terms,
                matrix,
                catalog,
                machines,
                messageDelay,
                traceCapacity,
                guestLogCapacity));
    ImmutableMap.Builder<String, HostRecord> hostRecords = ImmutableMap.builder();
    for (int i = 0; i < hosts.size(); i++) {
      PlannedHost host = hosts.get(i);
      hostRecords.put(
          host.name,
          new HostRecord(
              i,
              host.name,
              host.cluster,
              host.profile,
              engine.hostMachine(MachineNames.host(host.name), host.profile),
              hostLogCapacity));
    }
    ImmutableMap<String, HostRecord> byName = hostRecords.buildOrThrow();
    ImmutableList<HostRecord> allHosts = byName.values().asList();
    Map<String, GuestRecord> guestRecords = new LinkedHashMap<>();
    List<GuestRecord> allGuests = new ArrayList<>(guests.size());
    for (PlannedGuest guest : guests) {
      GuestRecord record = record(guest, allGuests.size());
      allHosts.get(guest.host).place(record);
      allGuests.add(record);
      guestRecords.put(guest.name, record);
    }
    engine.populate(allHosts, allGuests);
    SimulatedDatacenter datacenter = new SimulatedDatacenter(engine, byName, guestRecords);
    whenBuilt.accept(datacenter);
    return datacenter;
  }

  private GuestRecord record(PlannedGuest guest, int index) {
    VmId vm = guest.vm == null ? derived(guest.name) : guest.vm;
    GuestRecord record =
        new GuestRecord(
            index,
            guest.name,
            shared(guest.profile.system()),
            GuestActivation.off(vm, guest.key, terms));
    record.dataExchange = guest.profile.dataExchange() != Ternary.NO;
    record.shielded = guest.profile.shielded() == Ternary.YES;
    return record;
  }

  private final Map<GuestSystem, GuestSystem> systems = new LinkedHashMap<>();

  private GuestSystem shared(GuestSystem system) {
    return systems.computeIfAbsent(system, same -> same);
  }

  /** Derives an identifier from seed and name, so that it is the same in every run. */
  private VmId derived(String name) {
    SplitMix64 random = SplitMix64.stream(seed, "vm " + name);
    long high = (random.next() & ~0xF000L) | 0x8000L; // version 8: made by a rule of our own
    long low = (random.next() & ~(3L << 62)) | (2L << 62);
    return new VmId(new UUID(high, low));
  }
}
