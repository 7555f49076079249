package io.avma.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import io.avma.catalog.KeyCatalog;
import io.avma.internal.DataTable;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.Standing;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaseRulesTest {
  private static final ImmutableList<String> LONG_TERM =
      ImmutableList.of("WS_2012_R2", "WS_2016", "WS_2019", "WS_2022", "WS_2025");

  @Test
  void wholeTablesAreAccepted() {
    ReleaseRules rules =
        ReleaseRules.of(windows(whole(LONG_TERM)), local(wholeLocal()), hub(wholeHub()));
    assertEquals(
        new ReleaseRules.Cell(true, Standing.DOCUMENTED, "DOC"),
        rules.windowsServer(WindowsRelease.WS_2016, WindowsRelease.WS_2025));
    assertEquals(
        Optional.empty(), rules.azureLocalKey(WindowsRelease.WS_2022, WindowsRelease.WS_2016));
    assertEquals(
        new ReleaseRules.Cell(true, Standing.ASSUMED, "DOC"),
        rules.subscription(WindowsRelease.WS_1909));
    assertEquals(
        new ReleaseRules.Cell(true, Standing.ASSUMED, "DOC"),
        rules.azureLocalKey(WindowsRelease.WS_1809, WindowsRelease.WS_2016).orElseThrow());
  }

  @Test
  void everyHoleIsNamed() {
    for (String host : LONG_TERM) {
      for (String guest : LONG_TERM) {
        List<String> rows = new ArrayList<>(whole(LONG_TERM));
        rows.removeIf(row -> row.startsWith(host + " | " + guest + " |"));
        assertEquals(
            "windows:25: no row for " + label(host) + " and " + label(guest),
            complaint(rows, wholeLocal()));
      }
    }
    for (String license : List.of("WS_2019", "subscription")) {
      for (String guest : LONG_TERM) {
        List<String> rows = new ArrayList<>(wholeLocal());
        rows.removeIf(row -> row.startsWith(license + " | " + guest + " |"));
        assertEquals(
            "local:10: no row for "
                + (license.equals("subscription") ? license : label(license))
                + " and "
                + label(guest),
            complaint(whole(LONG_TERM), rows));
      }
    }
  }

  @Test
  void theFirstOfSeveralHolesIsNamedInTheOrderOfReleases() {
    assertEquals("windows:1: no row for 2012 R2 and 2012 R2", complaint(List.of(), wholeLocal()));
    List<String> rows = new ArrayList<>();
    for (String key : List.of("WS_2025", "WS_2022", "WS_2019")) {
      rows.add(row(key, "WS_2012_R2"));
    }
    assertEquals("local:4: no row for subscription and 2012 R2", complaint(whole(LONG_TERM), rows));
    rows.add(row("subscription", "WS_2012_R2"));
    assertEquals("local:5: no row for 2019 and 2016", complaint(whole(LONG_TERM), rows));
  }

  @Test
  void theTableOfAzureStackHubIsCheckedLikewise() {
    for (String guest : LONG_TERM) {
      List<String> rows = new ArrayList<>(wholeHub());
      rows.removeIf(row -> row.startsWith(guest + " |"));
      assertEquals("hub:5: no row for Azure Stack Hub and " + label(guest), hubComplaint(rows));
    }
    List<String> rows = new ArrayList<>(wholeHub());
    rows.add("WS_2019 | yes | documented | DOC");
    assertEquals("hub:7: second row for Azure Stack Hub and WS_2019", hubComplaint(rows));
    rows.set(5, "WS_2019 | perhaps | documented | DOC");
    assertEquals("hub:7: 'perhaps' (expected: yes or no)", hubComplaint(rows));
  }

  @Test
  void aSecondRowIsNamedWithItsLine() {
    List<String> rows = new ArrayList<>(whole(LONG_TERM));
    rows.add(row("ws_2022", "WS_2019"));
    assertEquals("windows:27: second row for WS_2022 and WS_2019", complaint(rows, wholeLocal()));
    List<String> licenses = new ArrayList<>(wholeLocal());
    licenses.add(row("subscription", "WS_2019"));
    assertEquals(
        "local:12: second row for subscription and WS_2019", complaint(whole(LONG_TERM), licenses));
    licenses.set(licenses.size() - 1, row("WS_2019", "WS_2019"));
    assertEquals(
        "local:12: second row for WS_2019 and WS_2019", complaint(whole(LONG_TERM), licenses));
  }

  @Test
  void whatIsNeitherYesNorNoIsNamedWithItsLine() {
    List<String> rows = new ArrayList<>(whole(LONG_TERM));
    rows.set(0, "WS_2012_R2 | WS_2012_R2 | perhaps | documented | DOC");
    assertEquals("windows:2: 'perhaps' (expected: yes or no)", complaint(rows, wholeLocal()));
    rows.set(0, "WS_2012_R2 | WS_2012_R2 | NO | documented | DOC");
    assertEquals(
        false,
        ReleaseRules.of(windows(rows), local(wholeLocal()), hub(wholeHub()))
            .windowsServer(WindowsRelease.WS_2012_R2, WindowsRelease.WS_2012_R2)
            .supported());
    rows.set(0, "WS_2012_R2 | WS_2012_R2 | yes | - | DOC");
    assertEquals("windows:2: column 'standing' is empty", complaint(rows, wholeLocal()));
    rows.set(0, "WS_2012_R2 | WS_2012_R2 | yes | documented |");
    assertEquals("windows:2: column 'source' is empty", complaint(rows, wholeLocal()));
  }

  @Test
  void aSubscriptionThatLeavesAReleaseOutSaysSo() {
    List<String> rows = new ArrayList<>(wholeLocal());
    rows.removeIf(row -> row.startsWith("subscription | WS_2012_R2 |"));
    rows.add("subscription | WS_2012_R2 | no | observed | TRIED");
    Examination examination =
        new Examination(
            ReleaseRules.of(windows(whole(LONG_TERM)), local(rows), hub(wholeHub())),
            KeyCatalog.standard(),
            false);
    examination.guest(
        HostProfile.azureLocal(new AzureLocalLicense.Subscription(Ternary.YES)),
        GuestProfile.of(WindowsRelease.WS_2012_R2, Edition.STANDARD));
    Obstacle obstacle = examination.verdict().obstacles().get(0);
    assertEquals(Obstacle.Kind.GUEST_TOO_OLD, obstacle.kind());
    assertEquals(Standing.OBSERVED, obstacle.standing());
    assertEquals(
        "The subscription does not cover Windows Server 2012 R2 guests.", obstacle.explanation());
  }

  @Test
  void anExactRowForAVersionGoesBeforeItsBaseline() {
    List<String> rows = new ArrayList<>(whole(LONG_TERM));
    rows.add("WS_2016 | WS_1709 | no | observed | TRIED");
    ReleaseRules rules = ReleaseRules.of(windows(rows), local(wholeLocal()), hub(wholeHub()));
    assertEquals(
        new ReleaseRules.Cell(false, Standing.OBSERVED, "TRIED"),
        rules.windowsServer(WindowsRelease.WS_2016, WindowsRelease.WS_1709));
    assertEquals(
        new ReleaseRules.Cell(true, Standing.ASSUMED, "DOC"),
        rules.windowsServer(WindowsRelease.WS_2016, WindowsRelease.WS_1803));
  }

  private static ImmutableList<String> whole(List<String> hosts) {
    ImmutableList.Builder<String> rows = ImmutableList.builder();
    for (String host : hosts) {
      LONG_TERM.forEach(guest -> rows.add(row(host, guest)));
    }
    return rows.build();
  }

  private static ImmutableList<String> wholeLocal() {
    return whole(ImmutableList.of("WS_2019", "subscription"));
  }

  private static String row(String host, String guest) {
    return host + " | " + guest + " | yes | documented | DOC";
  }

  private static String label(String release) {
    return WindowsRelease.valueOf(release).label();
  }

  private static ImmutableList<String> wholeHub() {
    return LONG_TERM.stream()
        .map(guest -> guest + " | yes | documented | DOC")
        .collect(ImmutableList.toImmutableList());
  }

  private static DataTable windows(List<String> rows) {
    return table("windows", rows, "host", "guest");
  }

  private static DataTable local(List<String> rows) {
    return table("local", rows, "license", "guest");
  }

  private static DataTable hub(List<String> rows) {
    return table("hub", rows, "guest");
  }

  private static DataTable table(String name, List<String> rows, String... subject) {
    String[] columns = ReleaseRules.columns(subject);
    return DataTable.parse(
        name,
        ImmutableList.<String>builder().add(String.join(" | ", columns)).addAll(rows).build(),
        columns);
  }

  private static String complaint(List<String> windows, List<String> local) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> ReleaseRules.of(windows(windows), local(local), hub(wholeHub())).windowsServer())
        .getMessage();
  }

  private static String hubComplaint(List<String> hub) {
    return assertThrows(
            IllegalArgumentException.class,
            () ->
                ReleaseRules.of(windows(whole(LONG_TERM)), local(wholeLocal()), hub(hub))
                    .windowsServer())
        .getMessage();
  }
}
