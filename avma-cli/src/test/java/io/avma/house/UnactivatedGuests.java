package io.avma.house;

// DOC tool
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.VmExtractor;
import io.avma.platform.VmId;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.HyperVHost;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import java.util.Set;
import java.util.TreeSet;

/** The VMs of a host that it never granted an activation. */
final class UnactivatedGuests {
  private UnactivatedGuests() {}

  static Set<VmId> on(HyperVHost host) throws TransportException {
    Set<VmId> found = new TreeSet<>();
    for (VmReading reading : host.sweep(SweepScope.everything())) {
      found.add(reading.vm());
    }
    try (EventSource events = host.events()) {
      for (var event :
          events.read(EventBookmark.start(), EventFilter.activations(), 10_000).events()) {
        ActivationLogEntry entry = ActivationLogEntry.of(event).orElseThrow();
        if (entry.result().isPresent() && entry.result().get().isSuccess()) {
          entry.vm(VmExtractor.firstGuid()).flatMap(vm -> vm.id()).ifPresent(found::remove);
        }
      }
    }
    return found;
  }
}

// DOC end
