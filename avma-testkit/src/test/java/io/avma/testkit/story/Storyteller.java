package io.avma.testkit.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import io.avma.eventlog.WindowsEvent;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpSource;
import io.avma.sim.Happening;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Writes down what a data centre answers, line by line. */
final class Storyteller {
  private final StringBuilder text = new StringBuilder();

  /** Something that may be refused. */
  @FunctionalInterface
  interface Act {
    Object play() throws Exception;
  }

  void heading(String title) {
    text.append("\n== ").append(title).append('\n');
  }

  void line(Object what) {
    text.append(what).append('\n');
  }

  /** Writes what {@code act} gives, or how it is refused. */
  void act(String name, Act act) {
    text.append("- ").append(name).append('\n');
    String answer;
    try {
      answer = String.valueOf(act.play());
    } catch (Exception e) {
      answer = e.getClass().getSimpleName() + ": " + e.getMessage();
    }
    line("  = " + answer);
  }

  /** An act without a result. */
  void does(String name, Doing doing) {
    act(
        name,
        () -> {
          doing.play();
          return "done";
        });
  }

  /** Something that gives nothing. */
  @FunctionalInterface
  interface Doing {
    void play() throws Exception;
  }

  /** Writes everything that can be asked of {@code datacenter}. */
  void everything(SimulatedDatacenter datacenter) {
    line(datacenter);
    line("events " + datacenter.eventCount() + ", now " + datacenter.now());
    datacenter.hosts().forEach(this::host);
    datacenter.guests().forEach(this::guest);
  }

  /** Writes a digest of everything, where nobody would read it all, and how guests are. */
  void digest(SimulatedDatacenter datacenter) {
    Storyteller all = new Storyteller();
    all.everything(datacenter);
    line("everything: " + Hashing.sha256().hashString(all.toString(), UTF_8));
    datacenter.hosts().forEach(host -> line("  " + host + " " + host.guests()));
  }

  void host(SimulatedHost host) {
    line(
        host
            + " | "
            + host.name()
            + " "
            + host.id()
            + " "
            + host.cluster()
            + " up "
            + host.isUp()
            + " reachable "
            + host.isReachable()
            + " guests "
            + host.guests().stream().map(SimulatedGuest::name).toList());
    line("  true " + host.trueProfile());
    act("profile", host::profile);
    act("sweep", () -> readings(host));
    act("log", () -> log(host.events()));
  }

  private static String readings(SimulatedHost host) throws TransportException {
    StringBuilder all = new StringBuilder();
    for (VmReading reading : host.sweep(SweepScope.everything())) {
      all.append("\n    ").append(reading);
      if (reading instanceof VmReading.Read read) {
        for (KvpSource source : KvpSource.values()) {
          all.append("\n      ").append(source).append(' ').append(read.snapshot().items(source));
        }
      }
    }
    return all.toString();
  }

  void guest(SimulatedGuest guest) {
    line(
        guest
            + " | "
            + guest.name()
            + " "
            + guest.vm()
            + " on "
            + guest.host().name()
            + " running "
            + guest.isRunning()
            + " activated "
            + guest.isActivated()
            + " powered "
            + guest.isPowered()
            + " replica "
            + guest.isReplica()
            + " has "
            + guest.replica().map(SimulatedGuest::name)
            + " ahead "
            + guest.clockAhead()
            + " "
            + guest.capabilities());
    line("  " + guest.profile());
    line("  " + guest.activation());
    act("vmId", guest::vmId);
    act("license", guest::license);
    for (KvpPool pool : KvpPool.values()) {
      act(pool.name(), () -> guest.pools().read(pool));
    }
    act("log", () -> log(guest.events()));
  }

  private static String log(EventSource events) throws TransportException {
    StringBuilder all = new StringBuilder();
    EventBookmark bookmark = EventBookmark.start();
    try (events) {
      EventBatch batch;
      do {
        batch = events.read(bookmark, EventFilter.all(), 7);
        batch.gaps().forEach(gap -> all.append("\n    ").append(gap));
        batch.events().forEach(event -> all.append("\n    ").append(event(event)));
        bookmark = batch.next();
      } while (!batch.atEnd());
    }
    return all.toString();
  }

  private static String event(WindowsEvent event) {
    return event + " " + event.data();
  }

  /** Follows every happening. */
  void follow(SimulatedDatacenter datacenter) {
    datacenter.listen((where, happenings) -> told(where.now(), happenings));
  }

  private void told(Instant now, List<Happening> happenings) {
    for (Happening happening : happenings) {
      text.append("    * +")
          .append(Duration.between(SimulatedDatacenter.START, now))
          .append(' ')
          .append(happening.getClass().getSimpleName());
      if (happening instanceof Happening.GuestChanged changed) {
        text.append(' ')
            .append(changed.guest().name())
            .append(' ')
            .append(changed.input().kind())
            .append(' ')
            .append(changed.after().state().kind());
      } else if (happening instanceof Happening.GuestPlaced placed) {
        text.append(' ').append(placed.guest().name()).append(" on ").append(placed.to().name());
      } else if (happening instanceof Happening.HostChanged host) {
        text.append(' ').append(host.host().name()).append(' ').append(host.restarted());
      } else if (happening instanceof Happening.RequestAnswered answered) {
        text.append(' ').append(answered.host().name()).append(' ').append(answered.code());
      } else if (happening instanceof Happening.FaultStruck struck) {
        text.append(' ').append(struck.rule().name()).append(' ').append(struck.guest().name());
      } else if (happening instanceof Happening.RecordsLost lost) {
        text.append(' ').append(lost.machine()).append(' ').append(lost.cause());
      }
      text.append('\n');
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
