package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.LicenseContext;
import io.avma.eventlog.LicensingState;
import io.avma.eventlog.LogEntry;
import io.avma.eventlog.SoftwareProtection;
import io.avma.eventlog.WindowsEvent;
import io.avma.kvp.GuestClaims;
import io.avma.kvp.HostFacts;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.transport.EventGap;
import io.avma.transport.LicenseReading;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmFacts;
import io.avma.transport.VmReading;
import io.avma.transport.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Turns what hosts, guests and logs say into observations, host evidence and guest claims apart.
 *
 * <p>Every observation gets the mark that this observer was made with; one of a machine whose name
 * lies under {@code .invalid} is simulated in any case. What says nothing that a ledger keeps gives
 * no observation. Never throws on what a machine said, and keeps a bounded part of it: no value of
 * a guest-written item, no key beyond its last five characters. Immutable; safe for any thread.
 */
@CheckReturnValue
public final class Observer {
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_DETAIL = 4_096;
  private static final int MOST_ITEMS = 64;

  /** No license is counted to the end of longer times; they are then without an end. */
  private static final Duration LONGEST_LICENSE = Duration.ofDays(36_525);

  private final Provenance provenance;
  private final String itemPrefix;

  private Observer(Provenance provenance, String itemPrefix) {
    this.provenance = provenance;
    this.itemPrefix = itemPrefix.toLowerCase(Locale.ROOT);
  }

  /** Returns the observer of real machines. */
  public static Observer real() {
    return new Observer(Provenance.REAL, "avma");
  }

  /** Returns the observer of simulated machines. */
  public static Observer simulated() {
    return new Observer(Provenance.SIMULATED, "avma");
  }

  /**
   * Returns this observer with another sign of the guest-written items that belong to AVMA: their
   * keys start with {@code prefix}, ignoring case. Which items these are is documented nowhere; the
   * default {@code avma} is assumed.
   */
  public Observer withAvmaItemPrefix(String prefix) {
    return new Observer(provenance, prefix);
  }

  /**
   * Returns what a sweep of all items found out about one VM: where it is, and apart from that what
   * its guest claims.
   */
  public ImmutableList<Observation> sweep(HostId host, VmReading reading) {
    return sweep(host, reading, SweepScope.everything());
  }

  /** Returns what a sweep of {@code scope} found out about one VM. */
  public ImmutableList<Observation> sweep(HostId host, VmReading reading, SweepScope scope) {
    Provenance mark = provenance.forMachine(host.value());
    if (reading instanceof VmReading.Unreadable unreadable) {
      return ImmutableList.of(unreadable(host, unreadable, mark));
    }
    VmReading.Read read = (VmReading.Read) reading;
    Observation.HostSaw saw =
        new Observation.HostSaw(host, bounded(read.facts()), read.readAt(), mark);
    GuestStatement statement =
        statement(read.snapshot(), scope.sources().contains(KvpSource.GUEST_WRITTEN));
    return statement.isEmpty()
        ? ImmutableList.of(saw)
        : ImmutableList.of(
            saw,
            new Observation.GuestTold(
                read.vm(), Optional.of(host), statement, read.readAt(), mark));
  }

  /** Returns what a host said about itself at {@code at}. */
  public Observation profile(HostId host, HostProfile profile, Instant at) {
    return new Observation.HostStated(host, profile, at, provenance.forMachine(host.value()));
  }

