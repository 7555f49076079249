package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.WindowsEvent;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What holds of any bytes whatever that are read as an {@code .evtx} file. */
final class EvtxChecks {
  private EvtxChecks() {}

  /** Events and flaws or our own exception, and the same in every way of reading. */
  static void check(byte[] bytes, EventLogOptions options) {
    try {
      EvtxFiles.Reading reading = EvtxFiles.read(bytes, options);
      for (Flaw flaw : reading.flaws()) {
        assertTrue(flaw.position().offset().orElse(0) <= bytes.length, flaw.toString());
      }
      EvtxFiles.Reading parallel = EvtxFiles.read(bytes, options.toBuilder().threads(2).build());
      assertEquals(reading, parallel);
      scanAgrees(bytes, options, reading.events());
    } catch (TransportException e) {
      assertEquals(TransportException.Reason.DAMAGED, e.reason());
    }
  }

  /** The scan reaches the same records; it has an event and XML for each that can be decoded. */
  private static void scanAgrees(byte[] bytes, EventLogOptions options, List<WindowsEvent> events)
      throws TransportException {
    List<WindowsEvent> scanned = new ArrayList<>();
    try (EvtxScan scan = new EvtxScan(new BytesInput("test.evtx", bytes), options)) {
      while (scan.next()) {
        Optional<WindowsEvent> event = scan.event();
        event.ifPresent(scanned::add);
        if (event.isPresent()) {
          assertTrue(scan.writeXml(new ByteArrayOutputStream()), "XML of " + event);
        }
      }
    }
    assertEquals(events, scanned);
  }
}
