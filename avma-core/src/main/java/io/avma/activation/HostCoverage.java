package io.avma.activation;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.compatibility.Obstacle;
import io.avma.compatibility.Verdict;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;

/**
 * What a host answers to which AVMA ID, worked out once from its profile. Immutable; hosts of one
 * kind share a value.
 *
 * <p>What is not known counts as missing: a host of unknown edition covers nothing, one of unknown
 * activation is not activated. A request names an AVMA ID and not a release, so an ID is covered if
 * any of its releases is. Which obstacle gives which answer is assumed where {@link Answering} says
 * so.
 */
@CheckReturnValue
public final class HostCoverage {
  /** How a host answers requests. */
  public enum Answering {
    /**
     * Not at all: no Hyper-V that supports AVMA. Assumed for the free Hyper-V Server, Windows
     * clients and public Azure.
     */
    NEVER,
    /**
     * With {@code 0xC004FD02}: not activated. Assumed for evaluation media, for Azure Local without
     * a license; secondary for hosts nested in Azure.
     */
    NOT_ACTIVATED,
    /**
     * With a grant for what it covers, else with {@code 0xC004FD03}. Assumed for a host that is not
     * Datacenter, which covers nothing.
     */
    ACTIVATED
  }

  private final HostProfile profile;
  private final Answering answering;
  private final ImmutableSet<AvmaId> covered;

  HostCoverage(HostProfile profile, Answering answering, ImmutableSet<AvmaId> covered) {
    this.profile = profile;
    this.answering = answering;
    this.covered = covered;
  }

  /** Returns what {@code profile} answers by the published rules and keys. */
  public static HostCoverage of(HostProfile profile) {
    return of(profile, CompatibilityMatrix.standard(), KeyCatalog.standard());
  }

  /** Returns what {@code profile} answers by the rules of {@code matrix} and the keys given. */
  public static HostCoverage of(
      HostProfile profile, CompatibilityMatrix matrix, KeyCatalog catalog) {
    Answering answering = answering(profile, matrix.hostVerdict(profile));
    ImmutableSet.Builder<AvmaId> covered = ImmutableSet.builder();
    if (answering == Answering.ACTIVATED) {
      for (AvmaKey key : catalog.avmaKeys()) {
        if (key.releases().stream()
            .map(release -> GuestProfile.of(release, key.edition()))
            .anyMatch(guest -> matrix.verdict(profile, guest).isSupported())) {
          covered.add(AvmaId.of(key));
        }
      }
    }
    return new HostCoverage(profile, answering, covered.build());
  }

  /** Returns the profile. */
  public HostProfile profile() {
    return profile;
  }

  /** Returns how the host answers. */
  public Answering answering() {
    return answering;
  }

  /** Returns the AVMA IDs that the host activates, in the order of the catalogue. */
  public ImmutableSet<AvmaId> covered() {
    return covered;
  }

  private static Answering answering(HostProfile profile, Verdict verdict) {
    if (profile.platform() == HostPlatform.UNKNOWN || !hasHyperV(profile)) {
      return Answering.NEVER;
    }
    Answering answering = isLicensed(profile) ? Answering.ACTIVATED : Answering.NOT_ACTIVATED;
    for (Obstacle obstacle : verdict.obstacles()) {
      Answering because = because(obstacle.kind());
      answering = because.compareTo(answering) < 0 ? because : answering;
    }
    return answering;
  }

  /** Only Windows Server has Hyper-V as a role; the other kinds have it, or an obstacle says so. */
  private static boolean hasHyperV(HostProfile profile) {
    return profile.platform() != HostPlatform.WINDOWS_SERVER || profile.hyperVRole() == Ternary.YES;
  }

  /** On Azure Local the license decides alone, elsewhere the host's own activation. */
  private static boolean isLicensed(HostProfile profile) {
    if (profile.platform() != HostPlatform.AZURE_LOCAL) {
      return profile.activated() == Ternary.YES;
    }
    AzureLocalLicense license = profile.azureLocalLicense();
    return license instanceof AzureLocalLicense.HostKey
        || (license instanceof AzureLocalLicense.Subscription subscription
            && subscription.current() == Ternary.YES);
  }

  /** Returns the best answer that a host with {@code obstacle} can give. */
  private static Answering because(Obstacle.Kind obstacle) {
    return switch (obstacle) {
      case OTHER_HYPERVISOR,
          IN_AZURE,
          HOST_TOO_OLD,
          HYPER_V_SERVER,
          HOST_IS_CLIENT,
          NO_HYPER_V_ROLE ->
          Answering.NEVER;
      case NESTED_IN_AZURE,
          HOST_EVALUATION,
          HOST_NOT_ACTIVATED,
          AZURE_LOCAL_NOT_LICENSED,
          AZURE_LOCAL_KEY_TOO_OLD,
          AZURE_LOCAL_SUBSCRIPTION_LAPSED ->
          Answering.NOT_ACTIVATED;
      case NOT_DATACENTER,
          GUEST_NOT_WINDOWS_SERVER,
          GUEST_TOO_OLD,
          GUEST_NEWER_THAN_HOST,
          NO_AVMA_KEY,
          AZURE_EDITION_OUTSIDE_AZURE,
          GUEST_EVALUATION,
          DATA_EXCHANGE_OFF,
          SHIELDED ->
          Answering.ACTIVATED;
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostCoverage that
        && profile.equals(that.profile)
        && answering == that.answering
        && covered.equals(that.covered);
  }

  @Override
  public int hashCode() {
    return profile.hashCode() * 31 + covered.hashCode();
  }

  /** Returns the profile and what it answers. */
  @Override
  public String toString() {
    return profile + ": " + answering + " " + covered;
  }
}
