package io.avma.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import org.junit.jupiter.api.Test;

class ClusterVerdictTest {
  private static final CompatibilityMatrix MATRIX = CompatibilityMatrix.standard();
  private static final GuestProfile GUEST =
      GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD);
  private static final HostProfile GOOD = HostProfile.datacenter(WindowsRelease.WS_2022);
  private static final HostProfile UNKNOWN = GOOD.toBuilder().activated(Ternary.UNKNOWN).build();
  private static final HostProfile OLDER = HostProfile.datacenter(WindowsRelease.WS_2019);
  private static final HostId A = new HostId("a");
  private static final HostId B = new HostId("b");
  private static final HostId C = new HostId("c");

  @Test
  void everyNodeIsJudgedInTheOrderAsked() {
    ClusterVerdict verdict = MATRIX.failover(GUEST, ImmutableMap.of(C, GOOD, A, OLDER, B, UNKNOWN));
    assertEquals(ImmutableList.of(C, A, B), verdict.nodes().keySet().asList());
    assertEquals(MATRIX.verdict(OLDER, GUEST), verdict.nodes().get(A));
    assertEquals(Verdict.Kind.UNSUPPORTED, verdict.kind());
    assertEquals(ImmutableList.of(A, B), verdict.doubtful().keySet().asList());
    assertEquals(Verdict.Kind.UNDETERMINED, verdict.doubtful().get(B).kind());
  }

  @Test
  void oneNodeThatIsNotActivatedSpoilsTheCluster() {
    HostProfile idle = GOOD.toBuilder().activated(Ternary.NO).build();
    ClusterVerdict verdict = MATRIX.failover(GUEST, ImmutableMap.of(A, GOOD, B, idle));
    assertEquals(Verdict.Kind.UNSUPPORTED, verdict.kind());
    assertEquals(
        "The host itself is not activated, so its guests get 0xC004FD02.",
        verdict.doubtful().get(B).sentence());
    ClusterVerdict repaired = MATRIX.failover(GUEST, ImmutableMap.of(A, GOOD, B, GOOD));
    assertEquals(Verdict.Kind.SUPPORTED, repaired.kind());
    assertEquals(ImmutableMap.of(), repaired.doubtful());
  }

  @Test
  void aClusterHasANode() {
    assertEquals(
        "no node (expected: at least 1)",
        assertThrows(
                IllegalArgumentException.class,
                () -> MATRIX.failover(GUEST, ImmutableMap.of()).kind())
            .getMessage());
  }
}
