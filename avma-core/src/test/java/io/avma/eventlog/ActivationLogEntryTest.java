package io.avma.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.ActivationLogEntry.Side;
import io.avma.platform.Hresult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationLogEntryTest {
  private static final Instant TIME = Instant.parse("2026-03-01T00:15:30.1234567Z");

  @ParameterizedTest
  @EnumSource
  void aWrittenEntryHasTheEnvelopeOfRealRecords(Side side) {
    WindowsEvent event =
        ActivationLogEntry.written(side, "hv1.invalid", 1001, TIME, Hresult.THROTTLED, "detail")
            .event();
    assertEquals("Microsoft-Windows-Security-SPP", event.providerName());
    assertEquals(
        "e23b33b0-c8c9-472c-a5f9-f2bdfea0f156", event.providerGuid().orElseThrow().toString());
    assertEquals(Optional.of("Software Protection Platform Service"), event.eventSourceName());
    assertEquals(side == Side.GUEST ? 12309 : 12310, event.eventId());
    assertEquals(
        OptionalLong.of(side == Side.GUEST ? 0x40003015L : 0x40003016L), event.messageId());
    assertEquals(OptionalInt.of(0), event.version());
    assertEquals(OptionalInt.of(4), event.level());
    assertEquals(OptionalInt.of(0), event.task());
    assertEquals(OptionalInt.of(0), event.opcode());
    assertEquals("80000000000000", Long.toHexString(event.keywords().orElseThrow()));
    assertEquals(OptionalLong.of(0), event.processId());
    assertEquals(OptionalLong.of(0), event.threadId());
    assertEquals(Optional.of("Application"), event.channel());
    assertEquals(Optional.of("hv1.invalid"), event.computer());
    assertEquals(Optional.empty(), event.userSid());
    assertEquals(OptionalLong.of(1001), event.recordId());
    assertEquals(Optional.of(TIME), event.timeCreated());
    assertEquals(List.of(EventDatum.of("0xC004FD00"), EventDatum.of("detail")), event.data());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0xC004FD02",
        "0xc004fd02",
        "0XC004FD02",
        "hr=0xC004FD02",
        "HR=0xc004fd02",
        "hr = 0xC004FD02",
        "3221552386",
        "-1073414910",
        "hr=-1073414910",
        "hr=3221552386",
        " 0xC004FD02\r\n"
      })
  void theResultIsReadInEverySpelling(String text) {
    assertEquals(Optional.of(Hresult.HOST_NOT_ACTIVATED), entry(text, "").result());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "success", "C004FD02", "0x1C004FD02", "4294967296", "hr=", "0x"})
  void aResultInNoSpellingIsEmptyAndTheRestIsRead(String text) {
    ActivationLogEntry entry = entry(text, "detail");
    assertEquals(Optional.empty(), entry.result());
    assertEquals(Optional.of("detail"), entry.detail());
    assertTrue(entry.toString().endsWith("result unreadable"), entry.toString());
  }

  @Test
  void bothStringsMayBeMissing() {
    ActivationLogEntry one = ActivationLogEntry.of(spp(12310).texts("0").build()).orElseThrow();
    assertEquals(Optional.of(Hresult.OK), one.result());
    assertEquals(Optional.empty(), one.detail());
    assertEquals(Optional.empty(), one.vm(VmExtractor.firstGuid()));
    ActivationLogEntry none = ActivationLogEntry.of(spp(12309).build()).orElseThrow();
    assertEquals(Optional.empty(), none.result());
    assertEquals(Side.GUEST, none.side());
  }

  @Test
  void levelQualifiersChannelAndNamesOfStringsDoNotMatter() {
    WindowsEvent event =
        spp(12310)
            .level(2)
            .qualifiers(49152)
            .channel("ForwardedEvents")
            .data(List.of(EventDatum.of("param1", "0x0"), EventDatum.of("param2", "text")))
            .build();
    ActivationLogEntry entry = ActivationLogEntry.of(event).orElseThrow();
    assertEquals(Side.HOST, entry.side());
    assertEquals(Optional.of(Hresult.OK), entry.result());
    assertEquals(Optional.of("text"), entry.detail());
  }

  @Test
  void theProviderIsKnownByAnyOfItsNames() {
    assertTrue(read("Microsoft-Windows-Security-SPP").isPresent());
    assertTrue(read("microsoft-windows-security-spp").isPresent());
    assertTrue(read("Software Protection Platform Service").isPresent());
    assertTrue(
        ActivationLogEntry.of(
                WindowsEvent.builder("", 12310)
                    .eventSourceName("Software Protection Platform Service")
                    .build())
            .isPresent());
    assertTrue(
        ActivationLogEntry.of(
                WindowsEvent.builder("", 12310)
                    .providerGuid(SoftwareProtection.PROVIDER_GUID)
                    .build())
            .isPresent());
    assertFalse(
        ActivationLogEntry.of(
                WindowsEvent.builder("Other", 12310)
                    .eventSourceName("Software Protection Platform Service")
                    .build())
            .isPresent());
    assertFalse(read("Microsoft-Windows-Security-SPP-UX").isPresent());
    assertFalse(read("").isPresent());
  }

  @Test
  void otherNumbersAreOtherEvents() {
    assertEquals(Optional.empty(), ActivationLogEntry.of(spp(12308).build()));
    assertEquals(Optional.empty(), ActivationLogEntry.of(spp(12311).build()));
  }

  @Test
  void itsTextShowsTheResult() {
    assertEquals(
        "Microsoft-Windows-Security-SPP 12310 #7 2026-03-01T00:15:30.123456700Z Application on"
            + " hv1.invalid 0xC004FD03 SL_E_IA_ID_MISMATCH",
        ActivationLogEntry.written(Side.HOST, "hv1.invalid", 7, TIME, Hresult.ID_MISMATCH, "hidden")
            .toString());
  }

  private static Optional<ActivationLogEntry> read(String provider) {
    return ActivationLogEntry.of(WindowsEvent.builder(provider, 12310).build());
  }

  private static ActivationLogEntry entry(String result, String detail) {
    return ActivationLogEntry.of(spp(12309).texts(result, detail).build()).orElseThrow();
  }

  private static WindowsEventBuilder spp(int eventId) {
    return WindowsEvent.builder("Microsoft-Windows-Security-SPP", eventId);
  }
}
