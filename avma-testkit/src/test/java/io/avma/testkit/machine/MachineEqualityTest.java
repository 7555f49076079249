package io.avma.testkit.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationRequest;
import io.avma.activation.ActivationTerms;
import io.avma.activation.AvmaId;
import io.avma.activation.GuestActivation;
import io.avma.activation.GuestKey;
import io.avma.activation.HostActivation;
import io.avma.activation.HostCoverage;
import io.avma.activation.HostInput;
import io.avma.activation.Nonce;
import io.avma.catalog.KeyCatalog;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What tells two machines apart: the explorer counts states by it. Of each list no two are equal,
 * and each is equal to what was made the same way again.
 */
class MachineEqualityTest {
  private static final VmId VM = new VmId(new UUID(0, 1));
  private static final VmId OTHER_VM = new VmId(new UUID(0, 2));
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final HostProfile HOST = HostProfile.datacenter(WindowsRelease.WS_2022);

  private static GuestKey.Avma key(int row) {
    return GuestKey.Avma.of(KeyCatalog.standard().avmaKeys().get(row));
  }

  private static ImmutableList<GuestActivation> guests() {
    ActivationTerms terms = ActivationTerms.assumed();
    GuestActivation off = GuestActivation.off(VM, key(0), terms);
    GuestActivation asking = off.on(new ActivationInput.Started(new Nonce(1)), NOW).next();
    GuestActivation damaged = asking.on(new ActivationInput.ResponseDamaged(), NOW).next();
    return ImmutableList.of(
        off,
        GuestActivation.off(OTHER_VM, key(0), terms),
        GuestActivation.off(VM, key(1), terms),
        GuestActivation.off(VM, terms),
        GuestActivation.off(VM, key(0), ActivationTerms.brisk()),
        off.seenAt(NOW),
        off.seenAt(NOW.plusNanos(1)),
        asking,
        off.on(new ActivationInput.Started(new Nonce(2)), NOW).next(),
        asking.shiftedBy(Duration.ofNanos(1)),
        damaged,
        // In the same state at the same instant, with another request behind it.
        damaged.withNonces(nonce -> new Nonce(7)),
        damaged.on(new ActivationInput.ActivateNow(new Nonce(3)), NOW).next());
  }

  private static ImmutableList<HostActivation> hosts() {
    HostCoverage coverage = HostCoverage.of(HOST);
    ActivationTerms terms = ActivationTerms.assumed();
    HostActivation idle = HostActivation.of(new HostId("HV-01"), coverage, terms);
    HostInput asked =
        new HostInput.RequestArrived(new ActivationRequest(VM, key(0).avmaId(), new Nonce(1)));
    HostActivation once = idle.on(asked, NOW).next();
    return ImmutableList.of(
        idle,
        HostActivation.of(new HostId("HV-02"), coverage, terms),
        HostActivation.of(new HostId("HV-01"), HostCoverage.of(HOST.unlicensed()), terms),
        HostActivation.of(new HostId("HV-01"), coverage, ActivationTerms.brisk()),
        once,
        once.shiftedBy(Duration.ofNanos(1)),
        once.on(asked, NOW).next());
  }

  private static ImmutableList<HostCoverage> coverages() {
    return ImmutableList.of(
        HostCoverage.of(HOST),
        HostCoverage.of(HOST.unlicensed()),
        HostCoverage.of(HostProfile.unknown()),
        HostCoverage.of(HostProfile.datacenter(WindowsRelease.WS_2025)),
        HostCoverage.of(HOST.toBuilder().processors(2).build()));
  }

  @Test
  void guestsAreTheirParts() {
    assertTold(guests(), guests());
  }

  @Test
  void hostsAreTheirParts() {
    assertTold(hosts(), hosts());
  }

  @Test
  void coveragesAreTheirParts() {
    assertTold(coverages(), coverages());
  }

  private static <T> void assertTold(ImmutableList<T> ones, ImmutableList<T> others) {
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < ones.size(); i++) {
      T one = ones.get(i);
      for (int j = 0; j < others.size(); j++) {
        if (i == j) {
          assertEquals(one, others.get(j));
          assertEquals(one.hashCode(), others.get(j).hashCode());
          assertEquals(one.toString(), others.get(j).toString());
        } else {
          assertNotEquals(one, others.get(j), i + " and " + j);
        }
      }
      assertNotEquals(one, new Object());
      hashes.add(one.hashCode());
    }
    assertTrue(hashes.size() > ones.size() / 2, "nearly all share a hash: " + hashes);
  }

  @Test
  void machinesSayWhoTheyAreAndWhere() {
    assertTrue(guests().get(0).toString().startsWith(VM + " Off"), guests().get(0).toString());
    String host = hosts().get(4).toString();
    assertTrue(host.startsWith("hv-01 "), host);
    assertTrue(host.contains("2022") && host.contains("ACTIVATED"), host);
    assertTrue(host.contains("requests=1"), host);
    AvmaId covered = key(0).avmaId();
    assertTrue(HostCoverage.of(HOST).toString().contains(covered.value()));
  }

  @Test
  void machinesKeepWhatTheyWereMadeOf() {
    GuestActivation guest = guests().get(7);
    assertEquals(VM, guest.vm());
    assertEquals(key(0), guest.key());
    assertEquals(ActivationTerms.assumed(), guest.terms());
    HostActivation host = hosts().get(4);
    assertEquals(new HostId("HV-01"), host.id());
    assertEquals(HostCoverage.of(HOST), host.coverage());
    assertEquals(ActivationTerms.assumed(), host.terms());
    assertEquals(1, host.requestsAt(NOW));
    assertEquals(0, host.requestsAt(NOW.plus(ActivationTerms.assumed().throttleWindow())));
    assertEquals(
        1, host.requestsAt(NOW.plus(ActivationTerms.assumed().throttleWindow()).minusNanos(1)));
    assertEquals(0, host.requestsAt(NOW.minusNanos(1)));
    assertEquals(HOST, host.coverage().profile());
  }
}
