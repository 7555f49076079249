package io.avma.compatibility;

import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.EnumSet;

/**
 * The published rules, written down a second time as a flat list of conditions that knows neither
 * the tables nor the code under test. Slow and plain on purpose.
 */
final class MatrixOracle {
  final EnumSet<Obstacle.Kind> obstacles = EnumSet.noneOf(Obstacle.Kind.class);
  final EnumSet<OpenQuestion> questions = EnumSet.noneOf(OpenQuestion.class);

  MatrixOracle(HostProfile host, GuestProfile guest) {
    host(host);
    if (host.platform() != HostPlatform.AZURE) {
      when(
          host.nestedInAzure(),
          Ternary.YES,
          Obstacle.Kind.NESTED_IN_AZURE,
          OpenQuestion.NESTED_IN_AZURE);
    }
    when(
        guest.dataExchange(),
        Ternary.NO,
        Obstacle.Kind.DATA_EXCHANGE_OFF,
        OpenQuestion.DATA_EXCHANGE);
    when(guest.shielded(), Ternary.YES, Obstacle.Kind.SHIELDED, OpenQuestion.SHIELDED);
    guest(host, guest.system());
  }

  Verdict.Kind kind() {
    if (!obstacles.isEmpty()) {
      return Verdict.Kind.UNSUPPORTED;
    }
    return questions.isEmpty() ? Verdict.Kind.SUPPORTED : Verdict.Kind.UNDETERMINED;
  }

  /** Returns whether the verdict is of the same kind, obstacles and questions, in order. */
  boolean agreesWith(Verdict verdict) {
    if (verdict.kind() != kind()
        || verdict.obstacles().size() != obstacles.size()
        || verdict.questions().size() != questions.size()) {
      return false;
    }
    int place = 0;
    for (Obstacle.Kind kind : obstacles) { // an EnumSet: in the order of the constants
      if (verdict.obstacles().get(place++).kind() != kind) {
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
            OpenQuestion.HYPER_V_ROLE);
        when(
            host.activated(),
            Ternary.NO,
            Obstacle.Kind.HOST_NOT_ACTIVATED,
            OpenQuestion.HOST_ACTIVATED);
        when(
            host.evaluation(),
            Ternary.YES,
            Obstacle.Kind.HOST_EVALUATION,
            OpenQuestion.HOST_EVALUATION);
        if (host.edition().isEmpty()) {
          questions.add(OpenQuestion.HOST_EDITION);
        } else if (host.edition().get() != Edition.DATACENTER) {
          obstacles.add(Obstacle.Kind.NOT_DATACENTER);
        }
        if (host.release().isEmpty()) {
          questions.add(OpenQuestion.HOST_RELEASE);
        }
      }
      case AZURE_LOCAL -> azureLocal(host.azureLocalLicense());
      case AZURE_STACK_HUB -> {}
      case UNKNOWN -> questions.add(OpenQuestion.HOST_PLATFORM);
      case EARLIER_WINDOWS_SERVER -> obstacles.add(Obstacle.Kind.HOST_TOO_OLD);
      case HYPER_V_SERVER -> obstacles.add(Obstacle.Kind.HYPER_V_SERVER);
      case WINDOWS_CLIENT -> obstacles.add(Obstacle.Kind.HOST_IS_CLIENT);
      case AZURE -> obstacles.add(Obstacle.Kind.IN_AZURE);
      case OTHER_HYPERVISOR -> obstacles.add(Obstacle.Kind.OTHER_HYPERVISOR);
    }
  }

  private void azureLocal(AzureLocalLicense license) {
    if (license instanceof AzureLocalLicense.None) {
      obstacles.add(Obstacle.Kind.AZURE_LOCAL_NOT_LICENSED);
    } else if (license instanceof AzureLocalLicense.Unknown) {
      questions.add(OpenQuestion.AZURE_LOCAL_LICENSE);
    } else if (license instanceof AzureLocalLicense.Subscription subscription) {
      when(
          subscription.current(),
          Ternary.NO,
          Obstacle.Kind.AZURE_LOCAL_SUBSCRIPTION_LAPSED,
          OpenQuestion.SUBSCRIPTION_CURRENT);
    } else if (license instanceof AzureLocalLicense.HostKey key
        && generation(key.release()) < 2019) {
      obstacles.add(Obstacle.Kind.AZURE_LOCAL_KEY_TOO_OLD);
    }
  }

  private void guest(HostProfile host, GuestSystem system) {
    if (system instanceof GuestSystem.Unknown) {
      questions.add(OpenQuestion.GUEST_SYSTEM);
    } else if (system instanceof GuestSystem.EarlierWindowsServer) {
      obstacles.add(Obstacle.Kind.GUEST_TOO_OLD);
    } else if (system instanceof GuestSystem.WindowsServer server) {
      server(host, server);
    } else {
      obstacles.add(Obstacle.Kind.GUEST_NOT_WINDOWS_SERVER);
    }
  }

  private void server(HostProfile host, GuestSystem.WindowsServer guest) {
    if (guest.evaluation()) {
      obstacles.add(Obstacle.Kind.GUEST_EVALUATION);
    }
    if (!hasKey(guest.release(), guest.edition())) {
      obstacles.add(Obstacle.Kind.NO_AVMA_KEY);
    }
    HostPlatform platform = host.platform();
    if (guest.edition() == Edition.AZURE_EDITION
        && platform != HostPlatform.AZURE_LOCAL
        && platform != HostPlatform.AZURE
        && platform != HostPlatform.UNKNOWN) {
      obstacles.add(Obstacle.Kind.AZURE_EDITION_OUTSIDE_AZURE);
    }
    int wanted = generation(guest.release());
    boolean newer =
        switch (platform) {
          case WINDOWS_SERVER ->
              host.release().isPresent() && wanted > generation(host.release().get());
          case AZURE_LOCAL ->
              host.azureLocalLicense() instanceof AzureLocalLicense.HostKey key
                  && generation(key.release()) >= 2019
                  && wanted > generation(key.release());
          case AZURE_STACK_HUB -> wanted > 2022;
          default -> false;
        };
    if (newer) {
      obstacles.add(Obstacle.Kind.GUEST_NEWER_THAN_HOST);
    }
  }

  private void when(Ternary fact, Ternary bad, Obstacle.Kind obstacle, OpenQuestion question) {
    if (fact == bad) {
      obstacles.add(obstacle);
    } else if (fact == Ternary.UNKNOWN) {
      questions.add(question);
    }
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
