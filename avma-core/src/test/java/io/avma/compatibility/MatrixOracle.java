package io.avma.compatibility;

import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Standing;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * The published rules, written down a second time as a flat list of conditions that knows neither
 * the tables nor the code under test, with how well each is founded. Slow and plain on purpose.
 */
final class MatrixOracle {
  /** What stands in the way, and how well that is founded. */
  final EnumMap<Obstacle.Kind, Standing> obstacles = new EnumMap<>(Obstacle.Kind.class);

  final EnumSet<OpenQuestion> questions = EnumSet.noneOf(OpenQuestion.class);

  /** How well the rules are founded that spoke for the guest. */
  private Standing founded = Standing.DOCUMENTED;

  MatrixOracle(HostProfile host, GuestProfile guest) {
    host(host);
    if (host.platform() != HostPlatform.AZURE) {
      when(
          host.nestedInAzure(),
          Ternary.YES,
          Obstacle.Kind.NESTED_IN_AZURE,
          Standing.SECONDARY,
          OpenQuestion.NESTED_IN_AZURE);
    }
    when(
        guest.dataExchange(),
        Ternary.NO,
        Obstacle.Kind.DATA_EXCHANGE_OFF,
        Standing.DOCUMENTED,
        OpenQuestion.DATA_EXCHANGE);
    when(
        guest.shielded(),
        Ternary.YES,
        Obstacle.Kind.SHIELDED,
        Standing.SECONDARY,
        OpenQuestion.SHIELDED);
    guest(host, guest.system());
  }

  Verdict.Kind kind() {
    if (!obstacles.isEmpty()) {
      return Verdict.Kind.UNSUPPORTED;
    }
    return questions.isEmpty() ? Verdict.Kind.SUPPORTED : Verdict.Kind.UNDETERMINED;
  }

  /**
   * Returns how well the verdict is founded: a "no" as its best reason, else as its weakest rule.
   */
  Standing standing() {
    return obstacles.isEmpty() ? founded : Collections.min(obstacles.values());
  }

  /**
   * Returns whether the verdict is of the same kind, obstacles and questions, in order, and equally
   * founded, as is each of its obstacles.
   */
  boolean agreesWith(Verdict verdict) {
    if (verdict.kind() != kind()
        || verdict.standing() != standing()
        || verdict.obstacles().size() != obstacles.size()
        || verdict.questions().size() != questions.size()) {
      return false;
    }
    int place = 0;
    for (Map.Entry<Obstacle.Kind, Standing> expected : obstacles.entrySet()) {
      Obstacle obstacle = verdict.obstacles().get(place++); // in the order of the constants
      if (obstacle.kind() != expected.getKey() || obstacle.standing() != expected.getValue()) {
        return false;
      }
    }
    place = 0;
    for (OpenQuestion question : questions) {
      if (verdict.questions().get(place++) != question) {
        return false;
      }
    }
    return true;
  }

  private void host(HostProfile host) {
    switch (host.platform()) {
      case WINDOWS_SERVER -> {
        when(
            host.hyperVRole(),
            Ternary.NO,
            Obstacle.Kind.NO_HYPER_V_ROLE,
            Standing.DOCUMENTED,
            OpenQuestion.HYPER_V_ROLE);
        ownActivation(host);
        if (host.edition().isEmpty()) {
          questions.add(OpenQuestion.HOST_EDITION);
        } else if (host.edition().get() != Edition.DATACENTER) {
          documented(Obstacle.Kind.NOT_DATACENTER);
        }
        if (host.release().isEmpty()) {
          questions.add(OpenQuestion.HOST_RELEASE);
        }
      }
      case AZURE_LOCAL -> azureLocal(host.azureLocalLicense());
      case AZURE_STACK_HUB -> ownActivation(host);
      case UNKNOWN -> questions.add(OpenQuestion.HOST_PLATFORM);
      case EARLIER_WINDOWS_SERVER -> documented(Obstacle.Kind.HOST_TOO_OLD);
      case HYPER_V_SERVER -> documented(Obstacle.Kind.HYPER_V_SERVER);
      case WINDOWS_CLIENT -> documented(Obstacle.Kind.HOST_IS_CLIENT);
      case AZURE -> documented(Obstacle.Kind.IN_AZURE);
      case OTHER_HYPERVISOR -> documented(Obstacle.Kind.OTHER_HYPERVISOR);
    }
  }

  private void ownActivation(HostProfile host) {
    when(
        host.activated(),
        Ternary.NO,
        Obstacle.Kind.HOST_NOT_ACTIVATED,
        Standing.DOCUMENTED,
        OpenQuestion.HOST_ACTIVATED);
    when(
        host.evaluation(),
        Ternary.YES,
        Obstacle.Kind.HOST_EVALUATION,
        Standing.SECONDARY,
        OpenQuestion.HOST_EVALUATION);
  }

  private void azureLocal(AzureLocalLicense license) {
    if (license instanceof AzureLocalLicense.None) {
      documented(Obstacle.Kind.AZURE_LOCAL_NOT_LICENSED);
    } else if (license instanceof AzureLocalLicense.Unknown) {
      questions.add(OpenQuestion.AZURE_LOCAL_LICENSE);
    } else if (license instanceof AzureLocalLicense.Subscription subscription) {
      when(
          subscription.current(),
          Ternary.NO,
          Obstacle.Kind.AZURE_LOCAL_SUBSCRIPTION_LAPSED,
          Standing.DOCUMENTED,
          OpenQuestion.SUBSCRIPTION_CURRENT);
    } else if (license instanceof AzureLocalLicense.HostKey key
        && generation(key.release()) < 2019) {
      documented(Obstacle.Kind.AZURE_LOCAL_KEY_TOO_OLD);
    }
  }

