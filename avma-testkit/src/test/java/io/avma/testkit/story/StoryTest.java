package io.avma.testkit.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.io.Resources;
import io.avma.activation.ActivationTerms;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.sim.FleetShape;
import io.avma.sim.GuestImage;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What a data centre does and answers, told through the public handles alone and compared with what
 * people have read and found right. After a change that is meant, the story as it is now lies in
 * {@code target/story}; read the difference before it takes the place of the old one.
 */
class StoryTest {
  private static final GuestProfile GUEST =
      GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD);
  private static final AvmaKey KEY = key(WindowsRelease.WS_2022, Edition.STANDARD);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Storyteller story = new Storyteller();

  private static AvmaKey key(WindowsRelease release, Edition edition) {
    return KeyCatalog.standard().find(release, edition).orElseThrow();
  }

  private void isAsRead(String name) throws IOException {
    Path now = Path.of("target", "story", name + ".txt");
    Files.createDirectories(now.getParent());
    Files.writeString(now, story.toString());
    URL read = StoryTest.class.getResource(name + ".txt");
    assertEquals(
        read == null ? "" : Resources.toString(read, UTF_8), story.toString(), "see " + now);
  }

  private static SimulatedDatacenter datacenter() {
    return SimulatedDatacenter.builder()
        .seed(17)
        .traceCapacity(2_000)
        .logCapacity(12, 6)
        .messageDelay(Duration.ofMillis(40))
        .host("n1", Optional.of("prod"), HostProfile.datacenter(WindowsRelease.WS_2022))
        .host("n2", Optional.of("prod"), HostProfile.datacenter(WindowsRelease.WS_2022))
        .host("solo", HostProfile.datacenter(WindowsRelease.WS_2025))
        .guest("web", "n1", GUEST, KEY)
        .guest(
            "db",
            "n1",
            GuestProfile.of(WindowsRelease.WS_2019, Edition.DATACENTER),
            key(WindowsRelease.WS_2019, Edition.DATACENTER))
        .guest("linux", "n2", GuestProfile.of(new GuestSystem.NotWindows("Debian 12")))
        .guest("mak", "solo", GUEST, LicenseChannel.MAK, "3V66T")
        .guest("quiet", "n2", GUEST.withDataExchange(Ternary.NO), KEY)
        .build();
  }

  @Test
  void aDayInTheLifeOfGuests() throws Exception {
    try (SimulatedDatacenter all = datacenter()) {
      story.follow(all);
      SimulatedGuest web = all.guest("web");
      SimulatedHost n1 = all.host("n1");
      SimulatedHost n2 = all.host("n2");
      SimulatedHost solo = all.host("solo");
      story.heading("before anything runs");
      story.everything(all);
      story.heading("what a guest that is off refuses");
      story.act("stop", web::stop);
      story.act("crash", web::crash);
      story.act("save", web::save);
      story.act("restore", web::restore);
      story.act("activateNow", web::activateNow);
      story.act("can move", () -> web.canMoveTo(n2) + " " + web.canMoveTo(n1));
      story.heading("everything boots");
      all.startAll(Duration.ofMinutes(4));
      all.advance(HOUR);
      story.everything(all);
      story.heading("it runs");
      story.act("start", web::start);
      story.act("save", web::save);
      story.act("restore", web::restore);
      story.act("migrate", () -> web.migrateTo(n2));
      story.act("quick", () -> web.quickMigrateTo(solo));
      story.act("to where it is", () -> web.migrateTo(solo));
      all.advance(HOUR);
      GuestImage image = web.checkpoint();
      story.line(image + " " + image.vm() + " " + image.takenAt());
      story.act("other key", () -> web.installOther(LicenseChannel.RETAIL, "8XDDG"));
      story.act("no channel of its own", () -> web.installOther(LicenseChannel.AVMA, "8XDDG"));
      story.act("no five", () -> web.installOther(LicenseChannel.MAK, "8XDD"));
      story.guest(web);
      story.act("tidy", web::removeActivationItems);
      story.act("tidy again", web::removeActivationItems);
      AvmaKey wrong = KeyCatalog.standard().avmaKeys().get(0);
      story.act("a key for another edition", () -> web.install(wrong));
      story.act("a key on Linux", () -> all.guest("linux").install(wrong));
      story.act("remove key", web::removeKey);
      story.act("remove it again", web::removeKey);
      story.guest(web);
      story.act("back", () -> web.revertTo(image));
      story.act("start", web::start);
      story.act("restore", web::restore);
      all.advance(MINUTE);
      story.act("the image of another", () -> all.guest("db").revertTo(image));
      story.heading("clocks");
      story.does("ahead", () -> web.setClock(Duration.ofDays(3)));
      story.does("too far", () -> web.setClock(Duration.ofDays(40_000)));
      all.advance(DAY);
      story.does("behind", () -> web.setClock(HOUR.negated()));
      all.advance(DAY);
      story.guest(web);
      story.heading("items");
      story.does("put", () -> web.pools().put(KvpPool.GUEST, new KvpItem("k", "v")));
      story.does(
          "into a pool of the host",
          () -> web.pools().put(KvpPool.EXTERNAL, new KvpItem("k", "v")));
      story.act("remove", () -> web.pools().remove(KvpPool.GUEST, "k"));
      story.act("remove it again", () -> web.pools().remove(KvpPool.GUEST, "k"));
      var watch =
          web.pools()
              .watch(
                  KvpPool.EXTERNAL, (pool, seen) -> story.line("  told of " + pool + " " + seen));

      story.does(
          "host adds",
          () -> solo.add(web.vm(), List.of(new KvpItem("a", "1"), new KvpItem("b", "2"))));
      story.does("host adds again", () -> solo.add(web.vm(), List.of(new KvpItem("a", "1"))));
      story.does("host modifies", () -> solo.modify(web.vm(), List.of(new KvpItem("a", "3"))));
      story.does(
          "host modifies what is not", () -> solo.modify(web.vm(), List.of(new KvpItem("z", "3"))));
      story.does("host removes", () -> solo.remove(web.vm(), List.of("b")));
      story.does("host removes what is not", () -> solo.remove(web.vm(), List.of("b")));
      story.does("of a VM elsewhere", () -> n1.add(web.vm(), List.of(new KvpItem("a", "1"))));
      story.does("exchange off", () -> web.setDataExchange(false));
      story.does("host adds to it", () -> solo.add(web.vm(), List.of(new KvpItem("c", "1"))));
      story.guest(web);
      story.does("exchange on", () -> web.setDataExchange(true));

      watch.close();
      story.host(solo);
      story.heading("logs");
      story.does("fill", () -> web.fillLog(4));
      story.does("none", () -> web.fillLog(0));
      story.does("fill over", () -> web.fillLog(9));
      story.guest(web);
      story.does("clear", web::clearLog);
      story.guest(web);
      story.does("fill host", () -> solo.fillLog(13));
      story.host(solo);
      story.does("clear host", solo::clearLog);
      story.host(solo);
      story.line(all.trace().count() + " " + all.trace().digest() + " " + all.trace().isOn());
      all.trace().entries().forEach(story::line);
    }
    isAsRead("guests");
  }

  @Test
  void whatHostsGoThrough() throws Exception {
    try (SimulatedDatacenter all = datacenter()) {
      SimulatedHost n1 = all.host("n1");
      SimulatedHost n2 = all.host("n2");
      SimulatedHost solo = all.host("solo");
      SimulatedGuest web = all.guest("web");
      all.startAll(Duration.ZERO);
      all.advance(MINUTE);
      story.follow(all);
      story.heading("copies");
      story.act("clone", () -> web.cloneTo(n2, "twin"));
      story.act("clone beside itself", () -> web.cloneTo(n1, "twin-2"));
      story.act("a name that is taken", () -> web.cloneTo(solo, "db"));
      story.act("create", () -> solo.create("new", GUEST));
      story.act(
          "create with a key",
          () -> solo.create("new-2", GUEST, KeyCatalog.standard().avmaKeys().get(3)));
      story.act("restore", () -> solo.restore("back", web.checkpoint()));
      story.act("copy", () -> solo.copy("copy", web.checkpoint()));
      story.act(
          "can take", () -> solo.canTake(web.vm()) + " " + n1.canTake(all.guest("copy").vm()));
      story.heading("replicas");
      story.act("without one", web::failOverToReplica);
      story.act("test without one", () -> web.testReplica("test"));
      SimulatedGuest db = all.guest("db");
      story.act("replicate", () -> db.replicateTo(solo));
      story.act("twice", () -> db.replicateTo(n2));
      story.act("start the replica", () -> all.guest("db/replica").start());
      all.advance(HOUR);
      story.act("test", () -> db.testReplica("test"));
      all.advance(HOUR);
      story.act("fail over", db::failOverToReplica);
      all.advance(HOUR);
      story.everything(all);
      story.heading("failures");
      story.does("fail", n1::fail);
      story.act("migrate from it", () -> web.migrateTo(solo));
      all.advance(HOUR);
      story.digest(all);
      story.does("recover", n1::recover);
      story.does("fail solo", solo::fail);
      story.does("fail solo twice", solo::fail);
      story.act("ask it", solo::profile);
      story.does("recover solo", solo::recover);
      all.advance(HOUR);
      story.act("drain", n2::drain);
      story.act("drain solo", solo::drain);
      all.advance(HOUR);
      story.does("upgrade", () -> n1.upgrade(WindowsRelease.WS_2025));
      story.does("downgrade", () -> n1.upgrade(WindowsRelease.WS_2016));
      story.does("unlicense", n1::unlicense);
      all.advance(Duration.ofDays(3));
      story.digest(all);
      story.does("relicense", () -> n1.setActivated(true));
      story.does(
          "change",
          () -> n2.change(profile -> profile.toBuilder().edition(Edition.STANDARD).build()));
      all.advance(Duration.ofDays(3));
      story.digest(all);
      story.heading("copies of everything");
      SimulatedDatacenter.Snapshot snapshot = all.snapshot();
      try (SimulatedDatacenter fork = all.fork()) {
        fork.guests().forEach(guest -> guest.crash());
        fork.advance(DAY);
        story.line(fork + " " + fork.eventCount() + " " + fork.trace().digest());
      }
      all.advance(DAY);
      story.line(all + " " + all.eventCount() + " " + all.trace().digest());
      story.line(snapshot);
      story.act("nodes", () -> all.nodes("prod") + " " + all.nodes("none"));
      story.act("no host", () -> all.host("none"));
      story.act("no guest", () -> all.guest("none"));
      story.line(
          all.hasHost("n1")
              + " "
              + all.hasHost("x")
              + " "
              + all.hasGuest("web")
              + " "
              + all.hasGuest("x"));
      story.does("back in time", () -> all.advanceTo(SimulatedDatacenter.START));
      story.does("a negative time", () -> all.advance(MINUTE.negated()));
      story.line(all.trace().last(5));
      story.line(all.trace().last(5_000).size());
    }
    isAsRead("hosts");
  }

  @Test
  void everyFault() throws Exception {
    for (FaultPoint point : FaultPoint.values()) {
      for (Fault fault : Faults.at(point)) {
        story.heading(point + " " + fault);
        try (SimulatedDatacenter all =
            SimulatedDatacenter.builder()
                .seed(5)
                .traceCapacity(500)
                .terms(ActivationTerms.brisk())
                .faults(
                    FaultPlan.of(
                        FaultRule.of("f", point, fault).skipping(1).atMost(2).onGuests("w*"),
                        FaultRule.of("never", point, fault).onHosts("z*"),
                        FaultRule.of("rare", point, fault).withProbability(0.05),
                        FaultRule.of("once", point, fault)
                            .between(HOUR, Duration.ofHours(2))
                            .onHosts("n2")))
                .host("n1", Optional.of("prod"), HostProfile.datacenter(WindowsRelease.WS_2022))
                .host("n2", Optional.of("prod"), HostProfile.datacenter(WindowsRelease.WS_2022))
                .guest("web", "n1", GUEST, KEY)
                .guest("db", "n2", GUEST, KEY)
                .build()) {
          all.startAll(Duration.ZERO);
          for (int hour = 0; hour < 6; hour++) {
            all.advance(HOUR);
            SimulatedGuest web = all.guest("web");
            if (web.canMoveTo(all.host("n" + (1 + hour % 2))) && web.isRunning()) {
              story.act(
                  "move",
                  () -> web.migrateTo(all.host(web.host().name().equals("n1") ? "n2" : "n1")));
            }
            story.does(
                "put", () -> web.pools().put(KvpPool.GUEST, new KvpItem("tenant", "some text")));
            story.act("read", () -> all.guest("db").host().profile().activated());
          }
          all.heal();
          all.advance(DAY);
          story.digest(all);
          story.line(all.trace().count() + " " + all.trace().digest());
          all.trace().last(8).forEach(story::line);
        }
      }
    }
    isAsRead("faults");
  }

  @Test
  void fleetsAndWhatBuildersRefuse() throws Exception {
    try (SimulatedDatacenter fleet =
        SimulatedDatacenter.generate(new FleetShape(2, 2, 2, WindowsRelease.WS_2025), 9)) {
      story.line(fleet.seed() + " " + fleet.terms());
      story.everything(fleet);
      fleet.startAll(HOUR);
      fleet.advance(Duration.ofDays(15));
      story.everything(fleet);
      story.does("all at once for ever", () -> fleet.startAll(Duration.ofDays(-1)));
    }
    story.heading("refused");
    HostProfile host = HostProfile.datacenter(WindowsRelease.WS_2022);
    VmId vm = VmId.parse("11111111-2222-3333-4444-555555555555").orElseThrow();
    story.act("no host", () -> SimulatedDatacenter.builder().build());
    story.act("twice", () -> SimulatedDatacenter.builder().host("a", host).host("a", host).build());
    story.act("case", () -> SimulatedDatacenter.builder().host("a", host).host("A", host).build());
    story.act("blank", () -> SimulatedDatacenter.builder().host(" ", host).build());
    story.act("long", () -> SimulatedDatacenter.builder().host("x".repeat(300), host).build());
    story.act(
        "guest twice",
        () ->
            SimulatedDatacenter.builder()
                .host("a", host)
                .guest("g", "a", GUEST)
                .guest("g", "a", GUEST)
                .build());
    story.act(
        "nowhere",
        () -> SimulatedDatacenter.builder().host("a", host).guest("g", "b", GUEST).build());
    story.act(
        "same id",
        () ->
            SimulatedDatacenter.builder()
                .host("a", host)
                .guest("g", "a", GUEST)
                .guest("h", "a", GUEST)
                .vmId("g", vm)
                .vmId("h", vm)
                .build());
    story.act(
        "id of nobody", () -> SimulatedDatacenter.builder().host("a", host).vmId("g", vm).build());
    story.act(
        "id",
        () ->
            SimulatedDatacenter.builder()
                .host("a", host)
                .guest("g", "a", GUEST)
                .vmId("g", vm)
                .build()
                .guest("g")
                .vm());
    story.act("delay", () -> SimulatedDatacenter.builder().messageDelay(MINUTE.negated()));
    story.act("trace", () -> SimulatedDatacenter.builder().traceCapacity(-1));
    story.act("log", () -> SimulatedDatacenter.builder().logCapacity(0, 1));
    story.act("guest log", () -> SimulatedDatacenter.builder().logCapacity(1, 0));
    story.act("shape", () -> new FleetShape(0, 1, 1, WindowsRelease.WS_2022));
    story.act("shape", () -> new FleetShape(1, 0, 1, WindowsRelease.WS_2022));
    story.act("shape", () -> new FleetShape(1, 1, -1, WindowsRelease.WS_2022));
    story.act("shape", () -> FleetShape.of(3, 4));
    story.act(
        "closed",
        () -> {
          SimulatedDatacenter closed = SimulatedDatacenter.generate(FleetShape.of(1, 1), 1);
          SimulatedGuest guest = closed.guests().get(0);
          closed.close();
          return guest.start();
        });
    isAsRead("fleets");
  }
}
