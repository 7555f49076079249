package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterators;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpSource;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.transport.VmState;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.KvpDataItem;
import io.avma.transport.cim.KvpDataItemCodec;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Data Exchange in WMI: of each VM the component, and the settings with what hosts wrote. */
final class KvpClasses {
  private static final String COMPONENT = "Msvm_KvpExchangeComponent";
  private static final String SETTING = "Msvm_KvpExchangeComponentSettingData";
  private static final String GUID = "2A34B1C2-FD73-4043-8A5B-DD2159BC743F";
  private static final String DEVICE = "Microsoft:" + GUID;
  private static final int GUEST = 1;
  private static final int INTRINSIC = 2;

  private static final int ENABLED = 2;
  private static final int DISABLED = 3;
  private static final int OK = 2;
  private static final int NO_CONTACT = 12;

  static final WmiClass COMPONENTS =
      WmiClass.of(
          VirtualizationClasses.NAMESPACE,
          COMPONENT,
          "CreationClassName DeviceID SystemCreationClassName SystemName",
          "AdditionalAvailability[] Availability Caption CommunicationStatus CreationClassName"
              + " Description DetailedStatus DeviceID ElementName EnabledDefault EnabledState"
              + " ErrorCleared ErrorDescription GuestExchangeItems[]"
              + " GuestIntrinsicExchangeItems[] HealthState IdentifyingDescriptions[]"
              + " InstallDate InstanceID LastErrorCode LocationIndicator MaxQuiesceTime Name"
              + " OperatingStatus OperationalStatus[] OtherEnabledState OtherIdentifyingInfo[]"
              + " PowerManagementCapabilities[] PowerManagementSupported PowerOnHours"
              + " PrimaryStatus RequestedState Status StatusDescriptions[] StatusInfo"
              + " SystemCreationClassName SystemName TimeOfLastStateChange TotalPowerOnHours"
              + " TransitioningToState",
          (view, wanted) ->
              vms(
                  view,
                  wanted.required("SystemName"),
                  ImmutableSet.of(KvpSource.INTRINSIC, KvpSource.GUEST_WRITTEN),
                  KvpClasses::component));

  static final WmiClass COMPONENT_SETTINGS =
      WmiClass.of(
          VirtualizationClasses.NAMESPACE,
          SETTING,
          "InstanceID",
          "Address AddressOnParent AllocationUnits AutomaticAllocation AutomaticDeallocation"
              + " Caption Connection[] ConsumerVisibility Description DisableHostKVPItems"
              + " ElementName EnabledState HostExchangeItems[] HostOnlyItems[] HostResource[]"
              + " InstanceID Limit MappingBehavior OtherResourceType Parent PoolID Reservation"
              + " ResourceSubType ResourceType VirtualQuantity VirtualQuantityUnits Weight",
          KvpClasses::componentSettings);

  static final WmiClass ELEMENT_SETTINGS =
      WmiClass.of(
          VirtualizationClasses.NAMESPACE,
          "Msvm_ElementSettingData",
          "ManagedElement SettingData",
          "IsCurrent IsDefault IsMaximum IsMinimum IsNext ManagedElement SettingData",
          (view, wanted) ->
              vms(view, Optional.empty(), ImmutableSet.of(), KvpClasses::elementSettings));

  private KvpClasses() {}

  private static Iterator<Row> vms(
      HostView view,
      Optional<String> told,
      ImmutableSet<KvpSource> sources,
      Function<VmRows.Vm, Row> row) {
    Optional<VmId> vm = told.flatMap(VmId::parse);
    return told.isPresent() && vm.isEmpty()
        ? ImmutableList.<Row>of().iterator()
        : VmRows.of(view, vm, sources, row);
  }

