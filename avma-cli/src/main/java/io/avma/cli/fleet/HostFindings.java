package io.avma.cli.fleet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.HostId;
import io.avma.platform.HostPlatform;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is wrong with hosts and clusters themselves, whichever guests they have. */
final class HostFindings {
  private static final int ORDER = 50; // behind the obstacles, before the keys of guests
  private static final int ORDER_OPEN = 250; // behind the questions
  private static final int MOST_NAMES = 8;

  private HostFindings() {}

  /** Returns the findings of each host; a finding of a cluster stands with each of its nodes. */
  static ImmutableListMultimap<HostId, Finding> of(Fleet fleet) {
    ImmutableListMultimap.Builder<HostId, Finding> findings = ImmutableListMultimap.builder();
    for (FleetHost host : fleet.hosts().values()) {
      if (host.profile().channel() == LicenseChannel.AVMA) {
        findings.put(host.id(), avmaKey(host));
      }
    }
    ImmutableListMultimap<String, FleetHost> clusters = fleet.clusters();
    for (String cluster : clusters.keySet()) {
      ImmutableList<FleetHost> nodes = clusters.get(cluster);
      hostKeys(nodes).ifPresent(finding -> nodes.forEach(node -> findings.put(node.id(), finding)));
    }
    return findings.build();
  }

  /**
   * An AVMA key on a host is the classic mix-up. Source: windowsserverdocs issue 4151 (secondary).
   */
  private static Finding avmaKey(FleetHost host) {
    Optional<Cause.Subject> subject = Optional.of(Cause.Subject.host(host.id()));
    if (host.profile().activated() == Ternary.YES) {
      Cause.Words words = new Cause.Words("Find out which key ", " really has");
      return Finding.here(
          new Cause("unknown-host-key", ORDER_OPEN, subject, "", words, true),
          "The host is said to be activated by an AVMA key, which activates virtual machines only.",
          "Look with slmgr /dlv on the host: either the column channel is mistaken, or the host is"
              + " itself a virtual machine.");
    }
    Cause.Words words = new Cause.Words("Give ", " a key of its own in place of the AVMA key");
    return Finding.here(
        new Cause("avma-key-on-host", ORDER, subject, "", words, false),
        "The host's own key is an AVMA key, which belongs in guests and activates no host (slmgr"
            + " reports 0xC004F069 there).",
        "On the host: slmgr /ipk with its own Datacenter key (volume, OEM or retail), then slmgr"
            + " /ato.");
  }

  /**
   * All machines of an Azure Local cluster have host keys of one release. Source: Microsoft,
   * "Activate Windows Server VMs on Azure Local" (documented).
   */
  private static Optional<Finding> hostKeys(List<FleetHost> nodes) {
    Map<WindowsRelease, List<FleetHost>> byRelease =
        nodes.stream()
            .filter(node -> node.profile().platform() == HostPlatform.AZURE_LOCAL)
            .filter(node -> node.profile().azureLocalLicense() instanceof AzureLocalLicense.HostKey)
            .collect(
                Collectors.groupingBy(HostFindings::hostKey, TreeMap::new, Collectors.toList()));
    if (byRelease.size() < 2) {
      return Optional.empty();
    }
    WindowsRelease newest = byRelease.keySet().stream().reduce((a, b) -> b).orElseThrow();
    Cause.Subject cluster = Cause.Subject.cluster(nodes.get(0).cluster().orElse(""));
    String keys =
        byRelease.entrySet().stream()
            .map(entry -> entry.getKey().label() + " on " + names(entry.getValue()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        Finding.here(
            new Cause(
                "cluster-host-keys",
                ORDER,
                Optional.of(cluster),
                newest.label(),
                Cause.Words.of("Set host keys of " + newest.label() + " on "),
                false),
            "The machines of "
                + cluster
                + " have host keys of different releases ("
                + keys
                + "); Azure Local wants one for all.",
            "Set-VMAutomaticActivation takes a key of the same or a newer release in place of the"
                + " old one, never an older."));
  }

  private static WindowsRelease hostKey(FleetHost node) {
    return ((AzureLocalLicense.HostKey) node.profile().azureLocalLicense()).release();
  }

  private static String names(List<FleetHost> nodes) {
    return nodes.stream()
            .limit(MOST_NAMES)
            .map(FleetHost::toString)
            .collect(Collectors.joining(" "))
        + (nodes.size() > MOST_NAMES ? " and others" : "");
  }
}
