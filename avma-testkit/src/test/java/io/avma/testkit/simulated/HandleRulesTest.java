package io.avma.testkit.simulated;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.kvp.KvpItem;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.WindowsRelease;
import io.avma.sim.GuestImage;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import io.avma.transport.SweepScope;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every call of a handle is refused when the handle is closed, by its name, and from a thread that
 * is not the data centre's; and a handle beside it goes on.
 */
class HandleRulesTest {
  private static final GuestProfile SYSTEM =
      GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD);
  private static final AvmaKey KEY =
      KeyCatalog.standard().find(WindowsRelease.WS_2022, Edition.STANDARD).orElseThrow();

  /** A call that is made for what it refuses. */
  private interface Call<T> {
    Object of(T handle) throws Exception;
  }

  private static <T> Call<T> doing(Doing<T> call) {
    return handle -> {
      call.to(handle);
      return "";
    };
  }

  private interface Doing<T> {
    void to(T handle) throws Exception;
  }

  private static SimulatedDatacenter datacenter() {
    HostProfile host = HostProfile.datacenter(WindowsRelease.WS_2022);
    return SimulatedDatacenter.builder()
        .host("h1", host)
        .host("h2", host)
        .guest("g1", "h1", SYSTEM, KEY)
        .guest("g2", "h1", SYSTEM, KEY)
        .build();
  }

  private static ImmutableMap<String, Call<SimulatedGuest>> guestCalls(SimulatedDatacenter all) {
    SimulatedHost target = all.host("h2");
    GuestImage image = all.guest("g2").checkpoint();
    ImmutableMap.Builder<String, Call<SimulatedGuest>> calls = ImmutableMap.builder();
    calls.put("host", SimulatedGuest::host);
    calls.put("profile", SimulatedGuest::profile);
    calls.put("activation", SimulatedGuest::activation);
    calls.put("isActivated", SimulatedGuest::isActivated);
    calls.put("isRunning", SimulatedGuest::isRunning);
    calls.put("start", SimulatedGuest::start);
    calls.put("stop", SimulatedGuest::stop);
    calls.put("crash", SimulatedGuest::crash);
    calls.put("save", SimulatedGuest::save);
    calls.put("restore", SimulatedGuest::restore);
    calls.put("migrateTo", guest -> guest.migrateTo(target));
    calls.put("quickMigrateTo", guest -> guest.quickMigrateTo(target));
    calls.put("canMoveTo", guest -> guest.canMoveTo(target));
    calls.put("isPowered", SimulatedGuest::isPowered);
    calls.put("isReplica", SimulatedGuest::isReplica);
    calls.put("checkpoint", SimulatedGuest::checkpoint);
    calls.put("revertTo", guest -> guest.revertTo(image));
    calls.put("cloneTo", guest -> guest.cloneTo(target, "new"));
    calls.put("replicateTo", guest -> guest.replicateTo(target));
    calls.put("replica", SimulatedGuest::replica);
    calls.put("failOverToReplica", SimulatedGuest::failOverToReplica);
    calls.put("testReplica", guest -> guest.testReplica("new"));
    calls.put("install", guest -> guest.install(KEY));
    calls.put("installOther", guest -> guest.installOther(LicenseChannel.MAK, "3V66T"));
    calls.put("activateNow", SimulatedGuest::activateNow);
    calls.put("removeKey", SimulatedGuest::removeKey);
    calls.put("setDataExchange", doing(guest -> guest.setDataExchange(false)));
    calls.put("setClock", doing(guest -> guest.setClock(Duration.ZERO)));
    calls.put("clockAhead", SimulatedGuest::clockAhead);
    calls.put("clearLog", doing(SimulatedGuest::clearLog));
    calls.put("fillLog", doing(guest -> guest.fillLog(1)));
    calls.put("removeActivationItems", SimulatedGuest::removeActivationItems);
    calls.put("vmId", SimulatedGuest::vmId);
    calls.put("license", SimulatedGuest::license);
    calls.put("events", SimulatedGuest::events);
    return calls.buildOrThrow();
  }

  private static ImmutableMap<String, Call<SimulatedHost>> hostCalls(SimulatedDatacenter all) {
    GuestImage image = all.guest("g2").checkpoint();
    SimulatedGuest guest = all.guest("g1");
    List<KvpItem> items = ImmutableList.of(new KvpItem("k", "v"));
    ImmutableMap.Builder<String, Call<SimulatedHost>> calls = ImmutableMap.builder();
    calls.put("profile", SimulatedHost::profile);
    calls.put("trueProfile", SimulatedHost::trueProfile);
    calls.put("isUp", SimulatedHost::isUp);
    calls.put("isReachable", SimulatedHost::isReachable);
    calls.put("change", doing(host -> host.change(HostProfile::unlicensed)));
    calls.put("unlicense", doing(SimulatedHost::unlicense));
    calls.put("setActivated", doing(host -> host.setActivated(false)));
    calls.put("upgrade", doing(host -> host.upgrade(WindowsRelease.WS_2025)));
    calls.put("fail", doing(SimulatedHost::fail));
    calls.put("recover", doing(SimulatedHost::recover));
    calls.put("drain", SimulatedHost::drain);
    calls.put("canTake", host -> host.canTake(guest.vm()));
    calls.put("clearLog", doing(SimulatedHost::clearLog));
    calls.put("fillLog", doing(host -> host.fillLog(1)));
    calls.put("create", host -> host.create("new", SYSTEM));
    calls.put("create with a key", host -> host.create("new", SYSTEM, KEY));
    calls.put("restore", host -> host.restore("new", image));
    calls.put("copy", host -> host.copy("new", image));
    calls.put("guests", SimulatedHost::guests);
    calls.put("sweep", host -> host.sweep(SweepScope.everything()));
    calls.put("add", doing(host -> host.add(guest.vm(), items)));
    calls.put("modify", doing(host -> host.modify(guest.vm(), items)));
    calls.put("remove", doing(host -> host.remove(guest.vm(), ImmutableList.of("k"))));
    calls.put("events", SimulatedHost::events);
    return calls.buildOrThrow();
  }

  /** A call that is added later is tried, or named here because it only says what never changes. */
  @Test
  void noCallIsForgotten() {
    SimulatedDatacenter all = datacenter();
    ImmutableSet<String> unguarded =
        ImmutableSet.of(
            "name", "vm", "id", "cluster", "capabilities", "pools", "close", "toString");
    assertEquals(publicCalls(SimulatedGuest.class, unguarded), names(guestCalls(all)));
    assertEquals(publicCalls(SimulatedHost.class, unguarded), names(hostCalls(all)));
  }

  private static ImmutableSortedSet<String> publicCalls(Class<?> type, Set<String> unguarded) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(call -> Modifier.isPublic(call.getModifiers()) && !call.isSynthetic())
        .map(Method::getName)
        .filter(name -> !unguarded.contains(name))
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  private static ImmutableSortedSet<String> names(Map<String, ?> calls) {
    return calls.keySet().stream()
        .map(name -> name.replace(" with a key", ""))
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  @TestFactory
  Stream<DynamicTest> callsOfAGuest() {
    return tests(HandleRulesTest::guestCalls, all -> all.guest("g1"), SimulatedGuest::close);
  }

  @TestFactory
  Stream<DynamicTest> callsOfAHost() {
    return tests(HandleRulesTest::hostCalls, all -> all.host("h1"), SimulatedHost::close);
  }

  private interface Closing<T> {
    void close(T handle);
  }

  private static <T> Stream<DynamicTest> tests(
      Function<SimulatedDatacenter, ImmutableMap<String, Call<T>>> calls,
      Function<SimulatedDatacenter, T> handle,
      Closing<T> closing) {
    List<DynamicTest> tests = new ArrayList<>();
    SimulatedDatacenter all = datacenter();
    for (Map.Entry<String, Call<T>> call : calls.apply(all).entrySet()) {
      tests.add(
          DynamicTest.dynamicTest(
              call.getKey(), () -> refused(all, call.getValue(), handle, closing)));
    }
    return tests.stream();
  }

  private static <T> void refused(
      SimulatedDatacenter all,
      Call<T> call,
      Function<SimulatedDatacenter, T> handle,
      Closing<T> closing)
      throws Exception {
    long before = all.trace().count();
    T closed = handle.apply(all);
    closing.close(closed);
    String message = assertThrows(IllegalStateException.class, () -> call.of(closed)).getMessage();
    assertTrue(message.matches("[gh]1 is closed"), message);

    T open = handle.apply(all);
    Callable<Object> elsewhere = () -> call.of(open);
    FutureTask<Object> task = new FutureTask<>(elsewhere);
    Thread other = new Thread(task, "another");
    other.start();
    Throwable cause = assertThrows(ExecutionException.class, task::get).getCause();
    assertTrue(cause instanceof IllegalStateException, cause.toString());
    assertTrue(cause.getMessage().endsWith("was called from 'another'"), cause.getMessage());
    other.join();
    assertEquals(before, all.trace().count(), "a call that was refused did something");
  }

  @Test
  void theDataCentreBelongsToItsThreadAndEndsWhenItIsClosed() throws Exception {
    SimulatedDatacenter all = datacenter();
    Map<String, Call<SimulatedDatacenter>> calls =
        ImmutableMap.<String, Call<SimulatedDatacenter>>builder()
            .put("now", SimulatedDatacenter::now)
            .put("advance", doing(same -> same.advance(Duration.ZERO)))
            .put("advanceTo", doing(same -> same.advanceTo(SimulatedDatacenter.START)))
            .put("startAll", doing(same -> same.startAll(Duration.ZERO)))
            .put("hosts", SimulatedDatacenter::hosts)
            .put("nodes", same -> same.nodes("c"))
            .put("guests", SimulatedDatacenter::guests)
            .put("host", same -> same.host("h1"))
            .put("guest", same -> same.guest("g1"))
            .put("hasHost", same -> same.hasHost("h1"))
            .put("hasGuest", same -> same.hasGuest("g1"))
            .put("fork", SimulatedDatacenter::fork)
            .put("snapshot", SimulatedDatacenter::snapshot)
            .put("listen", doing(same -> same.listen((datacenter, happenings) -> {})))
            .put("heal", doing(SimulatedDatacenter::heal))
            .put("digest", same -> same.trace().digest())
            .put("entries", same -> same.trace().entries())
            .buildOrThrow();
    for (Map.Entry<String, Call<SimulatedDatacenter>> call : calls.entrySet()) {
      FutureTask<Object> task = new FutureTask<>(() -> call.getValue().of(all));
      Thread other = new Thread(task, "another");
      other.start();
      Throwable cause = assertThrows(ExecutionException.class, task::get, call.getKey()).getCause();
      assertTrue(cause.getMessage().contains("was called from 'another'"), cause.toString());
      other.join();
      assertNotNull(assertDoesNotThrow(() -> call.getValue().of(datacenter())));
    }
    all.close();
    for (Map.Entry<String, Call<SimulatedDatacenter>> call : calls.entrySet()) {
      IllegalStateException closed =
          assertThrows(IllegalStateException.class, () -> call.getValue().of(all), call.getKey());
      assertEquals("the simulated data centre is closed", closed.getMessage());
    }
    assertEquals(0, all.eventCount());
    assertEquals(0, all.trace().count());
  }
}
