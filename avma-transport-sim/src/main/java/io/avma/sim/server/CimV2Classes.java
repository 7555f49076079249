package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import io.avma.platform.Edition;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import io.avma.platform.WindowsSku;
import io.avma.sim.SimulatedDatacenter;
import io.avma.transport.cim.CimType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * {@code root/cimv2}: what a host says of itself. What its profile does not tell is not told here
 * either. Classes of Win32 have all documented properties, most of them without a value, so that a
 * query may name any; the others have those that inventory clients ask for.
 */
final class CimV2Classes {
  static final String NAMESPACE = "root/cimv2";
  static final String SIMULATED = "AVMA for Java, simulated";

  /** The application identifier of Windows in the licensing service; documented. */
  private static final String WINDOWS = "55c92734-d682-4d71-983e-d6ec3f16059f";

  private static final int LICENSED = 1;
  private static final int NOTIFICATION = 5;

  static final ImmutableList<WmiClass> ALL =
      ImmutableList.of(
          WmiClass.of(
              NAMESPACE,
              "Win32_ComputerSystem",
              "Name",
              "AdminPasswordStatus AutomaticManagedPagefile AutomaticResetBootOption"
                  + " AutomaticResetCapability BootOptionOnLimit BootOptionOnWatchDog"
                  + " BootROMSupported BootStatus[] BootupState Caption ChassisBootupState"
                  + " ChassisSKUNumber CreationClassName CurrentTimeZone DaylightInEffect"
                  + " Description DNSHostName Domain DomainRole EnableDaylightSavingsTime"
                  + " FrontPanelResetStatus HypervisorPresent InfraredSupported"
                  + " InitialLoadInfo[] InstallDate KeyboardPasswordStatus LastLoadInfo"
                  + " Manufacturer Model Name NameFormat NetworkServerModeEnabled"
                  + " NumberOfLogicalProcessors NumberOfProcessors OEMLogoBitmap[]"
                  + " OEMStringArray[] PartOfDomain PauseAfterReset PCSystemType"
                  + " PCSystemTypeEx PowerManagementCapabilities[] PowerManagementSupported"
                  + " PowerOnPasswordStatus PowerState PowerSupplyState PrimaryOwnerContact"
                  + " PrimaryOwnerName ResetCapability ResetCount ResetLimit Roles[] Status"
                  + " SupportContactDescription[] SystemFamily SystemSKUNumber"
                  + " SystemStartupDelay SystemStartupOptions[] SystemStartupSetting"
                  + " SystemType ThermalState TotalPhysicalMemory UserName WakeUpType"
                  + " Workgroup",
              (view, wanted) -> Iterators.singletonIterator(computer(view))),
          WmiClass.of(
              NAMESPACE,
              "Win32_ComputerSystemProduct",
              "IdentifyingNumber Name Version",
              "Caption Description IdentifyingNumber Name SKUNumber UUID Vendor Version",
              (view, wanted) -> Iterators.singletonIterator(product(view))),
          WmiClass.of(
              NAMESPACE,
              "Win32_OperatingSystem",
              "Name",
              "BootDevice BuildNumber BuildType Caption CodeSet CountryCode"
                  + " CreationClassName CSCreationClassName CSDVersion CSName CurrentTimeZone"
                  + " DataExecutionPrevention_32BitApplications DataExecutionPrevention_Available"
                  + " DataExecutionPrevention_Drivers DataExecutionPrevention_SupportPolicy Debug"
                  + " Description Distributed EncryptionLevel ForegroundApplicationBoost"
                  + " FreePhysicalMemory FreeSpaceInPagingFiles FreeVirtualMemory InstallDate"
                  + " LargeSystemCache LastBootUpTime LocalDateTime Locale Manufacturer"
                  + " MaxNumberOfProcesses MaxProcessMemorySize MUILanguages[] Name"
                  + " NumberOfLicensedUsers NumberOfProcesses NumberOfUsers OperatingSystemSKU"
                  + " Organization OSArchitecture OSLanguage OSProductSuite OSType"
                  + " OtherTypeDescription PAEEnabled PlusProductID PlusVersionNumber"
                  + " PortableOperatingSystem Primary ProductType RegisteredUser SerialNumber"
                  + " ServicePackMajorVersion ServicePackMinorVersion SizeStoredInPagingFiles"
                  + " Status SuiteMask SystemDevice SystemDirectory SystemDrive TotalSwapSpaceSize"
                  + " TotalVirtualMemorySize TotalVisibleMemorySize Version WindowsDirectory",
              (view, wanted) -> Iterators.singletonIterator(system(view))),
          WmiClass.of(
              NAMESPACE,
              "Win32_Processor",
              "DeviceID",
              "AddressWidth Architecture AssetTag Availability Caption Characteristics"
                  + " ConfigManagerErrorCode ConfigManagerUserConfig CpuStatus"
                  + " CreationClassName CurrentClockSpeed CurrentVoltage DataWidth Description"
                  + " DeviceID ErrorCleared ErrorDescription ExtClock Family InstallDate"
                  + " L2CacheSize L2CacheSpeed L3CacheSize L3CacheSpeed LastErrorCode Level"
                  + " LoadPercentage Manufacturer MaxClockSpeed Name NumberOfCores"
                  + " NumberOfEnabledCore NumberOfLogicalProcessors OtherFamilyDescription"
                  + " PartNumber PNPDeviceID PowerManagementCapabilities[]"
                  + " PowerManagementSupported ProcessorId ProcessorType Revision Role"
                  + " SecondLevelAddressTranslationExtensions SerialNumber SocketDesignation"
                  + " Status StatusInfo Stepping SystemCreationClassName SystemName"
                  + " ThreadCount UniqueId UpgradeMethod Version VirtualizationFirmwareEnabled"
                  + " VMMonitorModeExtensions VoltageCaps",
              (view, wanted) -> processors(view)),
          WmiClass.of(
              NAMESPACE,
              "SoftwareLicensingProduct",
              "ID",
              "ApplicationID Description GracePeriodRemaining ID LicenseFamily LicenseIsAddon"
                  + " LicenseStatus LicenseStatusReason Name PartialProductKey"
                  + " ProductKeyChannel ProductKeyID",
              (view, wanted) -> licenses(view)),
          WmiClass.of(
              NAMESPACE,
              "CIM_DataFile",
              "Name",
              "Caption Drive Extension FileName FileType Manufacturer Name Path Version",
              (view, wanted) -> managementService(view)),
          EventLogs.RECORDS);

