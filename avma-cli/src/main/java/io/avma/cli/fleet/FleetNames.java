package io.avma.cli.fleet;

import com.google.common.collect.ImmutableList;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.platform.HostId;
import io.avma.platform.VmId;
import java.util.Optional;

/** Finds the machines of a fleet that an argument names. */
public final class FleetNames {
  private FleetNames() {}

  /**
   * Returns the virtual machine called {@code name}, or with that identifier.
   *
   * @param argument the argument that names it, for the complaint
   * @throws InputException if the fleet has none of that name, or several
   */
  public static FleetVm vm(Fleet fleet, String argument, String name) throws InputException {
    Optional<VmId> id = VmId.parse(name);
    ImmutableList<FleetVm> found =
        fleet.vms().stream()
            .filter(
                vm -> vm.name().equalsIgnoreCase(name) || (id.isPresent() && vm.id().equals(id)))
            .collect(ImmutableList.toImmutableList());
    if (found.isEmpty()) {
      throw complaint(
          argument, name, "is no machine of the fleet.", "See the column vm of vms.csv.");
    }
    if (found.size() > 1) {
      throw complaint(
          argument,
          name,
          "is the name of " + found.size() + " machines.",
          "Give the vm_id of the one you mean.");
    }
    return found.get(0);
  }

  /**
   * Returns the host called {@code name}.
   *
   * @param argument the argument that names it, for the complaint
   * @throws InputException if the fleet has none of that name
   */
  public static HostId host(Fleet fleet, String argument, String name) throws InputException {
    if (name.isBlank() || name.length() > 255 || !fleet.hosts().containsKey(new HostId(name))) {
      throw complaint(
          argument, name, "is no host of the fleet.", "See the column host of hosts.csv.");
    }
    return new HostId(name);
  }

  /** Returns the complaint about what an argument says. */
  public static InputException complaint(String argument, String text, String what, String remedy) {
    return new InputException(
        Complaint.about(argument, Complaint.quoted(text) + " " + what, remedy));
  }
}
