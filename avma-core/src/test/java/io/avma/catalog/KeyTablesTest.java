package io.avma.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.internal.DataTable;
import io.avma.platform.WindowsRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTablesTest {
  private static final String HEADER = "releases | edition | key | standing | source | reason";
  private static final String GOOD =
      "WS_2022 | datacenter | W3GNR-8DDXR-2TFRP-H8P33-DV9BG | documented | DOC | -";

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "WS_2022 | datacenter | documented | DOC"
            + " ~ 4 cells (expected: 6, [releases, edition, key, standing, source, reason])",
        "- | datacenter | W3GNR-8DDXR-2TFRP-H8P33-DV9BG | documented | DOC | - ~ no release",
        "WS_2023 | datacenter | W3GNR-8DDXR-2TFRP-H8P33-DV9BG | documented | DOC | -"
            + " ~ column 'releases': 'WS_2023' is none of [WS_2012_R2, WS_2016, WS_1709, WS_1803,"
            + " WS_2019, WS_1809, WS_1903, WS_1909, WS_2004, WS_20H2, WS_2022, WS_23H2, WS_2025]",
        "WS_2022 | home | W3GNR-8DDXR-2TFRP-H8P33-DV9BG | documented | DOC | -"
            + " ~ column 'edition': 'home' is none of [DATACENTER, STANDARD, ESSENTIALS,"
            + " AZURE_EDITION]",
        "WS_2022 | | W3GNR-8DDXR-2TFRP-H8P33-DV9BG | documented | DOC | -"
            + " ~ column 'edition' is empty",
        "WS_2022 | W3GNR-8DDXR-2TFRP-H8P33-DV9BG | datacenter | documented | DOC | -"
            + " ~ column 'edition': 29 characters is none of [DATACENTER, STANDARD, ESSENTIALS,"
            + " AZURE_EDITION]",
        "WS_2022 | datacenter | V3GNR-8DDXR-2TFRP-H8P33-DV9BG | documented | DOC | -"
            + " ~ the checksum does not fit: a symbol was mistyped, or this was never a key",
        "WS_2022 | datacenter | W3GNR-8DDXR-2TFRP-H8P33 | documented | DOC | -"
            + " ~ 20 symbols (a key has 25)",
        "WS_2022 | datacenter | W3GNR-8DDXR-2TFRP-H8P33-DV9BG | sure | DOC | -"
            + " ~ column 'standing': 'sure' is none of [DOCUMENTED, SECONDARY, OBSERVED, ASSUMED]",
        "WS_2022 | essentials | - | sure | DOC | -"
            + " ~ column 'standing': 'sure' is none of [DOCUMENTED, SECONDARY, OBSERVED, ASSUMED]",
        "WS_2022 | datacenter | W3GNR-8DDXR-2TFRP-H8P33-DV9BG | documented | - | -"
            + " ~ column 'source' is empty",
        "WS_2022 | essentials | - | documented | - | none ~ column 'source' is empty",
        "WS_2022 | essentials | - | documented | DOC | - ~ column 'reason' is empty",
        "WS_2022 | datacenter | W3GNR-8DDXR-2TFRP-H8P33-DV9BG | documented | DOC | none"
            + " ~ column 'reason' says why there is no key, but there is one",
        "WS_2022 WS_2022 | datacenter | W3GNR-8DDXR-2TFRP-H8P33-DV9BG | documented | DOC | -"
            + " ~ second row for WS_2022 DATACENTER (the first is line 3)",
        "WS_2022 | datacenter | WX4NM-KYWYW-QJJR4-XV3QB-6VM33 | documented | DOC | -"
            + " ~ the key ending in 6VM33 is the KMS client key of Windows Server 2022 Datacenter,"
            + " no AVMA key",
      })
  void aRowThatIsNotRightIsNamedByFileAndLine(String row, String complaint) {
    assertEquals("my keys:3: " + complaint, complaint("# mine", HEADER, row));
  }

  @Test
  void aCellOrAKeyThatStandsTwiceIsNamedByBothLines() {
    assertEquals(
        "my keys:4: second row for WS_2022 DATACENTER (the first is line 2)",
        complaint(
            HEADER,
            GOOD,
            "",
            "WS_2019 WS_2022 | datacenter | YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67 | documented | DOC | -"));
    assertEquals(
        "my keys:3: second row for the same key (the first is line 2)",
        complaint(
            HEADER, GOOD, "WS_2022 | standard | W3GNR8DDXR2TFRPH8P33DV9BG | documented | DOC | -"));
  }

  @Test
  void aMissingHeaderIsNamedWithoutTheKeyInItsPlace() {
    String complaint = complaint(GOOD);
    assertEquals(
        "my keys:1: header names other columns (expected: [releases, edition, key, standing,"
            + " source, reason])",
        complaint);
    assertFalse(complaint.contains("W3GNR"));
  }

  @Test
  void aKmsTableIsCheckedLikewise() {
    String header = "name | releases | edition | key | standing | source";
    String row =
        "versions | WS_1909 WS_1809 | standard | N2KJX-J94YW-TQVFB-DG9YT-724CC | documented | GVLK";
    KmsClientKey key = KeyTables.kmsClient(kms(header, row)).get(0);
    assertEquals(
        ImmutableList.of(WindowsRelease.WS_1809, WindowsRelease.WS_1909), key.releases().asList());
    assertEquals("Windows Server versions Standard", key.product());
    assertEquals(
        "kms:3: second row for the same key (the first is line 2)",
        assertThrows(
                IllegalArgumentException.class,
                () -> KeyTables.kmsClient(kms(header, row, row)).size())
            .getMessage());
    assertEquals(
        ImmutableSet.of(),
        KeyTables.kmsClient(
                kms(
                    header,
                    "2012 | - | standard | " + "XC9B7-NBPP2-83J2H-RHMBY-92BT4 | documented | GVLK"))
            .get(0)
            .releases());
  }

  @Test
  void theBuiltInTablesAreWhole() {
    KeyTables.AvmaRows rows = KeyTables.standardAvma();
    assertEquals(15, rows.keys().size());
    assertEquals(27, rows.absences().size());
    assertEquals(24, KeyTables.standardKmsClient().size());
  }

  @Test
  void aHoleInTheBuiltInTableIsNamedWithTheLastLine() {
    DataTable table =
        DataTable.parse(
            "keys",
            ImmutableList.of(HEADER, GOOD, "# the end"),
            "releases",
            "edition",
            "key",
            "standing",
            "source",
            "reason");
    assertEquals(
        "keys:3: no row for WS_2012_R2 DATACENTER",
        assertThrows(IllegalArgumentException.class, () -> KeyTables.wholeAvma(table).keys().size())
            .getMessage());
  }

  private static DataTable kms(String... lines) {
    return DataTable.parse(
        "kms",
        ImmutableList.copyOf(lines),
        "name",
        "releases",
        "edition",
        "key",
        "standing",
        "source");
  }

  private static String complaint(String... lines) {
    return assertThrows(
            IllegalArgumentException.class,
            () ->
                KeyCatalog.standard().withTable("my keys", ImmutableList.copyOf(lines)).avmaKeys())
        .getMessage();
  }
}
