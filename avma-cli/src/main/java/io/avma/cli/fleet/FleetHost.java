package io.avma.cli.fleet;

import com.google.common.collect.ImmutableMap;
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
 * @param others the cells of columns that nothing here understands, by column
 */
public record FleetHost(
    HostId id, Optional<String> cluster, HostProfile profile, ImmutableMap<String, String> others) {

  /** Returns the name by which clusters are compared: Windows ignores case. */
  public Optional<String> clusterKey() {
    return cluster.map(name -> name.toLowerCase(Locale.ROOT));
  }

  /** Returns the name; the cells of unknown columns are nobody's business. */
  @Override
  public String toString() {
    return id.toString();
  }
}
