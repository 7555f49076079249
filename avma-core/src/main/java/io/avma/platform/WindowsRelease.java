package io.avma.platform;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.internal.DataTable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of Windows Server that can take part in AVMA, oldest first.
 *
 * <p>Older releases, Windows clients and other systems are {@link GuestSystem}s without a release.
 * Builds and channels come from the table {@code releases.table} beside this class, each row with
 * source and standing.
 */
@CheckReturnValue
public enum WindowsRelease {
  /** Windows Server 2012 R2, the first release with AVMA. */
  WS_2012_R2,
  /** Windows Server 2016. */
  WS_2016,
  /** Windows Server, version 1709 (semi-annual channel). */
  WS_1709,
  /** Windows Server, version 1803 (semi-annual channel). */
  WS_1803,
  /** Windows Server 2019. */
  WS_2019,
  /** Windows Server, version 1809 (semi-annual channel); the same build as 2019. */
  WS_1809,
  /** Windows Server, version 1903 (semi-annual channel). */
  WS_1903,
  /** Windows Server, version 1909 (semi-annual channel). */
  WS_1909,
  /** Windows Server, version 2004 (semi-annual channel). */
  WS_2004,
  /** Windows Server, version 20H2 (semi-annual channel). */
  WS_20H2,
  /** Windows Server 2022. */
  WS_2022,
  /** Windows Server, version 23H2 (annual channel). */
  WS_23H2,
  /** Windows Server 2025. */
  WS_2025;

  /** A build, bare or behind major and minor version, with or without its revision. */
  private static final Pattern BUILD =
      Pattern.compile("(?:[0-9]{1,2}\\.[0-9]\\.)?([0-9]{4,6})(?:\\.[0-9]{1,6})?");

  /** How a release is serviced. */
  public enum Channel {
    /** Five years and more, named after a year. */
    LONG_TERM,
    /** The channel of versions 1709 to 20H2; Standard and Datacenter only. */
    SEMI_ANNUAL,
    /** The channel of version 23H2. */
    ANNUAL
  }

  /** Returns the release as Microsoft names it, for example {@code Windows Server 2012 R2}. */
  public String displayName() {
    return (channel() == Channel.LONG_TERM ? "Windows Server " : "Windows Server, ") + label();
  }

  /** Returns the short name people use: {@code 2012 R2}, {@code version 1809}. */
  public String label() {
    return row().label;
  }

  /** Returns the build number that this release shipped with, for example 17763. */
  public int build() {
    return row().build;
  }

  /** Returns how this release is serviced. */
  public Channel channel() {
    return row().channel;
  }

  /**
   * Returns the long-term release whose rules apply to this one; itself for a long-term release.
   * For the others this is an assumption drawn from the keys that they share.
   */
  public WindowsRelease baseline() {
    return row().baseline;
  }

  /** Returns how well build and channel are founded. */
  public Standing standing() {
    return row().standing;
  }

  /** Returns where build and channel come from. */
  public String source() {
    return row().source;
  }

  /** Returns the releases that shipped with {@code build}, oldest first; 17763 has two. */
  public static ImmutableList<WindowsRelease> ofBuild(int build) {
    ImmutableList.Builder<WindowsRelease> found = ImmutableList.builder();
    for (WindowsRelease release : values()) {
      if (release.build() == build) {
        found.add(release);
      }
    }
    return found.build();
  }

  /**
   * Returns the release that people call {@code name}: {@code 2019}, {@code 2012 R2}, {@code
   * Windows Server 2022}, {@code 1809}, {@code version 20H2}, the version of a long-term release
   * ({@code 1607}, {@code 21H2}, {@code 24H2}), a build ({@code 17763}, {@code 10.0.20348.2340}) or
   * a constant's name. Case, blanks, commas, brackets and dashes do not matter. {@code 1809} and
   * {@code 2004} are the semi-annual versions; the shared build 17763 gives 2019.
   */
  public static Optional<WindowsRelease> named(String name) {
    String wanted = simplified(name);
    for (WindowsRelease release : values()) {
      if (release.row().names.contains(wanted)) {
        return Optional.of(release);
      }
    }
    return buildIn(name).flatMap(build -> ofBuild(build).stream().findFirst());
  }

  private static String simplified(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replaceAll("[\\p{Z}\\s,:()_\\p{Pd}®™]+", "")
        .replaceFirst("^(microsoft)?(windows)?(server)?(ws)?(version)?", "");
  }

  private static Optional<Integer> buildIn(String name) {
    Matcher matcher = BUILD.matcher(name.strip());
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  private Row row() {
    Row row = Table.ROWS.get(this);
    if (row == null) {
      throw new AssertionError(name()); // the table was checked when it was loaded
    }
    return row;
  }

  record Row(
      String label,
      ImmutableSet<String> names,
      int build,
      Channel channel,
      WindowsRelease baseline,
      Standing standing,
      String source) {}

  /** Loaded on first use, so that naming a constant costs nothing. */
  private static final class Table {
    static final Map<WindowsRelease, Row> ROWS = load();

    private static Map<WindowsRelease, Row> load() {
      return read(
          DataTable.resource(
              WindowsRelease.class,
              "releases.table",
              "release",
              "label",
              "aliases",
              "build",
              "channel",
              "baseline",
              "standing",
              "source"));
    }
  }

  /** Reads a table of releases: each once, and no name for two of them. */
  static Map<WindowsRelease, Row> read(DataTable table) {
    table.requireEachOnce(WindowsRelease.class, "release");
    Map<WindowsRelease, Row> rows = new EnumMap<>(WindowsRelease.class);
    Map<String, WindowsRelease> taken = new HashMap<>();
    for (DataTable.Row row : table.rows()) {
      WindowsRelease release = row.constant("release", WindowsRelease.class);
      ImmutableSet<String> names = names(release, row);
      for (String name : names) {
        WindowsRelease other = taken.putIfAbsent(name, release);
        if (other != null) {
          throw row.complaint("'" + name + "' is a name of " + other + " already");
        }
      }
      rows.put(
          release,
          new Row(
              row.text("label"),
              names,
              (int) row.number("build"),
              row.constant("channel", Channel.class),
              row.constant("baseline", WindowsRelease.class),
              row.constant("standing", Standing.class),
              row.text("source")));
    }
    return rows;
  }

  private static ImmutableSet<String> names(WindowsRelease release, DataTable.Row row) {
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    names.add(simplified(release.name()), simplified(row.text("label")));
    for (String alias :
        Splitter.on(' ').omitEmptyStrings().split(row.optional("aliases").orElse(""))) {
      names.add(simplified(alias));
    }
    return names.build();
  }
}