  private static Row component(VmRows.Vm vm) {
    boolean enabled = vm.reading().facts().dataExchange() != Ternary.NO;
    boolean runs = vm.reading().facts().state() == VmState.RUNNING;
    List<KvpItem> intrinsic = vm.reading().snapshot().items(KvpSource.INTRINSIC);
    int contact = runs && enabled && intrinsic.isEmpty() ? NO_CONTACT : OK;
    return new Row()
        .set("Caption", "Key-Value Pair Exchange")
        .set("CreationClassName", COMPONENT)
        .set("Description", "Microsoft Key-Value Pair Exchange Component")
        .set("DeviceID", DEVICE)
        .set("ElementName", "Key-Value Pair Exchange")
        .set("EnabledDefault", CimType.UINT16, 2)
        .set("EnabledState", CimType.UINT16, enabled ? ENABLED : DISABLED)
        .set(
            "GuestExchangeItems",
            texts(vm.reading().snapshot().items(KvpSource.GUEST_WRITTEN), GUEST))
        .set("GuestIntrinsicExchangeItems", texts(intrinsic, INTRINSIC))
        .healthy(contact, contact == OK ? "OK" : "No Contact")
        .set("RequestedState", CimType.UINT16, 12)
        .set("Status", "OK")
        .set("SystemCreationClassName", VirtualizationClasses.SYSTEM)
        .set("SystemName", vm.id());
  }

  /** The templates of the settings come as well, as on a real host. */
  private static Iterator<Row> componentSettings(HostView view, WqlCondition wanted) {
    Optional<String> told = wanted.required("InstanceID");
    Optional<String> vm = told.flatMap(KvpClasses::vmOfSettings);
    Iterator<Row> own =
        told.isPresent() && vm.isEmpty()
            ? ImmutableList.<Row>of().iterator()
            : vms(
                view,
                vm,
                ImmutableSet.of(KvpSource.HOST_WRITTEN, KvpSource.HOST_ONLY),
                KvpClasses::componentSetting);
    Row template =
        setting("Microsoft:Definition\\" + GUID + "\\Default")
            .set("EnabledState", CimType.UINT16, ENABLED);
    return vm.isPresent() ? own : Iterators.concat(Iterators.singletonIterator(template), own);
  }

  private static Optional<String> vmOfSettings(String instanceId) {
    int from = instanceId.indexOf(':') + 1;
    int to = instanceId.indexOf('\\', from);
    return to < 0
        ? Optional.empty()
        : Optional.of(instanceId.substring(from, to)).filter(id -> VmId.parse(id).isPresent());
  }

  private static Row componentSetting(VmRows.Vm vm) {
    boolean enabled = vm.reading().facts().dataExchange() != Ternary.NO;
    return setting(settingId(vm))
        .set("EnabledState", CimType.UINT16, enabled ? ENABLED : DISABLED)
        .set(
            "HostExchangeItems",
            texts(vm.reading().snapshot().items(KvpSource.HOST_WRITTEN), KvpDataItem.HOST))
        .set("HostOnlyItems", texts(vm.reading().snapshot().items(KvpSource.HOST_ONLY), 4));
  }

  private static String settingId(VmRows.Vm vm) {
    return "Microsoft:" + vm.id() + "\\" + GUID;
  }

  private static Row setting(String id) {
    return new Row()
        .set("AllocationUnits", "count")
        .set("AutomaticAllocation", true)
        .set("AutomaticDeallocation", true)
        .set("Caption", "Key-Value Pair Exchange")
        .set("ConsumerVisibility", CimType.UINT16, 3)
        .set("Description", "Settings for the Microsoft Key-Value Pair Exchange Component.")
        .set("DisableHostKVPItems", false)
        .set("ElementName", "Key-Value Pair Exchange")
        .set("InstanceID", id);
  }

  private static Row elementSettings(VmRows.Vm vm) {
    return new Row()
        .set("IsCurrent", CimType.UINT16, 1)
        .set("IsDefault", CimType.UINT16, 1)
        .set("IsNext", CimType.UINT16, 1)
        .set(
            "ManagedElement",
            COMPONENTS.reference(
                ImmutableMap.of(
                    "CreationClassName",
                    COMPONENT,
                    "DeviceID",
                    DEVICE,
                    "SystemCreationClassName",
                    VirtualizationClasses.SYSTEM,
                    "SystemName",
                    vm.id())))
        .set(
            "SettingData",
            COMPONENT_SETTINGS.reference(ImmutableMap.of("InstanceID", settingId(vm))));
  }

  private static ImmutableList<String> texts(List<KvpItem> items, int source) {
    return items.stream()
        .map(
            item ->
                KvpDataItemCodec.encode(
                    new KvpDataItem(
                        Optional.of(Row.carried(item.key())),
                        Optional.of(Row.carried(item.value())),
                        OptionalInt.of(source))))
        .collect(ImmutableList.toImmutableList());
  }
}
