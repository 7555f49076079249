package io.avma.cli.fleet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.cli.input.Cells;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.HostId;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import io.avma.platform.WindowsSku;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** From the rows of {@code hosts.csv} to hosts. For one thread. */
final class HostRows implements FleetReader.Rows {
  static final ImmutableList<String> COLUMNS =
      ImmutableList.of(
          "host",
          "cluster",
          "platform",
          "release",
          "build",
          "edition",
          "sku",
          "hyper_v_role",
          "activated",
          "evaluation",
          "channel",
          "nested_in_azure",
          "azure_local_license",
          "processors",
          "cores");

  private static final int MOST_PROCESSORS = 1024;
  private static final int MOST_CORES = 100_000;

  private final Map<HostId, FleetHost> hosts = new LinkedHashMap<>();
  private final Map<HostId, Long> lines = new LinkedHashMap<>();
  private final Unknowns unknowns = new Unknowns();

  ImmutableMap<HostId, FleetHost> hosts() {
    return ImmutableMap.copyOf(hosts);
  }

  @Override
  public ImmutableList<String> required() {
    return ImmutableList.of("host");
  }

  @Override
  public ImmutableMap<String, String> assumedWithout() {
    return ImmutableMap.of("hyper_v_role", "yes", "evaluation", "no", "nested_in_azure", "no");
  }

  @Override
  public Unknowns unknowns() {
    return unknowns;
  }

  @Override
  public void take(Cells cells) throws InputException {
    Optional<HostId> id = id(cells);
    HostProfile profile = profile(cells);
    if (id.isEmpty()) {
      return;
    }
    Long earlier = lines.putIfAbsent(id.get(), cells.line());
    if (earlier != null) {
      cells.complain(
          "host",
          "the host " + Complaint.quoted(id.get().value()) + " stands in line " + earlier + " too.",
          "Leave one row a host; upper and lower case make no difference.");
      return;
    }
    // A host that was described wrongly is still known, so that its machines raise no complaint.
    hosts.put(id.get(), new FleetHost(id.get(), cells.optional("cluster"), profile));
  }

  private static Optional<HostId> id(Cells cells) throws InputException {
    String name = cells.required("host", "Name the host as vms.csv does.");
    if (name.length() > 255) {
      cells.complain("host", "the name has " + name.length() + " characters.", "Use at most 255.");
      return Optional.empty();
    }
    return name.isEmpty() ? Optional.empty() : Optional.of(new HostId(name));
  }

  private HostProfile profile(Cells cells) throws InputException {
    HostProfile.Builder host = HostProfile.builder();
    Optional<HostPlatform> named =
        cells.parsed("platform", SystemName::platform, SystemName.PLATFORMS);
    MachineColumns machine =
        named.filter(HostRows::numbersItsOwnReleases).isPresent()
            ? MachineColumns.NOT_READ
            : MachineColumns.of(cells, unknowns);
    HostPlatform platform = named.orElse(platform(machine));
    host.platform(platform);
    if (platform == HostPlatform.WINDOWS_SERVER) {
      machine.release().ifPresent(host::release);
      machine.edition().ifPresent(host::edition);
    }
    host.hyperVRole(cells.ternary("hyper_v_role", Ternary.YES))
        .activated(cells.ternary("activated", Ternary.UNKNOWN))
        .evaluation(machine.evaluation(cells))
        .nestedInAzure(cells.ternary("nested_in_azure", Ternary.NO));
    cells
        .parsed("channel", HostRows::channel, "avma, kms-client, kms-host, mak, oem, retail, other")
        .ifPresent(host::channel);
    cells
        .parsed(
            "azure_local_license",
            HostRows::license,
            "none, subscription, subscription-lapsed, subscription-unknown, or the release of the"
                + " host key, such as 2022")
        .ifPresent(host::azureLocalLicense);
    cells.number("processors", 1, MOST_PROCESSORS).ifPresent(host::processors);
    cells.number("cores", 1, MOST_CORES).ifPresent(host::physicalCores);
    HostProfile profile = host.build();
    if (platform == HostPlatform.AZURE_LOCAL) {
      requireNothingThatItsLicenseDecides(cells, profile);
    }
    return profile;
  }

  /** Azure Local looks at its license only, so these words would change nothing, unsaid. */
  private static void requireNothingThatItsLicenseDecides(Cells cells, HostProfile host)
      throws InputException {
    if (host.activated() == Ternary.NO) {
      refuseForAzureLocal(cells, "activated", "has no activation of its own");
    }
    if (host.evaluation() == Ternary.YES) {
      refuseForAzureLocal(cells, "evaluation", "has no evaluation media that AVMA knows of");
    }
    if (host.hyperVRole() == Ternary.NO) {
      refuseForAzureLocal(cells, "hyper_v_role", "always has the Hyper-V role");
    }
  }

  private static void refuseForAzureLocal(Cells cells, String column, String why)
      throws InputException {
    cells.complain(
        column,
        "column '" + column + "': an Azure Local host " + why + ".",
        "Leave it empty; azure_local_license says what the host activates with.");
  }

  /** Returns whether releases and builds of the platform are none of Windows Server. */
  private static boolean numbersItsOwnReleases(HostPlatform platform) {
    return platform != HostPlatform.WINDOWS_SERVER && platform != HostPlatform.UNKNOWN;
  }

  /** What release, build and SKU say about the platform where the file does not name it. */
  private static HostPlatform platform(MachineColumns machine) {
    if (machine.has(WindowsSku.Trait.HYPER_V_SERVER)) {
      return HostPlatform.HYPER_V_SERVER;
    }
    if (machine.has(WindowsSku.Trait.AZURE_LOCAL)) {
      return HostPlatform.AZURE_LOCAL;
    }
    if (machine.has(WindowsSku.Trait.AZURE)) {
      return HostPlatform.AZURE;
    }
    if (machine.earlier().isPresent()) {
      return HostPlatform.EARLIER_WINDOWS_SERVER;
    }
    return machine.release().isPresent() || machine.edition().isPresent()
        ? HostPlatform.WINDOWS_SERVER
        : HostPlatform.UNKNOWN;
  }

  private static Optional<LicenseChannel> channel(String text) {
    String wanted = text.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    for (LicenseChannel channel : LicenseChannel.values()) {
      if (channel.name().equals(wanted)) {
        return Optional.of(channel);
      }
    }
    LicenseChannel channel = LicenseChannel.ofWindows(text);
    return Optional.of(channel).filter(known -> known != LicenseChannel.OTHER);
  }

  private static Optional<AzureLocalLicense> license(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return switch (word) {
      case "none", "no" -> Optional.of(new AzureLocalLicense.None());
      case "unknown" -> Optional.of(new AzureLocalLicense.Unknown());
      case "subscription" -> Optional.of(new AzureLocalLicense.Subscription(Ternary.YES));
      case "subscription-lapsed" -> Optional.of(new AzureLocalLicense.Subscription(Ternary.NO));
      case "subscription-unknown" ->
          Optional.of(new AzureLocalLicense.Subscription(Ternary.UNKNOWN));
      default ->
          WindowsRelease.named(word.replaceFirst("^key[= ]", ""))
              .map(AzureLocalLicense.HostKey::new);
    };
  }
}
