package io.avma.transport.wsman;

import io.avma.transport.TransportException.Reason;

/**
 * Whether a host is a node of a failover cluster. A fact beside its profile: it decides nothing
 * about activation.
 */
public sealed interface ClusterMembership {
  /**
   * The host is a node.
   *
   * @param cluster the cluster's name as the host tells it, not empty; foreign text
   */
  record Node(String cluster) implements ClusterMembership {}

  /** The host has no cluster, or not what clusters are made with. */
  record StandsAlone() implements ClusterMembership {}

  /**
   * The host does not tell, or not this user.
   *
   * @param reason what kept it from telling
   * @param message the same for people; names the endpoint
   */
  record NotTold(Reason reason, String message) implements ClusterMembership {}
}
