package io.avma.sim.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.catalog.KeyCatalog;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.SimulatedDatacenter;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import io.avma.transport.eventlog.EventLogOptions;
import io.avma.transport.eventlog.EventLogReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedLogFileTest {
  @TempDir Path folder;

  private static SimulatedDatacenter afterAMonth() {
    SimulatedDatacenter datacenter =
        SimulatedDatacenter.builder()
            .seed(7)
            .host("hv", HostProfile.datacenter(WindowsRelease.WS_2022))
            .guest(
                "web",
                "hv",
                GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD),
                KeyCatalog.standard().find(WindowsRelease.WS_2019, Edition.STANDARD).orElseThrow())
            .build();
    datacenter.startAll(Duration.ofMinutes(1));
    datacenter.advance(Duration.ofDays(30));
    return datacenter;
  }

  private static List<WindowsEvent> read(Path file) throws TransportException {
    EventLogOptions strict = EventLogOptions.builder().strictness(Strictness.STRICT).build();
    try (EventLogReader reader = EventLogReader.open(file, strict)) {
      return reader.rest();
    }
  }

  private static List<WindowsEvent> all(EventSource source) throws TransportException {
    return source.read(EventBookmark.start(), EventFilter.all(), 10_000).events();
  }

  @Test
  void theFileHoldsWhatTheMachineLogged() throws Exception {
    SimulatedDatacenter datacenter = afterAMonth();
    EventSource host = datacenter.host("hv").events();
    EventSource guest = datacenter.guest("web").events();
    long written = SimulatedLogFile.write(host, folder.resolve("hv.evtx"));
    SimulatedLogFile.write(guest, folder.resolve("web.evtx"));
    assertTrue(written > 3, "renewals of a month");
    assertEquals(all(host), read(folder.resolve("hv.evtx")));
    assertEquals(all(guest), read(folder.resolve("web.evtx")));
    assertEquals(12310, read(folder.resolve("hv.evtx")).get(0).eventId());
    assertEquals(12309, read(folder.resolve("web.evtx")).get(0).eventId());
  }

  @Test
  void everythingInItSaysThatItIsSimulated() throws Exception {
    SimulatedLogFile.write(afterAMonth().host("hv").events(), folder.resolve("hv.evtx"));
    for (WindowsEvent event : read(folder.resolve("hv.evtx"))) {
      assertTrue(event.computer().orElseThrow().endsWith(".invalid"), event.toString());
    }
  }

  @Test
  void anExistingFileStays() throws Exception {
    EventSource log = afterAMonth().host("hv").events();
    SimulatedLogFile.write(log, folder.resolve("hv.evtx"));
    assertThrows(
        TransportException.class, () -> SimulatedLogFile.write(log, folder.resolve("hv.evtx")));
  }
}
