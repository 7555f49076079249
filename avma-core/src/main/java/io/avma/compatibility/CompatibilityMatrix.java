package io.avma.compatibility;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.catalog.KeyCatalog;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostId;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Standing;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules that decide whether a host activates a guest.
 *
 * <p>{@link #standard()} holds Microsoft's tables; where they are silent it assumes, and the
 * verdict's standing says so. What is assumed can be changed: {@link #withPair}, {@link
 * #withAzureLocalGuest}, {@link #withAzureStackHubGuest}, {@link #withAzureEditionOnWindowsServer},
 * {@link #withCatalog}. Immutable; safe for any thread.
 */
@CheckReturnValue
public final class CompatibilityMatrix {
  private static final int RELEASES = WindowsRelease.values().length;
  private static final int EDITIONS = Edition.values().length;

  private final ReleaseRules rules;
  private final KeyCatalog catalog;
  private final boolean azureEditionOnWindowsServer;

  /**
   * The verdict for an activated Datacenter host and a plain guest of each host release, guest
   * release and edition; null where something stands in the way. Made once: the common question
   * costs one array access and allocates nothing.
   */
  private final Verdict.@Nullable Supported[] plain;

  private CompatibilityMatrix(
      ReleaseRules rules, KeyCatalog catalog, boolean azureEditionOnWindowsServer) {
    this.rules = rules;
    this.catalog = catalog;
    this.azureEditionOnWindowsServer = azureEditionOnWindowsServer;
    plain = new Verdict.Supported[RELEASES * RELEASES * EDITIONS];
    for (WindowsRelease host : WindowsRelease.values()) {
      for (WindowsRelease guest : WindowsRelease.values()) {
        for (Edition edition : Edition.values()) {
          plain[index(host, guest, edition)] = plainVerdict(host, guest, edition);
        }
      }
    }
  }

  /** Returns the matrix of the published rules and keys. */
  public static CompatibilityMatrix standard() {
    return Standard.MATRIX;
  }

  /** Loaded on first use. */
  private static final class Standard {
    static final CompatibilityMatrix MATRIX =
        new CompatibilityMatrix(ReleaseRules.standard(), KeyCatalog.standard(), false);
  }

  /**
   * Returns this matrix with another answer for one pair of Windows Server releases; its standing
   * is assumed. If both are long-term releases, the pairs of releases that have them as baselines
   * follow, unless they were given an answer of their own.
   */
  public CompatibilityMatrix withPair(
      WindowsRelease host, WindowsRelease guest, boolean supported) {
    return withRules(rules.with(host, guest, setByTheUser(supported)));
  }

  /**
   * Returns this matrix with another answer for one guest release on Azure Local hosts with {@code
   * license}; its standing is assumed. For a long-term release the versions that have it as their
   * baseline follow, unless they were given an answer of their own; so do they for the host key.
   *
   * @throws IllegalArgumentException if {@code license} is neither the subscription nor a host key
   *     of a release that Azure Local takes
   */
  public CompatibilityMatrix withAzureLocalGuest(
      AzureLocalLicense license, WindowsRelease guest, boolean supported) {
    ReleaseRules.Cell cell = setByTheUser(supported);
    if (license instanceof AzureLocalLicense.HostKey key) {
      return withRules(rules.withAzureLocalKey(key.release(), guest, cell));
    }
    checkArgument(
        license instanceof AzureLocalLicense.Subscription,
        "%s activates no guest (expected: a host key or the subscription)",
        license);
    return withRules(rules.withSubscription(guest, cell));
  }

  /**
   * Returns this matrix with another answer for one guest release on Azure Stack Hub; its standing
   * is assumed. For a long-term release the versions that have it as their baseline follow, unless
   * they were given an answer of their own.
   */
  public CompatibilityMatrix withAzureStackHubGuest(WindowsRelease guest, boolean supported) {
    return withRules(rules.withAzureStackHub(guest, setByTheUser(supported)));
  }

  private static ReleaseRules.Cell setByTheUser(boolean supported) {
    return new ReleaseRules.Cell(supported, Standing.ASSUMED, "set by the user of this matrix");
  }

  private CompatibilityMatrix withRules(ReleaseRules changed) {
    return new CompatibilityMatrix(changed, catalog, azureEditionOnWindowsServer);
  }

  /**
   * Returns this matrix in which Azure Edition guests are, or are not, activated by a plain Windows
   * Server host of their release or later. Microsoft offers that edition on Azure and Azure Local
   * only, so the standard matrix assumes that they are not.
   */
  public CompatibilityMatrix withAzureEditionOnWindowsServer(boolean supported) {
    return new CompatibilityMatrix(rules, catalog, supported);
  }

  /** Returns this matrix with the keys of {@code other}: a guest without a key is not supported. */
  public CompatibilityMatrix withCatalog(KeyCatalog other) {
    return new CompatibilityMatrix(rules, other, azureEditionOnWindowsServer);
  }

  /** Returns whether {@code host} activates {@code guest}, with every reason if it does not. */
  public Verdict verdict(HostProfile host, GuestProfile guest) {
    if (isPlain(host)
        && guest.dataExchange() == Ternary.YES
        && guest.shielded() == Ternary.NO
        && guest.system() instanceof GuestSystem.WindowsServer server
        && server.evaluation() == Ternary.NO) {
      Verdict.Supported verdict =
          plain[index(host.release().orElseThrow(), server.release(), server.edition())];
      if (verdict != null) {
        return verdict;
      }
    }
    Examination examination = new Examination(rules, catalog, azureEditionOnWindowsServer);
    examination.host(host);
    examination.guest(host, guest);
    return examination.verdict();
  }

  /**
   * Returns whether {@code host} can activate any guest at all: the obstacles and questions that
   * come from the host alone.
   */
  public Verdict hostVerdict(HostProfile host) {
    Examination examination = new Examination(rules, catalog, azureEditionOnWindowsServer);
    examination.host(host);
    return examination.verdict();
  }

  /**
   * Returns whether every node of a cluster activates {@code guest}: otherwise the guest loses its
   * activation depending on where it runs. Source: Microsoft (documented).
   *
   * @param nodes the nodes, at least one; the answer keeps their order
   */
  public ClusterVerdict failover(GuestProfile guest, Map<HostId, HostProfile> nodes) {
    ImmutableMap.Builder<HostId, Verdict> verdicts = ImmutableMap.builder();
    nodes.forEach((node, host) -> verdicts.put(node, verdict(host, guest)));
    return new ClusterVerdict(verdicts.buildOrThrow());
  }

  private static boolean isPlain(HostProfile host) {
    return host.platform() == HostPlatform.WINDOWS_SERVER
        && host.activated() == Ternary.YES
        && host.hyperVRole() == Ternary.YES
        && host.evaluation() == Ternary.NO
        && host.nestedInAzure() == Ternary.NO
        && host.release().isPresent()
        && host.edition().isPresent()
        && host.edition().get() == Edition.DATACENTER;
  }

  private Verdict.@Nullable Supported plainVerdict(
      WindowsRelease host, WindowsRelease guest, Edition edition) {
    Examination examination = new Examination(rules, catalog, azureEditionOnWindowsServer);
    examination.guest(HostProfile.datacenter(host), GuestProfile.of(guest, edition));
    return examination.verdict() instanceof Verdict.Supported supported ? supported : null;
  }

  @SuppressWarnings("EnumOrdinal") // places in an array of this process, nothing that is kept
  private static int index(WindowsRelease host, WindowsRelease guest, Edition edition) {
    return (host.ordinal() * RELEASES + guest.ordinal()) * EDITIONS + edition.ordinal();
  }
}
