package io.avma.sim.server;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterators;
import com.google.common.collect.Maps;
import io.avma.kvp.KvpSource;
import io.avma.platform.VmId;
import io.avma.sim.SimulatedGuest;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rows of the VMs of a host. They are read some at a time when they are wanted, so that an open
 * enumeration holds no copy of the host; who has moved away meanwhile is left out.
 */
final class VmRows {
  private static final int AT_A_TIME = 32;

  /** A VM and what the host knows of it. */
  record Vm(HostView view, SimulatedGuest guest, VmReading.Read reading) {
    String id() {
      return guest.vm().toString();
    }
  }

  private VmRows() {}

  /**
   * Returns a row for each VM.
   *
   * @param only the VM, if the condition tells which
   * @param sources whose items are needed
   */
  static Iterator<Row> of(
      HostView view, Optional<VmId> only, ImmutableSet<KvpSource> sources, Function<Vm, Row> row) {
    Iterator<SimulatedGuest> guests =
        view.host().guests().stream()
            .filter(guest -> only.isEmpty() || guest.vm().equals(only.get()))
            .sorted(Comparator.comparing(SimulatedGuest::vm))
            .iterator();
    return Iterators.concat(
        Iterators.transform(
            Iterators.partition(guests, AT_A_TIME),
            some -> Iterators.transform(read(view, some, sources), row::apply)));
  }

  private static Iterator<Vm> read(
      HostView view, List<SimulatedGuest> guests, ImmutableSet<KvpSource> sources) {
    ImmutableMap<VmId, SimulatedGuest> byId = Maps.uniqueIndex(guests, SimulatedGuest::vm);
    SweepScope scope =
        new SweepScope(Optional.of(ImmutableSortedSet.copyOf(byId.keySet())), sources);
    List<Vm> vms = new ArrayList<>();
    try {
      for (VmReading reading : view.host().sweep(scope)) {
        SimulatedGuest guest = byId.get(reading.vm());
        if (reading instanceof VmReading.Read read && guest != null) {
          vms.add(new Vm(view, guest, read));
        }
      }
      return vms.iterator();
    } catch (TransportException e) {
      throw new HostGoneException(e);
    }
  }
}
