package org.example.report;

import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.VmExtractor;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.Hresult;
import io.avma.platform.VmId;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.HyperVHost;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import java.util.HashSet;
import java.util.Set;

/** The VMs of a host for which its event log shows no granted activation, as CSV. */
public final class Ungranted {
  private static final int BATCH = 100;

  private final HyperVHost host;

  /** Asks {@code host}, and only reads. */
  public Ungranted(HyperVHost host) {
    this.host = new ReadOnlyHost(host);
  }

  /** Returns a header and a line for each such VM, in the order of the identifiers. */
  public String csv() throws TransportException {
    Set<VmId> granted = granted();
    StringBuilder csv = new StringBuilder("host,vm,name,state\n");
    for (VmReading reading : host.sweep(SweepScope.everything().factsOnly())) {
      if (granted.contains(reading.vm())) {
        continue;
      }
      csv.append(field(host.id().value())).append(',').append(reading.vm()).append(',');
      if (reading instanceof VmReading.Read read) {
        csv.append(field(read.facts().name())).append(',').append(read.facts().state());
      } else if (reading instanceof VmReading.Unreadable unreadable) {
        csv.append(',').append("unreadable: ").append(unreadable.reason());
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  /** A log is read in pieces, because a busy host has a long one. */
  private Set<VmId> granted() throws TransportException {
    Set<VmId> granted = new HashSet<>();
    try (EventSource log = host.events()) {
      EventBookmark bookmark = EventBookmark.start();
      EventBatch batch;
      do {
        batch = log.read(bookmark, EventFilter.activations(), BATCH);
        for (WindowsEvent event : batch.events()) {
          ActivationLogEntry.of(event)
              .filter(entry -> entry.result().filter(Hresult::isSuccess).isPresent())
              .flatMap(entry -> entry.vm(VmExtractor.firstGuid()))
              .flatMap(vm -> vm.id())
              .ifPresent(granted::add);
        }
        bookmark = batch.next();
      } while (!batch.atEnd());
    }
    return granted;
  }

  /** Names of VMs are foreign text: quotes, commas and line breaks stay inside their field. */
  static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
