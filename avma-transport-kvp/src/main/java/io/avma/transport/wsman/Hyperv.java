package io.avma.transport.wsman;

import com.google.common.collect.ImmutableMap;
import io.avma.platform.VmId;
import io.avma.transport.TransportException;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimReference;
import java.util.Optional;

/** Names in WMI. Sources: documentation of Win32 and Hyper-V, recorded answers of hosts. */
final class Hyperv {
  static final String NAMESPACE = "root/virtualization/v2";
  static final String CIMV2 = "root/cimv2";
  static final String SYSTEM = "Msvm_ComputerSystem";
  static final String SETTINGS = "Msvm_VirtualSystemSettingData";
  static final String EXCHANGE = "Msvm_KvpExchangeComponent";
  static final String EXCHANGE_SETTINGS = "Msvm_KvpExchangeComponentSettingData";
  static final String SERVICE = "Msvm_VirtualSystemManagementService";

  /** What the settings of a VM have that are no snapshot and not only planned. */
  static final String REALIZED = "Microsoft:Hyper-V:System:Realized";

  /** The component for Data Exchange, the same for every VM. */
  private static final String EXCHANGE_ID = "2A34B1C2-FD73-4043-8A5B-DD2159BC743F";

  private static final String CREATION_CLASS = "CreationClassName";

  private Hyperv() {}

  static CimReference system(VmId vm) {
    return CimReference.wmi(
        NAMESPACE, SYSTEM, ImmutableMap.of(CREATION_CLASS, SYSTEM, "Name", vm.toString()));
  }

  static CimReference exchange(VmId vm) {
    return CimReference.wmi(
        NAMESPACE,
        EXCHANGE,
        ImmutableMap.of(
            CREATION_CLASS,
            EXCHANGE,
            "DeviceID",
            "Microsoft:" + EXCHANGE_ID,
            "SystemCreationClassName",
            SYSTEM,
            "SystemName",
            vm.toString()));
  }

  static CimReference exchangeSettings(VmId vm) {
    return CimReference.wmi(
        NAMESPACE, EXCHANGE_SETTINGS, ImmutableMap.of("InstanceID", exchangeSettingsId(vm)));
  }

  static String exchangeSettingsId(VmId vm) {
    return "Microsoft:" + vm + "\\" + EXCHANGE_ID;
  }

  /** A service wants a selector, and takes this one alone; observed by others. */
  static CimReference service() {
    return CimReference.wmi(NAMESPACE, SERVICE, ImmutableMap.of(CREATION_CLASS, SERVICE));
  }

  /** The VM of a component's settings; of their templates none. */
  static Optional<VmId> ofSettings(CimInstance settings) throws TransportException {
    String id = settings.text("InstanceID").orElse("");
    int from = id.indexOf(':') + 1;
    int to = id.indexOf('\\', from);
    return to < 0 ? Optional.empty() : VmId.parse(id.substring(from, to));
  }

  static Optional<VmId> ofSystemName(CimInstance component) throws TransportException {
    return component.text("SystemName").flatMap(VmId::parse);
  }
}
