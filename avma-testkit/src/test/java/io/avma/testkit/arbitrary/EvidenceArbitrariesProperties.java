package io.avma.testkit.arbitrary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Lists;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPart;
import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.kvp.KvpViolation;
import io.avma.tracking.LicenseLedger;
import io.avma.tracking.Observation;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventGap;
import io.avma.transport.LicenseReading;
import io.avma.transport.SweepScope;
import io.avma.transport.VmReading;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;

/** What is read of machines comes in every kind, at every limit, and the library takes it all. */
@Domain(AvmaDomain.class)
@Domain(DomainContext.Global.class)
class EvidenceArbitrariesProperties {
  @Property(tries = 3_000)
  void everyKindOfObservationComes(@ForAll Observation observation) {
    Statistics.collect(observation.kind());
    Statistics.coverage(
        all -> {
          for (Observation.Kind kind : Observation.Kind.values()) {
            all.check(kind).count(times -> times > 5);
          }
        });
  }

  @Property(tries = 300)
  void aLedgerIsTheSameWhateverTheOrder(@ForAll @Size(max = 8) List<Observation> observations) {
    LicenseLedger ledger = LicenseLedger.of(observations);
    assertEquals(ledger, LicenseLedger.of(Lists.reverse(observations)));
    assertNotNull(ledger.view().toString());
  }

  @Property(tries = 1_000)
  void bookmarksAreReadAsTheyWereWritten(@ForAll EventBookmark bookmark) {
    assertEquals(Optional.of(bookmark), EventBookmark.parse(bookmark.toText()));
    Statistics.label("in a pass").collect(!bookmark.pass().isEmpty());
  }

  @Property(tries = 1_000)
  void everyReadingComes(
      @ForAll VmReading reading,
      @ForAll LicenseReading license,
      @ForAll EventGap gap,
      @ForAll SweepScope scope,
      @ForAll EventFilter filter) {
    Statistics.label("read").collect(reading instanceof VmReading.Read);
    Statistics.label("licensed").collect(license.licenseStatusNumber() == 1);
    Statistics.label("gap").collect(gap.kind());
    Statistics.label("every VM").collect(scope.vms().isEmpty());
    Statistics.label("every event").collect(filter.equals(EventFilter.all()));
    for (String label : List.of("read", "licensed", "every VM", "every event")) {
      Statistics.label(label)
          .coverage(
              all -> {
                all.check(true).percentage(share -> share > 5);
                all.check(false).percentage(share -> share > 5);
              });
    }
  }

  @Property(tries = 500)
  void snapshotsHaveItemsFromEverySource(@ForAll KvpSnapshot snapshot) {
    for (KvpSource source : KvpSource.values()) {
      Statistics.label(source.label()).collect(snapshot.items(source).isEmpty());
      Statistics.label(source.label())
          .coverage(all -> all.check(false).percentage(share -> share > 10));
    }
  }

  @Provide
  Arbitrary<KvpItem> anyItem() {
    return KvpArbitraries.any();
  }

  @Provide
  Arbitrary<KvpItem> over() {
    return KvpArbitraries.over(KvpLimits.SAFE);
  }

  @Property(tries = 3_000)
  void itemsReachEveryLimitAndBreakEveryRule(@ForAll("anyItem") KvpItem item) {
    for (KvpViolation violation : KvpLimits.SAFE.violations(item)) {
      Statistics.label("broken").collect(violation.getClass().getSimpleName());
    }
    boolean full =
        KvpLimits.SAFE.allow(item)
            && (item.value().length() == KvpLimits.SAFE.units(KvpPart.VALUE)
                || item.key().length() == KvpLimits.SAFE.units(KvpPart.KEY));
    Statistics.label("exactly at a limit").collect(full);
    Statistics.label("exactly at a limit").coverage(all -> all.check(true).count(n -> n > 10));
    Statistics.label("broken")
        .coverage(
            all -> {
              for (Class<?> rule : KvpViolation.class.getPermittedSubclasses()) {
                all.check(rule.getSimpleName()).count(times -> times > 5);
              }
            });
  }

  @Property(tries = 500)
  void whatIsOverALimitIsRefusedForThat(@ForAll("over") KvpItem item) {
    assertNotEquals(List.of(), KvpLimits.SAFE.violations(item));
    assertTrue(
        KvpLimits.SAFE.violations(item).stream()
            .anyMatch(violation -> violation instanceof KvpViolation.TooLong));
  }
}
