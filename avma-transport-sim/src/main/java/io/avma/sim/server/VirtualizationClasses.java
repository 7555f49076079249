package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterators;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedHost;
import io.avma.transport.VmState;
import io.avma.transport.cim.CimDateTime;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimType;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;

/** {@code root/virtualization/v2}. Properties as recorded, else as documented, of all releases. */
final class VirtualizationClasses {
  static final String NAMESPACE = "root/virtualization/v2";
  static final String SYSTEM = "Msvm_ComputerSystem";
  static final String SETTINGS = "Msvm_VirtualSystemSettingData";
  static final String SERVICE = "Msvm_VirtualSystemManagementService";
  static final String REALIZED = "Microsoft:Hyper-V:System:Realized";

  private static final String RECOVERY_POINT = "Microsoft:Hyper-V:Snapshot:Replica:Standard";
  private static final int MINUTES_OF_REPLICATION = 5;

  static final WmiClass SYSTEMS =
      WmiClass.of(
          NAMESPACE,
          SYSTEM,
          "CreationClassName Name",
          "Caption CommunicationStatus CreationClassName Description DetailedStatus ElementName"
              + " EnabledDefault EnabledState EnhancedSessionModeState FailedOverReplicationType"
              + " HealthState HwThreadsPerCoreRealized InstallDate InstanceID"
              + " LastApplicationConsistentReplicationTime LastReplicationTime"
              + " LastReplicationType LastSuccessfulBackupTime ManagementVtlImageFileName"
              + " ManagementVtlImageVersion Name NameFormat NumberOfNumaNodes"
              + " OnTimeInMilliseconds OperatingStatus OperationalStatus[] OtherEnabledState"
              + " PrimaryOwnerContact PrimaryOwnerName PrimaryStatus ProcessID ReplicationHealth"
              + " ReplicationMode ReplicationState RequestedState ResetCapability Status"
              + " StatusDescriptions[] TimeOfLastConfigurationChange TimeOfLastStateChange"
              + " TransitioningToState",
          VirtualizationClasses::systems);

  private static final WmiClass SETTING_DATA =
      WmiClass.of(
          NAMESPACE,
          SETTINGS,
          "InstanceID",
          "AutomaticRecoveryAction AutomaticShutdownAction AutomaticStartupAction"
              + " BaseBoardSerialNumber BIOSGUID BIOSNumLock BIOSSerialNumber Caption"
              + " ChassisAssetTag ChassisSerialNumber ConfigurationDataRoot ConfigurationFile"
              + " ConfigurationID CreationTime DebugPort Description ElementName"
              + " IncrementalBackupEnabled InstanceID IsSaved LogDataRoot Notes[] Parent"
              + " RecoveryFile SecureBootEnabled SnapshotDataRoot SuspendDataRoot"
              + " SwapFileDataRoot UserSnapshotType Version VirtualNumaEnabled"
              + " VirtualSystemIdentifier VirtualSystemSubType VirtualSystemType",
          VirtualizationClasses::settings);

  private static final WmiClass MANAGEMENT =
      WmiClass.of(
          NAMESPACE,
          SERVICE,
          "CreationClassName Name SystemCreationClassName SystemName",
          "Caption CommunicationStatus CreationClassName Description DetailedStatus ElementName"
              + " EnabledDefault EnabledState HealthState InstallDate InstanceID Name"
              + " OperatingStatus OperationalStatus[] OtherEnabledState PrimaryOwnerContact"
              + " PrimaryOwnerName PrimaryStatus RequestedState Started StartMode Status"
              + " StatusDescriptions[] SystemCreationClassName SystemName"
              + " TimeOfLastStateChange TransitioningToState",
          (view, wanted) -> Iterators.singletonIterator(service(view)));

  private static final WmiClass JOBS =
      WmiClass.of(
          NAMESPACE,
          Jobs.CLASS,
          "InstanceID",
          "Caption CommunicationStatus DeleteOnCompletion Description DetailedStatus ElapsedTime"
              + " ElementName ErrorCode ErrorDescription ErrorSummaryDescription HealthState"
              + " InstallDate InstanceID JobRunTimes JobState JobStatus JobType LocalOrUtcTime"
              + " Name Notify OperatingStatus OperationalStatus[] OtherRecoveryAction Owner"
              + " PercentComplete PrimaryStatus Priority RecoveryAction RunDay RunDayOfWeek"
              + " RunMonth RunStartInterval ScheduledStartTime StartTime Status"
              + " StatusDescriptions[] TimeBeforeRemoval TimeOfLastStateChange TimeSubmitted"
              + " UntilTime",
          (view, wanted) -> view.jobs().rows(wanted));