  /**
   * Returns what an event of {@code host}'s log says: 12310, or the host's own license in 8230.
   * Empty for all others and for one without a time.
   */
  public Optional<Observation> hostEvent(HostId host, WindowsEvent event) {
    Optional<Instant> time = RecordKey.timeOf(event);
    Optional<RecordKey> key = RecordKey.of(event, host.value());
    Optional<LogEntry> entry = LogEntry.of(event);
    if (key.isEmpty() || time.isEmpty() || entry.isEmpty()) {
      return Optional.empty();
    }
    Provenance mark = provenance.forMachine(host.value()).forMachine(key.get().machine());
    if (entry.get() instanceof ActivationLogEntry activation) {
      return activation.side() == ActivationLogEntry.Side.HOST
          ? Optional.of(
              new Observation.HostLogged(
                  host,
                  key.get(),
                  activation.result(),
                  activation.detail().map(text -> cut(text, LONGEST_DETAIL)),
                  time.get(),
                  mark))
          : Optional.empty();
    }
    return entry.get() instanceof LicenseContext context && tellsTheLicense(context)
        ? Optional.of(
            new Observation.HostStated(
                host,
                HostProfile.builder()
                    .activated(activated(context))
                    .channel(context.channel())
                    .build(),
                time.get(),
                mark))
        : Optional.empty();
  }

  /**
   * Returns what an event says that was forwarded from a host's log; the host is the computer that
   * the event names. Empty also if it names none.
   */
  public Optional<Observation> hostEvent(WindowsEvent event) {
    return event.computer().flatMap(Observer::host).flatMap(host -> hostEvent(host, event));
  }

  /**
   * Returns what an event of a guest's log says: 12309, or the guest's license in 8230 or 8198.
   * Empty for all others and for one without a time.
   */
  public Optional<Observation> guestEvent(VmId vm, WindowsEvent event) {
    Optional<Instant> time = RecordKey.timeOf(event);
    Optional<RecordKey> key = RecordKey.of(event, vm.toString());
    Optional<LogEntry> entry = LogEntry.of(event);
    if (key.isEmpty() || time.isEmpty() || entry.isEmpty()) {
      return Optional.empty();
    }
    Provenance mark = provenance.forMachine(key.get().machine());
    if (entry.get() instanceof ActivationLogEntry activation) {
      return activation.side() == ActivationLogEntry.Side.GUEST
          ? Optional.of(
              new Observation.GuestLogged(vm, key.get(), activation.result(), time.get(), mark))
          : Optional.empty();
    }
    return entry.get() instanceof LicenseContext context && tellsTheLicense(context)
        ? Optional.of(
            new Observation.LicenseTold(
                vm,
                key,
                activated(context),
                context.channel(),
                context.partialProductKey(),
                Optional.empty(), // the end is in a local time that nobody knows
                Optional.empty(),
                Optional.empty(),
                time.get(),
                mark))
        : Optional.empty();
  }

  /** Returns what a guest told about its license when it was asked. */
  public Observation license(VmId vm, LicenseReading reading) {
    Optional<HostId> host = reading.activatedBy().flatMap(Observer::host);
    return new Observation.LicenseTold(
        vm,
        Optional.empty(),
        Ternary.of(reading.licenseStatusNumber() == 1),
        reading.channel(),
        reading.partialProductKey(),
        reading
            .remaining()
            .filter(left -> !left.isNegative() && left.compareTo(LONGEST_LICENSE) < 0)
            .map(left -> reading.readAt().plus(left)),
        host,
        reading.activatedAt().flatMap(LedgerTime::within),
        reading.readAt(),
        host.isPresent() ? provenance.forMachine(host.get().value()) : provenance);
  }

  /**
   * Returns what a guest's own pools say, read from within; empty if that is nothing.
   *
   * @param vm the VM that was asked, known from elsewhere than these pools
   */
  public Optional<Observation> guestPools(VmId vm, KvpSnapshot pools, Instant at) {
    GuestStatement statement = statement(pools, true);
    Provenance mark =
        statement.host().isPresent()
            ? provenance.forMachine(statement.host().get().value())
            : provenance;
    return statement.isEmpty()
        ? Optional.empty()
        : Optional.of(new Observation.GuestTold(vm, Optional.empty(), statement, at, mark));
  }

