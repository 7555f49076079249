package io.avma.testkit.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.activation.AvmaId;
import io.avma.activation.LicenseStatus;
import io.avma.activation.SlmgrLicense;
import io.avma.activation.SlmgrOutput;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Screens that no {@code slmgr} prints as they should be: cut, doubled, or said in odd words. */
class SlmgrOddScreensTest {
  private static final UUID ID = UUID.fromString("8c8f0ad3-9a43-4e05-b840-93b8d1475cbc");
  private static final UUID WINDOWS = UUID.fromString("55c92734-d682-4d71-983e-d6ec3f16059f");

  private static SlmgrLicense only(String... lines) {
    SlmgrOutput output = SlmgrOutput.parse(String.join("\n", lines));
    assertEquals(1, output.licenses().size(), output.toString());
    return output.licenses().get(0);
  }

  @Test
  void ofWhatIsSaidTwiceTheFirstIsBelieved() {
    SlmgrLicense license =
        only(
            "Name: Windows(R), ServerDatacenter edition",
            "Description: Windows(R) Operating System, VIRTUAL_MACHINE_ACTIVATION channel",
            "Activation ID: " + ID,
            "Activation ID: " + WINDOWS,
            "Product Key Channel: Retail",
            "Partial Product Key: DV9BG",
            "Partial Product Key: BBBBB",
            "License Status: Notification",
            "License Status: Unlicensed",
            "Notification Reason: 0xC004FD02.",
            "Notification Reason: 0xC004F009 (grace time expired).",
            "Automatic VM activation expiration: 10 minute(s) (1 day(s))",
            "Automatic VM activation expiration: 20 minute(s) (1 day(s))",
            "Guest IAID: 3f",
            "Guest IAID: 4f",
            "    Host machine name: HV-01",
            "    Host machine name: HV-02",
            "    Activation time: 1/5/2026",
            "    Activation time: 1/6/2026",
            "    Host Digital PID2: 1-1",
            "    Host Digital PID2: 2-2",
            "Automatic VM activation will expire 1/1",
            "Automatic VM activation will expire 2/2");
    assertEquals(LicenseChannel.AVMA, license.channel());
    assertEquals(Optional.of(ID), license.activationId());
    assertEquals(Optional.of("DV9BG"), license.lastFive());
    assertEquals(Optional.of(LicenseStatus.NOTIFICATION), license.status());
    assertEquals(Optional.of(Hresult.HOST_NOT_ACTIVATED), license.notificationReason());
    assertEquals(OptionalLong.of(10), license.minutesLeft());
    assertEquals(Optional.of(new AvmaId("3f")), license.guestIaid());
    assertEquals(Optional.of(new HostId("HV-01")), license.host());
    assertEquals(Optional.of("1/5/2026"), license.activationTime());
    assertEquals(Optional.of("1-1"), license.hostDigitalPid2());
    assertEquals(Optional.of("1/1"), license.endDate());
  }

  @ParameterizedTest
  @CsvSource({
    "VT:IA, AVMA",
    "Volume:GVLK, KMS_CLIENT",
    "Volume:CSVLK, KMS_HOST",
    "Volume:MAK, MAK",
    "OEM:SLP, OEM",
    "Retail, RETAIL",
    "Retail:TB:Eval, RETAIL",
    "Volume:GVLK of a kind, UNKNOWN",
    "nothing that is known, UNKNOWN"
  })
  void theChannelIsReadFromItsOwnLine(String value, LicenseChannel channel) {
    assertEquals(
        channel, only("Product Key Channel: " + value, "License Status: Licensed").channel());
  }

  @ParameterizedTest
  @CsvSource({
    "VIRTUAL_MACHINE_ACTIVATION, AVMA",
    "VOLUME_KMSCLIENT, KMS_CLIENT",
    "VOLUME_KMS, KMS_HOST",
    "VOLUME_KMS_2022-B, KMS_HOST",
    "VOLUME_MAK, MAK",
    "TIMEBASED_EVAL, OTHER",
    "RETAIL, RETAIL",
    "RETAIL(MAK), RETAIL",
    "OEM_DM, OEM",
    "OEM_COA_NSLP, OEM"
  })
  void theChannelIsReadFromTheDescriptionInAnyLanguage(String word, LicenseChannel channel) {
    SlmgrLicense license = only("Namn: Windows", "Beskrivning: System, kanal " + word);
    assertEquals(channel, license.channel());
    assertEquals(SlmgrLicense.Reading.STRUCTURE, license.reading());
    assertEquals(
        channel,
        only("Name: Windows", "Description: System, " + word, "License Status: Licensed")
            .channel());
  }

