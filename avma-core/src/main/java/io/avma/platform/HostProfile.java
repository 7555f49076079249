package io.avma.platform;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a virtualization host.
 *
 * <p>Start from a preset and vary it: {@link #datacenter(WindowsRelease)} activates every guest
 * that its release covers; {@link #azureLocal(AzureLocalLicense)} follows the rows of Azure Local;
 * {@link #unknown()} leaves every question open. Immutable.
 */
@CheckReturnValue
public final class HostProfile {
  private final HostPlatform platform;
  private final Optional<WindowsRelease> release;
  private final Optional<Edition> edition;
  private final Ternary evaluation;
  private final Ternary hyperVRole;
  private final Ternary activated;
  private final LicenseChannel channel;
  private final Ternary nestedInAzure;
  private final AzureLocalLicense azureLocalLicense;
  private final OptionalInt processors;
  private final OptionalInt physicalCores;

  private HostProfile(Builder builder) {
    platform = builder.platform;
    release = builder.release;
    edition = builder.edition;
    evaluation = builder.evaluation;
    hyperVRole = builder.hyperVRole;
    activated = builder.activated;
    channel = builder.channel;
    nestedInAzure = builder.nestedInAzure;
    azureLocalLicense = builder.azureLocalLicense;
    processors = builder.processors;
    physicalCores = builder.physicalCores;
  }

  /**
   * Returns an activated Windows Server Datacenter with the Hyper-V role, not from evaluation
   * media, not nested in Azure; its channel, processors and cores unknown.
   */
  public static HostProfile datacenter(WindowsRelease release) {
    return builder()
        .platform(HostPlatform.WINDOWS_SERVER)
        .release(release)
        .edition(Edition.DATACENTER)
        .evaluation(Ternary.NO)
        .hyperVRole(Ternary.YES)
        .activated(Ternary.YES)
        .nestedInAzure(Ternary.NO)
        .build();
  }

  /** Returns an Azure Local host that activates its guests with {@code license}. */
  public static HostProfile azureLocal(AzureLocalLicense license) {
    return builder()
        .platform(HostPlatform.AZURE_LOCAL)
        .hyperVRole(Ternary.YES)
        .evaluation(Ternary.NO)
        .activated(Ternary.YES)
        .nestedInAzure(Ternary.NO)
        .azureLocalLicense(license)
        .build();
  }

  /** Returns a host of which nothing is known. */
  public static HostProfile unknown() {
    return builder().build();
  }

  /** Returns a builder in which everything is unknown. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts with what this profile holds. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.platform = platform;
    builder.release = release;
    builder.edition = edition;
    builder.evaluation = evaluation;
    builder.hyperVRole = hyperVRole;
    builder.activated = activated;
    builder.channel = channel;
    builder.nestedInAzure = nestedInAzure;
    builder.azureLocalLicense = azureLocalLicense;
    builder.processors = processors;
    builder.physicalCores = physicalCores;
    return builder;
  }

  /** Returns what kind of system the host is. */
  public HostPlatform platform() {
    return platform;
  }

  /** Returns the release, for {@link HostPlatform#WINDOWS_SERVER} if known. */
  public Optional<WindowsRelease> release() {
    return release;
  }

  /** Returns the edition, if known and one of those that AVMA knows. */
  public Optional<Edition> edition() {
    return edition;
  }

  /**
   * Returns whether the host runs from evaluation media, not converted since. Counts where {@link
   * HostPlatform#hasOwnActivation()}.
   */
  public Ternary evaluation() {
    return evaluation;
  }

  /** Returns whether the Hyper-V role is installed. */
  public Ternary hyperVRole() {
    return hyperVRole;
  }

  /**
   * Returns whether the host itself is activated. Counts where {@link
   * HostPlatform#hasOwnActivation()}; on Azure Local the {@linkplain #azureLocalLicense() license}
   * counts instead.
   */
  public Ternary activated() {
    return activated;
  }

  /** Returns the channel of the host's own key; no obstacle by itself. */
  public LicenseChannel channel() {
    return channel;
  }

  /** Returns whether the host is itself a virtual machine in public Azure. */
  public Ternary nestedInAzure() {
    return nestedInAzure;
  }

  /** Returns what an Azure Local host activates with; unknown on other platforms. */
  public AzureLocalLicense azureLocalLicense() {
    return azureLocalLicense;
  }

  /**
   * Returns this host without the license that it activates guests by: itself not activated, or on
   * Azure Local with neither host keys nor a subscription.
   */
  public HostProfile unlicensed() {
    return platform == HostPlatform.AZURE_LOCAL
        ? toBuilder().azureLocalLicense(new AzureLocalLicense.None()).build()
        : toBuilder().activated(Ternary.NO).build();
  }

  /** Returns the number of physical processors (sockets), 1 or more. */
  public OptionalInt processors() {
    return processors;
  }

  /** Returns the number of physical cores of all processors together, 1 or more. */
  public OptionalInt physicalCores() {
    return physicalCores;
  }

  /** Returns the host as people call it: {@code Windows Server 2022 Datacenter}. */
  public String displayName() {
    if (platform != HostPlatform.WINDOWS_SERVER) {
      return platform.displayName();
    }
    return release.map(WindowsRelease::displayName).orElse("Windows Server")
        + edition.map(e -> " " + e.displayName()).orElse("");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostProfile that
        && platform == that.platform
        && release.equals(that.release)
        && edition.equals(that.edition)
        && evaluation == that.evaluation
        && hyperVRole == that.hyperVRole
        && activated == that.activated
        && channel == that.channel
        && nestedInAzure == that.nestedInAzure
        && azureLocalLicense.equals(that.azureLocalLicense)
        && processors.equals(that.processors)
        && physicalCores.equals(that.physicalCores);
  }

  @Override
  public int hashCode() {
    // Names, not enums: an enum's hash differs between runs.
    return Objects.hash(
        platform.name(),
        release.map(Enum::name),
        edition.map(Enum::name),
        evaluation.name(),
        hyperVRole.name(),
        activated.name(),
        channel.name(),
        nestedInAzure.name(),
        processors,
        physicalCores);
  }

  /** Returns the name and what is known of activation, role and media. */
  @Override
  public String toString() {
    return displayName()
        + (activated == Ternary.YES ? "" : ", activated: " + activated)
        + (hyperVRole == Ternary.YES ? "" : ", Hyper-V role: " + hyperVRole)
        + (evaluation == Ternary.YES ? ", evaluation" : "")
        + (nestedInAzure == Ternary.YES ? ", nested in Azure" : "")
        + (platform == HostPlatform.AZURE_LOCAL ? ", " + azureLocalLicense : "");
  }

  /** Collects what is known of a host; what is not said stays unknown. For one thread. */
  public static final class Builder {
    private HostPlatform platform = HostPlatform.UNKNOWN;
    private Optional<WindowsRelease> release = Optional.empty();
    private Optional<Edition> edition = Optional.empty();
    private Ternary evaluation = Ternary.UNKNOWN;
    private Ternary hyperVRole = Ternary.UNKNOWN;
    private Ternary activated = Ternary.UNKNOWN;
    private LicenseChannel channel = LicenseChannel.UNKNOWN;
    private Ternary nestedInAzure = Ternary.UNKNOWN;
    private AzureLocalLicense azureLocalLicense = new AzureLocalLicense.Unknown();
    private OptionalInt processors = OptionalInt.empty();
    private OptionalInt physicalCores = OptionalInt.empty();

    private Builder() {}

    /** Says what kind of system the host is. */
    @CanIgnoreReturnValue
    public Builder platform(HostPlatform value) {
      platform = value;
      return this;
    }

    /** Says the release. */
    @CanIgnoreReturnValue
    public Builder release(WindowsRelease value) {
      release = Optional.of(value);
      return this;
    }

    /** Says the edition. */
    @CanIgnoreReturnValue
    public Builder edition(Edition value) {
      edition = Optional.of(value);
      return this;
    }

    /** Says whether the host runs from evaluation media. */
    @CanIgnoreReturnValue
    public Builder evaluation(Ternary value) {
      evaluation = value;
      return this;
    }

    /** Says whether the Hyper-V role is installed. */
    @CanIgnoreReturnValue
    public Builder hyperVRole(Ternary value) {
      hyperVRole = value;
      return this;
    }

    /** Says whether the host itself is activated. */
    @CanIgnoreReturnValue
    public Builder activated(Ternary value) {
      activated = value;
      return this;
    }

    /** Says the channel of the host's own key. */
    @CanIgnoreReturnValue
    public Builder channel(LicenseChannel value) {
      channel = value;
      return this;
    }

    /** Says whether the host is a virtual machine in public Azure. */
    @CanIgnoreReturnValue
    public Builder nestedInAzure(Ternary value) {
      nestedInAzure = value;
      return this;
    }

    /** Says what an Azure Local host activates with. */
    @CanIgnoreReturnValue
    public Builder azureLocalLicense(AzureLocalLicense value) {
      azureLocalLicense = value;
      return this;
    }

    /** Says the number of physical processors, 1 or more. */
    @CanIgnoreReturnValue
    public Builder processors(int count) {
      checkArgument(count > 0, "processors is %s (expected: at least 1)", count);
      processors = OptionalInt.of(count);
      return this;
    }

    /** Says the number of physical cores of all processors together, 1 or more. */
    @CanIgnoreReturnValue
    public Builder physicalCores(int count) {
      checkArgument(count > 0, "physicalCores is %s (expected: at least 1)", count);
      physicalCores = OptionalInt.of(count);
      return this;
    }

    /** Returns the profile. */
    @CheckReturnValue
    public HostProfile build() {
      return new HostProfile(this);
    }
  }
}
