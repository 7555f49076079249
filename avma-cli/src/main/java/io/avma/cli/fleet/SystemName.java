package io.avma.cli.fleet;

import io.avma.platform.Edition;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostPlatform;
import io.avma.platform.WindowsRelease;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An operating system as people and Data Exchange name it: {@code Windows Server 2022 Datacenter},
 * {@code windows-11}, {@code Ubuntu 24.04}.
 *
 * @param kind what it is
 * @param name the name as it was given
 * @param release the release, where the name holds one that has AVMA
 * @param edition the edition, where the name holds one
 */
public record SystemName(
    Kind kind, String name, Optional<WindowsRelease> release, Optional<Edition> edition) {

  /** The platforms of hosts as arguments and cells name them. */
  public static final String PLATFORMS =
      Arrays.stream(HostPlatform.values())
          .map(platform -> platform.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .collect(Collectors.joining(", "));

  /** The systems of guests as cells name them. */
  public static final String SYSTEMS =
      "windows-server, earlier-windows-server, windows-client, linux, other, unknown, or a name"
          + " such as \"Windows Server 2022 Datacenter\", \"Windows 11\", \"Ubuntu\"";

  private static final Pattern SERVER =
      Pattern.compile(
          "(?:microsoft )?(?:windows )?server,? (?:version )?(2012 r2|[0-9]{2}h[0-9]|[0-9]{4}(?:"
              + " r2)?)(.*)");
  private static final Pattern LATER =
      Pattern.compile(
          "(?:microsoft )?(?:windows )?(?:server )?(?:vnext|insider|preview|([0-9]{4}))\\b.*");
  private static final int NEWEST_YEAR =
      Arrays.stream(WindowsRelease.values())
          .map(WindowsRelease::label)
          .filter(label -> label.matches("[0-9]{4}"))
          .mapToInt(Integer::parseInt)
          .max()
          .orElseThrow(); // there are releases that are named by their year
  private static final Pattern EARLIER = Pattern.compile("2012|2008(?: r2)?|2003(?: r2)?|2000");
  private static final Pattern CLIENT =
      Pattern.compile("(?:microsoft )?windows (?:client|xp|vista|7|8|8\\.1|10|11)\\b.*");
  private static final Pattern NOT_WINDOWS =
      Pattern.compile(
          "(?:.*\\b)?(?:linux|ubuntu|debian|centos|red hat|rhel|suse|sles|opensuse|fedora|alma"
              + "|almalinux|rocky|oracle linux|alpine|arch|freebsd|openbsd|netbsd|pfsense|opnsense"
              + "|photon|flatcar|other)\\b.*");

  /** What a system is. */
  public enum Kind {
    /** Windows Server 2012 R2 or later. */
    WINDOWS_SERVER,
    /** A Windows Server of a release that came out after this version. */
    LATER_WINDOWS_SERVER,
    /** Windows Server 2012 or earlier. */
    EARLIER_WINDOWS_SERVER,
    /** A Windows client. */
    WINDOWS_CLIENT,
    /** No Windows. */
    NOT_WINDOWS,
    /** Not known. */
    UNKNOWN
  }

  /** Returns the platform of a host that {@code text} names. */
  public static Optional<HostPlatform> platform(String text) {
    String wanted = text.strip().toUpperCase(Locale.ROOT).replaceAll("[ -]+", "_");
    for (HostPlatform platform : HostPlatform.values()) {
      if (platform.name().equals(wanted)) {
        return Optional.of(platform);
      }
    }
    return switch (wanted) {
      case "AZURE_STACK_HCI" -> Optional.of(HostPlatform.AZURE_LOCAL);
      case "VMWARE", "ESXI", "KVM", "XEN", "PROXMOX" -> Optional.of(HostPlatform.OTHER_HYPERVISOR);
      default -> Optional.empty();
    };
  }

  /** Returns what {@code text} names; empty if nothing of it is understood. */
  public static Optional<SystemName> parse(String text) {
    String name = text.strip();
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[ _-]+", " ");
    if (plain.isEmpty() || plain.equals("unknown")) {
      return Optional.of(of(Kind.UNKNOWN, name));
    }
    if (plain.equals("windows server")) {
      return Optional.of(of(Kind.WINDOWS_SERVER, name));
    }
    if (plain.startsWith("windows server ") && edition(plain.substring(15)).isPresent()) {
      return Optional.of( // the semi-annual releases call themselves so
          new SystemName(
              Kind.WINDOWS_SERVER, name, Optional.empty(), edition(plain.substring(15))));
    }
    if (plain.equals("earlier windows server")) {
      return Optional.of(of(Kind.EARLIER_WINDOWS_SERVER, "Windows Server 2012 or earlier"));
    }
    if (plain.contains("server") && isLater(plain)) {
      return Optional.of(of(Kind.LATER_WINDOWS_SERVER, name));
    }
    Matcher server = SERVER.matcher(plain);
    if (server.matches()) {
      return server(name, server.group(1), server.group(2));
    }
    if (CLIENT.matcher(plain).matches()) {
      return Optional.of(of(Kind.WINDOWS_CLIENT, clientName(name)));
    }
    return NOT_WINDOWS.matcher(plain).matches()
        ? Optional.of(of(Kind.NOT_WINDOWS, name))
        : Optional.empty();
  }

  /** Returns whether {@code text} names a release after the newest that is known here. */
  static boolean isLater(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT).replaceAll("[ _-]+", " ");
    Matcher later = LATER.matcher(plain);
    return later.matches()
        && (later.group(1) == null || isYearToCome(Integer.parseInt(later.group(1))));
  }

  /** A year far away is a slip of the pen. */
  private static boolean isYearToCome(int year) {
    return year > NEWEST_YEAR && year < NEWEST_YEAR + 30;
  }

  /** Returns whether builds and SKU numbers of the system say nothing about Windows Server. */
  boolean numbersItsOwnReleases() {
    return kind != Kind.WINDOWS_SERVER && kind != Kind.UNKNOWN;
  }

  /** Returns the system for a verdict, for every kind but Windows Server. */
  public GuestSystem system() {
    return switch (kind) {
      case EARLIER_WINDOWS_SERVER -> new GuestSystem.EarlierWindowsServer(name);
      case WINDOWS_CLIENT -> new GuestSystem.WindowsClient(name);
      case NOT_WINDOWS -> new GuestSystem.NotWindows(name);
      case UNKNOWN, WINDOWS_SERVER, LATER_WINDOWS_SERVER -> new GuestSystem.Unknown();
    };
  }

  private static Optional<SystemName> server(String name, String year, String rest) {
    Optional<WindowsRelease> release = WindowsRelease.named(year);
    if (release.isPresent()) {
      return Optional.of(new SystemName(Kind.WINDOWS_SERVER, name, release, edition(rest)));
    }
    return EARLIER.matcher(year).matches()
        ? Optional.of(of(Kind.EARLIER_WINDOWS_SERVER, name))
        : Optional.empty();
  }

  /** The edition is what follows the year, perhaps without a last word about the media. */
  private static Optional<Edition> edition(String rest) {
    String words = rest.strip();
    return Edition.named(words)
        .or(() -> Edition.named(words.replaceFirst("\\b(?:evaluation|core|edition)$", "")));
  }

  private static String clientName(String name) {
    return name.matches("(?i)windows-.*") ? "Windows " + name.substring(8) : name;
  }

  private static SystemName of(Kind kind, String name) {
    return new SystemName(kind, name, Optional.empty(), Optional.empty());
  }
}
