package io.avma.cli.fleet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.catalog.KeyCatalog;
import io.avma.cli.input.Cells;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostId;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** From the rows of {@code vms.csv} to virtual machines. For one thread. */
final class VmRows implements FleetReader.Rows {
  static final ImmutableList<String> COLUMNS =
      ImmutableList.of(
          "vm",
          "vm_id",
          "host",
          "tenant",
          "system",
          "release",
          "build",
          "edition",
          "sku",
          "evaluation",
          "data_exchange",
          "shielded",
          "key",
          "activated",
          "state");

  private final ImmutableMap<HostId, FleetHost> hosts;
  private final KeyCatalog catalog;
  private final String hostsFile;
  private final ImmutableList.Builder<FleetVm> vms = ImmutableList.builder();
  private final Map<VmId, Long> ids = new HashMap<>();
  private final Map<String, Long> names = new HashMap<>();
  private final Map<String, Boolean> namesWithId = new HashMap<>();
  private final Unknowns unknowns = new Unknowns();

  VmRows(ImmutableMap<HostId, FleetHost> hosts, KeyCatalog catalog, String hostsFile) {
    this.hosts = hosts;
    this.catalog = catalog;
    this.hostsFile = hostsFile;
  }

  ImmutableList<FleetVm> vms() {
    return vms.build();
  }

  @Override
  public ImmutableList<String> required() {
    return ImmutableList.of("vm", "host");
  }

  @Override
  public ImmutableMap<String, String> assumedWithout() {
    return ImmutableMap.of("evaluation", "no", "data_exchange", "yes", "shielded", "no");
  }

  @Override
  public Unknowns unknowns() {
    return unknowns;
  }

  @Override
  public void take(Cells cells) throws InputException {
    String name = cells.required("vm", "Name the virtual machine.");
    Optional<VmId> id =
        cells.parsed(
            "vm_id", VmId::parse, "a GUID such as 2B1F5C6A-8E2D-4C53-9B0E-6A1D4F8E7C21, or empty");
    requireNew(cells, name, id);
    Optional<HostId> host = host(cells);
    GuestProfile guest = guest(cells);
    Ternary activated = cells.ternary("activated", Ternary.UNKNOWN);
    if (!cells.sound() || host.isEmpty()) {
      return;
    }
    vms.add(
        new FleetVm(
            cells.line(),
            name,
            id,
            host.get(),
            cells.optional("tenant"),
            guest,
            InstalledKey.read(catalog, cells.text("key")),
            cells.optional("state"),
            activated));
  }

  /** Names may repeat, as they may in Hyper-V, where identifiers tell the machines apart. */
  private void requireNew(Cells cells, String name, Optional<VmId> id) throws InputException {
    if (id.isPresent()) {
      Long earlier = ids.putIfAbsent(id.get(), cells.line());
      if (earlier != null) {
        cells.complain(
            "vm_id",
            "the identifier " + id.get() + " stands in line " + earlier + " too.",
            "Leave one row a virtual machine.");
        return;
      }
    }
    String key = name.toLowerCase(Locale.ROOT);
    Long earlier = names.putIfAbsent(key, cells.line());
    boolean earlierHasId = namesWithId.getOrDefault(key, true);
    namesWithId.put(key, earlierHasId && id.isPresent());
    if (earlier != null && (id.isEmpty() || !earlierHasId)) {
      cells.complain(
          "vm",
          "the virtual machine " + Complaint.quoted(name) + " stands in line " + earlier + " too.",
          "Leave one row a machine, or give each its vm_id if they are two.");
    }
  }

  private Optional<HostId> host(Cells cells) throws InputException {
    String text = cells.required("host", "Name the host that the machine stands on.");
    if (text.length() > 255) {
      cells.complain(
          "host",
          "the host's name has " + text.length() + " characters (expected: at most 255).",
          "Name one of the hosts in " + hostsFile + ".");
    }
    if (text.isEmpty() || text.length() > 255) {
      return Optional.empty();
    }
    HostId host = new HostId(text);
    FleetHost known = hosts.get(host);
    if (known == null) {
      cells.complain(
          "host",
          "the host " + Complaint.quoted(text) + " is not in " + hostsFile + ".",
          hosts.keySet().stream()
              .filter(other -> other.shortName().equals(host.shortName()))
              .findFirst()
              .map(other -> "Did you mean " + Complaint.quoted(other.value()) + "?")
              .orElse("Add a row for it there, or correct the name."));
      return Optional.empty();
    }
    return Optional.of(known.id()); // one object for all machines of a host
  }

  private GuestProfile guest(Cells cells) throws InputException {
    Optional<SystemName> name = cells.parsed("system", SystemName::parse, SystemName.SYSTEMS);
    MachineColumns machine =
        name.filter(SystemName::numbersItsOwnReleases).isPresent()
            ? MachineColumns.NOT_READ
            : MachineColumns.of(cells, unknowns);
    name.filter(of -> of.kind() == SystemName.Kind.LATER_WINDOWS_SERVER)
        .ifPresent(of -> unknowns.add("system " + Complaint.quoted(of.name())));
    if (name.isPresent()) {
      requireSame(cells, name.get(), machine);
    }
    Ternary evaluation = machine.evaluation(cells);
    if (cells.text("system").toLowerCase(Locale.ROOT).contains("evaluation")) {
      evaluation = Ternary.YES;
    }
    return new GuestProfile(
        system(machine, name, evaluation),
        cells.ternary("data_exchange", Ternary.YES),
        cells.ternary("shielded", Ternary.NO));
  }

  private static void requireSame(Cells cells, SystemName name, MachineColumns machine)
      throws InputException {
    boolean otherRelease =
        name.release().isPresent()
            && machine.release().isPresent()
            && !name.release().equals(machine.release());
    boolean otherEdition =
        name.edition().isPresent()
            && machine.edition().isPresent()
            && !name.edition().equals(machine.edition());
    if (otherRelease || otherEdition) {
      cells.complain(
          "system",
          "column 'system': "
              + Complaint.quoted(name.name())
              + " is not what the columns for release and edition say.",
          "Correct one of them, or leave the column empty.");
    }
  }

  private static GuestSystem system(
      MachineColumns machine, Optional<SystemName> name, Ternary evaluation) {
    if (name.isPresent()
        && name.get().kind() != SystemName.Kind.WINDOWS_SERVER
        && name.get().kind() != SystemName.Kind.UNKNOWN) {
      return name.get().system();
    }
    if (machine.earlier().isPresent()) {
      return new GuestSystem.EarlierWindowsServer(machine.earlier().get());
    }
    Optional<WindowsRelease> release =
        machine.release().or(() -> name.flatMap(SystemName::release));
    Optional<Edition> edition = machine.edition().or(() -> name.flatMap(SystemName::edition));
    return release.isPresent() && edition.isPresent()
        ? new GuestSystem.WindowsServer(release.get(), edition.get(), evaluation)
        : new GuestSystem.Unknown();
  }
}
