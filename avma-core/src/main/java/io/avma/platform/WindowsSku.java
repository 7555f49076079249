package io.avma.platform;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.internal.DataTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A SKU number of Windows, as {@code OperatingSystemSKU}, {@code OSEditionId} and {@code
 * HostingSystemEditionId} report it.
 *
 * @param number the number, for example 8
 * @param constant Microsoft's name for it, for example {@code PRODUCT_DATACENTER_SERVER}
 * @param edition the edition whose AVMA keys apply; empty for systems that are no AVMA guest
 * @param traits what else the number says
 * @param standing how well the row is founded
 * @param source where it comes from
 */
@CheckReturnValue
public record WindowsSku(
    int number,
    String constant,
    Optional<Edition> edition,
    ImmutableSet<Trait> traits,
    Standing standing,
    String source) {

  /** What a SKU number says beside the edition. */
  public enum Trait {
    /** Installed without the desktop; since Server 2012 most such installations report 7 or 8. */
    CORE,
    /** Nano Server. */
    NANO,
    /** Evaluation media: takes no AVMA key until it is converted. */
    EVALUATION,
    /** A release of the semi-annual channel. */
    SEMI_ANNUAL,
    /** An Azure Local (Azure Stack HCI) host. */
    AZURE_LOCAL,
    /** A host of public Azure. */
    AZURE,
    /** The free Hyper-V Server. */
    HYPER_V_SERVER
  }

  /** Returns what is known of {@code number}; empty for a number that the table does not hold. */
  public static Optional<WindowsSku> of(int number) {
    return Optional.ofNullable(Table.ROWS.get(number));
  }

  /** Returns every known number, ascending. */
  public static ImmutableList<WindowsSku> all() {
    return Table.ROWS.values().asList();
  }

  /** Returns whether this number says {@code trait}. */
  public boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /**
   * Returns the releases that a machine with this SKU and {@code build} can run, most likely first.
   * Build 17763 is 2019 unless the SKU is one of the semi-annual channel (a rule we assume).
   */
  public ImmutableList<WindowsRelease> releasesOf(int build) {
    ImmutableList<WindowsRelease> candidates = WindowsRelease.ofBuild(build);
    boolean semiAnnual = is(Trait.SEMI_ANNUAL);
    ImmutableList.Builder<WindowsRelease> likely = ImmutableList.builder();
    for (WindowsRelease release : candidates) {
      if ((release.channel() == WindowsRelease.Channel.SEMI_ANNUAL) == semiAnnual) {
        likely.add(release);
      }
    }
    ImmutableList<WindowsRelease> found = likely.build();
    return found.isEmpty() ? candidates : found;
  }

  private static final class Table {
    static final ImmutableMap<Integer, WindowsSku> ROWS = load();

    private static ImmutableMap<Integer, WindowsSku> load() {
      DataTable table =
          DataTable.resource(
              WindowsSku.class,
              "skus.table",
              "sku",
              "constant",
              "edition",
              "traits",
              "standing",
              "source");
      Map<Integer, WindowsSku> rows = new LinkedHashMap<>();
      int last = -1;
      for (DataTable.Row row : table.rows()) {
        int number = (int) row.number("sku");
        if (number <= last) {
          throw row.complaint("SKU " + number + " after " + last + " (expected: ascending, once)");
        }
        last = number;
        Optional<Edition> edition =
            row.optional("edition").map(unused -> row.constant("edition", Edition.class));
        rows.put(
            number,
            new WindowsSku(
                number,
                row.text("constant"),
                edition,
                ImmutableSet.copyOf(row.constants("traits", Trait.class)),
                row.constant("standing", Standing.class),
                row.text("source")));
      }
      return ImmutableMap.copyOf(rows);
    }
  }
}