  @Test
  void withoutDescriptionNothingIsReadOfAnotherLanguage() {
    assertEquals(ImmutableList.of(), SlmgrOutput.parse("").licenses());
    assertEquals(ImmutableList.of(), SlmgrOutput.parse("VOLUME_MAK").licenses());
    assertEquals(
        ImmutableList.of(), SlmgrOutput.parse("Namn: a\nNyckel: DV9BG\nTillstand: b").licenses());
    // A blank line above it, so it is no description.
    assertEquals(ImmutableList.of(), SlmgrOutput.parse("a\n\nVOLUME_MAK").licenses());
  }

  @Test
  void ofTwoThatCouldBeTheKeyNoneIs() {
    SlmgrLicense one = only("a", "VOLUME_MAK", "b: DV9BG", "status", "reason: 0xC004FD02");
    assertEquals(Optional.of("DV9BG"), one.lastFive());
    assertEquals(Optional.of(Hresult.HOST_NOT_ACTIVATED), one.notificationReason());
    assertEquals(Optional.of(LicenseStatus.NOTIFICATION), one.status());
    SlmgrLicense two =
        only("a", "VOLUME_MAK", "b: DV9BG", "b: WWWWW", "status", "reason: 0xC004FD02");
    assertEquals(Optional.empty(), two.lastFive());
    assertEquals(Optional.empty(), two.status());
    SlmgrLicense last = only("a", "VOLUME_MAK", "b: DV9BG");
    assertEquals(Optional.of("DV9BG"), last.lastFive());
    assertEquals(Optional.empty(), last.status());
    assertEquals(
        Optional.empty(), only("a", "VOLUME_MAK", "b: DV9BG", "status").notificationReason());
    // The name of a license and its description are no place for a key.
    assertEquals(Optional.empty(), only("a: DV9BG", "VOLUME_MAK channel: WWWWW").lastFive());
  }

  @Test
  void theGuidOfWindowsIsNoLicense() {
    assertEquals(
        Optional.of(ID), only("a", "VOLUME_MAK", "b: " + ID, "c: " + WINDOWS).activationId());
    assertEquals(Optional.empty(), only("a", "VOLUME_MAK", "c: " + WINDOWS).activationId());
    assertEquals(Optional.empty(), only("a", "VOLUME_MAK", "c: " + ID + "0").activationId());
  }

  @ParameterizedTest
  @CsvSource({
    // host, time, PID: the name is the host's if the two below it are those of an activation
    "HV-01, 1/5/2026, 00454-1, true, true",
    "HV-01, saknas, 00454-1, false, true",
    "HV-01, 1/5/2026, saknas, true, false",
    "saknas, saknas, saknas, false, false",
    "HV-01, 0, 9, true, true",
    "HV-01, /, :, false, false"
  })
  void theHostIsReadWhereTimeAndPidAre(
      String host, String activated, String pid, boolean time, boolean digital) {
    SlmgrLicense license =
        only(
            "a",
            "VIRTUAL_MACHINE_ACTIVATION",
            "    x: " + host,
            "    y: " + activated,
            "    z: " + pid);
    assertEquals(Optional.of(activated).filter(t -> time), license.activationTime());
    assertEquals(Optional.of(pid).filter(t -> digital), license.hostDigitalPid2());
    assertEquals(Optional.of(new HostId(host)).filter(t -> time && digital), license.host());
  }