  private void guest(HostProfile host, GuestSystem system) {
    if (system instanceof GuestSystem.Unknown) {
      questions.add(OpenQuestion.GUEST_SYSTEM);
    } else if (system instanceof GuestSystem.EarlierWindowsServer) {
      documented(Obstacle.Kind.GUEST_TOO_OLD);
    } else if (system instanceof GuestSystem.WindowsServer server) {
      server(host, server);
    } else {
      documented(Obstacle.Kind.GUEST_NOT_WINDOWS_SERVER);
    }
  }

  private void server(HostProfile host, GuestSystem.WindowsServer guest) {
    when(
        guest.evaluation(),
        Ternary.YES,
        Obstacle.Kind.GUEST_EVALUATION,
        Standing.SECONDARY,
        OpenQuestion.GUEST_EVALUATION);
    if (!hasKey(guest.release(), guest.edition())) {
      obstacles.put(
          Obstacle.Kind.NO_AVMA_KEY,
          switch (guest.release()) {
            case WS_23H2 -> Standing.ASSUMED;
            case WS_2025 -> Standing.SECONDARY;
            default -> Standing.DOCUMENTED;
          });
    }
    HostPlatform platform = host.platform();
    if (guest.edition() == Edition.AZURE_EDITION
        && platform != HostPlatform.AZURE_LOCAL
        && platform != HostPlatform.AZURE
        && platform != HostPlatform.UNKNOWN) {
      obstacles.put(Obstacle.Kind.AZURE_EDITION_OUTSIDE_AZURE, Standing.ASSUMED);
    }
    WindowsRelease release = guest.release();
    AzureLocalLicense license = host.azureLocalLicense();
    if (platform == HostPlatform.WINDOWS_SERVER && host.release().isPresent()) {
      onWindowsServer(host.release().get(), release);
    } else if (platform == HostPlatform.AZURE_STACK_HUB) {
      onHub(release);
    } else if (platform == HostPlatform.AZURE_LOCAL
        && license instanceof AzureLocalLicense.Subscription) {
      pair(true, isVersion(release) || generation(release) == 2013, Standing.DOCUMENTED);
    } else if (platform == HostPlatform.AZURE_LOCAL
        && license instanceof AzureLocalLicense.HostKey key
        && generation(key.release()) >= 2019) {
      boolean assumed =
          isVersion(release) || isVersion(key.release()) || generation(release) == 2013;
      pair(generation(release) <= generation(key.release()), assumed, Standing.DOCUMENTED);
    }
  }

  private void onWindowsServer(WindowsRelease host, WindowsRelease guest) {
    int has = generation(host);
    int wanted = generation(guest);
    boolean assumed =
        isVersion(host) || isVersion(guest) || (has == 2025 && wanted == 2013); // in no table
    boolean quoted = has == 2025 || wanted == 2025; // the page of 2025 was read through scripts
    pair(wanted <= has, assumed, quoted ? Standing.SECONDARY : Standing.DOCUMENTED);
  }

  private void onHub(WindowsRelease guest) {
    int wanted = generation(guest);
    boolean assumed = isVersion(guest) || wanted == 2019 || wanted == 2022;
    pair(wanted <= 2022, assumed, wanted == 2025 ? Standing.SECONDARY : Standing.DOCUMENTED);
  }

  private void pair(boolean supported, boolean assumed, Standing otherwise) {
    Standing standing = assumed ? Standing.ASSUMED : otherwise;
    if (supported) {
      founded = Collections.max(List.of(founded, standing));
    } else {
      obstacles.put(Obstacle.Kind.GUEST_NEWER_THAN_HOST, standing);
    }
  }

  private void documented(Obstacle.Kind obstacle) {
    obstacles.put(obstacle, Standing.DOCUMENTED);
  }

  private void when(
      Ternary fact, Ternary bad, Obstacle.Kind obstacle, Standing standing, OpenQuestion question) {
    if (fact == bad) {
      obstacles.put(obstacle, standing);
    } else if (fact == Ternary.UNKNOWN) {
      questions.add(question);
    }
  }

  private static boolean isVersion(WindowsRelease release) {
    return switch (release) {
      case WS_2012_R2, WS_2016, WS_2019, WS_2022, WS_2025 -> false;
      default -> true;
    };
  }

  /** The year of the long-term release that a release counts as: versions share its keys. */
  static int generation(WindowsRelease release) {
    return switch (release) {
      case WS_2012_R2 -> 2013;
      case WS_2016, WS_1709, WS_1803 -> 2016;
      case WS_2019, WS_1809, WS_1903, WS_1909, WS_2004, WS_20H2 -> 2019;
      case WS_2022, WS_23H2 -> 2022;
      case WS_2025 -> 2025;
    };
  }

  /** The cells of Microsoft's key tables that hold a key. */
  static boolean hasKey(WindowsRelease release, Edition edition) {
    return switch (release) {
      case WS_2012_R2, WS_2016, WS_2019 -> edition != Edition.AZURE_EDITION;
      case WS_1709, WS_1803, WS_1809, WS_1903, WS_1909 ->
          edition == Edition.DATACENTER || edition == Edition.STANDARD;
      case WS_2022, WS_2025 -> edition != Edition.ESSENTIALS;
      case WS_2004, WS_20H2, WS_23H2 -> false;
    };
  }
}
