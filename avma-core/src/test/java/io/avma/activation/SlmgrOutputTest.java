package io.avma.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.transport.LicenseReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlmgrOutputTest {
  private static final String HEAD =
      """
      Software licensing service version: 10.0.20348.2340

      Name: Windows(R), ServerDatacenter edition
      Description: Windows(R) Operating System, VIRTUAL_MACHINE_ACTIVATION channel
      Activation ID: 11111111-2222-3333-4444-555555555555
      Application ID: 55c92734-d682-4d71-983e-d6ec3f16059f
      Extended PID: 00000-04548-000-000000-00-1033-20348.0000-0012026
      Product Key Channel: VT:IA
      Installation ID: 000000000000000000000000000000000000000000000000000000000000000
      Partial Product Key: DV9BG
      """;
  private static final String TAIL =
      """
      Remaining Windows rearm count: 1001
      Remaining SKU rearm count: 1001
      Trusted time: 1/5/2026 10:00:00 AM
      Guest IAID: 3f9a-77

      Most recent activation information:
      Automatic VM Activation client information
          Host machine name: HV-01.contoso.invalid
          Activation time: 1/5/2026 9:00:00 AM
          Host Digital PID2: 00454-40000-00001-AA666
      """;
  private static final String ENGLISH =
      HEAD
          + """
          License Status: Licensed
          Automatic VM activation expiration: 9000 minute(s) (7 day(s))
          """
          + TAIL;

  /** The same in words of our own that stand for any other language. */
  private static final String FOREIGN =
      """
      Dienstversion: 10.0.20348.2340

      Bezeichnung: Windows(R), ServerDatacenter edition
      Erklärung: Windows(R) Operating System, VIRTUAL_MACHINE_ACTIVATION channel
      Nummer der Aktivierung: 11111111-2222-3333-4444-555555555555
      Nummer der Anwendung: 55c92734-d682-4d71-983e-d6ec3f16059f
      Lange Nummer: 00000-04548-000-000000-00-1033-20348.0000-0012026
      Kanal: VT:IA
      Nummer der Installation: 00000000000000000000000000000000000000000000000000000000000
      Teil des Schlüssels\uFF1ADV9BG
      Zustand: in Ordnung
      Ablauf: 9000 Minuten (7 Tage)
      Noch möglich: 1001
      Noch möglich: 1001
      Vertrauenswürdige Zeit: 05.01.2026 10:00:00
      Kennung des Gastes: 3f9a-77

      Zuletzt aktiviert:
      Angaben zum Gast
          Name des Wirts: HV-01.contoso.invalid
          Zeit: 05.01.2026 09:00:00
          PID2 des Wirts: 00454-40000-00001-AA666
      """;

  private static SlmgrLicense only(String text) {
    SlmgrOutput output = SlmgrOutput.parse(text);
    assertEquals(1, output.licenses().size(), output.toString());
    assertEquals(ImmutableList.of(), output.flaws());
    assertEquals(Optional.empty(), output.error());
    return output.licenses().get(0);
  }

  @Test
  void englishIsReadInFull() {
    SlmgrLicense license = only(ENGLISH);
    assertEquals(SlmgrLicense.Reading.ENGLISH, license.reading());
    assertEquals(LicenseChannel.AVMA, license.channel());
    assertEquals(Optional.of("DV9BG"), license.lastFive());
    assertEquals(Optional.of(LicenseStatus.LICENSED), license.status());
    assertEquals(Optional.empty(), license.notificationReason());
    assertEquals(OptionalLong.of(9_000), license.minutesLeft());
    assertEquals(
        Optional.of(UUID.fromString("11111111-2222-3333-4444-555555555555")),
        license.activationId());
    assertEquals(Optional.of(new AvmaId("3f9a-77")), license.guestIaid());
    assertEquals(Optional.of(new HostId("hv-01.contoso.invalid")), license.host());
    assertEquals(Optional.of("1/5/2026 9:00:00 AM"), license.activationTime());
    assertEquals(Optional.of("00454-40000-00001-AA666"), license.hostDigitalPid2());
    assertEquals(Optional.empty(), license.endDate());
    Instant printed = Instant.parse("2026-01-05T10:00:00Z");
    assertEquals(Optional.of(printed.plus(Duration.ofHours(150))), license.endsAt(printed));
    assertEquals(
        "AVMA key …DV9BG Licensed 9000 minutes left by hv-01.contoso.invalid", license.toString());
  }

  @Test
  void anotherLanguageIsReadByItsForm() {
    SlmgrLicense license = only(FOREIGN);
    assertEquals(SlmgrLicense.Reading.STRUCTURE, license.reading());
    assertEquals(LicenseChannel.AVMA, license.channel());
    assertEquals(Optional.of("DV9BG"), license.lastFive());
    assertEquals(Optional.empty(), license.status(), "minutes may be those of a grace period");
    assertEquals(OptionalLong.of(9_000), license.minutesLeft());
    assertEquals(
        Optional.of(UUID.fromString("11111111-2222-3333-4444-555555555555")),
        license.activationId());
    assertEquals(Optional.empty(), license.guestIaid(), "no form that could tell it");
    assertEquals(Optional.of(new HostId("hv-01.contoso.invalid")), license.host());
    assertEquals(Optional.of("05.01.2026 09:00:00"), license.activationTime());
    assertEquals(Optional.of("00454-40000-00001-AA666"), license.hostDigitalPid2());
  }

  @Test
  void aNotificationIsToldByTheCodeBelowTheStatus() {
    SlmgrLicense license =
        only(FOREIGN.replace("Ablauf: 9000 Minuten (7 Tage)", "Grund der Meldung: 0xC004FD02."));
    assertEquals(Optional.of(LicenseStatus.NOTIFICATION), license.status());
    assertEquals(Optional.of(Hresult.HOST_NOT_ACTIVATED), license.notificationReason());
    assertEquals(OptionalLong.empty(), license.minutesLeft());
    assertEquals(Optional.empty(), license.endsAt(Instant.EPOCH));
    assertEquals(
        "AVMA key …DV9BG Notification 0xC004FD02 SL_E_IA_PARENT_PARTITION_NOT_ACTIVATED by"
            + " hv-01.contoso.invalid",
        license.toString());
  }

  @Test
  void aCodeAnywhereElseSaysNothing() {
    SlmgrLicense license =
        only(FOREIGN.replace("Ablauf: 9000 Minuten (7 Tage)", "Ablauf: nie\nX: 0xC004FD02"));
    assertEquals(Optional.empty(), license.status());
    assertEquals(OptionalLong.empty(), license.minutesLeft());
  }

  @Test
  void minutesWithoutTheirDaysAreNoMinutes() {
    SlmgrLicense license = only(FOREIGN.replace("9000 Minuten (7 Tage)", "9000 von 8"));
    assertEquals(OptionalLong.empty(), license.minutesLeft());
  }

  @Test
  void twoLinesThatCouldBeTheKeyAreNone() {
    SlmgrLicense license = only(FOREIGN.replace("Kanal: VT:IA", "Kanal: VT:IA\nRest: QQQQQ"));
    assertEquals(Optional.empty(), license.lastFive());
    assertEquals(OptionalLong.empty(), license.minutesLeft());
    assertEquals(LicenseChannel.AVMA, license.channel());
  }

  @Test
  void wordsForNotAvailableAreNoHost() {
    String never =
        FOREIGN
            .replace("05.01.2026 09:00:00", "fehlt")
            .replace("HV-01.contoso.invalid", "fehlt")
            .replace("00454-40000-00001-AA666", "fehlt");
    SlmgrLicense license = only(never);
    assertEquals(Optional.empty(), license.host());
    assertEquals(Optional.empty(), license.activationTime());
    assertEquals(Optional.empty(), license.hostDigitalPid2());
    SlmgrLicense noPid = only(FOREIGN.replace("00454-40000-00001-AA666", "fehlt"));
    assertEquals(Optional.empty(), noPid.host());
    assertEquals(Optional.of("05.01.2026 09:00:00"), noPid.activationTime());
    SlmgrLicense noTime = only(FOREIGN.replace("05.01.2026 09:00:00", "fehlt"));
    assertEquals(Optional.empty(), noTime.host());
    assertTrue(noTime.hostDigitalPid2().isPresent());
    SlmgrLicense noName = only(FOREIGN.replace("HV-01.contoso.invalid", "nicht da"));
    assertEquals(Optional.empty(), noName.host());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "5", "9"})
  void anyDigitShowsThatTheGuestWasActivated(String digit) {
    SlmgrLicense license =
        only(
            FOREIGN
                .replace("05.01.2026 09:00:00", digit)
                .replace("00454-40000-00001-AA666", digit));
    assertEquals(Optional.of(digit), license.activationTime());
    assertEquals(Optional.of(new HostId("HV-01.contoso.invalid")), license.host());
    for (String none : ImmutableList.of("/", ":x", "nie")) {
      SlmgrLicense never = only(FOREIGN.replace("05.01.2026 09:00:00", none));
      assertEquals(Optional.empty(), never.activationTime());
      assertEquals(Optional.empty(), never.host());
    }
  }

  @Test
  void theLongestAvmaIdIsRead() {
    assertTrue(only(ENGLISH.replace("3f9a-77", "x".repeat(256))).guestIaid().isPresent());
    assertTrue(only(ENGLISH.replace("3f9a-77", "x".repeat(257))).guestIaid().isEmpty());
  }

  @Test
  void indentedLinesOfOtherChannelsAreNoHost() {
    SlmgrLicense kms = only(FOREIGN.replace("VIRTUAL_MACHINE_ACTIVATION", "VOLUME_KMSCLIENT"));
    assertEquals(LicenseChannel.KMS_CLIENT, kms.channel());
    assertEquals(Optional.empty(), kms.host());
    assertFalse(kms.isAvma());
    SlmgrLicense four = only(FOREIGN + "    Noch: eins\n");
    assertEquals(Optional.empty(), four.host());
  }

  @Test
  void anActivationIdThatIsThatOfWindowsIsNone() {
    SlmgrLicense license =
        only(FOREIGN.replace("Nummer der Aktivierung: 11111111-2222-3333-4444-555555555555\n", ""));
    assertEquals(Optional.empty(), license.activationId());
    SlmgrLicense none = only(FOREIGN.replaceAll("Nummer der A.*: [0-9a-f-]+\n", ""));
    assertEquals(Optional.empty(), none.activationId());
  }

  @Test
  void aBlockThatEndsAfterTheKeyIsRead() {
    SlmgrLicense license =
        only("Name: Windows\nText: System, VIRTUAL_MACHINE_ACTIVATION channel\nKey: DV9BG");
    assertEquals(Optional.of("DV9BG"), license.lastFive());
    SlmgrLicense status =
        only("Name: Windows\nText: System, VIRTUAL_MACHINE_ACTIVATION channel\nKey: DV9BG\nGut");
    assertEquals(Optional.empty(), status.status());
  }

  @ParameterizedTest
  @CsvSource({
    "VIRTUAL_MACHINE_ACTIVATION, AVMA",
    "VOLUME_KMSCLIENT, KMS_CLIENT",
    "VOLUME_KMS_WS19, KMS_HOST",
    "VOLUME_KMS, KMS_HOST",
    "VOLUME_MAK, MAK",
    "RETAIL, RETAIL",
    "OEM_DM, OEM",
    "OEM_COA_NSLP, OEM",
    "TIMEBASED_EVAL, OTHER",
  })
  void theChannelIsToldByTheDescription(String word, LicenseChannel channel) {
    assertEquals(channel, only(FOREIGN.replace("VIRTUAL_MACHINE_ACTIVATION", word)).channel());
    assertEquals(
        channel,
        only(ENGLISH
                .replace("VIRTUAL_MACHINE_ACTIVATION", word)
                .replace("Product Key Channel: VT:IA\n", ""))
            .channel());
  }

  @ParameterizedTest
  @CsvSource({
    "VT:IA, AVMA",
    "Volume:GVLK, KMS_CLIENT",
    "Volume:MAK, MAK",
    "OEM:DM, OEM",
    "Retail, RETAIL",
    "Retail:TB:Eval, RETAIL"
  })
  void theChannelIsToldByItsLabelToo(String text, LicenseChannel channel) {
    SlmgrLicense license = only("Product Key Channel: " + text + "\nLicense Status: Licensed");
    assertEquals(channel, license.channel());
  }

  @ParameterizedTest
  @EnumSource
  void everyStatusLineIsReadBack(LicenseStatus status) {
    String text =
        HEAD
            + status.statusLine()
            + "\n"
            + status.remainingLine(10_081).map(line -> line + "\n").orElse("")
            + (status == LicenseStatus.NOTIFICATION
                ? LicenseStatus.reasonLine(new Hresult(0xC004F009)) + "\n"
                : "")
            + TAIL;
    SlmgrLicense license = only(text);
    assertEquals(Optional.of(status), license.status());
    assertEquals(status.remainingLine(10_081).isPresent(), license.minutesLeft().isPresent());
    assertEquals(
        status == LicenseStatus.NOTIFICATION
            ? Optional.of(new Hresult(0xC004F009))
            : Optional.empty(),
        license.notificationReason());
  }

  @ParameterizedTest
  @EnumSource
  void everyExpirySentenceIsReadBack(LicenseStatus status) {
    String text =
        "Windows(R), ServerDatacenter edition:\r\n    "
            + status.expirySentence(Optional.of("1/12/2026 10:00:00 AM"))
            + "\r\n";
    SlmgrLicense license = only(text);
    assertEquals(Optional.of(status), license.status());
    boolean dated = text.contains("2026");
    assertEquals(
        dated ? Optional.of("1/12/2026 10:00:00 AM") : Optional.empty(), license.endDate());
    assertTrue(!dated || license.toString().endsWith("until 1/12/2026 10:00:00 AM"));
  }

  @ParameterizedTest
  @CsvSource({
    "The machine is permanently activated., ",
    "Volume activation will expire 1/12/2026, 1/12/2026",
    "timebased activation will expire 1/12/2026, 1/12/2026",
    "Automatic VM activation will expire, ",
  })
  void otherSentencesOfALicensedMachineAreReadToo(String sentence, String date) {
    if (sentence.endsWith("expire")) {
      assertTrue(SlmgrOutput.parse(sentence).licenses().isEmpty(), "not the whole sentence");
      return;
    }
    SlmgrLicense license = only("Windows:\n" + sentence);
    assertEquals(Optional.of(LicenseStatus.LICENSED), license.status());
    assertEquals(Optional.ofNullable(date), license.endDate());
  }

  @Test
  void notAvailableIsNoValue() {
    SlmgrLicense license =
        only(
            HEAD
                + "License Status: Unlicensed\n"
                + "Guest IAID: Not Available\n    Host machine name: not available\n"
                + "    Activation time: Not Available\n    Host Digital PID2: Not Available\n");
    assertEquals(Optional.empty(), license.guestIaid());
    assertEquals(Optional.empty(), license.host());
    assertEquals(Optional.empty(), license.activationTime());
    assertEquals(Optional.empty(), license.hostDigitalPid2());
  }

  @Test
  void aLabelWithoutValueIsNoValue() {
    assertEquals(
        Optional.empty(), only(HEAD + "License Status: Licensed\nGuest IAID:   \n").guestIaid());
  }

  @Test
  void anUnknownEnglishStatusIsLeftEmpty() {
    SlmgrLicense license = only(HEAD + "License Status: Unknown\n");
    assertEquals(SlmgrLicense.Reading.ENGLISH, license.reading());
    assertEquals(Optional.empty(), license.status());
  }

  @Test
  void minutesThatDoNotMakeTheDaysAreAFlaw() {
    SlmgrOutput output = SlmgrOutput.parse(ENGLISH.replace("9000 minute(s)", "9000000 minute(s)"));
    assertEquals(OptionalLong.empty(), output.licenses().get(0).minutesLeft());
    assertEquals(
        ImmutableList.of("minutes and days of the remaining time do not agree; it is left out"),
        output.flaws());
  }

  @ParameterizedTest
  @CsvSource({
    "4294967295, 2982617, true",
    "4294967296, 2982617, false",
    "0, 0, true",
    "1440, 2, false"
  })
  void minutesAreThoseOfThirtyTwoBits(long minutes, long days, boolean read) {
    SlmgrOutput output =
        SlmgrOutput.parse(ENGLISH.replace("9000 minute(s) (7", minutes + " minute(s) (" + days));
    assertEquals(read, output.licenses().get(0).minutesLeft().isPresent());
  }

  @Test
  void theFirstOfTwoEqualLabelsCounts() {
    SlmgrLicense license =
        only(
            ENGLISH
                + """
                License Status: Unlicensed
                Partial Product Key: QQQQQ
                Notification Reason: 0xC004FD02.
                Notification Reason: 0xC004FD03.
                Automatic VM activation expiration: 1 minute(s) (1 day(s))
                Activation ID: 22222222-2222-3333-4444-555555555555
                Guest IAID: other
                Host machine name: other
                Activation time: other
                Host Digital PID2: other
                Product Key Channel: Retail
                """);
    assertEquals(Optional.of(LicenseStatus.LICENSED), license.status());
    assertEquals(Optional.of("DV9BG"), license.lastFive());
    assertEquals(Optional.of(Hresult.HOST_NOT_ACTIVATED), license.notificationReason());
    assertEquals(OptionalLong.of(9_000), license.minutesLeft());
    assertEquals(Optional.of(new HostId("HV-01.contoso.invalid")), license.host());
    assertEquals(Optional.of(new AvmaId("3f9a-77")), license.guestIaid());
    assertEquals(Optional.of("1/5/2026 9:00:00 AM"), license.activationTime());
    assertEquals(Optional.of("00454-40000-00001-AA666"), license.hostDigitalPid2());
    assertEquals(LicenseChannel.AVMA, license.channel());
    assertTrue(license.activationId().orElseThrow().toString().startsWith("1111"));
    SlmgrLicense dated =
        only("Initial grace period ends 1/1/2026\nAutomatic VM activation will expire 2/2/2026");
    assertEquals(Optional.of("1/1/2026"), dated.endDate());
  }

  /** The words of AVMA's own sentence and label name the channel where nothing else does. */
  @Test
  void theSentenceOfAvmaNamesTheChannel() {
    assertTrue(
        only("Windows(R), X edition:\n  Automatic VM activation will expire 1/31/2030").isAvma());
    assertTrue(
        only("License Status: Licensed\nAutomatic VM activation expiration: 1440 minute(s) (1 day(s))")
            .isAvma());
    for (String other :
        List.of("Volume activation will expire 2/2/2026", "Initial grace period ends 1/1/2026")) {
      assertEquals(LicenseChannel.UNKNOWN, only(other).channel(), other);
    }
  }

  @Test
  void whatWasPrintedIsAReadingOfTheLicense() {
    Instant printed = Instant.parse("2026-01-05T00:00:00Z");
    LicenseReading reading =
        LicenseReading.of(
                only(
                    """
                    Description: Windows(R) Operating System, VIRTUAL_MACHINE_ACTIVATION channel
                    Partial Product Key: BCDFG
                    License Status: Licensed
                    Automatic VM activation expiration: 1440 minute(s) (1 day(s))
                    Host machine name: HV-01
                    """),
                printed)
            .orElseThrow();
    assertEquals(1, reading.licenseStatusNumber());
    assertEquals(LicenseChannel.AVMA, reading.channel());
    assertEquals(Optional.of("BCDFG"), reading.partialProductKey());
    assertEquals(Optional.of(printed.plus(Duration.ofDays(1))), reading.endsAt());
    assertEquals(Optional.of("hv-01"), reading.activatedBy());
    assertEquals(Optional.empty(), LicenseReading.of(only(FOREIGN), printed));
  }

  @Test
  void manyLicensesAreKeptApart() {
    String other =
        """

        Name: Windows(R), ServerStandard edition
        Description: Windows(R) Operating System, VOLUME_KMSCLIENT channel
        This license is not in use.
        License Status: Unlicensed

        Name: Windows(R), ServerDatacenter edition
        Description: Windows(R) Operating System, VIRTUAL_MACHINE_ACTIVATION channel
        This license is not in use.
        License Status: Unlicensed
        """;
    SlmgrOutput output = SlmgrOutput.parse(other + "\n" + ENGLISH);
    assertEquals(3, output.licenses().size());
    assertEquals(LicenseChannel.KMS_CLIENT, output.licenses().get(0).channel());
    assertEquals(Optional.empty(), output.licenses().get(1).lastFive());
    assertEquals(Optional.of(output.licenses().get(2)), output.avma());
    assertEquals(
        SlmgrOutput.parse(other).licenses().get(1).toString(),
        SlmgrOutput.parse(other).avma().orElseThrow().toString());
    assertEquals(Optional.empty(), SlmgrOutput.parse("").avma());
  }

  @Test
  void aFailedCommandSaysItsCode() {
    SlmgrOutput output =
        SlmgrOutput.parse("Error: 0xC004F014 On a computer running Microsoft Windows ...");
    assertEquals(Optional.of(new Hresult(0xC004F014)), output.error());
    assertEquals(ImmutableList.of(), output.licenses());
    assertEquals(Optional.empty(), SlmgrOutput.parse("nothing 0xC004").error());
  }

  @Test
  void theEndsOfLinesDoNotMatter() {
    String expected = only(ENGLISH).toString();
    assertEquals(expected, only(ENGLISH.replace("\n", "\r\n")).toString());
    assertEquals(expected, only(ENGLISH.replace("\n", "\r")).toString());
    assertEquals(expected, only("\uFEFF" + ENGLISH).toString());
    assertEquals(expected, only(ENGLISH.replace("\n", "  \n")).toString());
    assertEquals(
        ImmutableList.of("a", "", "b", ""), SlmgrLines.of("a\r\n\r\nb\n", ImmutableList.builder()));
    assertEquals(ImmutableList.of("a", "", "b"), SlmgrLines.of("a\n\rb", ImmutableList.builder()));
    assertEquals(ImmutableList.of(""), SlmgrLines.of("\uFEFF", ImmutableList.builder()));
    assertEquals(ImmutableList.of("a", ""), SlmgrLines.of("a\r", ImmutableList.builder()));
  }

  @Test
  void aDescriptionAboveEverythingIsNotKnownForOne() {
    assertEquals(
        ImmutableList.of(), SlmgrOutput.parse("VIRTUAL_MACHINE_ACTIVATION\nKey: DV9BG").licenses());
    String blankName = "\nText: System, VIRTUAL_MACHINE_ACTIVATION channel\nKey: DV9BG";
    assertEquals(Optional.of("DV9BG"), only(blankName).lastFive());
  }

  @Test
  void tooMuchTextIsCutAndSaidSo() {
    String text = ENGLISH + "x\n".repeat(200_000);
    SlmgrOutput output = SlmgrOutput.parse(text);
    assertEquals(1, output.licenses().size());
    assertEquals(
        ImmutableList.of(
            text.length() + " characters (expected: at most 262144); the rest is left out"),
        output.flaws());
    String fits = "y\n".repeat(SlmgrOutput.MOST_CHARACTERS / 2);
    assertEquals(ImmutableList.of(), SlmgrOutput.parse(fits).flaws());
  }

  @Test
  void aLineTooLongIsLeftOut() {
    SlmgrOutput output = SlmgrOutput.parse(ENGLISH + "x".repeat(1_025) + "\n");
    assertEquals(1, output.licenses().size());
    assertEquals(
        ImmutableList.of("a line of 1025 characters (expected: at most 1024); it is left out"),
        output.flaws());
    assertEquals(ImmutableList.of(), SlmgrOutput.parse("x".repeat(1_024)).flaws());
  }

  @Test
  void moreLicensesThanAnybodyHasAreLeftOut() {
    String one = "N: W\nD: S, RETAIL channel\n";
    SlmgrOutput most = SlmgrOutput.parse(one.repeat(256));
    assertEquals(256, most.licenses().size());
    assertEquals(ImmutableList.of(), most.flaws());
    SlmgrOutput output = SlmgrOutput.parse(one.repeat(257));
    assertEquals(256, output.licenses().size());
    assertEquals(ImmutableList.of("more than 256 licenses; the rest is left out"), output.flaws());
  }

  @Test
  void hostileValuesAreNotTaken() {
    SlmgrLicense license =
        only(
            ENGLISH
                .replace("HV-01.contoso.invalid", "evil\u001B[31m")
                .replace("3f9a-77", "x".repeat(300))
                .replace("DV9BG", "DV9BGX")
                .replace("11111111-2222", "1111111-2222"));
    assertEquals(Optional.empty(), license.host());
    assertEquals(Optional.empty(), license.guestIaid());
    assertEquals(Optional.empty(), license.lastFive());
    assertEquals(Optional.empty(), license.activationId());
    SlmgrLicense dated = only("Automatic VM activation will expire \u001B[31m" + "x".repeat(100));
    assertFalse(dated.toString().contains("\u001B"));
    assertTrue(dated.toString().length() < 140, dated.toString());
  }
}
