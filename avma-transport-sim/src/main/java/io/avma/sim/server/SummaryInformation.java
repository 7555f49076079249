package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.avma.kvp.KvpSource;
import io.avma.platform.VmId;
import io.avma.sim.SimulatedDatacenter;
import io.avma.transport.TransportException;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** GetSummaryInformation: some facts of some VMs in one answer. */
final class SummaryInformation {
  private static final WmiClass SUMMARY =
      WmiClass.of(
          VirtualizationClasses.NAMESPACE,
          "Msvm_SummaryInformation",
          "Name",
          "CreationTime ElementName EnabledState GuestOperatingSystem HealthState Heartbeat Name"
              + " Notes NumberOfProcessors OperationalStatus[] StatusDescriptions[] UpTime",
          (view, wanted) -> ImmutableList.<Row>of().iterator());

  /** The numbers by which clients ask; documented. */
  private static final ImmutableMap<Long, String> REQUESTED =
      ImmutableMap.<Long, String>builder()
          .put(0L, "Name")
          .put(1L, "ElementName")
          .put(2L, "CreationTime")
          .put(3L, "Notes")
          .put(4L, "NumberOfProcessors")
          .put(100L, "EnabledState")
          .put(104L, "Heartbeat")
          .put(105L, "UpTime")
          .put(106L, "GuestOperatingSystem")
          .put(109L, "HealthState")
          .put(110L, "OperationalStatus")
          .put(111L, "StatusDescriptions")
          .buildOrThrow();

  private SummaryInformation() {}

  static CimValue call(HostView view, CimInstance parameters) throws Refusal {
    Set<String> properties = properties(parameters);
    Optional<Set<VmId>> vms = vms(parameters);
    ImmutableList.Builder<CimValue> summaries = ImmutableList.builder();
    Iterator<Row> rows =
        VmRows.of(
            view,
            Optional.empty(),
            ImmutableSet.of(KvpSource.INTRINSIC),
            vm -> vms.isEmpty() || vms.get().contains(vm.guest().vm()) ? row(vm) : new Row());
    while (rows.hasNext()) {
      Row row = rows.next();
      if (!row.values().isEmpty()) {
        row.values().keySet().removeIf(name -> !properties.contains(name));
        summaries.add(new CimValue.Embedded(SUMMARY.instance(row)));
      }
    }
    return CimValue.of(summaries.build());
  }

  private static Set<String> properties(CimInstance parameters) throws Refusal {
    try {
      List<Long> numbers = parameters.numbers("RequestedInformation", CimType.UINT32);
      Set<String> names = new HashSet<>();
      for (Long number : numbers) {
        String name = REQUESTED.get(number);
        if (name != null) {
          names.add(name);
        }
      }
      return numbers.isEmpty()
          ? REQUESTED.values().stream().collect(ImmutableSet.toImmutableSet())
          : names;
    } catch (TransportException e) {
      throw Refusals.parameters("RequestedInformation holds something that is no number.");
    }
  }

  /** The VMs whose settings were named; none if all are meant. */
  private static Optional<Set<VmId>> vms(CimInstance parameters) throws Refusal {
    CimValue value = parameters.value("SettingData");
    if (value.isNil()) {
      return Optional.empty();
    }
    Set<VmId> vms = new HashSet<>();
    List<CimValue> values = value instanceof CimValue.Array array ? array.values() : List.of(value);
    for (CimValue each : values) {
      if (!(each instanceof CimValue.Reference reference)) {
        throw Refusals.parameters("SettingData holds something that is no reference.");
      }
      vm(reference.reference()).ifPresent(vms::add);
    }
    return Optional.of(vms);
  }

  private static Optional<VmId> vm(CimReference settings) {
    return settings.keys().entrySet().stream()
        .filter(key -> key.getKey().equalsIgnoreCase("InstanceID"))
        .map(key -> key.getValue().text())
        .map(id -> id.substring(id.indexOf(':') + 1))
        .flatMap(id -> VmId.parse(id).stream())
        .findFirst();
  }

  private static Row row(VmRows.Vm vm) {
    int state = VirtualizationClasses.enabledState(vm);
    boolean running = state == 2;
    Row row =
        new Row()
            .set("CreationTime", SimulatedDatacenter.START)
            .set("ElementName", vm.reading().facts().name())
            .set("EnabledState", CimType.UINT16, state)
            .healthy(2, "Operating normally")
            .set("Name", vm.id())
            .set("Notes", "")
            .set("NumberOfProcessors", CimType.UINT16, 1)
            .set("UpTime", CimType.UINT64, running ? VirtualizationClasses.uptime(vm.view()) : 0);
    vm.reading()
        .snapshot()
        .first(KvpSource.INTRINSIC, "OSName")
        .ifPresent(name -> row.set("GuestOperatingSystem", name));
    if (running) {
      row.set("Heartbeat", CimType.UINT16, 2);
    }
    return row;
  }
}
