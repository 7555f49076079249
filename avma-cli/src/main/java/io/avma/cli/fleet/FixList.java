package io.avma.cli.fleet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.LinkedHashMultimap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What to fix first: the causes of all findings, those that concern most machines in front. */
final class FixList {
  private static final Comparator<Fix> FIRST =
      Comparator.<Fix, Boolean>comparing(fix -> fix.cause().open())
          .thenComparing(fix -> fix.vms().size(), Comparator.reverseOrder())
          .thenComparing(Fix::enough, Comparator.reverseOrder())
          .thenComparing(fix -> fix.cause().order())
          .thenComparing(fix -> fix.cause().subject().map(Cause.Subject::toString).orElse(""))
          .thenComparing(fix -> fix.cause().detail());

  private FixList() {}

  /** What fixes must have in common to be one fix of a whole cluster. */
  private record Alike(String cluster, String kind, String detail) {}

  /** A finding and the answer that it stands in. */
  private record Found(VmAnswer answer, Finding finding) {}

  /**
   * Returns what to do.
   *
   * @param ofHosts what is wrong with hosts themselves, which is to be done even if it concerns
   *     none of the answers
   */
  static ImmutableList<Fix> of(Fleet fleet, List<VmAnswer> answers, Collection<Finding> ofHosts) {
    LinkedHashMultimap<Cause, Found> byCause = LinkedHashMultimap.create();
    for (VmAnswer answer : answers) {
      for (Finding finding : answer.findings()) {
        byCause.put(finding.cause(), new Found(answer, finding));
      }
    }
    List<Fix> fixes = new ArrayList<>();
    byCause.asMap().forEach((cause, found) -> fixes.add(fix(cause, found)));
    ofHosts.stream()
        .filter(finding -> !byCause.containsKey(finding.cause()))
        .map(finding -> new Fix(finding.cause(), finding.remedy(), ImmutableList.of(), 0))
        .distinct()
        .forEach(fixes::add);
    return ImmutableList.sortedCopyOf(FIRST, merged(fleet, fixes));
  }

  private static Fix fix(Cause cause, Collection<Found> found) {
    return new Fix(
        cause,
        found.iterator().next().finding().remedy(),
        found.stream().map(one -> one.answer().vm()).collect(ImmutableList.toImmutableList()),
        (int) found.stream().filter(one -> one.answer().findings().size() == 1).count());
  }

  /**
   * What every node of a cluster lacks for the same machines is one thing to do, not one a node.
   */
  private static List<Fix> merged(Fleet fleet, List<Fix> fixes) {
    ImmutableListMultimap<String, FleetHost> clusters = fleet.clusters();
    Map<String, String> clusterOf = new LinkedHashMap<>();
    clusters.forEach((cluster, host) -> clusterOf.put(host.id().toString(), cluster));
    List<Fix> all = new ArrayList<>();
    Map<Alike, List<Fix>> alike = new LinkedHashMap<>();
    for (Fix fix : fixes) {
      Optional<String> cluster =
          fix.cause()
              .subject()
              .filter(Cause.Subject::isHost)
              .map(subject -> clusterOf.getOrDefault(subject.name(), ""));
      if (cluster.isEmpty() || cluster.get().isEmpty()) {
        all.add(fix);
      } else {
        Alike key = new Alike(cluster.get(), fix.cause().kind(), fix.cause().detail());
        alike.computeIfAbsent(key, unused -> new ArrayList<>()).add(fix);
      }
    }
    alike.forEach(
        (key, same) -> {
          ImmutableList<FleetHost> nodes = clusters.get(key.cluster());
          boolean whole = same.size() == nodes.size() && nodes.size() > 1;
          if (whole && same.stream().allMatch(fix -> fix.vms().equals(same.get(0).vms()))) {
            all.add(ofCluster(same.get(0), nodes.get(0).cluster().orElse("")));
          } else {
            all.addAll(same);
          }
        });
    return all;
  }

  private static Fix ofCluster(Fix fix, String cluster) {
    return new Fix(fix.cause().ofCluster(cluster), fix.remedy(), fix.vms(), fix.enough());
  }
}