  /** Returns a gap in a host's log; empty if nobody knows when it ended. */
  public Optional<Observation> gap(HostId host, EventGap gap) {
    return gap(new Subject.Host(host), gap, provenance.forMachine(host.value()));
  }

  /** Returns a gap in a guest's log; empty if nobody knows when it ended. */
  public Optional<Observation> gap(VmId vm, EventGap gap) {
    return gap(new Subject.Vm(vm), gap, provenance.forMachine(gap.log().computer()));
  }

  private static Optional<Observation> gap(Subject subject, EventGap gap, Provenance mark) {
    return gap.after()
        .time()
        .flatMap(LedgerTime::within)
        .map(at -> new Observation.LogGap(subject, gap, at, mark));
  }

  private static Observation unreadable(
      HostId host, VmReading.Unreadable reading, Provenance mark) {
    if (reading.reason() == TransportException.Reason.NOT_FOUND) {
      return new Observation.HostLacks(host, reading.vm(), reading.readAt(), mark);
    }
    VmFacts facts =
        reading
            .facts()
            .map(Observer::bounded)
            .orElseGet(
                () ->
                    new VmFacts(
                        reading.vm(), "", VmState.UNKNOWN, Ternary.UNKNOWN, Ternary.UNKNOWN));
    return new Observation.HostSaw(host, facts, reading.readAt(), mark);
  }

  private GuestStatement statement(KvpSnapshot snapshot, boolean guestWrittenAsked) {
    GuestClaims claims = GuestClaims.of(snapshot);
    HostFacts facts = HostFacts.of(snapshot);
    boolean silent =
        snapshot.items(KvpSource.INTRINSIC).isEmpty()
            && snapshot.items(KvpSource.GUEST_WRITTEN).isEmpty()
            && snapshot.items(KvpSource.HOST_FACTS).isEmpty();
    return new GuestStatement(
        facts.vmId(),
        facts.physicalHostNameFullyQualified().or(facts::hostName),
        claims.hostName().map(name -> cut(name, LONGEST_NAME)),
        claims.system() instanceof GuestSystem.Unknown
            ? Optional.empty()
            : Optional.of(claims.system().displayName()),
        guestWrittenAsked && !silent ? Optional.of(avmaItems(snapshot)) : Optional.empty());
  }

  private ImmutableSortedSet<String> avmaItems(KvpSnapshot snapshot) {
    TreeSet<String> keys = new TreeSet<>();
    for (KvpItem item : snapshot.items(KvpSource.GUEST_WRITTEN)) {
      if (item.key().toLowerCase(Locale.ROOT).startsWith(itemPrefix)) {
        keys.add(cut(item.key(), LONGEST_NAME));
        if (keys.size() > MOST_ITEMS) {
          keys.pollLast();
        }
      }
    }
    return ImmutableSortedSet.copyOfSorted(keys);
  }

  /** Office and other products write such records too. */
  private static boolean tellsTheLicense(LicenseContext context) {
    boolean ofWindows =
        context.applicationId().map(SoftwareProtection.WINDOWS_APPLICATION::equals).orElse(true);
    return ofWindows && (context.state().isPresent() || context.productKeyType().isPresent());
  }

  private static Ternary activated(LicenseContext context) {
    return context
        .state()
        .map(state -> Ternary.of(state == LicensingState.LICENSED))
        .orElse(Ternary.UNKNOWN);
  }

  private static VmFacts bounded(VmFacts facts) {
    return facts.name().length() <= LONGEST_NAME
        ? facts
        : new VmFacts(
            facts.vm(),
            cut(facts.name(), LONGEST_NAME),
            facts.state(),
            facts.dataExchange(),
            facts.replica());
  }

  private static Optional<HostId> host(String name) {
    return name.isBlank() || name.strip().length() > LONGEST_NAME
        ? Optional.empty()
        : Optional.of(new HostId(name));
  }

  private static String cut(String text, int longest) {
    return text.length() > longest ? text.substring(0, longest) : text;
  }
}