  @Test
  void twoIndentedLinesAreNoHost() {
    String[] head = {"a", "VIRTUAL_MACHINE_ACTIVATION", "    x: HV-01", "    y: 1/5"};
    assertEquals(Optional.empty(), only(head).activationTime());
    SlmgrLicense other = only("a", "VOLUME_MAK", "    x: HV-01", "    y: 1/5", "    z: 1");
    assertEquals(Optional.empty(), other.host());
    assertEquals(Optional.empty(), other.activationTime());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10 minute(s) (2 day(s))",
        "10 minute(s)",
        "10 minute(s) (1 day(s)) 3",
        "4294967296 minute(s) (2982617 day(s))",
        "soon"
      })
  void minutesThatDoNotAgreeWithTheirDaysAreLeftOutAndSaid(String value) {
    SlmgrOutput output =
        SlmgrOutput.parse("License Status: Initial grace period\nTime remaining: " + value);
    assertEquals(OptionalLong.empty(), output.licenses().get(0).minutesLeft());
    assertEquals(1, output.flaws().size());
    assertTrue(output.flaws().get(0).contains("do not agree"), output.toString());
  }

  @Test
  void theMostMinutesAreTaken() {
    assertEquals(
        OptionalLong.of(0xFFFF_FFFFL),
        only(
                "License Status: Initial grace period",
                "Time remaining: 4294967295 minute(s) (2982617 day(s))")
            .minutesLeft());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The machine is permanently activated.      | LICENSED          |     | UNKNOWN",
        "the machine is permanently activated.      | LICENSED          |     | UNKNOWN",
        "Automatic VM activation will expire 1/5    | LICENSED          | 1/5 | AVMA",
        "Volume activation will expire 1/5          | LICENSED          | 1/5 | UNKNOWN",
        "Timebased activation will expire 1/5       | LICENSED          | 1/5 | UNKNOWN",
        "Initial grace period ends 1/5              | INITIAL_GRACE     | 1/5 | UNKNOWN",
        "Additional grace period ends 1/5           | ADDITIONAL_GRACE  | 1/5 | UNKNOWN",
        "Non-genuine grace period ends 1/5          | NON_GENUINE_GRACE | 1/5 | UNKNOWN",
        "Extended grace period ends 1/5             | EXTENDED_GRACE    | 1/5 | UNKNOWN",
        "Windows is in Notification mode            | NOTIFICATION      |     | UNKNOWN",
        "Unlicensed                                 | UNLICENSED        |     | UNKNOWN"
      })
  void aSentenceSaysStatusAndEnd(
      String sentence, LicenseStatus status, String end, LicenseChannel channel) {
    SlmgrLicense license = only("Windows(R):", "    " + sentence);
    assertEquals(Optional.of(status), license.status());
    assertEquals(Optional.ofNullable(end), license.endDate());
    assertEquals(channel, license.channel());
    assertEquals(SlmgrLicense.Reading.ENGLISH, license.reading());
  }

  @Test
  void anyLineEndWillDoAndNoneIsCountedTwice() {
    for (String end : ImmutableList.of("\n", "\r\n", "\r")) {
      assertEquals(
          2,
          SlmgrOutput.parse("\uFEFFa" + end + "VOLUME_MAK" + end + "b" + end + "VOLUME_MAK  " + end)
              .licenses()
              .size());
      // Two ends are a blank line, and the line behind it describes nothing.
      assertEquals(0, SlmgrOutput.parse("a" + end + end + "VOLUME_MAK").licenses().size());
    }
  }

  @Test
  void aCodeIsOneOfEightDigits() {
    assertEquals(
        Optional.of(Hresult.HOST_NOT_ACTIVATED), SlmgrOutput.parse("a\nb 0xc004fd02!").error());
    assertEquals(Optional.empty(), SlmgrOutput.parse("0xC004FD0").error());
    assertEquals(Optional.empty(), SlmgrOutput.parse("0xC004FD021").error());
  }

  @Test
  void ofAvmaTheLicenseWithAKeyIsTheInstalledOne() {
    String unused = "a\nVIRTUAL_MACHINE_ACTIVATION\n";
    String used = "b\nVIRTUAL_MACHINE_ACTIVATION\nc: DV9BG\n";
    SlmgrOutput both = SlmgrOutput.parse(unused + used);
    assertEquals(Optional.of("DV9BG"), both.avma().flatMap(SlmgrLicense::lastFive));
    assertTrue(SlmgrOutput.parse(unused).avma().isPresent());
    assertTrue(SlmgrOutput.parse("a\nVOLUME_MAK\nc: DV9BG").avma().isEmpty());
  }

  @Test
  void whatIsNotAvailableIsNotRead() {
    SlmgrLicense license =
        only(
            "License Status: Licensed",
            "Guest IAID: not available",
            "Host machine name: Not Available",
            "Activation time: Not Available",
            "Host Digital PID2: Not Available");
    assertEquals(Optional.empty(), license.guestIaid());
    assertEquals(Optional.empty(), license.host());
    assertEquals(Optional.empty(), license.activationTime());
    assertEquals(Optional.empty(), license.hostDigitalPid2());
    assertEquals(
        Optional.empty(),
        only("License Status: Licensed", "Guest IAID: " + "x".repeat(257)).guestIaid());
    assertEquals(
        Optional.empty(), only("License Status: Licensed", "Host machine name: a b").host());
    assertEquals(
        Optional.empty(),
        only("License Status: Licensed", "License Status: something").notificationReason());
  }
}
