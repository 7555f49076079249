package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import io.avma.platform.HostId;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What hosts know of a VM and what its guest claims, side by side, as of one instant.
 *
 * @param vm the VM
 * @param at the instant; nothing younger is shown
 * @param provenance whether all of it is simulated
 * @param rows one row for each topic that either side says something about, in the order of the
 *     topics
 */
@CheckReturnValue
public record EvidenceView(VmId vm, Instant at, Provenance provenance, ImmutableList<Row> rows) {
  /** What a row is about. */
  public enum Topic {
    /** Which VM it is. */
    IDENTITY("VM"),
    /** Its name: the display name on the host, the computer name in the guest. */
    NAME("name"),
    /** Which host has it. */
    HOST("host"),
    /** What system it runs. */
    SYSTEM("system"),
    /** Which key is installed. */
    KEY("key"),
    /** Whether it is activated, and by whom. */
    ACTIVATION("activation");

    private final String label;

    Topic(String label) {
      this.label = label;
    }

    /** Returns the word that reports use. */
    public String label() {
      return label;
    }
  }

  /** How the two sides stand to each other. */
  public enum Agreement {
    /** Both say the same. */
    AGREE,
    /** They contradict each other. */
    DIFFER,
    /** Only one side speaks, or the two cannot be compared. */
    OPEN
  }

  /**
   * One topic.
   *
   * @param topic what it is about
   * @param host what hosts saw or logged; escaped and cut
   * @param guest what the guest says; escaped and cut
   * @param agreement how the two stand to each other
   */
  public record Row(
      Topic topic, Optional<String> host, Optional<String> guest, Agreement agreement) {}

  /** Returns both sides of {@code history} at {@code at}. */
  public static EvidenceView of(VmHistory history, Instant at) {
    Sides sides = new Sides(history, at);
    ImmutableList.Builder<Row> rows = ImmutableList.builder();
    for (Topic topic : Topic.values()) {
      Row row =
          switch (topic) {
            case IDENTITY -> sides.identity();
            case NAME -> sides.name();
            case HOST -> sides.host();
            case SYSTEM -> sides.system();
            case KEY -> sides.key();
            case ACTIVATION -> sides.activation();
          };
      if (row.host().isPresent() || row.guest().isPresent()) {
        rows.add(row);
      }
    }
    return new EvidenceView(history.vm(), at, history.provenance(), rows.build());
  }

  /** Reads both sides, topic by topic. */
  private static final class Sides {
    private static final int SHOWN = 80;

    private final VmHistory history;
    private final Instant at;
    private final Optional<Observation.LicenseTold> license;

    Sides(VmHistory history, Instant at) {
      this.history = history;
      this.at = at;
      license =
          VmHistory.last(
              history.of(Observation.LicenseTold.class).filter(told -> !told.at().isAfter(at)));
    }

    Row identity() {
      Optional<VmId> claimed = claim(GuestStatement::vm);
      return row(
          Topic.IDENTITY,
          Optional.of(history.vm().toString()),
          claimed.map(VmId::toString),
          claimed.map(history.vm()::equals));
    }

    Row name() {
      Optional<String> shown =
          VmHistory.last(
              history
                  .of(Observation.HostSaw.class)
                  .filter(saw -> !saw.at().isAfter(at) && !saw.facts().name().isEmpty())
                  .map(saw -> saw.facts().name()));
      return row(
          Topic.NAME,
          shown.map(name -> ForeignText.escape(name, SHOWN)),
          claim(GuestStatement::computer).map(name -> ForeignText.escape(name, SHOWN)),
          Optional.empty());
    }

    Row host() {
      Optional<Placement> place = history.lastPlacement(at);
      Optional<HostId> claimed = claim(GuestStatement::host);
      return row(
          Topic.HOST,
          place.map(
              seen ->
                  seen.host()
                      + ", "
                      + seen.presence().text()
                      + ", seen "
                      + HistoryText.time(seen.until().isAfter(at) ? at : seen.until())),
          claimed.map(HostId::toString),
          place.flatMap(
              seen ->
                  claimed.map(
                      name -> HostNames.maybeSame(seen.host(), history.terms().renamed(name)))));
    }

    Row system() {
      return row(
          Topic.SYSTEM,
          Optional.empty(),
          claim(GuestStatement::system).map(name -> ForeignText.escape(name, SHOWN)),
          Optional.empty());
    }

    Row key() {
      Optional<String> key =
          license.map(
              told ->
                  told.channel()
                      + told.partialProductKey()
                          .map(end -> " …" + ForeignText.escape(end, SHOWN))
                          .orElse(""));
      return row(Topic.KEY, Optional.empty(), key, Optional.empty());
    }

    Row activation() {
      Optional<ActivatedSpan> span = history.activationAt(at);
      Optional<ActivatedSpan> claim = history.claimAt(at);
      boolean hostsSpoke =
          history.exchanges().stream()
              .anyMatch(exchange -> exchange.host().isPresent() && !exchange.at().isAfter(at));
      Optional<String> host =
          span.isPresent()
              ? span.map(Sides::granted)
              : hostsSpoke ? Optional.of("no grant in force") : Optional.empty();
      Optional<Boolean> claimed = claim.isPresent() ? Optional.of(true) : said();
      return row(
          Topic.ACTIVATION,
          host,
          claimed.map(yes -> yes ? "activated" + by() : "not activated by AVMA"),
          host.isPresent() ? claimed.map(yes -> yes == span.isPresent()) : Optional.empty());
    }

    /** Returns what the guest said last: in its log that a grant arrived, or of its license. */
    private Optional<Boolean> said() {
      Optional<Exchange> granted =
          VmHistory.last(
              history.exchanges().stream()
                  .filter(exchange -> exchange.succeeded() && !exchange.at().isAfter(at)));
      if (license.isPresent()
          && Activations.deniesActivation(license.get())
          && granted.filter(one -> !one.at().isBefore(license.get().at())).isPresent()) {
        return granted
            .filter(unused -> history.activationAt(at).isPresent())
            .flatMap(Exchange::guest)
            .map(unused -> true);
      }
      return license
          .filter(told -> told.activated() != Ternary.UNKNOWN || told.hasOtherKey())
          .map(told -> told.activated() == Ternary.YES && !told.hasOtherKey());
    }

    private String by() {
      return license
          .flatMap(Observation.LicenseTold::activatedBy)
          .map(name -> " by " + name)
          .orElse("");
    }

    private static String granted(ActivatedSpan span) {
      return "activated by "
          + span.grantedBy().map(HostId::toString).orElse("?")
          + " from "
          + HistoryText.time(span.from())
          + " until "
          + HistoryText.time(span.until())
          + (span.backing() == ActivatedSpan.Backing.INFERRED ? " (inferred)" : "");
    }

    private <T> Optional<T> claim(Function<GuestStatement, Optional<T>> what) {
      return VmHistory.last(
          history
              .of(Observation.GuestTold.class)
              .filter(told -> !told.at().isAfter(at))
              .flatMap(told -> what.apply(told.statement()).stream()));
    }

    private static Row row(
        Topic topic, Optional<String> host, Optional<String> guest, Optional<Boolean> same) {
      Agreement agreement =
          same.map(yes -> yes ? Agreement.AGREE : Agreement.DIFFER).orElse(Agreement.OPEN);
      return new Row(topic, host, guest, agreement);
    }
  }
}
