package io.avma.sim.scenario;

import io.avma.catalog.KeyCatalog;
import io.avma.sim.GuestImage;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The data centre that a scenario is played on, and what commands keep for later ones. */
public final class Stage {
  private final SimulatedDatacenter datacenter;
  private final KeyCatalog catalog;
  private final Map<String, GuestImage> images = new HashMap<>(); // never iterated

  Stage(SimulatedDatacenter datacenter, KeyCatalog catalog) {
    this.datacenter = datacenter;
    this.catalog = catalog;
  }

  /** Returns the data centre. */
  public SimulatedDatacenter datacenter() {
    return datacenter;
  }

  KeyCatalog catalog() {
    return catalog;
  }

  /** Does something to the guest called {@code name}, if it exists by now. */
  boolean guest(String name, Predicate<SimulatedGuest> action) {
    return datacenter.hasGuest(name) && action.test(datacenter.guest(name));
  }

  /** Does something to the host called {@code name}, if it exists. */
  boolean host(String name, Predicate<SimulatedHost> action) {
    return datacenter.hasHost(name) && action.test(datacenter.host(name));
  }

  void keep(String label, GuestImage image) {
    images.put(label, image);
  }

  Optional<GuestImage> image(String label) {
    return Optional.ofNullable(images.get(label));
  }
}
