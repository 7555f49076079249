package io.avma.testkit.contract;

import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.transport.EventSource;
import java.time.Duration;
import java.util.OptionalInt;

/** The log of a simulated guest, or of its host; the guest asks for activation again and again. */
final class SimulatedLog implements EventFixture {
  private static final int CAPACITY = 8;

  /** Whose log it is. */
  enum Of {
    HOST,
    GUEST
  }

  private final SimulatedDatacenter datacenter =
      SimulatedDatacenter.builder()
          .seed(4)
          .logCapacity(CAPACITY, CAPACITY)
          .host("host", HostProfile.datacenter(WindowsRelease.WS_2022))
          .guest("guest", "host", GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD))
          .build();
  private final SimulatedGuest guest = datacenter.guest("guest");
  private final Of of;
  private final AvmaKey key =
      KeyCatalog.standard().find(WindowsRelease.WS_2019, Edition.STANDARD).orElseThrow();
  private boolean asked;

  SimulatedLog(Of of) {
    this.of = of;
    guest.start();
  }

  @Override
  public EventSource open() throws Exception {
    return of == Of.HOST ? datacenter.host("host").events() : guest.events();
  }

  @Override
  public void append(int count) {
    for (int i = 0; i < count; i++) {
      if (asked) {
        guest.activateNow();
      } else {
        guest.install(key);
      }
      asked = true;
      datacenter.advance(Duration.ofHours(1));
    }
  }

  @Override
  public OptionalInt capacity() {
    return OptionalInt.of(CAPACITY);
  }

  @Override
  public boolean restart() {
    if (of == Of.HOST) {
      datacenter.host("host").clearLog();
    } else {
      guest.clearLog();
    }
    return true;
  }

  @Override
  public void close() {
    datacenter.close();
  }
}
