package io.avma.sim.scenario;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.VmId;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import io.avma.tracking.LicenseLedger;
import io.avma.tracking.Observation;
import io.avma.tracking.Observer;
import io.avma.transport.Capability;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventGap;
import io.avma.transport.EventSource;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an operator's tool does now and then: sweeps the hosts, reads both sides' logs from where it
 * stopped, and asks each Windows guest that runs for its license. It uses the ports alone, as it
 * would on real hosts, and what cannot be reached it passes over. For the thread of the data
 * centre.
 */
@CheckReturnValue
public final class Monitoring {
  private static final int BATCH = 1_000;

  private final SimulatedDatacenter datacenter;
  private final Observer observer = Observer.simulated();
  private final LicenseLedger.Builder ledger = LicenseLedger.empty().toBuilder();
  private final Map<String, EventBookmark> bookmarks = new HashMap<>(); // asked, never iterated

  /** Looks at {@code datacenter}; nothing was seen yet. */
  public Monitoring(SimulatedDatacenter datacenter) {
    this.datacenter = datacenter;
  }

  /** Returns all that was seen. */
  public LicenseLedger ledger() {
    return ledger.build();
  }

  /** Looks at everything once. */
  public void round() {
    for (SimulatedHost host : datacenter.hosts()) {
      try {
        ask(host);
      } catch (TransportException e) {
        // it is down or hangs; what its log holds is read when it is back
      }
    }
    for (SimulatedGuest guest : datacenter.guests()) {
      if (guest.capabilities().contains(Capability.LICENSE_STATE)) {
        try {
          ask(guest);
        } catch (TransportException e) {
          // it does not run; its host was asked where it is
        }
      }
    }
  }

  private void ask(SimulatedHost host) throws TransportException {
    ledger.add(observer.profile(host.id(), host.profile(), datacenter.now()));
    for (VmReading reading : host.sweep(SweepScope.everything())) {
      ledger.addAll(observer.sweep(host.id(), reading));
    }
    try (EventSource events = host.events()) {
      read(
          "host " + host.name(),
          events,
          event -> observer.hostEvent(host.id(), event),
          gap -> observer.gap(host.id(), gap));
    }
  }

  private void ask(SimulatedGuest guest) throws TransportException {
    VmId vm = guest.vm();
    try (EventSource events = guest.events()) {
      ledger.add(observer.license(vm, guest.license()));
      read(
          "guest " + guest.name(),
          events,
          event -> observer.guestEvent(vm, event),
          gap -> observer.gap(vm, gap));
    }
  }

  private void read(
      String log,
      EventSource events,
      Function<WindowsEvent, Optional<Observation>> meaning,
      Function<EventGap, Optional<Observation>> missing)
      throws TransportException {
    EventBookmark bookmark = bookmarks.getOrDefault(log, EventBookmark.start());
    List<Observation> found = new ArrayList<>();
    EventBatch batch;
    do {
      batch = events.read(bookmark, EventFilter.all(), BATCH);
      batch.events().forEach(event -> meaning.apply(event).ifPresent(found::add));
      batch.gaps().forEach(gap -> missing.apply(gap).ifPresent(found::add));
      bookmark = batch.next();
    } while (!batch.atEnd());
    bookmarks.put(log, bookmark);
    ledger.addAll(found);
  }
}