  private CimV2Classes() {}

  private static Row computer(HostView view) {
    HostProfile profile = view.profile();
    String name = view.host().id().shortName();
    boolean domain = view.host().cluster().isPresent();
    return new Row()
        .set("Caption", name)
        .set("CreationClassName", "Win32_ComputerSystem")
        .set("Description", "AT/AT COMPATIBLE")
        .set("DNSHostName", name)
        .set("Domain", domain ? "invalid" : "WORKGROUP")
        .set("DomainRole", CimType.UINT16, domain ? 3 : 2)
        .set("HypervisorPresent", profile.hyperVRole() != Ternary.NO)
        .set("Manufacturer", SIMULATED)
        .set("Model", "Simulated host")
        .set("Name", name)
        .set("NumberOfLogicalProcessors", CimType.UINT32, number(profile.physicalCores()))
        .set("NumberOfProcessors", CimType.UINT32, number(profile.processors()))
        .set("PartOfDomain", domain)
        .set("Status", "OK")
        .set("SystemType", "x64-based PC");
  }

  private static OptionalLong number(OptionalInt number) {
    return number.isPresent() ? OptionalLong.of(number.getAsInt()) : OptionalLong.empty();
  }

  private static Row product(HostView view) {
    return new Row()
        .set("Caption", "Computer System Product")
        .set("Description", "Computer System Product")
        .set("IdentifyingNumber", "SIMULATED-" + view.host().id().shortName())
        .set("Name", "Simulated host")
        .set("UUID", Row.guid(view.id("host " + view.host().name())))
        .set("Vendor", SIMULATED)
        .set("Version", "simulated");
  }

  private static Row system(HostView view) {
    HostProfile profile = view.profile();
    boolean client = profile.platform() == HostPlatform.WINDOWS_CLIENT;
    String caption = "Microsoft " + profile.displayName();
    Row row =
        new Row()
            .set("BuildNumber", Integer.toString(view.build()))
            .set("BuildType", "Multiprocessor Free")
            .set("Caption", profile.evaluation() == Ternary.YES ? caption + " Evaluation" : caption)
            .set("CodeSet", "1252")
            .set("CreationClassName", "Win32_OperatingSystem")
            .set("CSCreationClassName", "Win32_ComputerSystem")
            .set("CSName", view.host().id().shortName())
            .set("Description", SIMULATED)
            .set("InstallDate", SimulatedDatacenter.START)
            .set("LastBootUpTime", SimulatedDatacenter.START)
            .set("LocalDateTime", view.datacenter().now())
            .set("Manufacturer", "Microsoft Corporation")
            .set("Name", caption + "|C:\\Windows|")
            .set("OSArchitecture", "64-bit")
            .set("OSType", CimType.UINT16, 18)
            .set("ProductType", CimType.UINT32, client ? 1 : 3)
            .set("ServicePackMajorVersion", CimType.UINT16, 0)
            .set("ServicePackMinorVersion", CimType.UINT16, 0)
            .set("Status", "OK")
            .set("SystemDirectory", "C:\\Windows\\system32")
            .set("Version", view.version())
            .set("WindowsDirectory", "C:\\Windows");
    sku(profile).ifPresent(sku -> row.set("OperatingSystemSKU", CimType.UINT32, sku));
    return row;
  }

  private static Optional<Integer> sku(HostProfile profile) {
    return switch (profile.platform()) {
      case AZURE_LOCAL -> first(WindowsSku.Trait.AZURE_LOCAL);
      case HYPER_V_SERVER -> first(WindowsSku.Trait.HYPER_V_SERVER);
      case AZURE -> first(WindowsSku.Trait.AZURE);
      default -> ofEdition(profile);
    };
  }

