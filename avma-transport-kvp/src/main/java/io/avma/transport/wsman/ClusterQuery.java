package io.avma.transport.wsman;

import com.google.common.collect.ImmutableSet;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;

/** Asks for a host's cluster. Its name space has rights and a provider of its own. */
final class ClusterQuery {
  private static final String NAMESPACE = "root/MSCluster";

  /** The name space is there once the feature is installed, and a cluster only when one is made. */
  private static final ImmutableSet<Reason> NO_CLUSTERS =
      ImmutableSet.of(Reason.NOT_SUPPORTED, Reason.NOT_FOUND);

  /** Of the whole host, not of clusters. */
  private static final ImmutableSet<Reason> OF_THE_HOST =
      ImmutableSet.of(Reason.UNREACHABLE, Reason.INTERRUPTED);

  private final WsManClient client;

  ClusterQuery(WsManClient client) {
    this.client = client;
  }

  ClusterMembership run() throws TransportException {
    try {
      for (WsManItem item :
          client.enumerate(
              WsManQuery.of(NAMESPACE, Wql.select("Name").from("MSCluster_Cluster")))) {
        if (item instanceof WsManItem.Instance cluster) {
          String name = cluster.instance().text("Name").orElse("").strip();
          return name.isEmpty()
              ? new ClusterMembership.NotTold(
                  Reason.DAMAGED, client.endpoint() + ": a cluster without a name")
              : new ClusterMembership.Node(name);
        }
      }
      return new ClusterMembership.StandsAlone();
    } catch (TransportException e) {
      if (NO_CLUSTERS.contains(e.reason())) {
        return new ClusterMembership.StandsAlone();
      }
      if (OF_THE_HOST.contains(e.reason())) {
        throw e;
      }
      return new ClusterMembership.NotTold(e.reason(), String.valueOf(e.getMessage()));
    }
  }
}
