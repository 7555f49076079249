package io.avma.cli.simulation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.avma.cli.fleet.FleetHost;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.HostId;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.Ternary;
import io.avma.tracking.LicenseLedger;
import io.avma.tracking.Observation;
import io.avma.tracking.Subject;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one host logged.
 *
 * @param host the host as it is at the end
 * @param vms how many machines it has then
 * @param granted how many requests it granted
 * @param refused how many it refused, by code
 * @param gaps where its log had lost records before they were read; it logged more then than is
 *     counted here
 */
public record HostTally(
    FleetHost host,
    int vms,
    int granted,
    ImmutableSortedMap<Hresult, Integer> refused,
    ImmutableList<Observation.LogGap> gaps) {
  private static final Comparator<Hresult> BY_CODE = Comparator.comparingInt(Hresult::value);

  static HostTally of(FleetHost host, int vms, HostId simulated, LicenseLedger ledger) {
    int granted = 0;
    ImmutableList.Builder<Observation.LogGap> gaps = ImmutableList.builder();
    TreeMap<Hresult, Integer> refused = new TreeMap<>(BY_CODE);
    for (Observation observation : ledger.about(new Subject.Host(simulated))) {
      if (observation instanceof Observation.HostLogged logged) {
        Optional<Hresult> result = logged.result();
        if (result.isPresent() && result.get().isSuccess()) {
          granted++;
        } else {
          result.ifPresent(code -> refused.merge(code, 1, Integer::sum));
        }
      } else if (observation instanceof Observation.LogGap gap) {
        gaps.add(gap);
      }
    }
    return new HostTally(
        host, vms, granted, ImmutableSortedMap.copyOfSorted(refused), gaps.build());
  }

  /** Returns whether it has the license that it activates guests by. */
  public Ternary licensed() {
    HostProfile profile = host.profile();
    if (profile.platform() != HostPlatform.AZURE_LOCAL) {
      return profile.activated();
    }
    AzureLocalLicense license = profile.azureLocalLicense();
    if (license instanceof AzureLocalLicense.Subscription subscription) {
      return subscription.current();
    }
    return license instanceof AzureLocalLicense.Unknown
        ? Ternary.UNKNOWN
        : Ternary.of(license instanceof AzureLocalLicense.HostKey);
  }

  /** Returns how many requests it refused. */
  public int allRefused() {
    return refused.values().stream().mapToInt(Integer::intValue).sum();
  }
}
