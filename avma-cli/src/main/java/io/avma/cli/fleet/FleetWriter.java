package io.avma.cli.fleet;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import io.avma.cli.output.JsonObject;
import io.avma.kvp.GuestClaims;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.ForeignText;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.transport.VmFacts;
import io.avma.transport.VmReading;
import io.avma.transport.VmState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes what hosts said as the two files that {@link FleetReader} reads. What nobody told is an
 * empty cell, and a column that no host can tell is left out, so that the reader says what it
 * assumes. For one thread.
 */
public final class FleetWriter {
  private static final int LONGEST_NAME = 400;
  private static final Joiner COMMAS = Joiner.on(',');

  private final StringBuilder hosts = new StringBuilder();
  private final StringBuilder vms = new StringBuilder();
  private final List<String> notes = new ArrayList<>();

  private FleetWriter() {
    row(
        hosts,
        "host",
        "cluster",
        "platform",
        "release",
        "edition",
        "hyper_v_role",
        "activated",
        "evaluation",
        "channel",
        "azure_local_license",
        "processors",
        "cores");
    row(
        vms,
        "vm",
        "vm_id",
        "host",
        "system",
        "release",
        "edition",
        "evaluation",
        "data_exchange",
        "state");
  }

  /** Returns the files that say what {@code hosts} said, in their order. */
  public static FleetWriter of(List<ReadHost> hosts) {
    FleetWriter writer = new FleetWriter();
    Map<VmId, Place> places = new HashMap<>();
    for (ReadHost host : hosts) {
      host.vms().forEach(vm -> writer.place(places, host, vm));
    }
    for (ReadHost host : hosts) {
      writer.host(host);
      for (VmReading vm : host.vms()) {
        Place place = places.get(vm.vm());
        if (place != null && place.reading() == vm) {
          writer.vm(host, vm);
        }
      }
    }
    return writer;
  }

  /** Returns the text of {@code hosts.csv}. */
  public String hosts() {
    return hosts.toString();
  }

  /** Returns the text of {@code vms.csv}. */
  public String vms() {
    return vms.toString();
  }

  /** Returns which machines were left out and why, escaped. */
  public ImmutableList<String> notes() {
    return ImmutableList.copyOf(notes);
  }

  private record Place(ReadHost host, VmReading reading) {}

  /** One machine on two hosts is a replica, or was moved while they were asked. */
  private void place(Map<VmId, Place> places, ReadHost host, VmReading vm) {
    Place earlier = places.putIfAbsent(vm.vm(), new Place(host, vm));
    if (earlier == null) {
      return;
    }
    boolean later = rank(vm) > rank(earlier.reading());
    if (later) {
      places.put(vm.vm(), new Place(host, vm));
    }
    notes.add(
        vm.vm()
            + " stands on "
            + earlier.host().id()
            + " and on "
            + host.id()
            + "; written for "
            + (later ? host : earlier.host()).id()
            + ".");
  }

  private static int rank(VmReading vm) {
    Optional<VmFacts> facts = facts(vm);
    if (facts.isEmpty()) {
      return 0;
    }
    return facts.get().replica() == Ternary.YES
        ? 1
        : facts.get().state() == VmState.RUNNING ? 3 : 2;
  }

  private void host(ReadHost host) {
    HostProfile profile = host.profile();
    boolean server = profile.platform() == HostPlatform.WINDOWS_SERVER;
    // Of these three Azure Local's license decides, and the reader takes no word on them.
    boolean local = profile.platform() == HostPlatform.AZURE_LOCAL;
    row(
        hosts,
        host.id().value(),
        host.cluster().orElse(""),
        profile.platform() == HostPlatform.UNKNOWN ? "" : JsonObject.word(profile.platform()),
        server ? profile.release().map(WindowsRelease::label).orElse("") : "",
        server ? profile.edition().map(Edition::label).orElse("") : "",
        local ? "" : ternary(profile.hyperVRole()),
        local ? "" : ternary(profile.activated()),
        local ? "" : ternary(profile.evaluation()),
        profile.channel() == LicenseChannel.UNKNOWN ? "" : JsonObject.word(profile.channel()),
        license(profile.azureLocalLicense()),
        number(profile.processors()),
        number(profile.physicalCores()));
  }

