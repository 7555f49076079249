package io.avma.compatibility;

import com.google.common.collect.ImmutableList;
import io.avma.catalog.KeyCatalog;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Standing;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;

/**
 * One look at a host and a guest that collects everything that stands in the way, everything that
 * is not known, and how well the rules it used are founded. Used once, by one thread.
 */
final class Examination {
  private final ReleaseRules rules;
  private final KeyCatalog catalog;
  private final boolean azureEditionOnWindowsServer;
  private final ImmutableList.Builder<Obstacle> obstacles = ImmutableList.builder();
  private final Set<OpenQuestion> questions = EnumSet.noneOf(OpenQuestion.class);
  private Standing standing = Standing.DOCUMENTED;
  private String source = "DOC";

  Examination(ReleaseRules rules, KeyCatalog catalog, boolean azureEditionOnWindowsServer) {
    this.rules = rules;
    this.catalog = catalog;
    this.azureEditionOnWindowsServer = azureEditionOnWindowsServer;
  }

  Verdict verdict() {
    ImmutableList<Obstacle> found =
        ImmutableList.sortedCopyOf(Comparator.comparing(Obstacle::kind), obstacles.build());
    ImmutableList<OpenQuestion> open = ImmutableList.copyOf(questions);
    if (!found.isEmpty()) {
      return new Verdict.Unsupported(found, open);
    }
    return open.isEmpty()
        ? new Verdict.Supported(standing, source)
        : new Verdict.Undetermined(open, standing);
  }

  /** Examines what holds for every guest of {@code host}. */
  void host(HostProfile host) {
    switch (host.platform()) {
      case WINDOWS_SERVER -> windowsServer(host);
      case AZURE_LOCAL -> azureLocal(host);
      case AZURE_STACK_HUB -> azureStackHub(host);
      case UNKNOWN -> questions.add(OpenQuestion.HOST_PLATFORM);
      case EARLIER_WINDOWS_SERVER -> obstacles.add(HostObstacles.TOO_OLD);
      case HYPER_V_SERVER -> obstacles.add(HostObstacles.FREE_HYPER_V_SERVER);
      case WINDOWS_CLIENT -> obstacles.add(HostObstacles.CLIENT);
      case AZURE -> obstacles.add(HostObstacles.AZURE);
      case OTHER_HYPERVISOR -> obstacles.add(HostObstacles.OTHER_VENDOR);
    }
    if (host.platform() != HostPlatform.AZURE) {
      ask(host.nestedInAzure(), Ternary.YES, HostObstacles.NESTED, OpenQuestion.NESTED_IN_AZURE);
    }
  }

  private void windowsServer(HostProfile host) {
    ask(host.hyperVRole(), Ternary.NO, HostObstacles.NO_ROLE, OpenQuestion.HYPER_V_ROLE);
    ask(host.activated(), Ternary.NO, HostObstacles.NOT_ACTIVATED, OpenQuestion.HOST_ACTIVATED);
    ask(host.evaluation(), Ternary.YES, HostObstacles.EVALUATION, OpenQuestion.HOST_EVALUATION);
    if (host.edition().isEmpty()) {
      questions.add(OpenQuestion.HOST_EDITION);
    } else if (host.edition().get() != Edition.DATACENTER) {
      obstacles.add(HostObstacles.notDatacenter(host.edition().get()));
    }
    if (host.release().isEmpty()) {
      questions.add(OpenQuestion.HOST_RELEASE);
    }
  }

  /** The machines are built by their vendor, so role, release and edition are no question. */
  private void azureStackHub(HostProfile host) {
    source = "HUB";
    ask(host.activated(), Ternary.NO, HostObstacles.HUB_NOT_ACTIVATED, OpenQuestion.HOST_ACTIVATED);
    ask(host.evaluation(), Ternary.YES, HostObstacles.HUB_EVALUATION, OpenQuestion.HOST_EVALUATION);
  }

  /** The system has no activation of its own that guests depend on: the license decides. */
  private void azureLocal(HostProfile host) {
    source = "LOCAL";
    AzureLocalLicense license = host.azureLocalLicense();
    if (license instanceof AzureLocalLicense.None) {
      obstacles.add(HostObstacles.LOCAL_NOT_LICENSED);
    } else if (license instanceof AzureLocalLicense.Unknown) {
      questions.add(OpenQuestion.AZURE_LOCAL_LICENSE);
    } else if (license instanceof AzureLocalLicense.Subscription subscription) {
      ask(
          subscription.current(),
          Ternary.NO,
          HostObstacles.SUBSCRIPTION_LAPSED,
          OpenQuestion.SUBSCRIPTION_CURRENT);
    } else if (license instanceof AzureLocalLicense.HostKey key
        && rules.azureLocalKey(key.release(), key.release()).isEmpty()) {
      obstacles.add(HostObstacles.localKeyTooOld(key.release()));
    }
  }

