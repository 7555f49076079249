package io.avma.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LicenseContextTest {
  private static final String BAG =
      "Security-SPP-Action-StateData (REG_SZ) =AppId=55c92734-d682-4d71-983e-d6ec3f16059f;"
          + "GraceEndDate=2026/06/05:09:07:59;LastConsumptionReason=0x4004fc04;"
          + "LastNotificationId=Cleanup;LicenseState=SL_LICENSING_STATUS_LICENSED;"
          + "PartialProductKey=ABCDE;ProductKeyType=VT:IA;"
          + "SkuId=00000000-1111-4222-8333-444444444444;"
          + "ruleId=00000000-1111-4222-8333-555555555555;uxDifferentiator=TIMEBASED_EVAL";

  @Test
  void theRulesContextTellsTheLicenseOfTheMachine() {
    LicenseContext context = read(8230, BAG);
    assertEquals(Optional.of(LicensingState.LICENSED), context.state());
    assertEquals(Optional.of(LocalDateTime.of(2026, 6, 5, 9, 7, 59)), context.graceEnd());
    assertEquals(Optional.of("ABCDE"), context.partialProductKey());
    assertEquals(Optional.of("VT:IA"), context.productKeyType());
    assertEquals(LicenseChannel.AVMA, context.channel());
    assertEquals(Optional.of(new Hresult(0x4004FC04)), context.lastConsumptionReason());
    assertEquals(Optional.of(SoftwareProtection.WINDOWS_APPLICATION), context.applicationId());
    assertEquals(
        Optional.of(UUID.fromString("00000000-1111-4222-8333-444444444444")), context.skuId());
    assertEquals(Optional.empty(), context.result());
    assertTrue(
        context.toString().endsWith(" LICENSED until 2026-06-05T09:07:59 (local time)"),
        context.toString());
  }

  @Test
  void aFailedActivationHasItsResultInFrontOfTheBag() {
    LicenseContext context =
        read(
            8198,
            "hr=0x80072EE7",
            "RuleId=00000000-1111-4222-8333-555555555555;Action=AutoActivate;"
                + "AppId=55c92734-d682-4d71-983e-d6ec3f16059f;NotificationInterval=1440;"
                + "Trigger=TimerEvent");
    assertEquals(Optional.of(new Hresult(0x80072EE7)), context.result());
    assertEquals(Optional.of("AutoActivate"), context.bag().get("Action"));
    assertEquals(Optional.of("TimerEvent"), context.bag().get("trigger"));
    assertEquals(Optional.empty(), context.state());
    assertEquals(LicenseChannel.UNKNOWN, context.channel());
  }

  @Test
  void aResultThatCannotBeReadIsNotTakenForTheBag() {
    assertEquals(Optional.of("b"), read(8198, "hr=?", "a=b").bag().get("a"));
  }

  @Test
  void anEventWithoutABagSaysNothing() {
    assertEquals(Optional.empty(), read(8230).state());
    assertEquals(Optional.empty(), read(8230, "text").graceEnd());
    assertTrue(read(8198, "hr=0x80072EE7").bag().entries().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "GraceEndDate=2026/13/01:00:00:00",
    "GraceEndDate=2026/02/29:00:00:00",
    "GraceEndDate=2026/02/28:24:00:00",
    "GraceEndDate=2026-02-28 00:00:00",
    "GraceEndDate=",
    "LicenseState=LICENSED",
    "PartialProductKey=AAAAA-BBBBB-CCCCC-DDDDD-EEEEE",
    "PartialProductKey=ABCD",
    "LastConsumptionReason=none",
    "SkuId=none"
  })
  void aFieldInAnotherFormIsEmptyAndHidesNoOther(String pair) {
    LicenseContext context = read(8230, pair + ";Other=1");
    assertEquals(Optional.empty(), context.graceEnd());
    assertEquals(Optional.empty(), context.state());
    assertEquals(Optional.empty(), context.partialProductKey());
    assertEquals(Optional.empty(), context.lastConsumptionReason());
    assertEquals(Optional.empty(), context.skuId());
    assertEquals(Optional.of("1"), context.bag().get("Other"));
  }

  @ParameterizedTest
  @EnumSource
  void aStateIsFoundByItsNameInWindows(LicensingState state) {
    assertEquals(Optional.of(state), LicensingState.ofWindows(state.windowsName()));
    assertEquals(Optional.empty(), LicensingState.ofWindows(state.name()));
  }

  @Test
  void aKeyTypeIsAWordOfSensibleLength() {
    String word = "a".repeat(80);
    assertEquals(Optional.of(word), read(8230, "ProductKeyType=" + word).productKeyType());
    assertEquals(Optional.empty(), read(8230, "ProductKeyType=" + word + "a").productKeyType());
    assertEquals(Optional.empty(), read(8230, "ProductKeyType= ").productKeyType());
  }

  @Test
  void contextsAreEqualIfTheirEventsAre() {
    assertEquals(read(8230, BAG), read(8230, BAG));
    assertEquals(read(8230, BAG).hashCode(), read(8230, BAG).hashCode());
    assertNotEquals(read(8230, BAG), read(8230, BAG + ";more=1"));
    assertEquals(8230, read(8230, BAG).event().eventId());
  }

  @Test
  void otherEventsAndProvidersAreNoContext() {
    assertEquals(
        Optional.empty(),
        LicenseContext.of(WindowsEvent.builder(SoftwareProtection.PROVIDER, 8231).build()));
    assertEquals(Optional.empty(), LicenseContext.of(WindowsEvent.builder("Other", 8230).build()));
  }

  private static LicenseContext read(int eventId, String... texts) {
    WindowsEvent event =
        WindowsEvent.builder(SoftwareProtection.PROVIDER, eventId).texts(texts).build();
    LogEntry entry = LogEntry.of(event).orElseThrow();
    assertEquals(Optional.of(entry), LicenseContext.of(event));
    return (LicenseContext) entry;
  }
}
