package io.avma.sim;

import static io.avma.sim.Lab.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationState;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.Hresult;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Who listens is told of everything, in order, when it is whole; and only looks. */
class ListenerTest {
  private final List<String> told = new ArrayList<>();
  private SimulatedDatacenter datacenter;
  private SimulatedGuest web;

  @BeforeEach
  void listen() {
    datacenter =
        Lab.with(
            FaultRule.of("late", FaultPoint.RESPONSE, new Fault.Reordered(Duration.ZERO))
                .onGuests("web"));
    web = datacenter.guest("web");
    datacenter.listen(
        (where, happenings) -> {
          StringBuilder line = new StringBuilder();
          for (Happening happening : happenings) {
            line.append(line.length() == 0 ? "" : ", ").append(text(happening));
          }
          told.add(line.toString());
        });
  }

  private static String text(Happening happening) {
    if (happening instanceof Happening.GuestChanged changed) {
      return changed.guest().name() + " " + changed.input().kind();
    } else if (happening instanceof Happening.RequestSent sent) {
      return "asks " + sent.host().name();
    } else if (happening instanceof Happening.RequestAnswered answered) {
      return answered.host().name() + " answers " + answered.code().hex();
    } else if (happening instanceof Happening.GuestPlaced placed) {
      return placed.guest().name()
          + placed.from().map(from -> " from " + from.name()).orElse(" is new")
          + " on "
          + placed.to().name();
    } else if (happening instanceof Happening.HostChanged host) {
      return host.host().name() + " changes";
    } else if (happening instanceof Happening.GuestSetBack back) {
      return back.guest().name() + " is set back";
    } else if (happening instanceof Happening.FaultStruck struck) {
      return struck.rule().name() + " strikes " + struck.guest().name();
    }
    return happening instanceof Happening.ItemsChanged items
        ? "items of " + items.guest().name()
        : ((Happening.RecordsLost) happening).machine() + " lost records";
  }

  @Test
  void eachCallAndEachEventIsToldOnceAndWhole() {
    web.start();
    datacenter.advance(MINUTE);
    web.migrateTo(datacenter.host("solo"));
    datacenter.host("solo").fail();
    web.setClock(MINUTE);
    datacenter.host("spare").create("new", Lab.GUEST);
    assertEquals(
        List.of(
            "web STARTED, asks node-1",
            "node-1 answers 0x00000000, late strikes web",
            "web RESPONSE_ARRIVED, items of web",
            "web LIVE_MIGRATED, web from node-1 on solo",
            "solo changes, web CRASHED",
            "web is set back",
            "new is new on spare"),
        told);
  }

  /** What a tenant writes late and forged is seen by whoever watches for it. */
  @Test
  void itemsThatArriveLateAreTold() throws Exception {
    SimulatedDatacenter faulty =
        Lab.with(
            FaultRule.of("late", FaultPoint.GUEST_ITEMS, new Fault.Stale(Duration.ofMinutes(2))),
            FaultRule.of("forged", FaultPoint.GUEST_ITEMS, new Fault.Tampered("forged")));
    SimulatedGuest tenant = faulty.guest("web");
    tenant.start();
    faulty.advance(MINUTE);
    List<String> seen = new ArrayList<>();
    faulty.listen(
        (where, happenings) -> {
          for (Happening happening : happenings) {
            if (happening instanceof Happening.ItemsChanged changed) {
              seen.add(
                  assertDoesNotThrow(() -> changed.guest().pools().read(KvpPool.GUEST))
                      .items()
                      .toString());
            }
          }
        });
    tenant.pools().put(KvpPool.GUEST, new KvpItem("a", "b"));
    assertEquals(List.of(), seen);
    faulty.advance(MINUTE.multipliedBy(3));
    assertFalse(seen.isEmpty());
    assertTrue(seen.get(seen.size() - 1).contains("forged"), seen.toString());
  }

