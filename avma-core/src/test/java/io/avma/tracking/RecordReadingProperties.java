package io.avma.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.avma.eventlog.SoftwareProtection;
import io.avma.eventlog.WindowsEvent;
import io.avma.eventlog.WindowsEventBuilder;
import io.avma.platform.Hresult;
import io.avma.platform.VmId;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * One event as different tools read it: its time in more or fewer digits, its computer and channel
 * in whatever spelling or not at all.
 */
class RecordReadingProperties {
  private static final VmId VM = Said.vm(1);

  /** The number of digits that a tool shows of the second; event logs keep 100 nanoseconds. */
  record Reader(int digits, Optional<String> channel, Optional<String> computer, String detail) {
    WindowsEvent read(int eventId, Instant time) {
      WindowsEventBuilder event =
          WindowsEvent.builder(SoftwareProtection.PROVIDER, eventId)
              .timeCreated(shown(time))
              .recordId(17)
              .texts(Hresult.OK.hex(), detail);
      channel.ifPresent(event::channel);
      computer.ifPresent(event::computer);
      return event.build();
    }

    @SuppressWarnings("JavaInstantGetSecondsGetNano") // the fraction of the second is what is cut
    Instant shown(Instant time) {
      int unit = 1;
      for (int digit = 9; digit > digits; digit--) {
        unit *= 10;
      }
      return time.truncatedTo(ChronoUnit.SECONDS)
          .plusNanos(time.get(ChronoField.NANO_OF_SECOND) / unit * (long) unit);
    }
  }

  @Provide
  Arbitrary<List<Reader>> readers() {
    return Combinators.combine(
            Arbitraries.of(0, 3, 6, 7, 9),
            Arbitraries.of("Application", "APPLICATION", "").optional(),
            Arbitraries.of("host-1", "HOST-1.example.org", "Host-1", "").optional(),
            Arbitraries.of("", " "))
        .as(Reader::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<Instant> time() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 100_000),
            Arbitraries.integers().between(0, 9_999_999))
        .as((second, ticks) -> Said.at(0, second).plusNanos(ticks * 100L));
  }

  @Property
  void aRecordOfAHostIsOneRecordByWhateverWayItWasRead(
      @ForAll("readers") List<Reader> readers, @ForAll("time") Instant time, @ForAll long seed) {
    LedgerView view =
        view(
            readers,
            seed,
            reader -> Observer.real().hostEvent(Said.HOST_1, reader.read(12310, time)));
    assertEquals(1, view.unattributed().size());
    assertEquals(finest(readers, time), view.unattributed().first().at());
    assertEquals(List.of(), view.findings());
  }

  @Property
  void aRecordOfAGuestIsOneRecordByWhateverWayItWasRead(
      @ForAll("readers") List<Reader> readers, @ForAll("time") Instant time, @ForAll long seed) {
    VmHistory history =
        view(readers, seed, reader -> Observer.real().guestEvent(VM, reader.read(12309, time)))
            .history(VM)
            .orElseThrow();
    assertEquals(1, history.exchanges().size());
    assertEquals(finest(readers, time), history.exchanges().get(0).at());
    assertEquals(1, history.observations().size());
  }

  @Property(tries = 300)
  void keysAreEqualExactlyIfTheRecordIsTheSame(
      @ForAll("readers") List<Reader> readers, @ForAll("time") Instant time) {
    Set<RecordKey> keys = new TreeSet<>();
    for (Reader reader : readers) {
      keys.add(RecordKey.of(reader.read(12310, time), "host-1").orElseThrow());
    }
    assertEquals(1, keys.size());
    RecordKey key = keys.iterator().next();
    assertNotEquals(key, new RecordKey("host-1", "", Optional.of(18L), time));
    assertNotEquals(key, new RecordKey("host-2", "", Optional.of(17L), time));
    assertNotEquals(key, new RecordKey("host-1", "Other", Optional.of(17L), time));
    assertNotEquals(key, new RecordKey("host-1", "", Optional.of(17L), time.plusSeconds(1)));
  }

  /** Read in any order, some twice, in two parts. */
  private static LedgerView view(
      List<Reader> readers, long seed, Function<Reader, Optional<Observation>> observe) {
    Random random = new Random(seed);
    List<Observation> observations = new ArrayList<>();
    for (Reader reader : readers) {
      for (int copies = 1 + random.nextInt(2); copies > 0; copies--) {
        observations.add(observe.apply(reader).orElseThrow());
      }
    }
    Collections.shuffle(observations, random);
    int half = observations.size() / 2;
    LedgerView view =
        LicenseLedger.of(observations.subList(0, half))
            .plus(LicenseLedger.of(observations.subList(half, observations.size())))
            .view();
    Collections.shuffle(observations, random);
    assertEquals(view.ledger(), LicenseLedger.of(observations));
    return view;
  }

  private static Instant finest(List<Reader> readers, Instant time) {
    return readers.stream().map(reader -> reader.shown(time)).max(Instant::compareTo).orElseThrow();
  }
}
