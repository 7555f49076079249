package io.avma.cli.fleet;

import io.avma.cli.input.Cells;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.cli.input.Words;
import io.avma.platform.Edition;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import io.avma.platform.WindowsSku;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The columns that describe a Windows on a host as in a guest: {@code release} or {@code build},
 * {@code edition} or {@code sku}. Where both are given they must agree.
 *
 * @param release the release, if it is known and has AVMA
 * @param earlier what it is called, if it is Windows Server 2012 or older
 * @param edition the edition, if it is known
 * @param sku what the SKU number says, if it is given
 */
record MachineColumns(
    Optional<WindowsRelease> release,
    Optional<String> earlier,
    Optional<Edition> edition,
    Optional<WindowsSku> sku) {

  private static final Pattern EARLIER =
      Pattern.compile("(?:windows server )?(?:2012|2008(?: r2)?|2003(?: r2)?|2000)");
  private static final Pattern BUILD =
      Pattern.compile("(?:[0-9]+\\.[0-9]+\\.)?([0-9]{3,6})(?:\\..*)?");
  private static final int FIRST_BUILD = 9600;

  /** Nothing: the columns of a system that numbers its releases otherwise. */
  static final MachineColumns NOT_READ =
      new MachineColumns(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Reads the columns. A later version of Windows, or a client, is no mistake: its numbers are
   * {@code unknowns}.
   */
  static MachineColumns of(Cells cells, Unknowns unknowns) throws InputException {
    Optional<WindowsSku> sku = sku(cells, unknowns);
    Optional<Edition> edition = edition(cells, sku);
    Optional<Integer> build =
        cells.parsed("build", MachineColumns::build, "a build such as 20348 or 10.0.20348.2340");
    String release = cells.text("release");
    if (isEarlier(release)) {
      return new MachineColumns(
          Optional.empty(),
          Optional.of(release.matches("(?i)windows.*") ? release : "Windows Server " + release),
          edition,
          sku);
    }
    if (SystemName.isLater(release)) {
      unknowns.add("release " + Complaint.quoted(release));
      return new MachineColumns(Optional.empty(), Optional.empty(), edition, sku);
    }
    Optional<WindowsRelease> named =
        cells.parsed(
            "release",
            WindowsRelease::named,
            Words.releases() + ", 2012, 2008 R2, or empty if not known");
    if (build.isEmpty()) {
      return new MachineColumns(named, Optional.empty(), edition, sku);
    }
    if (named.isPresent()) {
      requireBuild(cells, named.get(), build.get());
      return new MachineColumns(named, Optional.empty(), edition, sku);
    }
    return ofBuild(build.get(), edition, sku, unknowns);
  }

  private static Optional<WindowsSku> sku(Cells cells, Unknowns unknowns) throws InputException {
    Optional<Integer> number =
        cells.parsed(
            "sku", MachineColumns::number, "a SKU number such as 7 or 8, or empty if not known");
    Optional<WindowsSku> sku = number.flatMap(WindowsSku::of);
    if (number.isPresent() && sku.isEmpty()) {
      unknowns.add("SKU " + number.get());
    }
    return sku;
  }

  private static void requireBuild(Cells cells, WindowsRelease named, int build)
      throws InputException {
    if (named.build() != build) {
      cells.complain(
          "build",
          "column 'build': "
              + build
              + " is not the build of "
              + named.displayName()
              + " ("
              + named.build()
              + ").",
          "Correct one of the two, or leave one empty.");
    }
  }

  private static MachineColumns ofBuild(
      int build, Optional<Edition> edition, Optional<WindowsSku> sku, Unknowns unknowns) {
    if (build < FIRST_BUILD) {
      String name = "Windows Server before 2012 R2 (build " + build + ")";
      return new MachineColumns(Optional.empty(), Optional.of(name), edition, sku);
    }
    MachineColumns machine =
        new MachineColumns(release(build, sku), Optional.empty(), edition, sku);
    if (machine.release().isEmpty() && !machine.isNoServer()) {
      unknowns.add("build " + build);
    }
    return machine;
  }

  /** Returns whether the SKU alone says what the machine is, so that its build need not. */
  private boolean isNoServer() {
    return has(WindowsSku.Trait.AZURE_LOCAL)
        || has(WindowsSku.Trait.AZURE)
        || has(WindowsSku.Trait.HYPER_V_SERVER);
  }

  /** Returns whether the SKU number says {@code trait}. */
  boolean has(WindowsSku.Trait trait) {
    return sku.isPresent() && sku.get().is(trait);
  }

  /** Returns whether it is evaluation media: by its column, else by the SKU, else by default. */
  Ternary evaluation(Cells cells) throws InputException {
    Ternary said = cells.ternary("evaluation", sku.isPresent() ? Ternary.UNKNOWN : Ternary.NO);
    return said == Ternary.UNKNOWN && sku.isPresent()
        ? Ternary.of(has(WindowsSku.Trait.EVALUATION))
        : said;
  }

  private static Optional<Edition> edition(Cells cells, Optional<WindowsSku> sku)
      throws InputException {
    Optional<Edition> named =
        cells.parsed("edition", Edition::named, Words.EDITIONS + ", or empty if not known");
    Optional<Edition> numbered = sku.flatMap(WindowsSku::edition);
    if (named.isPresent() && numbered.isPresent() && !named.equals(numbered)) {
      cells.complain(
          "sku",
          "column 'sku': "
              + Complaint.quoted(cells.text("sku"))
              + " is "
              + numbered.get().displayName()
              + ", but column 'edition' says "
              + named.get().displayName()
              + ".",
          "Correct one of the two, or leave one empty.");
    }
    return named.or(() -> numbered);
  }

  private static Optional<WindowsRelease> release(int build, Optional<WindowsSku> sku) {
    return (sku.isPresent() ? sku.get().releasesOf(build) : WindowsRelease.ofBuild(build))
        .stream().findFirst();
  }

  private static boolean isEarlier(String release) {
    return EARLIER.matcher(release.strip().toLowerCase(Locale.ROOT)).matches();
  }

  private static Optional<Integer> build(String text) {
    Matcher matcher = BUILD.matcher(text);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  private static Optional<Integer> number(String text) {
    return text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }
}