  @Test
  void whatChangesNothingIsNotTold() {
    web.stop(); // it is off
    web.revertTo(datacenter.guest("db").checkpoint());
    datacenter.advance(Duration.ofDays(30));
    assertEquals(List.of(), told);
  }

  /** Else an invariant would see a data centre that never was. */
  @Test
  void whenOneIsToldEverythingIsCarriedOut() {
    datacenter.listen(
        (where, happenings) -> {
          for (Happening happening : happenings) {
            if (happening instanceof Happening.GuestChanged changed
                && changed.input().kind() == ActivationInput.Kind.RESPONSE_ARRIVED
                && changed.after().state().kind() == ActivationState.Kind.ACTIVATED) {
              assertEquals(
                  List.of(Hresult.OK),
                  assertDoesNotThrow(() -> Lab.codes(changed.guest().events())));
              assertEquals(
                  4,
                  assertDoesNotThrow(() -> changed.guest().pools().read(KvpPool.GUEST))
                      .items()
                      .size());
              told.add("looked");
            }
          }
        });
    web.start();
    datacenter.advance(MINUTE);
    assertTrue(told.contains("looked"));
  }

  private static <T> T assertDoesNotThrow(
      org.junit.jupiter.api.function.ThrowingSupplier<T> supplier) {
    return org.junit.jupiter.api.Assertions.assertDoesNotThrow(supplier);
  }

  @Test
  void aListenerMayForkAndChangesNothing() {
    SimulatedHost solo = datacenter.host("solo");
    List<Executable> changes =
        List.of(
            web::stop,
            () -> web.setClock(MINUTE),
            () -> web.migrateTo(solo),
            () -> web.pools().putAll(KvpPool.GUEST, List.of(new KvpItem("a", "b"))),
            () -> solo.fail(),
            () -> solo.add(datacenter.guest("db").vm(), List.of(new KvpItem("a", "b"))),
            () -> datacenter.heal(),
            () -> datacenter.startAll(Duration.ZERO),
            () -> datacenter.listen((where, happenings) -> {}),
            () -> datacenter.advance(MINUTE));
    AtomicReference<SimulatedDatacenter> fork = new AtomicReference<>();
    datacenter.listen(
        (where, happenings) -> {
          for (Executable change : changes) {
            assertThrows(IllegalStateException.class, change);
          }
          fork.set(where.fork());
        });
    web.start();
    datacenter.advance(MINUTE);
    assertTrue(web.isActivated());
    assertFalse(datacenter.guest("db").isRunning());
    fork.get().advanceTo(datacenter.now());
    assertEquals(datacenter.trace().digest(), fork.get().trace().digest());
  }

  @Test
  void whoThrowsEndsTheRunAndTheDataCentreIsWhole() {
    boolean[] armed = {true};
    datacenter.listen(
        (where, happenings) -> {
          if (armed[0] && happenings.get(0) instanceof Happening.RequestAnswered) {
            throw new AssertionError("seen enough");
          }
        });
    web.start();
    assertEquals(
        "seen enough",
        assertThrows(AssertionError.class, () -> datacenter.advance(MINUTE)).getMessage());
    assertEquals(SimulatedDatacenter.START.plusMillis(5), datacenter.now());
    armed[0] = false;
    datacenter.advance(MINUTE);
    assertTrue(web.isActivated());
  }

  /** A program in the guest that answers what it is told changes things within an event. */
  @Test
  void whatAWatchDoesIsPartOfWhatItWasToldOf() throws Exception {
    web.start();
    told.clear();
    var watch =
        web.pools()
            .watch(
                KvpPool.EXTERNAL,
                (pool, changes) -> {
                  web.setClock(MINUTE);
                  web.activateNow();
                });
    datacenter.host("node-1").add(web.vm(), List.of(new KvpItem("a", "b")));
    assertEquals(
        List.of("items of web, web is set back, web CLOCK_SET"), told, "one call, told once");
    watch.close();
  }
}
