package io.avma.transport;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.transport.TransportException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortValuesTest {
  private static final VmId LOW = new VmId(new UUID(1, 1));
  private static final VmId HIGH = new VmId(new UUID(-1, 1));
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @ParameterizedTest
  @EnumSource
  void aMissingCapabilityIsNamed(Capability capability) {
    EnumSet<Capability> others = EnumSet.complementOf(EnumSet.of(capability));
    var refused =
        assertThrows(
            UnsupportedOperationException.class, () -> capability.requireIn(others, "host hv1"));
    assertTrue(
        refused.getMessage().startsWith("host hv1 lacks the capability " + capability.label()),
        refused.getMessage());
    assertDoesNotThrow(() -> capability.requireIn(EnumSet.of(capability), "host hv1"));
  }

  @Test
  void aRefusalListsWhatThereIs() {
    var refused =
        assertThrows(
            UnsupportedOperationException.class,
            () -> Capability.WATCH.requireIn(EnumSet.of(Capability.GUEST_EVENTS), "guest"));
    assertEquals("guest lacks the capability watch (declared: guest-events)", refused.getMessage());
    assertThrows(
        UnsupportedOperationException.class,
        () -> Capability.WATCH.requireIn(EnumSet.noneOf(Capability.class), "guest"));
  }

  @Test
  void aPositionSaysWhatItsSourceHas() {
    assertEquals(
        "pool_1: record 3 at offset 7680",
        Position.in("pool_1").inRecord(3).atOffset(7680).toString());
    assertEquals("log.xml: line 7", Position.in("log.xml").onLine(7).toString());
    assertEquals(
        "a.evtx: chunk 2, record 18446744073709551615 at offset 5",
        Position.in("a.evtx").atOffset(5).inRecord(-1).inChunk(2).toString());
    assertEquals("a\\u{A}b", Position.in("a\nb").toString());
    assertEquals("p: offset 0", Position.in("p").atOffset(0).toString());
    assertEquals("p: line 1", Position.in("p").onLine(1).toString());
    assertThrows(IllegalArgumentException.class, () -> Position.in("p").atOffset(-1));
    assertThrows(IllegalArgumentException.class, () -> Position.in("p").onLine(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"torn-tail", "crc32", "a", "z", "0-9", "a-b-c"})
  void aCodeIsWordsJoinedByDashes(String code) {
    assertEquals(code, flaw(code, Flaw.Effect.LOST).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "a-", "-a", "a--b", "Torn", "torn tail", "torn_tail", "é"})
  void anotherCodeIsRefused(String code) {
    assertThrows(IllegalArgumentException.class, () -> flaw(code, Flaw.Effect.LOST));
  }

  @Test
  void aStrictReaderStopsUnlessTheDataIsWhole() {
    assertFalse(flaw("x", Flaw.Effect.NOTED).stopsStrictReaders());
    assertTrue(flaw("x", Flaw.Effect.DOUBTFUL).stopsStrictReaders());
    assertTrue(flaw("x", Flaw.Effect.LOST).stopsStrictReaders());
    Flaw flaw = flaw("torn-tail", Flaw.Effect.LOST);
    TransportException stopped = TransportException.damaged(flaw);
    assertEquals(Optional.of(flaw), stopped.flaw());
    assertEquals(Reason.DAMAGED, stopped.reason());
    assertEquals("p: record 1: what [torn-tail]", stopped.getMessage());
  }

  @Test
  void anExceptionSaysWhetherARetryMayHelp() {
    EnumSet<Reason> passing = EnumSet.noneOf(Reason.class);
    for (Reason reason : Reason.values()) {
      if (new TransportException(reason, "m").retryMayHelp()) {
        passing.add(reason);
      }
    }
    assertEquals(
        EnumSet.of(Reason.UNREACHABLE, Reason.TIMED_OUT, Reason.LOCKED, Reason.BUSY, Reason.FAILED),
        passing);
  }

  @Test
  void anExceptionKeepsCodeAndCause() {
    TransportException answered = TransportException.answered(Reason.INVALID, 32773, "m");
    assertEquals(OptionalLong.of(32773), answered.code());
    assertEquals(Optional.empty(), answered.flaw());
    Exception cause = new Exception("why");
    assertEquals(cause, new TransportException(Reason.FAILED, "m", cause).getCause());
    assertEquals(OptionalLong.empty(), new TransportException(Reason.FAILED, "m").code());
  }

  @Test
  void aScopeNamesVmsAndSources() {
    SweepScope some = SweepScope.of(HIGH, LOW, HIGH);
    assertEquals(List.of(LOW, HIGH), List.copyOf(some.vms().orElseThrow()));
    assertTrue(some.includes(LOW));
    assertFalse(some.includes(new VmId(new UUID(5, 5))));
    assertTrue(SweepScope.everything().includes(LOW));
    assertEquals(
        List.of(
            KvpSource.INTRINSIC,
            KvpSource.GUEST_WRITTEN,
            KvpSource.HOST_WRITTEN,
            KvpSource.HOST_ONLY),
        List.copyOf(SweepScope.everything().sources()));
    assertEquals(
        List.of(KvpSource.INTRINSIC, KvpSource.HOST_ONLY),
        List.copyOf(some.only(KvpSource.HOST_ONLY, KvpSource.INTRINSIC).sources()));
    assertTrue(some.factsOnly().sources().isEmpty());
    assertEquals(some.vms(), some.factsOnly().vms());
  }

  @Test
  void aReadingNamesItsVm() {
    VmFacts facts = VmFacts.running(LOW, "a\nb").withState(VmState.SAVED);
    assertEquals(LOW, new VmReading.Read(facts, KvpSnapshot.empty(), NOW).vm());
    VmReading.Unreadable bad =
        VmReading.Unreadable.of(HIGH, new TransportException(Reason.TIMED_OUT, "slow"), NOW);
    assertEquals(HIGH + " TIMED_OUT: slow", bad.toString());
    assertEquals(LOW + " 'a\\u{A}b' SAVED", facts.toString());
    assertEquals(Ternary.NO, facts.withDataExchange(Ternary.NO).dataExchange());
    assertEquals(Ternary.YES, facts.withReplica(Ternary.YES).replica());
  }

  @ParameterizedTest
  @CsvSource({
    "2, RUNNING",
    "3, OFF",
    "32768, PAUSED",
    "32769, SAVED",
    "32770, CHANGING",
    "10, CHANGING",
    "4, CHANGING",
    "0, OTHER",
    "32772, OTHER",
    "-1, OTHER"
  })
  void aStateIsKnownByItsNumber(int number, VmState state) {
    assertEquals(state, VmState.ofEnabledState(number));
  }

  @Test
  void aPoolTellsItemsPlacesAndFlawsApart() {
    Flaw ofRecord = flaw("x", Flaw.Effect.DOUBTFUL);
    Flaw ofPool = new Flaw("torn-tail", Flaw.Effect.LOST, Position.in("p"), "what");
    PoolContent content =
        new PoolContent(
            KvpPool.GUEST,
            ImmutableList.of(
                new PoolContent.Entry(0, new KvpItem("k", "1")),
                new PoolContent.Entry(2, new KvpItem("k", "2"))),
            ImmutableList.of(ofRecord, ofPool));
    assertEquals(List.of(new KvpItem("k", "1"), new KvpItem("k", "2")), content.items());
    assertEquals(Map.of("k", "1"), content.firstWins());
    assertEquals(Map.of("k", "2"), content.lastWins());
    assertEquals(Map.of(1L, List.of(ofRecord)), content.flawsByRecord().asMap());
    assertEquals(List.of(ofPool), content.flawsOfPool());
    assertEquals("guest (2 items, 2 flaws)", content.toString());
    assertEquals(
        List.of(0L, 1L),
        PoolContent.of(KvpPool.GUEST, content.items()).entries().stream()
            .map(PoolContent.Entry::record)
            .toList());
  }

  @Test
  void aLicenseReadingKeepsOnlyTheEndOfAKey() {
    LicenseReading reading = license(Optional.of("DV9BG"), Optional.of(Duration.ofDays(7)));
    assertEquals(Optional.of(Instant.parse("2026-03-08T00:00:00Z")), reading.endsAt());
    assertEquals("license status 1 AVMA …DV9BG for PT168H", reading.toString());
    assertEquals(Optional.empty(), license(Optional.empty(), Optional.empty()).endsAt());
    assertThrows(
        IllegalArgumentException.class,
        () -> license(Optional.of("AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"), Optional.empty()));
  }

  private static LicenseReading license(Optional<String> key, Optional<Duration> remaining) {
    return new LicenseReading(
        1,
        Optional.empty(),
        LicenseChannel.AVMA,
        key,
        remaining,
        Optional.empty(),
        Optional.empty(),
        NOW);
  }

  private static Flaw flaw(String code, Flaw.Effect effect) {
    return new Flaw(code, effect, Position.in("p").inRecord(1), "what");
  }
}