  private static String license(AzureLocalLicense license) {
    if (license instanceof AzureLocalLicense.HostKey key) {
      return key.release().label();
    } else if (license instanceof AzureLocalLicense.Subscription subscription) {
      return switch (subscription.current()) {
        case YES -> "subscription";
        case NO -> "subscription-lapsed";
        case UNKNOWN -> "subscription-unknown";
      };
    }
    return license instanceof AzureLocalLicense.None ? "none" : "";
  }

  private void vm(ReadHost host, VmReading vm) {
    Optional<VmFacts> facts = facts(vm);
    String name = facts.map(VmFacts::name).map(String::strip).orElse("");
    GuestSystem system =
        vm instanceof VmReading.Read read
            ? GuestClaims.of(read.snapshot()).system()
            : new GuestSystem.Unknown();
    Optional<GuestSystem.WindowsServer> server =
        system instanceof GuestSystem.WindowsServer windows
            ? Optional.of(windows)
            : Optional.empty();
    row(
        vms,
        name.isEmpty() ? vm.vm().toString() : name,
        vm.vm().toString(),
        host.id().value(),
        name(system),
        server.map(windows -> windows.release().label()).orElse(""),
        server.map(windows -> windows.edition().label()).orElse(""),
        server.map(windows -> ternary(windows.evaluation())).orElse(""),
        ternary(facts.map(VmFacts::dataExchange).orElse(Ternary.UNKNOWN)),
        facts.map(known -> JsonObject.word(known.state())).orElse("unknown"));
  }

  private static Optional<VmFacts> facts(VmReading vm) {
    return vm instanceof VmReading.Read read
        ? Optional.of(read.facts())
        : ((VmReading.Unreadable) vm).facts();
  }

  /** The name that the guest gives, if the reader understands it as what it is. */
  private static String name(GuestSystem system) {
    if (system instanceof GuestSystem.EarlierWindowsServer earlier) {
      return understood(earlier.name(), SystemName.Kind.EARLIER_WINDOWS_SERVER)
          .orElse("earlier-windows-server");
    } else if (system instanceof GuestSystem.WindowsClient client) {
      return understood(client.name(), SystemName.Kind.WINDOWS_CLIENT).orElse("windows-client");
    } else if (system instanceof GuestSystem.NotWindows other) {
      return understood(other.name(), SystemName.Kind.NOT_WINDOWS).orElse("other");
    }
    return system instanceof GuestSystem.Unknown ? "unknown" : "windows-server";
  }

  private static Optional<String> understood(String name, SystemName.Kind kind) {
    String safe = safe(name);
    return SystemName.parse(safe).filter(known -> known.kind() == kind).map(known -> safe);
  }

  private static String ternary(Ternary fact) {
    return switch (fact) {
      case YES -> "yes";
      case NO -> "no";
      case UNKNOWN -> "";
    };
  }

  private static String number(OptionalInt number) {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : "";
  }

  private static void row(StringBuilder text, String... cells) {
    List<String> quoted = new ArrayList<>();
    for (String cell : cells) {
      String safe = safe(cell);
      quoted.add(
          safe.chars().anyMatch(c -> c == ',' || c == ';' || c == '"')
              ? '"' + safe.replace("\"", "\"\"") + '"'
              : safe);
    }
    text.append(COMMAS.join(quoted)).append('\n');
  }

  /**
   * A tenant names its machine, and somebody opens the file in a spreadsheet: nothing that would be
   * a formula there, also in the wide letters of East Asia, begins a cell, and no control character
   * is in one.
   */
  private static String safe(String cell) {
    String text = ForeignText.escape(cell, LONGEST_NAME);
    return !text.isEmpty() && "=+-@\uFF1D\uFF0B\uFF0D\uFF20".indexOf(text.charAt(0)) >= 0
        ? "'" + text
        : text;
  }
}
