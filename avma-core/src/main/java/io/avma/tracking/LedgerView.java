package io.avma.tracking;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.VmId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a ledger says under given terms: the histories of the VMs, the findings, the figures.
 *
 * <p>A host that goes by several names is one host here: by the {@linkplain LedgerTerms#aliases
 * aliases}, and because a short name joins the only fully qualified one that begins with it. All
 * observations that a view shows call the host by that one name.
 *
 * <p>Everything here follows from the ledger and the terms and is made when first asked for; equal
 * ledgers give equal answers. Immutable; safe for any thread.
 */
@CheckReturnValue
public final class LedgerView {
  private final LicenseLedger ledger;
  private final LicenseLedger canonical;
  private final LedgerTerms terms;
  private final LogRecords records;
  private final ImmutableSortedMap<VmId, VmRecord> vms;
  private final CopiedLogs copied;
  private final Exchanges exchanges;
  private final Supplier<ImmutableSortedMap<VmId, VmHistory>> histories =
      Suppliers.memoize(this::readHistories);
  private final Supplier<ImmutableList<Finding>> findings =
      Suppliers.memoize(() -> Findings.of(this));

  private LedgerView(
      LicenseLedger ledger,
      LicenseLedger canonical,
      LedgerTerms terms,
      LogRecords records,
      ImmutableSortedMap<VmId, VmRecord> vms,
      CopiedLogs copied,
      Exchanges exchanges) {
    this.ledger = ledger;
    this.canonical = canonical;
    this.terms = terms;
    this.records = records;
    this.vms = vms;
    this.copied = copied;
    this.exchanges = exchanges;
  }

  static LedgerView of(LicenseLedger ledger, LedgerTerms terms) {
    CanonicalHosts hosts = CanonicalHosts.of(ledger, terms);
    LicenseLedger canonical = hosts.ledger();
    LogRecords records = LogRecords.of(hosts);
    NamedRecords named = NamedRecords.of(records, canonical, terms.extractor());
    TreeMap<VmId, VmRecord> vms = new TreeMap<>();
    for (Subject subject : canonical.subjects()) {
      if (subject instanceof Subject.Vm vm) {
        vms.put(vm.id(), VmRecord.of(vm.id(), canonical.about(subject), named.of(vm.id())));
      }
    }
    for (VmId vm : named.byVm().keySet()) {
      vms.computeIfAbsent(vm, id -> VmRecord.of(id, ImmutableSortedSet.of(), named.of(id)));
    }
    CopiedLogs copied = CopiedLogs.of(vms.values());
    vms.replaceAll((vm, record) -> record.without(copied.copiesOf(vm)));
    return new LedgerView(
        ledger,
        canonical,
        terms,
        records,
        ImmutableSortedMap.copyOfSorted(vms),
        copied,
        Exchanges.of(named.rest(), vms.values(), terms.correlation()));
  }

  /** Returns the ledger, with every name as it was told. */
  public LicenseLedger ledger() {
    return ledger;
  }

  /** Returns the terms. */
  public LedgerTerms terms() {
    return terms;
  }

  /** Returns the VMs that anything is known of, ascending. */
  public ImmutableSortedSet<VmId> vms() {
    return vms.keySet();
  }

  /** Returns the history of {@code vm}; empty if nothing is known of it. */
  public Optional<VmHistory> history(VmId vm) {
    return Optional.ofNullable(vms.get(vm))
        .map(record -> VmHistory.of(record, exchanges.of(vm), terms));
  }

  /** Returns the histories of all VMs, ascending by VM. */
  public ImmutableSortedMap<VmId, VmHistory> histories() {
    return histories.get();
  }

  /**
   * Returns the hosts' records of which nobody can say what VM they are about, ascending by time.
   */
  public ImmutableSortedSet<Observation.HostLogged> unattributed() {
    return exchanges.unattributed();
  }

  /** Returns the gaps in all logs, ascending by time, hosts under the name that they go by here. */
  public ImmutableSortedSet<Observation.LogGap> gaps() {
    ImmutableSortedSet.Builder<Observation.LogGap> gaps = ImmutableSortedSet.naturalOrder();
    for (ImmutableSortedSet<Observation> observations : canonical.bySubject().values()) {
      for (Observation observation : observations) {
        if (observation instanceof Observation.LogGap gap) {
          gaps.add(gap);
        }
      }
    }
    return gaps.build();
  }

  /** Returns where the evidence contradicts itself, what guests claim, or what should be. */
  public ImmutableList<Finding> findings() {
    return findings.get();
  }

  /**
   * Returns the figures at {@code at}.
   *
   * @param tenants whose each VM is; VMs without an owner are counted under {@code ""}
   */
  public LedgerReport report(Instant at, Map<VmId, String> tenants) {
    return LedgerReport.of(this, at, tenants);
  }

  /** Returns the ledger with each host under one name. */
  LicenseLedger canonical() {
    return canonical;
  }

  CopiedLogs copied() {
    return copied;
  }

  LogRecords records() {
    return records;
  }

  private ImmutableSortedMap<VmId, VmHistory> readHistories() {
    ImmutableSortedMap.Builder<VmId, VmHistory> all = ImmutableSortedMap.naturalOrder();
    vms.forEach((vm, record) -> all.put(vm, VmHistory.of(record, exchanges.of(vm), terms)));
    return all.buildOrThrow();
  }

  /** Returns the counts. */
  @Override
  public String toString() {
    return "LedgerView[" + vms.size() + " VMs, " + terms + "]";
  }
}
