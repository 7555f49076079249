package io.avma.sim;

import static io.avma.sim.Lab.DAY;
import static io.avma.sim.Lab.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.activation.Nonce;
import io.avma.activation.Rejected;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private SimulatedDatacenter datacenter;
  private SimulatedGuest web;

  @BeforeEach
  void run() {
    datacenter = Lab.builder().build();
    web = datacenter.guest("web");
  }

  private void write(String value) throws Exception {
    web.pools().putAll(KvpPool.GUEST, List.of(new KvpItem("role", value)));
  }

  @Test
  void revertBringsBackWhatWasOnTheDisksAndNothingOfTheHost() throws Exception {
    web.start();
    write("old");
    GuestImage before = web.checkpoint();
    datacenter.advance(MINUTE);
    write("new");
    assertTrue(web.isActivated());
    assertEquals(1, Lab.events(web.events()).size());

    assertEquals(Optional.empty(), web.revertTo(before));
    assertFalse(web.isRunning(), "it ran, so it is saved");
    web.restore();
    assertFalse(web.isActivated());
    assertEquals(List.of(new KvpItem("role", "old")), web.pools().read(KvpPool.GUEST).items());
    assertEquals(0, Lab.events(web.events()).size());
    assertEquals(List.of(Hresult.OK), Lab.codes(datacenter.host("node-1").events()));
    datacenter.advance(MINUTE);
    assertTrue(web.isActivated(), "it asks again");
    assertEquals(2, Lab.codes(datacenter.host("node-1").events()).size());
  }

  @Test
  void aCheckpointOfAGuestThatWasOffLeavesItOff() {
    GuestImage off = web.checkpoint();
    web.start();
    web.revertTo(off);
    assertFalse(web.isRunning());
    assertEquals(Rejected.Reason.NOT_SAVED, web.restore().orElseThrow().reason());
    web.start();
    assertTrue(web.isRunning());
  }

  @Test
  void anImageStaysAsItWasTaken() throws Exception {
    web.start();
    datacenter.advance(MINUTE);
    write("old");
    for (int i = 0; i < 3; i++) {
      web.activateNow();
      datacenter.advance(MINUTE);
    }
    GuestImage image = web.checkpoint();
    for (int i = 0; i < 3; i++) {
      write("new " + i);
      datacenter.advance(Duration.ofDays(6));
      web.revertTo(image);
      web.restore();
      assertEquals(4, Lab.events(web.events()).size(), "round " + i);
      assertEquals("old", web.pools().read(KvpPool.GUEST).items().get(4).value());
    }
    assertEquals(SimulatedDatacenter.START.plus(MINUTE.multipliedBy(4)), image.takenAt());
    assertEquals(web.vm(), image.vm());
  }

  /** What was asked before the revert gets no answer after it, and no nonce comes twice. */
  @Test
  void noAnswerFromBeforeARevertIsTakenAndNoNonceComesTwice() throws Exception {
    Set<Nonce> nonces = new HashSet<>();
    int[] asked = {0};
    datacenter.listen(
        (unused, happenings) -> {
          for (Happening happening : happenings) {
            if (happening instanceof Happening.RequestSent sent) {
              nonces.add(sent.request().nonce());
              asked[0]++;
            }
          }
        });
    web.start();
    GuestImage asking = web.checkpoint();
    for (int i = 0; i < 20; i++) {
      web.revertTo(asking);
      web.restore();
      datacenter.advance(Duration.ofMillis(7)); // the answer is under way
    }
    assertFalse(web.isActivated());
    assertEquals(List.of(), Lab.codes(web.events()));
    datacenter.advance(MINUTE);
    assertTrue(web.isActivated());
    assertEquals(List.of(Hresult.OK), Lab.codes(web.events()));
    assertEquals(21, asked[0]);
    assertEquals(asked[0], nonces.size());
  }

  @Test
  void anActivationThatEndedMeanwhileHasEndedAfterARevertToo() {
    web.start();
    datacenter.advance(MINUTE);
    GuestImage activated = web.checkpoint();
    web.stop();
    datacenter.advance(Duration.ofDays(8));
    web.revertTo(activated);
    assertFalse(web.isActivated());
  }

  @Test
  void theClockAndTheConfigurationOfTheVmStay() {
    web.start();
    GuestImage before = web.checkpoint();
    web.setClock(DAY);
    web.setDataExchange(false);
    web.revertTo(before);
    assertEquals(DAY, web.clockAhead());
    assertEquals(Ternary.NO, web.profile().dataExchange());
  }

  @Test
  void whatTheHostHadToldIsOnTheDisksToo() throws Exception {
    web.setDataExchange(false);
    web.start();
    GuestImage untold = web.checkpoint();
    web.setDataExchange(true);
    assertEquals(Optional.of(web.vm()), web.vmId());
    web.setDataExchange(false);
    web.revertTo(untold);
    web.restore();
    assertEquals(Optional.empty(), web.vmId());
  }

  @Test
  void aCheckpointOfAnotherVmIsRefused() {
    GuestImage other = datacenter.guest("db").checkpoint();
    web.start();
    assertEquals(Rejected.Reason.OTHER_VM, web.revertTo(other).orElseThrow().reason());
    assertTrue(web.isRunning(), "nothing changed");
  }

  @Test
  void anImageFromOtherHostsIsRefusedAndOneFromTheSameIsNot() {
    SimulatedDatacenter other =
        SimulatedDatacenter.builder()
            .seed(5)
            .host("node-1", HostProfile.datacenter(WindowsRelease.WS_2022))
            .guest("web", "node-1", Lab.GUEST, Lab.KEY)
            .build();
    GuestImage image = other.guest("web").checkpoint();
    assertEquals(web.vm(), image.vm());
    assertThrows(IllegalArgumentException.class, () -> web.revertTo(image));
    assertThrows(IllegalArgumentException.class, () -> datacenter.host("solo").copy("copy", image));
    assertThrows(
        IllegalArgumentException.class, () -> datacenter.host("solo").restore("copy", image));
    assertEquals(Optional.empty(), web.revertTo(Lab.builder().build().guest("web").checkpoint()));
    assertEquals(Optional.empty(), web.revertTo(datacenter.fork().guest("web").checkpoint()));
  }

  @Test
  void aGuestThatIsRevertedWhileItsHostIsDownDoesNotStartByItself() {
    GuestImage off = datacenter.guest("db").checkpoint();
    datacenter.guest("db").start();
    datacenter.host("solo").fail();
    datacenter.guest("db").revertTo(off);
    datacenter.host("solo").recover();
    assertFalse(datacenter.guest("db").isRunning());
  }
}
