package io.avma.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Names that were given, generated and given later, side by side. */
class GuestNamesTest {
  private static final VmId OWN = new VmId(new UUID(1, 2));

  private static DatacenterBuilder mixed() {
    return Lab.builder()
        .generate(new FleetShape(2, 2, 3, WindowsRelease.WS_2022))
        .host("cluster-3/host-1", Lab.builder().build().host("solo").trueProfile())
        .guest("cluster-3/host-1/vm-1", "cluster-3/host-1", Lab.GUEST);
  }

  @Test
  void everyGuestIsFoundByItsName() {
    SimulatedDatacenter datacenter = mixed().build();
    datacenter.host("cluster-1/host-2").create("cluster-1/host-2/vm-4", Lab.GUEST);
    List<SimulatedGuest> guests = datacenter.guests();
    assertEquals(2 + 12 + 1 + 1, guests.size());
    Set<String> names = new HashSet<>();
    Set<VmId> identifiers = new HashSet<>();
    for (SimulatedGuest guest : guests) {
      assertTrue(names.add(guest.name()), guest.name());
      assertTrue(identifiers.add(guest.vm()), guest.name());
      assertEquals(guest.vm(), datacenter.guest(guest.name()).vm());
      assertEquals(guest.name(), datacenter.guest(guest.name()).name());
    }
    assertEquals("cluster-1/host-1/vm-1", guests.get(2).name());
    assertEquals("cluster-2/host-2/vm-3", guests.get(13).name());
    assertEquals("cluster-2/host-1", datacenter.guest("cluster-2/host-1/vm-3").host().name());
  }

  @Test
  void whatIsSpelledOtherwiseIsNobody() {
    SimulatedDatacenter datacenter = mixed().build();
    for (String name :
        List.of(
            "cluster-1/host-1/vm-0",
            "cluster-1/host-1/vm-4",
            "cluster-1/host-1/vm-01",
            "cluster-1/host-1/vm-+1",
            "cluster-1/host-1/vm-",
            "cluster-1/host-1/vm-1 ",
            "cluster-1/host-1/vm-99999999999999999999",
            "cluster-3/host-1/vm-2",
            "solo/vm-1",
            "/vm-1",
            "")) {
      assertFalse(datacenter.hasGuest(name), name);
      assertThrows(IllegalArgumentException.class, () -> datacenter.guest(name), name);
    }
  }

  @Test
  void generatedNamesAreTakenAndStayWithTheirGuestsWhereverTheseMove() {
    SimulatedDatacenter datacenter = mixed().build();
    SimulatedHost solo = datacenter.host("solo");
    assertThrows(
        IllegalArgumentException.class, () -> solo.create("cluster-1/host-1/vm-2", Lab.GUEST));
    SimulatedGuest guest = datacenter.guest("cluster-1/host-1/vm-2");
    guest.migrateTo(solo);
    assertEquals("cluster-1/host-1/vm-2", guest.name());
    assertEquals("solo", datacenter.guest("cluster-1/host-1/vm-2").host().name());
  }

  /** Logs and reports know machines by their computer names. */
  @Test
  void aNameThatGivesTheComputerNameOfAnotherMachineIsRefused() {
    SimulatedDatacenter datacenter = mixed().build();
    SimulatedHost solo = datacenter.host("solo");
    solo.create("a/b", Lab.GUEST);
    for (String name : List.of("b-a", "WEB", "Solo", "host-1-cluster-1")) {
      assertThrows(IllegalArgumentException.class, () -> solo.create(name, Lab.GUEST), name);
    }
    SimulatedDatacenter fork = datacenter.fork();
    assertThrows(IllegalArgumentException.class, () -> fork.host("solo").create("b-a", Lab.GUEST));
    assertEquals(2 + 12 + 1 + 1, datacenter.guests().size());
  }

  @Test
  void aGeneratedGuestCanHaveAnIdentifierOfItsOwn() {
    DatacenterBuilder builder = mixed().vmId("cluster-2/host-1/vm-2", OWN);
    assertThrows(IllegalArgumentException.class, () -> builder.vmId("web", OWN));
    assertThrows(IllegalArgumentException.class, () -> builder.vmId("cluster-2/host-1/vm-4", OWN));
    SimulatedDatacenter datacenter = builder.build();
    assertEquals(OWN, datacenter.guest("cluster-2/host-1/vm-2").vm());
    assertFalse(datacenter.guest("cluster-2/host-1/vm-1").vm().equals(OWN));
  }

  @Test
  void namesGivenInAForkAreFreeInTheOriginal() {
    SimulatedDatacenter datacenter = mixed().build();
    SimulatedDatacenter fork = datacenter.fork();
    fork.host("solo").create("new", Lab.GUEST);
    assertFalse(datacenter.hasGuest("new"));
    datacenter.host("spare").create("new", Lab.GUEST);
    assertEquals("solo", fork.guest("new").host().name());
    assertEquals("spare", datacenter.guest("new").host().name());
  }
}
