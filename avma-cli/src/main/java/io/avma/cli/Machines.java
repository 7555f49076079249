package io.avma.cli;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.avma.cli.fleet.SystemName;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Hosts and guests as arguments describe them: {@code 2022/datacenter,evaluation}. */
final class Machines {
  private static final Splitter COMMAS = Splitter.on(',').trimResults().omitEmptyStrings();
  private static final ImmutableList<String> LICENSES =
      ImmutableList.of("key=RELEASE", "subscription", "subscription-lapsed", "no-license");
  private static final ImmutableList<String> HOST_FLAGS =
      ImmutableList.<String>builder()
          .add("not-activated", "evaluation", "no-hyper-v", "nested-in-azure")
          .addAll(LICENSES)
          .build();
  private static final String GUEST_FLAGS = "evaluation, data-exchange-off, shielded";

  private Machines() {}

  static HostProfile host(String argument, String text) throws InputException {
    List<String> parts = parts(argument, text);
    HostProfile plain = platform(argument, parts.get(0));
    HostProfile.Builder host = plain.toBuilder();
    Set<String> seen = new HashSet<>();
    for (String part : parts.subList(1, parts.size())) {
      String flag = flag(argument, part);
      requireMeaning(argument, part, flag, plain);
      if (!seen.add(LICENSES.contains(flag) ? "license" : flag)) {
        throw complaint(
            argument,
            Complaint.quoted(part) + " stands beside another of its kind.",
            "Leave one of them out.");
      }
      switch (flag) {
        case "not-activated" -> host.activated(Ternary.NO);
        case "evaluation" -> host.evaluation(Ternary.YES);
        case "no-hyper-v" -> host.hyperVRole(Ternary.NO);
        case "nested-in-azure" -> host.nestedInAzure(Ternary.YES);
        default -> host.azureLocalLicense(license(argument, part));
      }
    }
    return host.build();
  }

  /** Returns the flag that {@code part} is, as the list of flags spells it. */
  private static String flag(String argument, String part) throws InputException {
    String word = part.toLowerCase(Locale.ROOT);
    String flag = word.startsWith("key=") ? LICENSES.get(0) : word;
    if (!HOST_FLAGS.contains(flag)) {
      throw complaint(
          argument,
          Complaint.quoted(part) + " is no flag",
          "(expected: " + String.join(", ", HOST_FLAGS) + ").");
    }
    return flag;
  }

  /** A flag that cannot change the answer was meant otherwise, or for another host. */
  private static void requireMeaning(String argument, String part, String flag, HostProfile host)
      throws InputException {
    if (!means(flag, host.platform())) {
      throw complaint(
          argument,
          Complaint.quoted(part) + " says nothing about " + host.displayName(),
          "(expected: "
              + HOST_FLAGS.stream()
                  .filter(other -> means(other, host.platform()))
                  .collect(Collectors.collectingAndThen(Collectors.joining(", "), Machines::orNone))
              + ").");
    }
  }

  private static String orNone(String flags) {
    return flags.isEmpty() ? "no flag" : flags;
  }

  private static boolean means(String flag, HostPlatform platform) {
    return switch (flag) {
      case "no-hyper-v" -> platform == HostPlatform.WINDOWS_SERVER;
      case "not-activated", "evaluation" ->
          platform == HostPlatform.WINDOWS_SERVER || platform == HostPlatform.AZURE_STACK_HUB;
      case "nested-in-azure" -> platform != HostPlatform.AZURE; // all of them are there
      default -> platform == HostPlatform.AZURE_LOCAL; // a license
    };
  }

  private static HostProfile platform(String argument, String text) throws InputException {
    if (text.indexOf('/') >= 0) {
      WindowsServer server = windowsServer(argument, text);
      return HostProfile.datacenter(server.release()).toBuilder().edition(server.edition()).build();
    }
    Optional<HostPlatform> platform = SystemName.platform(text);
    if (platform.isEmpty()) {
      throw complaint(
          argument,
          Complaint.quoted(text) + " is no host",
          "(expected: RELEASE/EDITION, for example 2022/datacenter, or a platform: "
              + SystemName.PLATFORMS
              + ").");
    }
    if (platform.get() == HostPlatform.WINDOWS_SERVER) {
      throw complaint(argument, "the release is missing.", "Write RELEASE/EDITION.");
    }
    return HostProfile.azureLocal(new AzureLocalLicense.Unknown()).toBuilder()
        .platform(platform.get())
        .build();
  }