  static final ImmutableList<WmiClass> ALL =
      ImmutableList.of(
          SYSTEMS,
          SETTING_DATA,
          MANAGEMENT,
          JOBS,
          KvpClasses.COMPONENTS,
          KvpClasses.COMPONENT_SETTINGS,
          KvpClasses.ELEMENT_SETTINGS);

  private VirtualizationClasses() {}

  static CimReference systemReference(VmId vm) {
    return SYSTEMS.reference(ImmutableMap.of("CreationClassName", SYSTEM, "Name", vm.toString()));
  }

  private static Iterator<Row> systems(HostView view, WqlCondition wanted) {
    Optional<String> name = wanted.required("Name");
    boolean host = name.isEmpty() || name.get().equalsIgnoreCase(view.computer());
    return Iterators.concat(
        host ? Iterators.singletonIterator(hostSystem(view)) : ImmutableList.<Row>of().iterator(),
        vms(view, name, VirtualizationClasses::system));
  }

  /** The rows of VMs; if a text tells one VM, of that one only, and of none if it is no VM. */
  private static Iterator<Row> vms(
      HostView view, Optional<String> told, Function<VmRows.Vm, Row> row) {
    Optional<VmId> vm = told.flatMap(VmId::parse);
    return told.isPresent() && vm.isEmpty()
        ? ImmutableList.<Row>of().iterator()
        : VmRows.of(view, vm, ImmutableSet.of(), row);
  }

  private static Row hostSystem(HostView view) {
    return new Row()
        .set("Caption", "Hosting Computer System")
        .set("CreationClassName", SYSTEM)
        .set("Description", "Microsoft Hosting Computer System")
        .set("ElementName", view.computer())
        .set("EnabledDefault", CimType.UINT16, 2)
        .set("EnabledState", CimType.UINT16, 2)
        .healthy(2, "OK")
        .set("Name", view.computer())
        .set("NumberOfNumaNodes", CimType.UINT16, 1)
        .set("RequestedState", CimType.UINT16, 12)
        .set("ResetCapability", CimType.UINT16, 1)
        .set("Status", "OK");
  }

  private static Row system(VmRows.Vm vm) {
    int state = enabledState(vm);
    boolean running = state == 2;
    boolean replica = vm.guest().isReplica();
    boolean primary = vm.guest().replica().isPresent();
    int replication = replica ? 2 : primary ? 1 : 0;
    Row row =
        new Row()
            .set("Caption", "Virtual Machine")
            .set("CreationClassName", SYSTEM)
            .set("Description", "Microsoft Virtual Machine")
            .set("ElementName", vm.reading().facts().name())
            .set("EnabledDefault", CimType.UINT16, running ? 2 : 3)
            .set("EnabledState", CimType.UINT16, state)
            .set("EnhancedSessionModeState", CimType.UINT16, running ? 6 : 3)
            .set("FailedOverReplicationType", CimType.UINT16, 0)
            .healthy(2, "Operating normally")
            .set("InstallDate", SimulatedDatacenter.START)
            .set("LastApplicationConsistentReplicationTime", CimDateTime.UNSET)
            .set(
                "LastReplicationTime",
                replication == 0 ? CimDateTime.UNSET : lastReplication(vm.view()))
            .set("LastReplicationType", CimType.UINT16, replication == 0 ? 0 : 1)
            .set("Name", vm.id())
            .set("NumberOfNumaNodes", CimType.UINT16, 1)
            .set("OnTimeInMilliseconds", CimType.UINT64, running ? uptime(vm.view()) : 0)
            .set("ReplicationHealth", CimType.UINT16, replication == 0 ? 0 : 1)
            .set("ReplicationMode", CimType.UINT16, replication)
            .set("ReplicationState", CimType.UINT16, replication == 0 ? 0 : 3)
            .set("RequestedState", CimType.UINT16, 5)
            .set("ResetCapability", CimType.UINT16, 1)
            .set("Status", "OK")
            .set("TimeOfLastConfigurationChange", SimulatedDatacenter.START)
            .set("TimeOfLastStateChange", running ? SimulatedDatacenter.START : CimDateTime.UNSET);
    if (running) {
      row.set("HwThreadsPerCoreRealized", CimType.UINT32, 2)
          .set("ProcessID", CimType.UINT32, 4096 + 4L * (vm.id().hashCode() & 0x3FFF));
    }
    return row;
  }

  static int enabledState(VmRows.Vm vm) {
    VmState state = vm.reading().facts().state();
    return switch (state) {
      case RUNNING -> 2;
      case PAUSED -> 32768;
      case SAVED -> 32769;
      default -> 3;
    };
  }

  /** Since when a VM runs is not simulated; so it is told to run since the beginning. */
  static long uptime(HostView view) {
    return Math.max(
        1, Duration.between(SimulatedDatacenter.START, view.datacenter().now()).toMillis());
  }

