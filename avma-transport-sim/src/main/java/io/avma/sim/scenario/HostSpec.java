package io.avma.sim.scenario;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import java.util.Optional;

/**
 * A host of a scenario.
 *
 * @param name its name, not blank
 * @param cluster the failover cluster that it is a node of
 * @param profile what it is
 */
@CheckReturnValue
public record HostSpec(String name, Optional<String> cluster, HostProfile profile) {
  /** Refuses a blank name. */
  public HostSpec {
    checkArgument(!name.isBlank(), "a host without a name");
  }

  /** Returns an activated Datacenter host that stands alone. */
  public static HostSpec of(String name, WindowsRelease release) {
    return new HostSpec(name, Optional.empty(), HostProfile.datacenter(release));
  }

  /** Returns this host as a node of {@code name}. */
  public HostSpec in(String clusterName) {
    return new HostSpec(name, Optional.of(clusterName), profile);
  }
}
