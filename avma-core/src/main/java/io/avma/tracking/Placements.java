package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import io.avma.platform.HostId;
import io.avma.platform.Ternary;
import io.avma.transport.VmState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads the placements of one VM from sweeps and from hosts' records that name it. */
final class Placements {
  private final ImmutableList.Builder<Placement> placements = ImmutableList.builder();
  private Optional<Placement> current = Optional.empty();

  private Placements() {}

  /** Exchanges that time alone joined do not count: they rest on the placements themselves. */
  static ImmutableList<Placement> of(
      Iterable<Observation> observations, Iterable<Exchange> exchanges) {
    List<Observation> signs = new ArrayList<>();
    for (Observation observation : observations) {
      if (observation instanceof Observation.HostSaw
          || observation instanceof Observation.HostLacks) {
        signs.add(observation);
      }
    }
    for (Exchange exchange : exchanges) {
      if (exchange.attribution() == Attribution.NAMED) {
        exchange.host().ifPresent(signs::add);
      }
    }
    Collections.sort(signs);
    Placements reader = new Placements();
    signs.forEach(reader::read);
    reader.close();
    return reader.placements.build();
  }

  private void read(Observation sign) {
    if (sign instanceof Observation.HostLacks lacks) {
      if (current.isPresent() && current.get().host().equals(lacks.host())) {
        close();
      }
    } else if (sign instanceof Observation.HostLogged logged) {
      place(logged.host(), Placement.Presence.RUNNING, logged);
    } else if (sign instanceof Observation.HostSaw saw && saw.facts().replica() != Ternary.YES) {
      place(saw.host(), presence(saw.facts().state()), saw);
    }
  }

  private void place(HostId host, Placement.Presence presence, Observation sign) {
    if (current.isPresent()
        && current.get().host().equals(host)
        && current.get().presence() == presence) {
      Placement known = current.get();
      current =
          Optional.of(
              new Placement(
                  host,
                  presence,
                  known.from(),
                  sign.at(),
                  known.first(),
                  sign,
                  known.sightings() + 1));
      return;
    }
    close();
    current = Optional.of(new Placement(host, presence, sign.at(), sign.at(), sign, sign, 1));
  }

  private void close() {
    current.ifPresent(placements::add);
    current = Optional.empty();
  }

  private static Placement.Presence presence(VmState state) {
    return switch (state) {
      case RUNNING, PAUSED, CHANGING -> Placement.Presence.RUNNING;
      case OFF, SAVED -> Placement.Presence.AT_REST;
      case OTHER, UNKNOWN -> Placement.Presence.UNKNOWN;
    };
  }
}
