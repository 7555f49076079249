package io.avma.benchmarks;

import io.avma.platform.WindowsRelease;
import io.avma.sim.FleetShape;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import java.time.Duration;
import java.util.Locale;

/**
 * How much a large data centre takes: {@code java -Xmx1g -cp benchmarks.jar
 * io.avma.benchmarks.Scale HOSTS GUESTS_PER_HOST DAYS}. Boots and activates all guests, says how
 * many bytes each keeps, forks once and again, and plays the days. One process, no peers: what is
 * asked is whether it fits and how long it takes.
 */
public final class Scale {
  private static final int FORKS = 40;

  private Scale() {}

  /** Runs it. */
  public static void main(String[] arguments) {
    int hosts = Integer.parseInt(arguments[0]);
    int perHost = Integer.parseInt(arguments[1]);
    long days = Long.parseLong(arguments[2]);
    long before = Memory.used();
    long start = System.nanoTime();
    try (SimulatedDatacenter datacenter =
        SimulatedDatacenter.builder()
            .traceCapacity(0)
            .generate(new FleetShape(1, hosts, perHost, WindowsRelease.WS_2025))
            .build()) {
      datacenter.startAll(Duration.ofMinutes(10));
      datacenter.advance(Duration.ofHours(1));
      long created = millisSince(start);
      long activated = datacenter.guests().stream().filter(SimulatedGuest::isActivated).count();
      long guests = datacenter.guests().size();
      if (activated != guests) {
        throw new AssertionError(activated + " of " + guests + " are activated");
      }
      print("%,d guests booted and activated in %,d ms", guests, created);
      print("%,d bytes a guest", (Memory.used() - before) / guests);
      print("fork: %,d us at best", bestFork(datacenter) / 1_000);
      long events = datacenter.eventCount();
      start = System.nanoTime();
      datacenter.advance(Duration.ofDays(days));
      long played = Math.max(1, millisSince(start));
      events = datacenter.eventCount() - events;
      print(
          "%,d days: %,d events in %,d ms, %,d a second",
          days, events, played, events * 1_000 / played);
      print("%,d bytes a guest after them", (Memory.used() - before) / guests);
    }
  }

  private static long bestFork(SimulatedDatacenter datacenter) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < FORKS; i++) {
      long start = System.nanoTime();
      try (SimulatedDatacenter fork = datacenter.fork()) {
        best = Math.min(best, System.nanoTime() - start);
        if (!fork.now().equals(datacenter.now())) {
          throw new AssertionError("a fork of another time");
        }
      }
    }
    return best;
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static void print(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }
}
