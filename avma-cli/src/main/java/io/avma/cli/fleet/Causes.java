package io.avma.cli.fleet;

import io.avma.catalog.AvmaKey;
import io.avma.cli.output.JsonObject;
import io.avma.compatibility.Obstacle;
import io.avma.compatibility.OpenQuestion;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostId;
import io.avma.platform.HostPlatform;
import io.avma.platform.WindowsRelease;
import java.util.Locale;
import java.util.Optional;

/** From obstacles, questions and keys to causes: what is mended together, and in which words. */
final class Causes {
  private static final int FIRST_KEY = 100;
  private static final int FIRST_QUESTION = 200;

  private Causes() {}

  @SuppressWarnings("EnumOrdinal") // the order in which obstacles are reported, by contract
  static Cause of(Obstacle obstacle, FleetHost host, GuestProfile guest) {
    Obstacle.Kind kind = obstacle.kind();
    if (kind == Obstacle.Kind.GUEST_NEWER_THAN_HOST
        && guest.system() instanceof GuestSystem.WindowsServer server) {
      WindowsRelease baseline = server.release().baseline();
      boolean sameBaseline =
          host.profile().release().filter(of -> of.baseline() == baseline).isPresent();
      return newer(host, sameBaseline ? server.release() : baseline);
    }
    Optional<Cause.Subject> subject =
        isOfHost(kind) ? Optional.of(Cause.Subject.host(host.id())) : Optional.empty();
    return new Cause(
        JsonObject.word(kind), kind.ordinal(), subject, "", action(kind, host.toString()), false);
  }

  /** Guests of one release need the same of a host, those of another need something else. */
  @SuppressWarnings("EnumOrdinal") // as above
  private static Cause newer(FleetHost host, WindowsRelease needed) {
    boolean local = host.profile().platform() == HostPlatform.AZURE_LOCAL;
    return new Cause(
        JsonObject.word(Obstacle.Kind.GUEST_NEWER_THAN_HOST),
        Obstacle.Kind.GUEST_NEWER_THAN_HOST.ordinal(),
        Optional.of(Cause.Subject.host(host.id())),
        needed.label(),
        (local ? "Set host keys of " + needed.label() + " on host " + host : "Upgrade host " + host)
            + (local ? "" : " to " + needed.label())
            + ", or keep newer guests off it",
        false);
  }

  @SuppressWarnings("EnumOrdinal") // as above
  static Cause of(OpenQuestion question, HostId host) {
    Optional<Cause.Subject> subject =
        isOfHost(question) ? Optional.of(Cause.Subject.host(host)) : Optional.empty();
    String where = subject.map(of -> " (" + of + ")").orElse("");
    return new Cause(
        "unknown-" + JsonObject.word(question),
        FIRST_QUESTION + question.ordinal(),
        subject,
        "",
        "Find out " + question.text() + where,
        true);
  }

  static Cause of(KeyCheck key) {
    if (key.kind() == KeyCheck.Kind.NOT_KNOWN) {
      return new Cause(
          "unknown-key", FIRST_QUESTION, Optional.empty(), "", "Find out which key it has", true);
    }
    if (key.kind() == KeyCheck.Kind.MISPLACED) {
      return new Cause(
          "misplaced-key", FIRST_KEY, Optional.empty(), "", "Take AVMA keys out again", false);
    }
    String detail = key.needed().map(AvmaKey::product).orElse("its own product");
    return new Cause(
        "key", FIRST_KEY, Optional.empty(), detail, "Install the AVMA key of " + detail, false);
  }

  /**
   * Returns whether nothing that is done to the host makes AVMA work for the guest, so that another
   * way to activate it is no mistake.
   */
  static boolean isOutsideAvma(Obstacle.Kind kind) {
    return switch (kind) {
      case OTHER_HYPERVISOR,
          IN_AZURE,
          NESTED_IN_AZURE,
          HOST_TOO_OLD,
          HYPER_V_SERVER,
          HOST_IS_CLIENT,
          GUEST_NOT_WINDOWS_SERVER,
          GUEST_TOO_OLD,
          NO_AVMA_KEY,
          SHIELDED ->
          true;
      case NO_HYPER_V_ROLE,
          NOT_DATACENTER,
          HOST_EVALUATION,
          HOST_NOT_ACTIVATED,
          AZURE_LOCAL_NOT_LICENSED,
          AZURE_LOCAL_KEY_TOO_OLD,
          AZURE_LOCAL_SUBSCRIPTION_LAPSED,
          GUEST_NEWER_THAN_HOST,
          AZURE_EDITION_OUTSIDE_AZURE,
          GUEST_EVALUATION,
          DATA_EXCHANGE_OFF ->
          false;
    };
  }

  /** Returns whether the obstacle lies with the host alone. */
  static boolean isOfHost(Obstacle.Kind kind) {
    return kind.compareTo(Obstacle.Kind.GUEST_NOT_WINDOWS_SERVER) < 0;
  }

  private static boolean isOfHost(OpenQuestion question) {
    return question.compareTo(OpenQuestion.GUEST_SYSTEM) < 0;
  }

  private static String action(Obstacle.Kind kind, String host) {
    return switch (kind) {
      case OTHER_HYPERVISOR,
          IN_AZURE,
          NESTED_IN_AZURE,
          HOST_TOO_OLD,
          HYPER_V_SERVER,
          HOST_IS_CLIENT ->
          "Activate the guests of host " + host + " by KMS, or move them";
      case NO_HYPER_V_ROLE -> "Install the Hyper-V role on host " + host;
      case NOT_DATACENTER -> "Make host " + host + " a Datacenter host, or move its guests";
      case HOST_EVALUATION -> "Convert host " + host + " from evaluation media";
      case HOST_NOT_ACTIVATED -> "Activate host " + host;
      case AZURE_LOCAL_NOT_LICENSED -> "License host " + host + " for its guests";
      case AZURE_LOCAL_KEY_TOO_OLD -> "Set a newer host key on host " + host;
      case AZURE_LOCAL_SUBSCRIPTION_LAPSED -> "Renew the subscription of host " + host;
      case GUEST_NEWER_THAN_HOST -> "Keep newer guests off host " + host;
      case GUEST_NOT_WINDOWS_SERVER -> "Activate Windows clients by another way";
      case GUEST_TOO_OLD -> "Activate guests older than 2012 R2 by another way";
      case NO_AVMA_KEY -> "Activate editions without an AVMA key by another way";
      case AZURE_EDITION_OUTSIDE_AZURE -> "Move Azure Edition guests to Azure Local";
      case GUEST_EVALUATION -> "Convert guests from evaluation media";
      case DATA_EXCHANGE_OFF -> "Enable Data Exchange";
      case SHIELDED -> "Activate shielded machines by another way";
    };
  }

  /** Returns the remedy for a wrong or unknown key. */
  static String remedy(KeyCheck key) {
    return switch (key.kind()) {
      case NOT_KNOWN -> "Look with slmgr /dli, which shows its last five symbols.";
      case MISPLACED -> "Remove it (slmgr /upk) and activate the guest by another way.";
      default ->
          key.needed()
              .map(
                  needed ->
                      "In the guest: slmgr /ipk "
                          + needed.key().reveal()
                          + " (other ways: avma install-key --guest "
                          + needed
                              .release()
                              .label()
                              .toLowerCase(Locale.ROOT)
                              .replace("version ", "")
                          + "/"
                          + needed.edition().label()
                          + ").")
              .orElse("Find out what it runs.");
    };
  }
}
