package io.avma.sim;

import static io.avma.sim.Lab.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.VmExtractor;
import io.avma.eventlog.WindowsEvent;
import io.avma.kvp.KvpPool;
import io.avma.platform.Hresult;
import io.avma.platform.Ternary;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guests that are created, cloned, exported and imported while the simulation runs. */
class CopyTest {
  private SimulatedDatacenter datacenter;
  private SimulatedGuest web;

  @BeforeEach
  void run() {
    datacenter = Lab.builder().build();
    web = datacenter.guest("web");
  }

  @Test
  void twoMachinesOfOneIdentityAskAndAreAnsweredEachForItself() throws Exception {
    SimulatedGuest twin = web.cloneTo(datacenter.host("node-2"), "twin");
    assertEquals(web.vm(), twin.vm());
    web.start();
    twin.start();
    datacenter.advance(MINUTE);
    for (SimulatedGuest guest : List.of(web, twin)) {
      assertEquals(List.of(Hresult.OK), Lab.codes(guest.events()), guest.name());
      assertEquals(guest.host().id().value(), guest.license().activatedBy().orElseThrow());
      WindowsEvent logged = Lab.events(guest.host().events()).get(0);
      assertEquals(
          web.vm(),
          ActivationLogEntry.of(logged)
              .orElseThrow()
              .vm(VmExtractor.firstGuid())
              .flatMap(reference -> reference.id())
              .orElseThrow());
    }
    twin.stop();
    assertTrue(web.isRunning() && web.isActivated());
  }

  @Test
  void aCloneIsAsTheGuestLiesOnItsDisksAndOff() throws Exception {
    web.start();
    datacenter.advance(MINUTE);
    web.setDataExchange(false);
    SimulatedGuest twin = web.cloneTo(datacenter.host("solo"), "twin");
    assertFalse(twin.isRunning());
    assertTrue(twin.isActivated(), "the activation lies on the disk");
    assertEquals(Ternary.NO, twin.profile().dataExchange(), "the configuration was copied");
    twin.start();
    assertEquals(web.pools().read(KvpPool.AUTO).items().get(0), fqdn(twin), "one computer name");
    assertEquals(Lab.events(web.events()), Lab.events(twin.events()));
    web.clearLog();
    assertEquals(1, Lab.events(twin.events()).size(), "each has a log of its own");
  }

  private static io.avma.kvp.KvpItem fqdn(SimulatedGuest guest) throws Exception {
    return guest.pools().read(KvpPool.AUTO).items().get(0);
  }

  @Test
  void oneHostDoesNotTakeTheSameVmTwice() {
    SimulatedHost own = web.host();
    assertThrows(IllegalStateException.class, () -> web.cloneTo(own, "twin"));
    assertThrows(IllegalStateException.class, () -> own.restore("twin", web.checkpoint()));
    assertFalse(datacenter.hasGuest("twin"));
  }

  @Test
  void anImportUnderItsOwnIdentityKeepsWhatItWas() throws Exception {
    web.start();
    datacenter.advance(MINUTE);
    SimulatedGuest back = datacenter.host("solo").restore("web-restored", web.checkpoint());
    assertEquals(web.vm(), back.vm());
    assertTrue(back.isActivated());
    assertFalse(back.isRunning(), "its memory is lost");
    back.start();
    assertEquals(fqdn(web), fqdn(back));
  }

  @Test
  void aCopyWithAnIdentityOfItsOwnHasTheKeyAndNoActivation() throws Exception {
    web.start();
    datacenter.advance(MINUTE);
    web.setDataExchange(false);
    SimulatedGuest copy = datacenter.host("node-1").copy("copy", web.checkpoint());
    assertNotEquals(web.vm(), copy.vm());
    assertFalse(copy.isActivated());
    assertEquals(web.activation().key(), copy.activation().key());
    assertEquals(Ternary.NO, copy.profile().dataExchange());
    copy.start();
    assertTrue(copy.vmId().isEmpty(), "what the disks say of the VM is not true of this one");
    assertEquals(fqdn(web), fqdn(copy));
    assertEquals(
        web.pools().read(KvpPool.GUEST), copy.pools().read(KvpPool.GUEST), "items are copied");
    copy.setDataExchange(true);
    assertEquals(copy.vm(), copy.vmId().orElseThrow());
    copy.activateNow();
    datacenter.advance(MINUTE.multipliedBy(10));
    assertTrue(copy.isActivated());
    assertEquals(2, Lab.codes(copy.events()).stream().filter(Hresult::isSuccess).count());
  }

  @Test
  void aGuestCreatedLaterIsTheOneThatWouldHaveBeenThereFromTheStart() {
    SimulatedGuest late = datacenter.host("solo").create("late", Lab.GUEST, Lab.KEY);
    SimulatedDatacenter other = Lab.builder().guest("late", "solo", Lab.GUEST, Lab.KEY).build();
    assertEquals(other.guest("late").vm(), late.vm());
    assertEquals(other.guest("late").activation().key(), late.activation().key());
    late.start();
    datacenter.advance(MINUTE);
    assertTrue(late.isActivated());
    assertEquals(late.name(), datacenter.guests().get(datacenter.guests().size() - 1).name());
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    SimulatedHost solo = datacenter.host("solo");
    GuestImage image = web.checkpoint();
    for (String name : List.of("web", "db", "solo", " ")) {
      assertThrows(IllegalArgumentException.class, () -> solo.create(name, Lab.GUEST), name);
      assertThrows(IllegalArgumentException.class, () -> solo.copy(name, image), name);
      assertThrows(IllegalArgumentException.class, () -> solo.restore(name, image), name);
      assertThrows(IllegalArgumentException.class, () -> web.cloneTo(solo, name), name);
    }
    assertEquals(2, datacenter.guests().size());
  }
}
