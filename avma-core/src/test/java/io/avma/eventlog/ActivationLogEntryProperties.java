package io.avma.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.ActivationLogEntry.Side;
import io.avma.platform.Hresult;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

class ActivationLogEntryProperties {
  @Provide
  Arbitrary<Instant> times() {
    return Arbitraries.longs()
        .between(-116_444_736_000_000_000L, 2_650_467_743_999_999_999L) // 1601 to 9999
        .map(
            ticks ->
                Instant.EPOCH.plusSeconds(ticks / 10_000_000).plusNanos(ticks % 10_000_000 * 100));
  }

  @Property
  void whatIsWrittenIsRead(
      @ForAll Side side,
      @ForAll int code,
      @ForAll long recordId,
      @ForAll("times") Instant time,
      @ForAll @StringLength(max = 200) String detail) {
    Hresult result = new Hresult(code);
    WindowsEvent event =
        ActivationLogEntry.written(side, "pc.invalid", recordId, time, result, detail).event();
    ActivationLogEntry read = ActivationLogEntry.of(event).orElseThrow();
    assertEquals(side, read.side());
    assertEquals(Optional.of(result), read.result());
    assertEquals(Optional.of(detail), read.detail());
    assertEquals(OptionalLong.of(recordId), read.event().recordId());
    assertEquals(Optional.of(time), read.event().timeCreated());
    assertEquals(Optional.of(read), LogEntry.of(event));
  }

  @Property
  void everyCodeIsReadInEverySpelling(@ForAll int code) {
    String hex = Integer.toHexString(code);
    for (String bare :
        List.of(
            "0x" + hex,
            "0X" + hex.toUpperCase(Locale.ROOT),
            String.format(Locale.ROOT, "0x%08X", code),
            String.valueOf(code),
            Integer.toUnsignedString(code))) {
      for (String prefix : List.of("", "hr=", "HR=", "Hr = ")) {
        WindowsEvent event =
            WindowsEvent.builder(SoftwareProtection.PROVIDER, 12309).texts(prefix + bare).build();
        assertEquals(
            Optional.of(new Hresult(code)),
            ActivationLogEntry.of(event).orElseThrow().result(),
            prefix + bare);
      }
    }
  }

  @Property
  void noEventMakesAReaderThrow(
      @ForAll("numbers") int eventId, @ForAll("strings") List<String> strings) {
    WindowsEvent event =
        WindowsEvent.builder(SoftwareProtection.PROVIDER, eventId)
            .texts(strings.toArray(new String[0]))
            .build();
    Optional<LogEntry> entry = LogEntry.of(event);
    assertTrue(entry.map(found -> found.toString().length() < 500).orElse(true));
    if (entry.isPresent() && entry.get() instanceof ActivationLogEntry activation) {
      assertTrue(activation.vm(VmExtractor.firstGuid()).isEmpty());
    }
    if (entry.isPresent() && entry.get() instanceof LicenseContext context) {
      assertTrue(context.state().isEmpty() || strings.toString().contains("LicenseState"));
      assertTrue(context.graceEnd().isEmpty() || strings.toString().contains("2026"));
    }
  }

  @Provide
  Arbitrary<Integer> numbers() {
    return Arbitraries.of(12309, 12310, 8230, 8198, 1003, 1016, 1, 65535);
  }

  @Provide
  Arbitrary<List<String>> strings() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(50),
            Arbitraries.of(
                "hr=",
                "=",
                ";;=;",
                "GraceEndDate=2026/02/30:25:61:61",
                "GraceEndDate=9999999999",
                "LicenseState=SL_LICENSING_STATUS_LICENSED",
                "x (REG_SZ) =",
                "=".repeat(10_000),
                ";".repeat(10_000),
                "a=b;".repeat(10_000)))
        .list()
        .ofMaxSize(4);
  }
}
