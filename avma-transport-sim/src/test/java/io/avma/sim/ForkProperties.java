package io.avma.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpSource;
import io.avma.platform.LicenseChannel;
import io.avma.platform.WindowsRelease;
import io.avma.sim.fault.Delay;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.function.Executable;

/** A copy of a data centre goes on as the original does, and neither knows of the other. */
class ForkProperties {
  private record Command(int verb, int guest, int host, long millis) {}

  @Provide
  Arbitrary<List<Command>> commands() {
    Arbitrary<Long> waits =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.longs().between(0, 12)),
            Tuple.of(2, Arbitraries.longs().between(0, 9_000_000)),
            Tuple.of(1, Arbitraries.longs().between(0, 900_000_000)));
    return Combinators.combine(
            Arbitraries.integers().between(0, 26),
            Arbitraries.integers().between(0, 20),
            Arbitraries.integers().between(0, 4),
            waits)
        .as(Command::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static SimulatedDatacenter build() {
    return Lab.builder()
        .generate(new FleetShape(1, 1, 3, WindowsRelease.WS_2022))
        .logCapacity(10, 6)
        .faults(
            FaultPlan.of(
                FaultRule.of("lost", FaultPoint.RESPONSE, new Fault.Lost()).withProbability(0.1),
                FaultRule.of(
                        "late",
                        FaultPoint.RESPONSE,
                        new Fault.Delayed(new Delay.Exponential(Lab.MINUTE)))
                    .withProbability(0.1),
                FaultRule.of("stale", FaultPoint.GUEST_ITEMS, new Fault.Stale(Lab.MINUTE))
                    .withProbability(0.3),
                FaultRule.of("power", FaultPoint.HOST, new Fault.Restarting(Lab.MINUTE))
                    .withProbability(0.05),
                FaultRule.of("hang", FaultPoint.HOST, new Fault.Hung(Lab.MINUTE))
                    .withProbability(0.05),
                FaultRule.of("record", FaultPoint.HOST_LOG, new Fault.Lost()).withProbability(0.1),
                FaultRule.of("cable", FaultPoint.MIGRATION, new Fault.Interrupted())
                    .withProbability(0.2)))
        .build();
  }

  /** Carries out {@code command}; one that is refused is refused by both. */
  private static void carryOut(SimulatedDatacenter datacenter, Command command) {
    List<SimulatedGuest> guests = datacenter.guests();
    SimulatedGuest guest = guests.get(command.guest() % guests.size());
    SimulatedHost host = datacenter.hosts().get(command.host());
    String name = "new-" + guests.size();
    try {
      switch (command.verb()) {
        case 0, 1, 2 -> guest.start();
        case 3 -> guest.stop();
        case 4 -> guest.save();
        case 5 -> guest.restore();
        case 6 -> guest.migrateTo(host);
        case 7 -> guest.quickMigrateTo(host);
        case 8 -> guest.revertTo(guest.checkpoint());
        case 9 -> guest.cloneTo(host, name);
        case 10 -> guest.replicateTo(host);
        case 11 -> guest.failOverToReplica();
        case 12 -> guest.testReplica(name);
        case 13 -> guest.setClock(Duration.ofHours(command.host() * 50L - 100));
        case 14 -> guest.clearLog();
        case 15 -> host.fillLog(3);
        case 16 -> host.fail();
        case 17 -> host.recover();
        case 18 -> host.drain();
        case 19 -> host.upgrade(WindowsRelease.WS_2025);
        case 20 -> host.unlicense();
        case 21 -> guest.setDataExchange(command.host() % 2 == 0);
        case 22 -> guest.installOther(LicenseChannel.MAK, "ABCDE");
        case 23 -> guest.install(Lab.KEY);
        case 24 -> datacenter.startAll(Lab.MINUTE);
        case 25 -> guest.pools().put(KvpPool.GUEST, new KvpItem("k" + command.host(), name));
        default -> host.add(guest.vm(), List.of(new KvpItem("h" + command.guest(), name)));
      }
    } catch (IllegalStateException | TransportException e) {
      // a host is down, a guest is a replica, a name is taken
    }
    datacenter.advance(Duration.ofMillis(command.millis()));
  }

  /** Everything that can be seen of a data centre, what nobody can ask included. */
  private static String seen(SimulatedDatacenter datacenter) {
    StringBuilder all = new StringBuilder(datacenter.trace().digest());
    all.append(datacenter.now()).append(datacenter.eventCount());
    for (SimulatedGuest guest : datacenter.guests()) {
      if (guest.isRunning()) {
        try {
          all.append(Lab.events(guest.events())).append(guest.pools().read(KvpPool.GUEST).items());
          all.append(guest.pools().read(KvpPool.EXTERNAL).items()).append(guest.vmId());
        } catch (TransportException e) {
          throw new AssertionError(e);
        }
      }
      all.append('\n').append(guest.name()).append(' ').append(guest.activation());
      all.append(guest.host().name()).append(guest.profile()).append(guest.clockAhead());
      all.append(guest.replica().map(SimulatedGuest::name)).append(guest.isReplica());
    }
    for (SimulatedHost host : datacenter.hosts()) {
      all.append('\n').append(host).append(host.isUp());
      try {
        all.append(Lab.events(host.events()));
        for (VmReading reading : host.sweep(SweepScope.everything())) {
          all.append(reading);
          for (KvpSource source : KvpSource.values()) {
            all.append(((VmReading.Read) reading).snapshot().items(source));
          }
        }
      } catch (TransportException e) {
        all.append(e.getMessage());
      }
    }
    return all.toString();
  }

  @Property(tries = 300)
  void aForkGoesOnAsTheOriginalDoes(
      @ForAll("commands") List<Command> before, @ForAll("commands") List<Command> after) {
    SimulatedDatacenter original = build();
    before.forEach(command -> carryOut(original, command));
    SimulatedDatacenter.Snapshot snapshot = original.snapshot();
    SimulatedDatacenter fork = original.fork();
    String atFork = seen(original);
    assertEquals(atFork, seen(fork));

    after.forEach(command -> carryOut(fork, command));
    assertEquals(atFork, seen(original), "what the fork does is its own");
    after.forEach(command -> carryOut(original, command));
    assertEquals(seen(original), seen(fork));

    SimulatedDatacenter opened = snapshot.open();
    assertEquals(atFork, seen(opened), "a snapshot stays what it was");
    after.forEach(command -> carryOut(opened, command));
    assertEquals(seen(original), seen(opened));
  }

  /** What commands drawn at random seldom leave behind. */
  @Example
  void whatIsUnderWayComesToItsEndInTheForkToo() throws TransportException {
    SimulatedDatacenter original = Lab.builder().build();
    SimulatedGuest web = original.guest("web");
    SimulatedHost spare = original.host("spare");
    SimulatedHost node2 = original.host("node-2");
    web.start();
    spare.create("lone", Lab.GUEST, Lab.KEY).start();
    node2.create("crm", Lab.GUEST, Lab.KEY).start();
    web.replicateTo(original.host("solo"));
    web.pools().put(KvpPool.GUEST, new KvpItem("role", "told"));
    original.advance(Duration.ofMinutes(5));
    web.pools().put(KvpPool.GUEST, new KvpItem("role", "not yet"));
    EventBookmark host = read(original.host("node-1").events(), EventBookmark.start()).next();
    EventBookmark guest = read(web.events(), EventBookmark.start()).next();
    original.host("node-1").clearLog();
    web.clearLog();
    web.activateNow();
    original.advance(Lab.SECOND);
    spare.fail(); // waits for its host
    node2.fail(); // waits for the cluster
    SimulatedDatacenter fork = original.fork();
    for (SimulatedDatacenter each : List.of(fork, original)) {
      each.advance(Lab.MINUTE);
      assertTrue(each.guest("crm").isRunning());
      each.host("spare").recover();
      assertTrue(each.guest("lone").isRunning());
      for (EventBatch batch :
          List.of(
              read(each.host("node-1").events(), host), read(each.guest("web").events(), guest))) {
        assertEquals(1, batch.gaps().size(), "it was cleared");
        assertEquals(1, batch.events().size());
      }
      each.guest("web").failOverToReplica();
      assertTrue(
          each.guest("web/replica")
              .pools()
              .read(KvpPool.GUEST)
              .items()
              .contains(new KvpItem("role", "told")));
    }
    assertEquals(seen(original), seen(fork));
  }

  private static EventBatch read(EventSource log, EventBookmark bookmark)
      throws TransportException {
    return log.read(bookmark, EventFilter.all(), 100);
  }

  @Example
  void aForkWithAnotherFutureHasAnotherDigest() {
    SimulatedDatacenter original = build();
    original.startAll(Lab.MINUTE);
    original.advance(Duration.ofHours(1));
    SimulatedDatacenter fork = original.fork();
    fork.hosts().forEach(SimulatedHost::unlicense);
    original.advance(Duration.ofDays(30));
    fork.advance(Duration.ofDays(30));
    assertNotEquals(original.trace().digest(), fork.trace().digest());
    assertTrue(original.guests().stream().anyMatch(SimulatedGuest::isActivated));
    assertTrue(fork.guests().stream().noneMatch(SimulatedGuest::isActivated));
  }

  @Example
  void handlesWatchesAndListenersStayWithTheOriginal() throws TransportException {
    SimulatedDatacenter original = build();
    SimulatedGuest web = original.guest("web");
    web.start();
    List<String> told = new ArrayList<>();
    original.listen((unused, happenings) -> told.add("listener"));
    var watch = web.pools().watch(KvpPool.EXTERNAL, (unused, changes) -> told.add("watch"));
    SimulatedDatacenter fork = original.fork();
    fork.host("node-1").add(web.vm(), List.of(new KvpItem("a", "b")));
    fork.guest("web").stop();
    assertEquals(List.of(), told);
    assertTrue(web.isRunning());
    fork.close();
    assertTrue(web.isRunning(), "the original is open");
    original.host("node-1").add(web.vm(), List.of(new KvpItem("a", "b")));
    assertEquals(List.of("watch", "listener"), told);
    watch.close();
  }

  @Example
  void aForkBelongsToTheThreadThatMadeItAndASnapshotToNobody() throws InterruptedException {
    SimulatedDatacenter original = build();
    SimulatedDatacenter.Snapshot snapshot = original.snapshot();
    String here = seen(original);
    List<String> there = new ArrayList<>();
    Thread other =
        new Thread(
            () -> {
              there.add(seen(snapshot.open()));
              there.add(snapshot.takenAt().toString());
              there.add(
                  assertThrows(IllegalStateException.class, original::fork)
                      .getClass()
                      .getSimpleName());
            });
    other.start();
    other.join();
    assertEquals(List.of(here, original.now().toString(), "IllegalStateException"), there);
  }

  /** Half of an event would be missing in the copy, for good. */
  @Example
  void nobodyForksFromWithinAnEvent() throws TransportException {
    SimulatedDatacenter original = build();
    SimulatedGuest web = original.guest("web");
    web.start();
    List<String> refused = new ArrayList<>();
    var watch =
        web.pools()
            .watch(
                KvpPool.EXTERNAL,
                (unused, changes) -> {
                  web.setClock(Lab.MINUTE); // what it does itself does not end the event
                  for (Executable call :
                      List.<Executable>of(
                          original::fork, original::snapshot, () -> original.advance(Lab.MINUTE))) {
                    refused.add(assertThrows(IllegalStateException.class, call).getMessage());
                  }
                });
    original.host("node-1").add(web.vm(), List.of(new KvpItem("a", "b")));
    assertEquals(3, refused.size(), refused::toString);
    watch.close();
    original.fork().advance(Lab.MINUTE);
  }
}
