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

  /**
   * What is done about an obstacle.
   *
   * @param fix what to do
   * @param guests whom it leaves to other ways of activation, if nothing that is done to the host
   *     makes AVMA work for them, so that another way is no mistake
   */
  private record Rule(Cause.Words fix, Optional<Cause.Words> guests) {
    static Rule mend(String before, String after) {
      return new Rule(new Cause.Words(before, after), Optional.empty());
    }

    static Rule otherWay(String guests) {
      return new Rule(
          Cause.Words.of("Activate " + guests + " by another way"),
          Optional.of(Cause.Words.of(guests)));
    }

    static Rule otherWayOnHost() {
      return new Rule(
          new Cause.Words("Activate the guests of ", " by KMS, or move them"),
          Optional.of(Cause.Words.of("the guests of ")));
    }
  }

  private static Rule rule(Obstacle.Kind kind) {
    return switch (kind) {
      case OTHER_HYPERVISOR,
          IN_AZURE,
          NESTED_IN_AZURE,
          HOST_TOO_OLD,
          HYPER_V_SERVER,
          HOST_IS_CLIENT ->
          Rule.otherWayOnHost();
      case GUEST_NOT_WINDOWS_SERVER -> Rule.otherWay("Windows clients");
      case GUEST_TOO_OLD -> Rule.otherWay("guests older than 2012 R2");
      case NO_AVMA_KEY -> Rule.otherWay("editions without an AVMA key");
      case SHIELDED -> Rule.otherWay("shielded machines");
      case NO_HYPER_V_ROLE -> Rule.mend("Install the Hyper-V role on ", "");
      case NOT_DATACENTER -> Rule.mend("Make ", " a Datacenter host, or move its guests");
      case HOST_EVALUATION -> Rule.mend("Convert ", " from evaluation media");
      case HOST_NOT_ACTIVATED -> Rule.mend("Activate ", "");
      case AZURE_LOCAL_NOT_LICENSED -> Rule.mend("License ", " for its guests");
      case AZURE_LOCAL_KEY_TOO_OLD -> Rule.mend("Set a newer host key on ", "");
      case AZURE_LOCAL_SUBSCRIPTION_LAPSED -> Rule.mend("Renew the subscription of ", "");
      case GUEST_NEWER_THAN_HOST -> Rule.mend("Keep newer guests off their hosts", "");
      case AZURE_EDITION_OUTSIDE_AZURE -> Rule.mend("Move Azure Edition guests to Azure Local", "");
      case GUEST_EVALUATION -> Rule.mend("Convert guests from evaluation media", "");
      case DATA_EXCHANGE_OFF -> Rule.mend("Enable Data Exchange", "");
    };
  }

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
    return new Cause(
        JsonObject.word(kind), kind.ordinal(), subject(kind, host), "", rule(kind).fix(), false);
  }

  /**
   * Returns the cause of a machine that AVMA is not for, where nobody has looked whether it is
   * activated otherwise.
   */
  static Cause notLookedAt(Obstacle obstacle, FleetHost host) {
    Obstacle.Kind kind = obstacle.kind();
    Cause.Words guests = rule(kind).guests().orElseThrow(); // asked of obstacles outside AVMA only
    return new Cause(
        "unknown-guest-activated",
        FIRST_QUESTION,
        subject(kind, host),
        JsonObject.word(kind),
        new Cause.Words(
            "Find out whether " + guests.before(), guests.after() + " are activated otherwise"),
        true);
  }

  private static Optional<Cause.Subject> subject(Obstacle.Kind kind, FleetHost host) {
    return isOfHost(kind) ? Optional.of(Cause.Subject.host(host.id())) : Optional.empty();
  }

  /** Guests of one release need the same of a host, those of another need something else. */
  @SuppressWarnings("EnumOrdinal") // as above
  private static Cause newer(FleetHost host, WindowsRelease needed) {
    String rest = ", or keep newer guests off it";
    boolean local = host.profile().platform() == HostPlatform.AZURE_LOCAL;
    return new Cause(
        JsonObject.word(Obstacle.Kind.GUEST_NEWER_THAN_HOST),
        Obstacle.Kind.GUEST_NEWER_THAN_HOST.ordinal(),
        Optional.of(Cause.Subject.host(host.id())),
        needed.label(),
        local
            ? new Cause.Words("Set host keys of " + needed.label() + " on ", rest)
            : new Cause.Words("Upgrade ", " to " + needed.label() + rest),
        false);
  }

  @SuppressWarnings("EnumOrdinal") // as above
  static Cause of(OpenQuestion question, HostId host) {
    boolean ofHost = isOfHost(question);
    String findOut = "Find out " + question.text();
    return new Cause(
        "unknown-" + JsonObject.word(question),
        FIRST_QUESTION + question.ordinal(),
        ofHost ? Optional.of(Cause.Subject.host(host)) : Optional.empty(),
        "",
        ofHost ? new Cause.Words(findOut + " (", ")") : Cause.Words.of(findOut),
        true);
  }

  static Cause of(KeyCheck key) {
    if (key.kind() == KeyCheck.Kind.NOT_KNOWN) {
      Cause.Words look = Cause.Words.of("Find out which key it has");
      return new Cause("unknown-key", FIRST_QUESTION, Optional.empty(), "", look, true);
    }
    if (key.kind() == KeyCheck.Kind.MISPLACED) {
      Cause.Words remove = Cause.Words.of("Take AVMA keys out again");
      return new Cause("misplaced-key", FIRST_KEY, Optional.empty(), "", remove, false);
    }
    String detail = key.needed().map(AvmaKey::product).orElse("its own product");
    Cause.Words install = Cause.Words.of("Install the AVMA key of " + detail);
    return new Cause("key", FIRST_KEY, Optional.empty(), detail, install, false);
  }

  /**
   * Returns whether nothing that is done to the host makes AVMA work for the guest, so that another
   * way to activate it is no mistake.
   */
  static boolean isOutsideAvma(Obstacle.Kind kind) {
    return rule(kind).guests().isPresent();
  }

  /** Returns whether the obstacle lies with the host alone. */
  static boolean isOfHost(Obstacle.Kind kind) {
    return kind.compareTo(Obstacle.Kind.GUEST_NOT_WINDOWS_SERVER) < 0;
  }

  private static boolean isOfHost(OpenQuestion question) {
    return question.compareTo(OpenQuestion.GUEST_SYSTEM) < 0;
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
