package io.avma.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.internal.DataTable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsReleaseTest {
  /**
   * Builds, channels and standing as Microsoft's pages say; the baseline is the shared keys' one.
   */
  @ParameterizedTest
  @CsvSource({
    "WS_2012_R2, 9600, 2012 R2, Windows Server 2012 R2, LONG_TERM, WS_2012_R2, DOCUMENTED",
    "WS_2016, 14393, 2016, Windows Server 2016, LONG_TERM, WS_2016, DOCUMENTED",
    "WS_1709, 16299, version 1709, 'Windows Server, version 1709', SEMI_ANNUAL, WS_2016,"
        + " DOCUMENTED",
    "WS_1803, 17134, version 1803, 'Windows Server, version 1803', SEMI_ANNUAL, WS_2016,"
        + " DOCUMENTED",
    "WS_2019, 17763, 2019, Windows Server 2019, LONG_TERM, WS_2019, DOCUMENTED",
    "WS_1809, 17763, version 1809, 'Windows Server, version 1809', SEMI_ANNUAL, WS_2019,"
        + " DOCUMENTED",
    "WS_1903, 18362, version 1903, 'Windows Server, version 1903', SEMI_ANNUAL, WS_2019,"
        + " DOCUMENTED",
    "WS_1909, 18363, version 1909, 'Windows Server, version 1909', SEMI_ANNUAL, WS_2019,"
        + " DOCUMENTED",
    "WS_2004, 19041, version 2004, 'Windows Server, version 2004', SEMI_ANNUAL, WS_2019,"
        + " SECONDARY",
    "WS_20H2, 19042, version 20H2, 'Windows Server, version 20H2', SEMI_ANNUAL, WS_2019,"
        + " SECONDARY",
    "WS_2022, 20348, 2022, Windows Server 2022, LONG_TERM, WS_2022, DOCUMENTED",
    "WS_23H2, 25398, version 23H2, 'Windows Server, version 23H2', ANNUAL, WS_2022, DOCUMENTED",
    "WS_2025, 26100, 2025, Windows Server 2025, LONG_TERM, WS_2025, DOCUMENTED",
  })
  void aReleaseIsAsPublished(
      WindowsRelease release,
      int build,
      String label,
      String displayName,
      WindowsRelease.Channel channel,
      WindowsRelease baseline,
      Standing standing) {
    assertEquals(build, release.build());
    assertEquals(label, release.label());
    assertEquals(displayName, release.displayName());
    assertEquals(channel, release.channel());
    assertEquals(baseline, release.baseline());
    assertEquals(standing, release.standing());
    assertTrue(release.source().matches("BUILD|CVE|CONT|COPY|BUILD, CVE"), release.source());
  }

  @Test
  void thereAreThirteenReleasesOldestFirst() {
    assertEquals(13, WindowsRelease.values().length);
    ImmutableList<Integer> builds =
        Arrays.stream(WindowsRelease.values())
            .map(WindowsRelease::build)
            .collect(ImmutableList.toImmutableList());
    assertEquals(ImmutableList.sortedCopyOf(builds), builds);
    for (WindowsRelease release : WindowsRelease.values()) {
      assertEquals(
          release.channel() == WindowsRelease.Channel.LONG_TERM, release.baseline() == release);
      assertTrue(release.baseline().build() <= release.build());
    }
  }

  @Test
  void aBuildNamesItsReleases() {
    assertEquals(
        ImmutableList.of(WindowsRelease.WS_2019, WindowsRelease.WS_1809),
        WindowsRelease.ofBuild(17763));
    assertEquals(ImmutableList.of(WindowsRelease.WS_2025), WindowsRelease.ofBuild(26100));
    assertEquals(ImmutableList.of(), WindowsRelease.ofBuild(9200));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2019 | WS_2019",
        "2012 R2 | WS_2012_R2",
        "2012r2 | WS_2012_R2",
        "2012-R2 | WS_2012_R2",
        "' Windows  Server\t2012\u00A0R2 ' | WS_2012_R2",
        "Windows Server\u00AE 2012 R2 | WS_2012_R2",
        "Microsoft Windows Server 2022 | WS_2022",
        "WINDOWS SERVER 2025 | WS_2025",
        "Server 2016 | WS_2016",
        "WS2016 | WS_2016",
        "ws_2012_r2 | WS_2012_R2",
        "1809 | WS_1809",
        "version 1809 | WS_1809",
        "Windows Server, version 1809 | WS_1809",
        "Windows Server (version 1709) | WS_1709",
        "20h2 | WS_20H2",
        "2004 | WS_2004",
        "23H2 | WS_23H2",
        "1607 | WS_2016",
        "version 1607 | WS_2016",
        "21h2 | WS_2022",
        "Windows Server, version 21H2 | WS_2022",
        "24H2 | WS_2025",
        "9600 | WS_2012_R2",
        "17763 | WS_2019",
        "10.0.17763 | WS_2019",
        "10.0.17763.1 | WS_2019",
        "10.0.20348.2340 | WS_2022",
        "20348.2340 | WS_2022",
        "6.3.9600 | WS_2012_R2",
        "' 26100 ' | WS_2025",
      })
  void aReleaseIsFoundUnderTheNamesPeopleUse(String name, WindowsRelease release) {
    assertEquals(Optional.of(release), WindowsRelease.named(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Windows",
        "server",
        "version",
        "2012",
        "2008 R2",
        "2003",
        "2030",
        "R2",
        "<2019",
        ">= 2019",
        "!2019",
        "2019!",
        "2019/2022",
        "2016,2019",
        "2O19",
        "2019 or later",
        "Windows 11",
        "Windows 10 version 1809",
        "22631",
        "9200",
        "10.0",
        "10.0.",
        "10.0.x",
        "a.b.20348",
        "10.0.20348.1.2",
        "10.0.20348.",
        ".20348",
        "10.0.-20348",
        "999999999999",
        "1511",
        "22H2",
        "\u0662\u0660\u0661\u0669",
        "\uFF12\uFF10\uFF11\uFF19",
        "2\u030019"
      })
  void whatNamesNoReleaseIsNotGuessed(String name) {
    assertEquals(Optional.empty(), WindowsRelease.named(name));
  }

  @Test
  void everyReleaseIsFoundUnderEachOfItsNames() {
    for (WindowsRelease release : WindowsRelease.values()) {
      Optional<WindowsRelease> expected = Optional.of(release);
      assertEquals(expected, WindowsRelease.named(release.name()));
      assertEquals(expected, WindowsRelease.named(release.label()));
      assertEquals(expected, WindowsRelease.named(release.displayName()));
      assertEquals(expected, WindowsRelease.named(release.label().toUpperCase(Locale.ROOT)));
      assertEquals(
          release == WindowsRelease.WS_1809 ? Optional.of(WindowsRelease.WS_2019) : expected,
          WindowsRelease.named("10.0." + release.build() + ".99"));
    }
  }

  @Test
  void aNameOfTwoReleasesIsNamedWithItsLine() {
    ImmutableList<String> columns =
        ImmutableList.of(
            "release", "label", "aliases", "build", "channel", "baseline", "standing", "source");
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add(String.join(" | ", columns));
    for (WindowsRelease release : WindowsRelease.values()) {
      lines.add(
          String.join(
              " | ",
              release.name(),
              release.label(),
              release == WindowsRelease.WS_2025 ? "24H2 Version-1809" : "-",
              String.valueOf(release.build()),
              release.channel().name(),
              release.baseline().name(),
              "documented",
              "here"));
    }
    DataTable table = DataTable.parse("t", lines.build(), columns.toArray(String[]::new));
    assertEquals(
        "t:14: '1809' is a name of WS_1809 already",
        assertThrows(IllegalArgumentException.class, () -> WindowsRelease.read(table).size())
            .getMessage());
  }
}
