package io.avma.testkit.arbitrary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.activation.AvmaId;
import io.avma.activation.HostCoverage;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.catalog.KeyDiagnosis;
import io.avma.catalog.ProductKey;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.compatibility.Verdict;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.WindowsEvent;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.sim.FleetShape;
import io.avma.sim.SimulatedDatacenter;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;

/** What the domain hands out is what it says, reaches the edges, and shrinks to what is simple. */
@Domain(AvmaDomain.class)
@Domain(DomainContext.Global.class)
class AvmaDomainProperties {
  private static final KeyCatalog CATALOG = KeyCatalog.standard();

  @Property(tries = 300)
  void everyKeyIsPublished(@ForAll ProductKey key, @ForAll AvmaKey avma) {
    assertTrue(CATALOG.find(key).isPresent());
    assertTrue(CATALOG.diagnose(avma.key()) instanceof KeyDiagnosis.Avma);
  }

  @Provide
  Arbitrary<String> mistyped() {
    return KeyArbitraries.mistyped();
  }

  @Provide
  Arbitrary<String> pasted() {
    return KeyArbitraries.pasted();
  }

  /** The law of this house: nothing but the tables has a valid key. */
  @Property(tries = 2_000)
  void aMistypedKeyIsNeverAValidOne(@ForAll("mistyped") String text) {
    KeyDiagnosis diagnosis = CATALOG.diagnose(text);
    assertTrue(
        diagnosis instanceof KeyDiagnosis.ChecksumWrong
            || diagnosis instanceof KeyDiagnosis.OlderFormat
            || diagnosis instanceof KeyDiagnosis.NotAKey,
        () -> diagnosis.getClass().getSimpleName());
    Statistics.label("diagnosis").collect(diagnosis.kind());
  }

  @Property(tries = 300)
  void aPastedKeyIsTheKey(@ForAll("pasted") String text) {
    KeyDiagnosis diagnosis = CATALOG.diagnose(text);
    assertTrue(
        diagnosis instanceof KeyDiagnosis.Avma || diagnosis instanceof KeyDiagnosis.KmsClient,
        () -> diagnosis.getClass().getSimpleName());
  }

  @Property(tries = 2_000)
  void hostsAndGuestsReachEveryVerdict(@ForAll HostProfile host, @ForAll GuestProfile guest) {
    Verdict verdict = CompatibilityMatrix.standard().verdict(host, guest);
    Statistics.label("verdict")
        .collect(verdict.kind())
        .coverage(
            all -> {
              for (Verdict.Kind kind : Verdict.Kind.values()) {
                all.check(kind).percentage(share -> share > 3);
              }
            });
  }

  /** Two ways through the house to one answer, for hosts that nobody thought of. */
  @Property(tries = 20_000)
  void aHostCoversWhatTheMatrixSupports(@ForAll HostProfile host, @ForAll AvmaKey key) {
    boolean supported =
        key.releases().stream()
            .map(release -> GuestProfile.of(release, key.edition()))
            .anyMatch(guest -> CompatibilityMatrix.standard().verdict(host, guest).isSupported());
    assertEquals(supported, HostCoverage.of(host).covered().contains(AvmaId.of(key)));
  }

  @Property(tries = 300)
  void itemsFitIntoEveryPool(@ForAll KvpItem item) {
    assertTrue(KvpLimits.SAFE.allow(item));
  }

  @Property(tries = 500)
  void recordsAreEntriesWhateverStandsInThem(@ForAll WindowsEvent event) {
    Optional<ActivationLogEntry> entry = ActivationLogEntry.of(event);
    assertTrue(entry.isPresent());
    Statistics.label("result readable").collect(entry.get().result().isPresent());
  }

  @Property(tries = 300)
  void codesAreReadInEveryForm(@ForAll Hresult result) {
    assertEquals(Optional.of(result), Hresult.parse(result.hex()));
  }

  @Property(tries = 40)
  void everyFleetIsActivatedWithinTheHour(@ForAll FleetShape shape, @ForAll long seed) {
    try (SimulatedDatacenter datacenter = SimulatedDatacenter.generate(shape, seed)) {
      datacenter.startAll(Duration.ofMinutes(10));
      datacenter.advance(Duration.ofHours(1));
      assertFalse(datacenter.guests().stream().anyMatch(guest -> !guest.isActivated()));
    }
  }
}