  /** Examines {@code guest} and the pair of releases. */
  void guest(HostProfile host, GuestProfile guest) {
    ask(guest.dataExchange(), Ternary.NO, GuestObstacles.DATA_EXCHANGE, OpenQuestion.DATA_EXCHANGE);
    ask(guest.shielded(), Ternary.YES, GuestObstacles.SHIELDED_VM, OpenQuestion.SHIELDED);
    GuestSystem system = guest.system();
    if (system instanceof GuestSystem.WindowsServer server) {
      windowsServerGuest(host, server);
    } else if (system instanceof GuestSystem.EarlierWindowsServer) {
      obstacles.add(GuestObstacles.tooOld(system));
    } else if (system instanceof GuestSystem.WindowsClient) {
      obstacles.add(GuestObstacles.client(system));
    } else if (system instanceof GuestSystem.NotWindows) {
      obstacles.add(GuestObstacles.notWindows(system));
    } else {
      questions.add(OpenQuestion.GUEST_SYSTEM);
    }
  }

  private void windowsServerGuest(HostProfile host, GuestSystem.WindowsServer guest) {
    ask(
        guest.evaluation(),
        Ternary.YES,
        GuestObstacles.EVALUATION_MEDIA,
        OpenQuestion.GUEST_EVALUATION);
    catalog
        .absence(guest.release(), guest.edition())
        .ifPresent(absence -> obstacles.add(GuestObstacles.noKey(absence)));
    if (guest.edition() == Edition.AZURE_EDITION && host.platform() != HostPlatform.AZURE_LOCAL) {
      azureEditionElsewhere(host);
    }
    switch (host.platform()) {
      case WINDOWS_SERVER -> host.release().ifPresent(release -> pair(release, guest));
      case AZURE_LOCAL -> azureLocalPair(host.azureLocalLicense(), guest);
      case AZURE_STACK_HUB -> hubPair(guest);
      case EARLIER_WINDOWS_SERVER,
          HYPER_V_SERVER,
          WINDOWS_CLIENT,
          AZURE,
          OTHER_HYPERVISOR,
          UNKNOWN -> {} // no guest changes the answer
    }
  }

  private void azureEditionElsewhere(HostProfile host) {
    if (host.platform() == HostPlatform.UNKNOWN || host.platform() == HostPlatform.AZURE) {
      return; // the open question about the platform covers it; Azure is where it belongs
    }
    if (host.platform() == HostPlatform.WINDOWS_SERVER && azureEditionOnWindowsServer) {
      standing = standing.and(Standing.ASSUMED);
    } else {
      obstacles.add(GuestObstacles.AZURE_EDITION);
    }
  }

  private void pair(WindowsRelease host, GuestSystem.WindowsServer guest) {
    ReleaseRules.Cell cell = rules.windowsServer(host, guest.release());
    if (cell.supported()) {
      rests(cell);
    } else {
      obstacles.add(GuestObstacles.pair(host, guest.release(), cell.standing()));
    }
  }

  private void azureLocalPair(AzureLocalLicense license, GuestSystem.WindowsServer guest) {
    if (license instanceof AzureLocalLicense.Subscription) {
      ReleaseRules.Cell cell = rules.subscription(guest.release());
      if (cell.supported()) {
        rests(cell);
      } else {
        obstacles.add(GuestObstacles.notInSubscription(guest.release(), cell.standing()));
      }
    } else if (license instanceof AzureLocalLicense.HostKey key) {
      rules
          .azureLocalKey(key.release(), guest.release())
          .ifPresent(
              cell -> {
                if (cell.supported()) {
                  rests(cell);
                } else {
                  obstacles.add(
                      GuestObstacles.newerThanHostKey(
                          key.release(), guest.release(), cell.standing()));
                }
              });
    }
  }

  private void hubPair(GuestSystem.WindowsServer guest) {
    ReleaseRules.Cell cell = rules.azureStackHub(guest.release());
    if (cell.supported()) {
      rests(cell);
    } else {
      boolean newer = rules.isNewerThanAzureStackHub(guest.release());
      obstacles.add(GuestObstacles.notOnHub(guest.release(), newer, cell.standing()));
    }
  }

  private void rests(ReleaseRules.Cell cell) {
    standing = standing.and(cell.standing());
    source = cell.source();
  }

  private void ask(Ternary fact, Ternary bad, Obstacle obstacle, OpenQuestion question) {
    if (fact == bad) {
      obstacles.add(obstacle);
    } else if (fact == Ternary.UNKNOWN) {
      questions.add(question);
    }
  }
}
