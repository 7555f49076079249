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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Hosts and guests as arguments describe them: {@code 2022/datacenter,evaluation}. */
final class Machines {
  private static final Splitter COMMAS = Splitter.on(',').trimResults().omitEmptyStrings();
  private static final String HOST_FLAGS =
      "not-activated, evaluation, no-hyper-v, nested-in-azure; for azure-local key=RELEASE,"
          + " subscription, subscription-lapsed, no-license";
  private static final String GUEST_FLAGS = "evaluation, data-exchange-off, shielded";

  private Machines() {}

  static HostProfile host(String argument, String text) throws InputException {
    List<String> parts = parts(argument, text);
    HostProfile.Builder host = platform(argument, parts.get(0)).toBuilder();
    for (String flag : parts.subList(1, parts.size())) {
      switch (flag.toLowerCase(Locale.ROOT)) {
        case "not-activated" -> host.activated(Ternary.NO);
        case "evaluation" -> host.evaluation(Ternary.YES);
        case "no-hyper-v" -> host.hyperVRole(Ternary.NO);
        case "nested-in-azure" -> host.nestedInAzure(Ternary.YES);
        default -> host.azureLocalLicense(license(argument, flag));
      }
    }
    return host.build();
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
      default ->
          throw complaint(
              argument, Complaint.quoted(flag) + " is no flag", "(expected: " + HOST_FLAGS + ").");
    };
  }

  static GuestProfile guest(String argument, String text) throws InputException {
    List<String> parts = parts(argument, text);
    List<String> flags =
        parts.subList(1, parts.size()).stream().map(f -> f.toLowerCase(Locale.ROOT)).toList();
    GuestProfile guest =
        GuestProfile.of(system(argument, parts.get(0), flags.contains("evaluation")));
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
