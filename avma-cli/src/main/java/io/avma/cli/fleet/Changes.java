package io.avma.cli.fleet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.platform.HostId;
import io.avma.platform.VmId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked to change before the fleet is planned.
 *
 * @param moves machines and where they go
 * @param drains hosts that are to be emptied
 */
public record Changes(ImmutableMap<FleetVm, HostId> moves, ImmutableSet<HostId> drains) {
  /** Returns whether nothing is to change. */
  public boolean isEmpty() {
    return moves.isEmpty() && drains.isEmpty();
  }

  /**
   * Reads the arguments {@code VM=HOST} and {@code HOST}.
   *
   * @throws InputException if one of them names what the fleet has not, or has twice
   */
  public static Changes parse(Fleet fleet, List<String> moves, List<String> drains)
      throws InputException {
    Map<FleetVm, HostId> moved = new LinkedHashMap<>();
    for (String move : moves) {
      int equals = move.lastIndexOf('='); // a host's name has no equals sign, a machine's may
      if (equals <= 0) {
        throw complaint("--move", move, "is no move", "(expected: VM=HOST).");
      }
      FleetVm vm = vm(fleet, move.substring(0, equals));
      if (moved.put(vm, host(fleet, "--move", move.substring(equals + 1))) != null) {
        throw complaint("--move", vm.name(), "is moved twice.", "Move each machine once.");
      }
    }
    Set<HostId> drained = new LinkedHashSet<>();
    for (String drain : drains) {
      drained.add(host(fleet, "--drain", drain));
    }
    return new Changes(ImmutableMap.copyOf(moved), ImmutableSet.copyOf(drained));
  }

  private static FleetVm vm(Fleet fleet, String name) throws InputException {
    Optional<VmId> id = VmId.parse(name);
    ImmutableList<FleetVm> found =
        fleet.vms().stream()
            .filter(
                vm -> vm.name().equalsIgnoreCase(name) || (id.isPresent() && vm.id().equals(id)))
            .collect(ImmutableList.toImmutableList());
    if (found.isEmpty()) {
      throw complaint(
          "--move", name, "is no machine of the fleet.", "See the column vm of vms.csv.");
    }
    if (found.size() > 1) {
      throw complaint(
          "--move",
          name,
          "is the name of " + found.size() + " machines.",
          "Give the vm_id of the one you mean.");
    }
    return found.get(0);
  }

  private static HostId host(Fleet fleet, String argument, String name) throws InputException {
    if (name.isBlank() || name.length() > 255 || !fleet.hosts().containsKey(new HostId(name))) {
      throw complaint(
          argument, name, "is no host of the fleet.", "See the column host of hosts.csv.");
    }
    return new HostId(name);
  }

  private static InputException complaint(
      String argument, String text, String what, String remedy) {
    return new InputException(
        Complaint.about(argument, Complaint.quoted(text) + " " + what, remedy));
  }
}
