package io.avma.sim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.math.LongMath;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.WindowsRelease;

/**
 * The shape of a generated data centre: clusters of activated Datacenter hosts of one release, each
 * with the same number of guests, whose releases and editions are drawn from what the host
 * activates. Hosts are called {@code cluster-1/host-1}, guests {@code cluster-1/host-1/vm-1}.
 *
 * @param clusters the number of clusters, at least 1
 * @param hostsPerCluster the hosts of each, at least 1
 * @param guestsPerHost the guests of each host, 0 or more
 * @param release the release of every host
 */
@CheckReturnValue
public record FleetShape(
    int clusters, int hostsPerCluster, int guestsPerHost, WindowsRelease release) {
  /** Refuses what cannot be built: no host, or more than a hundred million guests. */
  public FleetShape {
    checkArgument(clusters >= 1, "clusters is %s (expected: at least 1)", clusters);
    checkArgument(
        hostsPerCluster >= 1, "hostsPerCluster is %s (expected: at least 1)", hostsPerCluster);
    checkArgument(guestsPerHost >= 0, "guestsPerHost is %s (expected: 0 or more)", guestsPerHost);
    checkArgument(
        LongMath.saturatedMultiply((long) clusters * hostsPerCluster, Math.max(1, guestsPerHost))
            <= 100_000_000,
        "%s clusters of %s hosts with %s guests (expected: at most 100,000,000 guests)",
        clusters,
        hostsPerCluster,
        guestsPerHost);
  }

  /** Returns one cluster of {@code hosts} hosts of Windows Server 2025. */
  public static FleetShape of(int hosts, int guestsPerHost) {
    return new FleetShape(1, hosts, guestsPerHost, WindowsRelease.WS_2025);
  }
}
