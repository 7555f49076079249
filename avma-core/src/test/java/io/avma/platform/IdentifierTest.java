package io.avma.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link VmId}, {@link HostId}, {@link LicenseChannel}, {@link Standing}, {@link Ternary}. */
class IdentifierTest {
  private static final String GUID = "4C8A1B1E-9C3D-4F2A-8B7E-0123456789AB";

  @ParameterizedTest
  @ValueSource(strings = {"%s", "{%s}", " %s ", "\t{%s}\r\n"})
  void aVmIdIsReadWithOrWithoutBracesInEitherCase(String form) {
    VmId id = VmId.parse(form.formatted(GUID)).orElseThrow();
    assertEquals(GUID, id.toString());
    assertEquals(UUID.fromString(GUID), id.value());
    assertEquals(Optional.of(id), VmId.parse(form.formatted(GUID.toLowerCase(Locale.ROOT))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4C8A1B1E-9C3D-4F2A-8B7E-0123456789A",
        "4C8A1B1E-9C3D-4F2A-8B7E-0123456789ABC",
        "4C8A1B1E9C3D4F2A8B7E0123456789AB",
        "{4C8A1B1E-9C3D-4F2A-8B7E-0123456789AB",
        "4C8A1B1E-9C3D-4F2A-8B7E-0123456789AB}",
        "(4C8A1B1E-9C3D-4F2A-8B7E-0123456789AB)",
        "{{4C8A1B1E-9C3D-4F2A-8B7E-0123456789AB}}",
        "4C8A1B1E-9C3D-4F2A-8B7E-0123456789AG",
        "1-1-1-1-1", // what the JDK takes for a GUID
        "4C8A1B1-E9C3D-4F2A-8B7E-0123456789AB",
      })
  void whatIsNoGuidIsNoVmId(String text) {
    assertEquals(Optional.empty(), VmId.parse(text));
  }

  @Test
  void aHostIdIgnoresCaseAndSurroundingBlanks() {
    HostId id = new HostId(" HV-01.Corp.Example ");
    assertEquals("hv-01.corp.example", id.value());
    assertEquals("hv-01.corp.example", id.toString());
    assertEquals("hv-01", id.shortName());
    assertEquals(new HostId("hv-01.corp.example"), id);
    assertNotEquals(new HostId("hv-01"), id);
    assertEquals("hv-02", new HostId("HV-02").shortName());
    assertEquals("", new HostId(".x").shortName());
    assertTrue(new HostId("a").compareTo(new HostId("B")) < 0);
    assertTrue(new HostId("b").compareTo(new HostId("A")) > 0);
    assertEquals("i\\u{1B}[0m", new HostId("I\u001B[0m").toString());
  }

  @Test
  void aHostIdHasOneTo255Characters() {
    assertEquals(255, new HostId("a".repeat(255)).value().length());
    assertEquals(
        "host name has 256 characters (expected: 1 to 255)",
        assertThrows(IllegalArgumentException.class, () -> new HostId("a".repeat(256)).value())
            .getMessage());
    assertEquals(
        "host name has 0 characters (expected: 1 to 255)",
        assertThrows(IllegalArgumentException.class, () -> new HostId(" \t").value()).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "VT:IA, AVMA",
    "' vt:ia ', AVMA",
    "Volume:GVLK, KMS_CLIENT",
    "VOLUME:GVLK, KMS_CLIENT",
    "Volume:CSVLK, KMS_HOST",
    "Volume:MAK, MAK",
    "OEM:SLP, OEM",
    "OEM:COA, OEM",
    "OEM:DM, OEM",
    "OEM:NONSLP, OEM",
    "oem:new, OEM",
    "Retail, RETAIL",
    "Retail:TB:Eval, RETAIL",
    "Volume, OTHER",
    "Volume:NEW, OTHER",
    "VT, OTHER",
    "'', UNKNOWN",
    "'  ', UNKNOWN",
  })
  void aChannelIsReadAsWindowsSpellsIt(String text, LicenseChannel channel) {
    assertEquals(channel, LicenseChannel.ofWindows(text));
  }

  @Test
  void aConclusionIsFoundedNoBetterThanItsWeakestPremise() {
    for (Standing left : Standing.values()) {
      for (Standing right : Standing.values()) {
        assertEquals(left.and(right), right.and(left));
        assertTrue(left.and(right).compareTo(left) >= 0);
        assertTrue(left.and(right) == left || left.and(right) == right);
      }
    }
    assertEquals(Standing.ASSUMED, Standing.DOCUMENTED.and(Standing.ASSUMED));
    assertEquals(Standing.SECONDARY, Standing.SECONDARY.and(Standing.DOCUMENTED));
  }

  @Test
  void aKnownFactIsYesOrNo() {
    assertEquals(Ternary.YES, Ternary.of(true));
    assertEquals(Ternary.NO, Ternary.of(false));
  }
}
