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
import java.util.stream.Collectors;

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

  static MachineColumns of(Cells cells) throws InputException {
    Optional<WindowsSku> sku = cells.parsed("sku", MachineColumns::sku, skus());
    Optional<Edition> edition = edition(cells, sku);
    Optional<Integer> build =
        cells.parsed("build", MachineColumns::build, "a build such as 20348 or 10.0.20348.2340");
    if (isEarlier(cells.text("release"))) {
      String name = cells.text("release");
      return new MachineColumns(
          Optional.empty(),
          Optional.of(name.matches("(?i)windows.*") ? name : "Windows Server " + name),
          edition,
          sku);
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
      if (named.get().build() != build.get()) {
        cells.complain(
            "build",
            "column 'build': "
                + build.get()
                + " is not the build of "
                + named.get().displayName()
                + " ("
                + named.get().build()
                + ").",
            "Correct one of the two, or leave one empty.");
      }
      return new MachineColumns(named, Optional.empty(), edition, sku);
    }
    Optional<WindowsRelease> built = ofBuild(build.get(), sku);
    Optional<String> earlier =
        build.get() < FIRST_BUILD
            ? Optional.of("Windows Server before 2012 R2 (build " + build.get() + ")")
            : Optional.empty();
    if (built.isEmpty() && earlier.isEmpty() && !isClient(cells)) {
      cells.complainAbout("build", "the build of a release: 9600, 14393, 17763, 20348, 26100 …");
    }
    return new MachineColumns(built, earlier, edition, sku);
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

  /** A client shares builds with servers, so its build says nothing and need not be known. */
  private static boolean isClient(Cells cells) {
    return SystemName.parse(cells.text("system"))
        .filter(name -> name.kind() == SystemName.Kind.WINDOWS_CLIENT)
        .isPresent();
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

  private static Optional<WindowsRelease> ofBuild(int build, Optional<WindowsSku> sku) {
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

  private static Optional<WindowsSku> sku(String text) {
    return text.matches("[0-9]{1,4}") ? WindowsSku.of(Integer.parseInt(text)) : Optional.empty();
  }

  private static String skus() {
    return "a SKU number of Windows Server: "
        + WindowsSku.all().stream()
            .map(sku -> String.valueOf(sku.number()))
            .collect(Collectors.joining(", "))
        + ", or empty";
  }
}