  private static Instant lastReplication(HostView view) {
    return view.datacenter().now().minus(Duration.ofMinutes(MINUTES_OF_REPLICATION));
  }

  /** Of each VM its own settings, and of a replica those of a recovery point beside them. */
  private static Iterator<Row> settings(HostView view, WqlCondition wanted) {
    Optional<String> told =
        wanted
            .required("VirtualSystemIdentifier")
            .or(() -> wanted.required("InstanceID").flatMap(VirtualizationClasses::realizedVm));
    boolean points =
        wanted
            .required("VirtualSystemType")
            .filter(type -> !type.equalsIgnoreCase(RECOVERY_POINT))
            .isEmpty();
    Iterator<Row> own = vms(view, told, vm -> settings(vm, "Microsoft:" + vm.id(), REALIZED));
    return points ? Iterators.concat(own, recoveryPoints(view)) : own;
  }

  /** Of the settings' identifier the VM; those of recovery points have another form. */
  private static Optional<String> realizedVm(String instanceId) {
    return Optional.of(instanceId)
        .filter(id -> id.regionMatches(true, 0, "Microsoft:", 0, 10))
        .map(id -> id.substring(10))
        .filter(id -> VmId.parse(id).isPresent());
  }

  private static Iterator<Row> recoveryPoints(HostView view) {
    return view.host().guests().stream()
        .filter(guest -> guest.isReplica())
        .map(guest -> VmRows.of(view, Optional.of(guest.vm()), ImmutableSet.of(), vm -> point(vm)))
        .flatMap(rows -> ImmutableList.copyOf(rows).stream())
        .iterator();
  }

  private static Row point(VmRows.Vm vm) {
    String id = "Microsoft:" + Row.guid(vm.view().id("recovery point " + vm.id()));
    return settings(vm, id, RECOVERY_POINT)
        .set("ElementName", vm.reading().facts().name() + " - Recovery Point")
        .set("Parent", "Microsoft:" + vm.id());
  }

  private static Row settings(VmRows.Vm vm, String id, String type) {
    HostView view = vm.view();
    String serial = "SIMULATED-" + vm.id().substring(0, 8);
    return new Row()
        .set("AutomaticRecoveryAction", CimType.UINT16, 3)
        .set("AutomaticShutdownAction", CimType.UINT16, 3)
        .set("AutomaticStartupAction", CimType.UINT16, 3)
        .set("BaseBoardSerialNumber", serial)
        .set("BIOSGUID", "{" + Row.guid(view.id("BIOS of " + vm.id())) + "}")
        .set("BIOSNumLock", false)
        .set("BIOSSerialNumber", serial)
        .set("Caption", "Virtual Machine Settings")
        .set("ChassisAssetTag", serial)
        .set("ChassisSerialNumber", serial)
        .set("ConfigurationDataRoot", "C:\\ProgramData\\Microsoft\\Windows\\Hyper-V")
        .set("ConfigurationFile", "Virtual Machines\\" + vm.id() + ".vmcx")
        .set("ConfigurationID", vm.id())
        .set("CreationTime", SimulatedDatacenter.START)
        .set("Description", "Active settings for the virtual machine.")
        .set("ElementName", vm.reading().facts().name())
        .set("IncrementalBackupEnabled", false)
        .set("InstanceID", id)
        .set("IsSaved", enabledState(vm) == 32769)
        .set("SecureBootEnabled", true)
        .set("UserSnapshotType", CimType.UINT16, 3)
        .set("VirtualNumaEnabled", true)
        .set("VirtualSystemIdentifier", vm.id())
        .set("VirtualSystemSubType", "Microsoft:Hyper-V:SubType:2")
        .set("VirtualSystemType", type);
  }

  private static Row service(HostView view) {
    return new Row()
        .set("Caption", SERVICE)
        .set("CreationClassName", SERVICE)
        .set("Description", "Service for managing virtual systems, simulated")
        .set("ElementName", "Hyper-V Virtual System Management Service")
        .set("EnabledDefault", CimType.UINT16, 2)
        .set("EnabledState", CimType.UINT16, 5)
        .healthy(2, "OK")
        .set("Name", "vmms")
        .set("RequestedState", CimType.UINT16, 12)
        .set("Started", true)
        .set("StartMode", "Automatic")
        .set("Status", "OK")
        .set("SystemCreationClassName", SYSTEM)
        .set("SystemName", view.computer());
  }

  /** Returns whether a host has the role, and with it the name space. */
  static boolean isThere(SimulatedHost host) {
    return host.trueProfile().hyperVRole() != Ternary.NO;
  }
}
