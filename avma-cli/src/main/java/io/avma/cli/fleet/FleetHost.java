package io.avma.cli.fleet;

import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import java.util.Locale;
import java.util.Optional;

/**
 * A host of a fleet.
 *
 * @param id its name
 * @param cluster the name of its failover cluster, as the file spells it; empty for a host that
 *     stands alone
 * @param profile what is known of it
 */
public record FleetHost(HostId id, Optional<String> cluster, HostProfile profile) {
  /** Returns this host with {@code other} in the place of what is known of it. */
  public FleetHost with(HostProfile other) {
    return new FleetHost(id, cluster, other);
  }

  /** Returns the name by which clusters are compared: Windows ignores case. */
  public Optional<String> clusterKey() {
    return cluster.map(name -> name.toLowerCase(Locale.ROOT));
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return id.toString();
  }
}
