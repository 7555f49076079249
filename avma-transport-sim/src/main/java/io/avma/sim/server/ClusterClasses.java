package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import io.avma.sim.SimulatedHost;
import io.avma.transport.cim.CimType;

/** {@code root/MSCluster}, which is only on the nodes of clusters. */
final class ClusterClasses {
  static final String NAMESPACE = "root/MSCluster";

  private static final int UP = 0;
  private static final int DOWN = 1;

  static final ImmutableList<WmiClass> ALL =
      ImmutableList.of(
          WmiClass.of(
              NAMESPACE,
              "MSCluster_Cluster",
              "Name",
              "Caption Description Fqdn Name Status",
              (view, wanted) -> Iterators.singletonIterator(cluster(name(view)))),
          WmiClass.of(
              NAMESPACE,
              "MSCluster_Node",
              "Name",
              "Caption Description Name NodeWeight State Status",
              (view, wanted) ->
                  view.datacenter().nodes(name(view)).stream()
                      .map(ClusterClasses::node)
                      .iterator()));

  private ClusterClasses() {}

  static boolean isThere(SimulatedHost host) {
    return host.cluster().isPresent();
  }

  private static String name(HostView view) {
    return view.host().cluster().orElse("");
  }

  private static Row cluster(String name) {
    return new Row()
        .set("Caption", name)
        .set("Description", "Simulated failover cluster")
        .set("Fqdn", name + ".invalid")
        .set("Name", name)
        .set("Status", "OK");
  }

  private static Row node(SimulatedHost node) {
    return new Row()
        .set("Caption", node.id().shortName())
        .set("Description", "Simulated node")
        .set("Name", node.id().shortName())
        .set("NodeWeight", CimType.UINT32, 1)
        .set("State", CimType.UINT32, node.isUp() ? UP : DOWN)
        .set("Status", node.isUp() ? "OK" : "Error");
  }
}
