package io.avma.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every Windows Server host with every Windows Server guest: nothing is sampled. Unknown is a value
 * like any other, for the release and edition of the host too.
 */
class ExhaustiveMatrixTest {
  private static final CompatibilityMatrix MATRIX = CompatibilityMatrix.standard();

  @Test
  void everyHostAndEveryGuestAreJudgedAsTheRulesSay() {
    List<GuestProfile> guests = guests();
    Map<Verdict.Kind, Integer> counts = new EnumMap<>(Verdict.Kind.class);
    for (HostProfile host : hosts()) {
      for (GuestProfile guest : guests) {
        MatrixOracle expected = new MatrixOracle(host, guest);
        Verdict verdict = MATRIX.verdict(host, guest);
        if (!expected.agreesWith(verdict)) {
          fail(host + " / " + guest + ": " + verdict + " (expected: " + expected.obstacles + ")");
        }
        counts.merge(verdict.kind(), 1, Integer::sum);
      }
    }
    int total = 14 * 5 * 81 * 13 * 4 * 3 * 9;
    assertEquals(total, counts.values().stream().mapToInt(Integer::intValue).sum()); // 7,960,680
    // One host profile each of 13 releases; guests with a key, plain, not newer, not Azure Edition.
    assertEquals(plainPairs(), counts.get(Verdict.Kind.SUPPORTED));
  }

  private static int plainPairs() {
    int pairs = 0;
    for (WindowsRelease host : WindowsRelease.values()) {
      for (WindowsRelease guest : WindowsRelease.values()) {
        for (Edition edition : EnumSet.complementOf(EnumSet.of(Edition.AZURE_EDITION))) {
          pairs +=
              MatrixOracle.hasKey(guest, edition)
                      && MatrixOracle.generation(guest) <= MatrixOracle.generation(host)
                  ? 1
                  : 0;
        }
      }
    }
    return pairs;
  }

  private static List<HostProfile> hosts() {
    List<HostProfile> hosts = new ArrayList<>();
    HostProfile.Builder unknown = HostProfile.builder().platform(HostPlatform.WINDOWS_SERVER);
    addEditions(hosts, unknown.build());
    for (WindowsRelease release : WindowsRelease.values()) {
      addEditions(hosts, unknown.build().toBuilder().release(release).build());
    }
    assertEquals(14 * 5 * 81, hosts.size());
    return hosts;
  }

  private static void addEditions(List<HostProfile> hosts, HostProfile host) {
    addFacts(hosts, host);
    for (Edition edition : Edition.values()) {
      addFacts(hosts, host.toBuilder().edition(edition).build());
    }
  }

  private static void addFacts(List<HostProfile> hosts, HostProfile host) {
    for (Ternary activated : Ternary.values()) {
      for (Ternary role : Ternary.values()) {
        for (Ternary evaluation : Ternary.values()) {
          for (Ternary nested : Ternary.values()) {
            hosts.add(
                host.toBuilder()
                    .activated(activated)
                    .hyperVRole(role)
                    .evaluation(evaluation)
                    .nestedInAzure(nested)
                    .build());
          }
        }
      }
    }
  }

  private static List<GuestProfile> guests() {
    List<GuestProfile> guests = new ArrayList<>();
    for (WindowsRelease release : WindowsRelease.values()) {
      for (Edition edition : Edition.values()) {
        for (Ternary evaluation : Ternary.values()) {
          for (Ternary dataExchange : Ternary.values()) {
            for (Ternary shielded : Ternary.values()) {
              guests.add(
                  new GuestProfile(
                      new GuestSystem.WindowsServer(release, edition, evaluation),
                      dataExchange,
                      shielded));
            }
          }
        }
      }
    }
    return guests;
  }
}
