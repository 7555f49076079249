package io.avma.cli.simulation;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyDiagnosis;
import io.avma.catalog.KmsClientKey;
import io.avma.catalog.PublishedKey;
import io.avma.cli.fleet.Fleet;
import io.avma.cli.fleet.FleetHost;
import io.avma.cli.fleet.FleetVm;
import io.avma.cli.fleet.InstalledKey;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.platform.ForeignText;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostId;
import io.avma.platform.LicenseChannel;
import io.avma.sim.DatacenterBuilder;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A data centre that stands for a fleet: every host and machine of its files, each machine with the
 * key that the file says, as far as Windows would take it.
 */
final class SimulatedFleet {
  /** After which time all machines have started and asked their hosts. */
  static final Duration SETTLED = Duration.ofHours(1);

  private static final Duration SPREAD = Duration.ofMinutes(10);

  /** States, as Hyper-V, SCVMM and people call them, without blanks, "Critical" and "Fast". */
  private static final ImmutableSet<String> AT_REST =
      ImmutableSet.of(
          "off",
          "offline",
          "poweroff",
          "poweredoff",
          "stopped",
          "stopping",
          "shutdown",
          "saved",
          "saving",
          "saveskipped",
          "paused",
          "pausing",
          "hibernated",
          "stored",
          "suspended");

  private static final ImmutableSet<String> RUNNING =
      ImmutableSet.of(
          "running",
          "on",
          "online",
          "poweron",
          "poweredon",
          "started",
          "starting",
          "up",
          "reset",
          "resuming");

  private final SimulatedDatacenter datacenter;
  private final ImmutableMap<HostId, SimulatedHost> hosts;
  private final ImmutableMap<Long, SimulatedGuest> guests;
  private final ImmutableList<String> notes;

  private SimulatedFleet(
      SimulatedDatacenter datacenter,
      ImmutableMap<HostId, SimulatedHost> hosts,
      ImmutableMap<Long, SimulatedGuest> guests,
      ImmutableList<String> notes) {
    this.datacenter = datacenter;
    this.hosts = hosts;
    this.guests = guests;
    this.notes = notes;
  }