  private static AzureLocalLicense license(String argument, String flag) throws InputException {
    String word = flag.toLowerCase(Locale.ROOT);
    if (word.startsWith("key=")) {
      return new AzureLocalLicense.HostKey(Releases.release(argument, flag.substring(4)));
    }
    return switch (word) {
      case "subscription" -> new AzureLocalLicense.Subscription(Ternary.YES);
      case "subscription-lapsed" -> new AzureLocalLicense.Subscription(Ternary.NO);
      case "no-license" -> new AzureLocalLicense.None();
      default -> new AzureLocalLicense.None(); // no-license, the last of them
    };
  }

  static GuestProfile guest(String argument, String text) throws InputException {
    List<String> parts = parts(argument, text);
    List<String> flags =
        parts.subList(1, parts.size()).stream().map(f -> f.toLowerCase(Locale.ROOT)).toList();
    boolean evaluation =
        flags.contains("evaluation")
            || parts.get(0).toLowerCase(Locale.ROOT).contains("evaluation");
    GuestProfile guest = GuestProfile.of(system(argument, parts.get(0), evaluation));
    if (flags.contains("evaluation") && !(guest.system() instanceof GuestSystem.WindowsServer)) {
      throw complaint(
          argument,
          "'evaluation' says nothing about " + guest.system().displayName(),
          "(expected: data-exchange-off, shielded).");
    }
    for (String flag : flags) {
      switch (flag) {
        case "evaluation" -> {} // part of the system
        case "data-exchange-off" -> guest = guest.withDataExchange(Ternary.NO);
        case "shielded" -> guest = guest.withShielded(Ternary.YES);
        default ->
            throw complaint(
                argument,
                Complaint.quoted(flag) + " is no flag",
                "(expected: " + GUEST_FLAGS + ").");
      }
    }
    return guest;
  }

  /** Reads a guest of which only the key matters. */
  static GuestProfile guestForKey(String argument, String text) throws InputException {
    GuestProfile guest = guest(argument, text);
    if (!guest.equals(GuestProfile.of(guest.system()))) {
      throw complaint(
          argument,
          "'data-exchange-off' and 'shielded' make no difference to the key (expected:"
              + " evaluation).",
          "Whether the guest is activated is told by 'avma check'.");
    }
    return guest;
  }

  private static GuestSystem system(String argument, String text, boolean evaluation)
      throws InputException {
    if (text.indexOf('/') >= 0) {
      WindowsServer server = windowsServer(argument, text);
      return new GuestSystem.WindowsServer(
          server.release(), server.edition(), Ternary.of(evaluation));
    }
    Optional<SystemName> name = SystemName.parse(text);
    if (name.isPresent() && name.get().kind() != SystemName.Kind.WINDOWS_SERVER) {
      return name.get().system();
    }
    if (name.isPresent() && name.get().release().isPresent() && name.get().edition().isPresent()) {
      return new GuestSystem.WindowsServer(
          name.get().release().get(), name.get().edition().get(), Ternary.of(evaluation));
    }
    throw complaint(
        argument,
        Complaint.quoted(text) + " is no guest",
        "(expected: RELEASE/EDITION, for example 2019/standard, or windows-11, linux, \"Windows"
            + " Server 2012\").");
  }

  private record WindowsServer(WindowsRelease release, Edition edition) {}

  private static WindowsServer windowsServer(String argument, String text) throws InputException {
    int slash = text.indexOf('/');
    return new WindowsServer(
        Releases.release(argument, text.substring(0, slash)),
        Releases.edition(argument, text.substring(slash + 1)));
  }

  private static List<String> parts(String argument, String text) throws InputException {
    ImmutableList<String> parts = ImmutableList.copyOf(COMMAS.split(text));
    if (parts.isEmpty()) {
      throw complaint(argument, "is empty", "(expected: RELEASE/EDITION).");
    }
    return parts;
  }

  private static InputException complaint(String argument, String what, String remedy) {
    return new InputException(Complaint.about(argument, what, remedy));
  }
}
