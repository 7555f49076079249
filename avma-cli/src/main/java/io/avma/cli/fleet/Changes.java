package io.avma.cli.fleet;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.avma.cli.input.InputException;
import io.avma.platform.HostId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
        throw FleetNames.complaint("--move", move, "is no move", "(expected: VM=HOST).");
      }
      FleetVm vm = FleetNames.vm(fleet, "--move", move.substring(0, equals));
      if (moved.put(vm, FleetNames.host(fleet, "--move", move.substring(equals + 1))) != null) {
        throw FleetNames.complaint(
            "--move", vm.name(), "is moved twice.", "Move each machine once.");
      }
    }
    Set<HostId> drained = new LinkedHashSet<>();
    for (String drain : drains) {
      drained.add(FleetNames.host(fleet, "--drain", drain));
    }
    return new Changes(ImmutableMap.copyOf(moved), ImmutableSet.copyOf(drained));
  }
}
