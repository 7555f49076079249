package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.avma.sim.SimulatedHost;
import io.avma.transport.cim.CimReference;
import java.util.Locale;
import java.util.function.Predicate;

/** Which classes there are, and by which URI. Names compare without regard to case. */
final class WmiNamespaces {
  /** A name space and the hosts that have it. */
  private record Space(
      String name, ImmutableMap<String, WmiClass> classes, Predicate<SimulatedHost> isThere) {
    static Space of(ImmutableList<WmiClass> classes, Predicate<SimulatedHost> isThere) {
      return new Space(
          classes.get(0).namespace(),
          Maps.uniqueIndex(classes, each -> each.name().toLowerCase(Locale.ROOT)),
          isThere);
    }
  }

  private static final ImmutableMap<String, Space> SPACES =
      Maps.uniqueIndex(
          ImmutableList.of(
              Space.of(VirtualizationClasses.ALL, VirtualizationClasses::isThere),
              Space.of(CimV2Classes.ALL, host -> true),
              Space.of(ClusterClasses.ALL, ClusterClasses::isThere)),
          space -> space.name().toLowerCase(Locale.ROOT));

  /**
   * Where a URI leads to.
   *
   * @param namespace the name space
   * @param className the class as it was written, {@code *} for a query
   */
  record Place(String namespace, String className) {
    boolean isForQueries() {
      return className.equals("*");
    }
  }

  private WmiNamespaces() {}

  /** Returns the place of a URI; its name space is one of the host. */
  static Place place(SimulatedHost host, String uri) throws Refusal {
    if (!uri.regionMatches(true, 0, CimReference.WMI, 0, CimReference.WMI.length())) {
      throw Refusals.resource(uri);
    }
    int end = uri.lastIndexOf('/');
    String namespace = uri.substring(Math.min(CimReference.WMI.length(), end), end);
    Space space = SPACES.get(namespace.replace('\\', '/').toLowerCase(Locale.ROOT));
    if (space == null || !space.isThere().test(host)) {
      throw Refusals.noNamespace(namespace);
    }
    return new Place(space.name(), uri.substring(end + 1));
  }

  static WmiClass find(Place place, String className) throws Refusal {
    Space space = SPACES.get(place.namespace().toLowerCase(Locale.ROOT));
    WmiClass found = space == null ? null : space.classes().get(className.toLowerCase(Locale.ROOT));
    if (found == null) {
      throw Refusals.noClass(place.namespace(), className);
    }
    return found;
  }

  static WmiClass find(SimulatedHost host, String uri) throws Refusal {
    Place place = place(host, uri);
    return find(place, place.className());
  }
}