  /**
   * Builds the data centre.
   *
   * @throws InputException if two names of the fleet cannot be told apart there
   */
  static SimulatedFleet of(Fleet fleet, long seed, int traceCapacity) throws InputException {
    try {
      return build(fleet, seed, traceCapacity);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          Complaint.about(
              "the fleet",
              "cannot be simulated: " + e.getMessage() + ".",
              "Give the machines names that differ in letters and digits."));
    }
  }

  private static SimulatedFleet build(Fleet fleet, long seed, int traceCapacity) {
    DatacenterBuilder builder =
        SimulatedDatacenter.builder().seed(seed).traceCapacity(traceCapacity);
    for (FleetHost host : fleet.hosts().values()) {
      builder.host(host.id().value(), host.cluster(), host.profile());
    }
    Set<String> taken = new HashSet<>(); // never iterated
    fleet.hosts().keySet().forEach(host -> taken.add(host.value()));
    ImmutableMap.Builder<Long, String> names = ImmutableMap.builder();
    int unknownKeys = 0;
    int unknownStates = 0;
    for (FleetVm vm : fleet.vms()) {
      String name = taken.add(vm.name().toLowerCase(Locale.ROOT)) ? vm.name() : vm.name() + id(vm);
      names.put(vm.line(), name);
      add(builder, name, vm);
      vm.id().ifPresent(id -> builder.vmId(name, id));
      unknownStates += vm.state().isPresent() && !isKnown(word(vm.state().get())) ? 1 : 0;
      unknownKeys += vm.key() instanceof InstalledKey.NotKnown && isServer(vm) ? 1 : 0;
    }
    SimulatedDatacenter datacenter = builder.build();
    ImmutableMap.Builder<Long, SimulatedGuest> guests = ImmutableMap.builder();
    names.buildOrThrow().forEach((line, name) -> guests.put(line, datacenter.guest(name)));
    ImmutableMap.Builder<HostId, SimulatedHost> hosts = ImmutableMap.builder();
    fleet.hosts().keySet().forEach(id -> hosts.put(id, datacenter.host(id.value())));
    ImmutableList.Builder<String> notes = ImmutableList.builder();
    if (unknownKeys > 0) {
      notes.add("The key of " + vms(unknownKeys) + " is not known; simulated without one.");
    }
    if (unknownStates > 0) {
      notes.add(
          "The state of "
              + vms(unknownStates)
              + " is none that is known; simulated as running (write running or off).");
    }
    return new SimulatedFleet(
        datacenter, hosts.buildOrThrow(), guests.buildOrThrow(), notes.build());
  }

  /** Starts the machines that run, one after the other within ten minutes. */
  void startRunning(Fleet fleet) {
    List<FleetVm> running = fleet.vms().stream().filter(SimulatedFleet::runs).toList();
    for (int i = 0; i < running.size(); i++) {
      Duration after = Duration.ofMillis(SPREAD.toMillis() * i / running.size());
      datacenter.advanceTo(SimulatedDatacenter.START.plus(after));
      guest(running.get(i)).start();
    }
  }

  private static String vms(int count) {
    return count == 1 ? "1 VM" : count + " VMs";
  }

  /** Names may repeat only where each machine has an identifier. */
  private static String id(FleetVm vm) {
    return " " + vm.id().map(Object::toString).orElse(String.valueOf(vm.line()));
  }

  private static boolean isServer(FleetVm vm) {
    return vm.guest().system() instanceof GuestSystem.WindowsServer;
  }

  private static void add(DatacenterBuilder builder, String name, FleetVm vm) {
    String host = vm.host().value();
    Optional<PublishedKey> published = published(vm);
    if (published.isPresent() && published.get() instanceof AvmaKey key) {
      builder.guest(name, host, vm.guest(), key);
    } else if (published.isPresent() && published.get() instanceof KmsClientKey key) {
      builder.guest(name, host, vm.guest(), LicenseChannel.KMS_CLIENT, key.key().lastFive());
    } else if (vm.key() instanceof InstalledKey.Ending ending) {
      builder.guest(name, host, vm.guest(), LicenseChannel.UNKNOWN, ending.lastFive());
    } else if (vm.key() instanceof InstalledKey.Whole whole
        && whole.diagnosis() instanceof KeyDiagnosis.Unpublished unpublished) {
      builder.guest(name, host, vm.guest(), LicenseChannel.UNKNOWN, unpublished.key().lastFive());
    } else {
      builder.guest(name, host, vm.guest()); // none, or a text that Windows refuses
    }
  }

  /** An ending that several published keys have is taken for the one that belongs there. */
  private static Optional<PublishedKey> published(FleetVm vm) {
    if (vm.key() instanceof InstalledKey.Ending ending
        && vm.guest().system() instanceof GuestSystem.WindowsServer server) {
      return ending.candidates().stream()
          .filter(
              key ->
                  key instanceof AvmaKey avma
                      && avma.edition() == server.edition()
                      && avma.releases().contains(server.release()))
          .findFirst()
          .or(vm.key()::published);
    }
    return vm.key().published();
  }

  SimulatedDatacenter datacenter() {
    return datacenter;
  }

  SimulatedHost host(HostId id) {
    SimulatedHost host = hosts.get(id);
    if (host == null) {
      throw new IllegalArgumentException("no host " + id);
    }
    return host;
  }

  ImmutableMap<HostId, SimulatedHost> hosts() {
    return hosts;
  }

  SimulatedGuest guest(FleetVm vm) {
    SimulatedGuest guest = guests.get(vm.line());
    if (guest == null) {
      throw new IllegalArgumentException("no machine " + ForeignText.escape(vm.name(), 40));
    }
    return guest;
  }

  /** Returns what was assumed. */
  ImmutableList<String> notes() {
    return notes;
  }

  /** Returns whether the machine runs, as far as its file says. */
  static boolean runs(FleetVm vm) {
    return vm.state().map(state -> !AT_REST.contains(word(state))).orElse(true);
  }

  private static boolean isKnown(String word) {
    return word.isEmpty() || AT_REST.contains(word) || RUNNING.contains(word);
  }

  /** Returns what a state says of running: {@code FastSavedCritical} is {@code saved}. */
  private static String word(String state) {
    String word = CharMatcher.inRange('a', 'z').retainFrom(state.toLowerCase(Locale.ROOT));
    String withoutEnd =
        word.endsWith("critical") ? word.substring(0, word.length() - "critical".length()) : word;
    return withoutEnd.startsWith("fast") ? withoutEnd.substring("fast".length()) : withoutEnd;
  }
}
