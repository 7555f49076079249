package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import io.avma.platform.VmId;
import io.avma.sim.SimulatedGuest;
import io.avma.transport.TransportException;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Calls of methods. What takes time on a real host becomes a job. */
final class Methods {
  private static final long JOB_STARTED = 4096;

  private final HostView view;
  private final Supplier<String> ids;

  /**
   * Creates the methods of a host.
   *
   * @param ids gives identifiers of jobs
   */
  Methods(HostView view, Supplier<String> ids) {
    this.view = view;
    this.ids = ids;
  }

  WsManBody call(WsManHeader header, WsManBody.Invoke invoke) throws Refusal {
    WmiClass target = WmiNamespaces.find(view.host(), header.resourceUri().orElse(""));
    if (header.selectors().isEmpty()) {
      throw Refusals.parameters("A method needs selectors that name its instance.");
    }
    CimInstance parameters = new CimInstance("parameters", invoke.parameters());
    String method = invoke.method();
    CimInstance instance = Enumerations.single(view, target, header.selectors());
    List<CimProperty> results = new ArrayList<>();
    switch (target.name() + "." + method) {
      case VirtualizationClasses.SERVICE + ".AddKvpItems",
          VirtualizationClasses.SERVICE + ".ModifyKvpItems",
          VirtualizationClasses.SERVICE + ".RemoveKvpItems" ->
          writeItems(method, parameters, results);
      case VirtualizationClasses.SERVICE + ".GetSummaryInformation" -> {
        results.add(returned(0));
        results.add(
            CimProperty.of("SummaryInformation", SummaryInformation.call(view, parameters)));
      }
      case VirtualizationClasses.SYSTEM + ".RequestStateChange" ->
          changeState(instance, parameters, results);
      default -> throw Refusals.method(target.name(), method);
    }
    return new WsManBody.InvokeResponse(
        target.uri(),
        method,
        new CimInstance(
            method + "_OUTPUT",
            results.stream()
                .sorted((a, b) -> a.name().compareToIgnoreCase(b.name()))
                .collect(ImmutableList.toImmutableList())));
  }

  private void writeItems(String method, CimInstance parameters, List<CimProperty> results)
      throws Refusal {
    Optional<VmId> vm = target(parameters);
    if (vm.isEmpty()) {
      results.add(returned(KvpMethods.INVALID_PARAMETER));
      return;
    }
    int code = new KvpMethods(view, method).call(vm.get(), parameters);
    job(method, code, results);
  }

  /** The VM of this host that is meant. */
  private Optional<VmId> target(CimInstance parameters) throws Refusal {
    CimReference system;
    try {
      system =
          parameters
              .reference("TargetSystem")
              .orElseThrow(() -> Refusals.parameters("TargetSystem is missing."));
    } catch (TransportException e) {
      throw Refusals.parameters("TargetSystem is no reference.");
    }
    return system.keys().entrySet().stream()
        .filter(key -> key.getKey().equalsIgnoreCase("Name"))
        .flatMap(key -> VmId.parse(key.getValue().text()).stream())
        .filter(vm -> guest(vm).isPresent())
        .findFirst();
  }

  private Optional<SimulatedGuest> guest(VmId vm) {
    return view.host().guests().stream().filter(guest -> guest.vm().equals(vm)).findFirst();
  }

  private void changeState(CimInstance instance, CimInstance parameters, List<CimProperty> results)
      throws Refusal {
    long state;
    try {
      state = parameters.number("RequestedState", CimType.UINT16).orElse(0);
    } catch (TransportException e) {
      throw Refusals.parameters("RequestedState is no number.");
    }
    Optional<SimulatedGuest> guest = VmId.parse(instance.value("Name").text()).flatMap(this::guest);
    if (guest.isEmpty()) {
      throw Refusals.parameters("The state of the host itself cannot be changed.");
    }
    boolean saved = instance.value("EnabledState").text().equals("32769");
    job("RequestStateChange", StateChange.request(guest.get(), state, saved), results);
  }

  private void job(String method, int code, List<CimProperty> results) {
    String error = code == 0 ? "" : method + " failed with " + code;
    CimReference job =
        view.jobs()
            .add(ids.get().toUpperCase(Locale.ROOT), method, code, error, view.datacenter().now());
    results.add(CimProperty.of("Job", new CimValue.Reference(job)));
    results.add(returned(JOB_STARTED));
  }

  private static CimProperty returned(long code) {
    return CimProperty.of("ReturnValue", CimValue.of(CimType.UINT32, code));
  }
}