  private static Optional<Integer> first(WindowsSku.Trait trait) {
    return WindowsSku.all().stream()
        .filter(sku -> sku.is(trait))
        .map(WindowsSku::number)
        .findFirst();
  }

  private static Optional<Integer> ofEdition(HostProfile profile) {
    Optional<Edition> edition = profile.edition();
    boolean evaluation = profile.evaluation() == Ternary.YES;
    boolean semiAnnual =
        profile
            .release()
            .filter(release -> release.channel() == WindowsRelease.Channel.SEMI_ANNUAL)
            .isPresent();
    return WindowsSku.all().stream()
        .filter(sku -> edition.isPresent() && sku.edition().equals(edition))
        .filter(sku -> sku.is(WindowsSku.Trait.EVALUATION) == evaluation)
        .filter(sku -> sku.is(WindowsSku.Trait.SEMI_ANNUAL) == semiAnnual)
        .map(WindowsSku::number)
        .findFirst();
  }

  private static Iterator<Row> processors(HostView view) {
    int sockets = view.profile().processors().orElse(0);
    OptionalInt cores = view.profile().physicalCores();
    List<Row> rows = new ArrayList<>();
    for (int socket = 0; socket < sockets; socket++) {
      Row row =
          new Row()
              .set("AddressWidth", CimType.UINT16, 64)
              .set("Architecture", CimType.UINT16, 9)
              .set("Caption", "Simulated processor")
              .set("CreationClassName", "Win32_Processor")
              .set("Description", "Simulated processor")
              .set("DeviceID", "CPU" + socket)
              .set("Manufacturer", SIMULATED)
              .set("Name", "Simulated processor")
              .set("Role", "CPU")
              .set("SocketDesignation", "CPU" + socket)
              .set("Status", "OK")
              .set("SystemName", view.host().id().shortName());
      if (cores.isPresent()) {
        int more = socket < cores.getAsInt() % sockets ? 1 : 0;
        int count = cores.getAsInt() / sockets + more;
        row.set("NumberOfCores", CimType.UINT32, count)
            .set("NumberOfEnabledCore", CimType.UINT32, count)
            .set("NumberOfLogicalProcessors", CimType.UINT32, count);
      }
      rows.add(row);
    }
    return rows.iterator();
  }

  /** The host's own product, and one without a key as there are many. */
  private static Iterator<Row> licenses(HostView view) {
    HostProfile profile = view.profile();
    String name = profile.displayName();
    Row own =
        license(view, name, "own").set("PartialProductKey", "SIMUL").set("Name", name + ", host");
    if (profile.activated() != Ternary.UNKNOWN) {
      boolean licensed = profile.activated() == Ternary.YES;
      own.set("LicenseStatus", CimType.UINT32, licensed ? LICENSED : NOTIFICATION);
    }
    channel(profile.channel()).ifPresent(channel -> own.set("ProductKeyChannel", channel));
    Row other = license(view, name, "other").set("LicenseStatus", CimType.UINT32, 0);
    return ImmutableList.of(other, own).iterator();
  }

  private static Row license(HostView view, String name, String which) {
    return new Row()
        .set("ApplicationID", WINDOWS)
        .set("Description", "Windows(R) Operating System, simulated")
        .set("GracePeriodRemaining", CimType.UINT32, 0)
        .set("ID", view.id("license " + which + " " + view.host().name()).toString())
        .set("LicenseFamily", view.profile().edition().map(Edition::displayName).orElse("Windows"))
        .set("LicenseIsAddon", false)
        .set("Name", name);
  }

  private static Optional<String> channel(LicenseChannel channel) {
    return switch (channel) {
      case AVMA -> Optional.of("VT:IA");
      case KMS_CLIENT -> Optional.of("Volume:GVLK");
      case KMS_HOST -> Optional.of("Volume:CSVLK");
      case MAK -> Optional.of("Volume:MAK");
      case OEM -> Optional.of("OEM:NONSLP");
      case RETAIL -> Optional.of("Retail");
      case OTHER -> Optional.of("Simulated");
      case UNKNOWN -> Optional.empty();
    };
  }

  /** The one file that clients ask about, to learn which Hyper-V this is. */
  private static Iterator<Row> managementService(HostView view) {
    return view.profile().hyperVRole() == Ternary.NO
        ? ImmutableList.<Row>of().iterator()
        : Iterators.singletonIterator(
            new Row()
                .set("Caption", "c:\\windows\\system32\\vmms.exe")
                .set("Drive", "c:")
                .set("Extension", "exe")
                .set("FileName", "vmms")
                .set("FileType", "Application")
                .set("Manufacturer", SIMULATED)
                .set("Name", "c:\\windows\\system32\\vmms.exe")
                .set("Path", "\\windows\\system32\\")
                .set("Version", view.version() + ".1"));
  }
}
