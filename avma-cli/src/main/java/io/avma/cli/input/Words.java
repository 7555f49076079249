package io.avma.cli.input;

import io.avma.platform.Edition;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The words that people write for releases, editions, yes and no, in arguments and cells. */
public final class Words {
  /** The editions as arguments and cells name them. */
  public static final String EDITIONS =
      Arrays.stream(Edition.values()).map(Edition::label).collect(Collectors.joining(", "));

  private Words() {}

  /** Returns the releases as people name them: {@code 2012 R2, 2016, 1709, …}. */
  public static String releases() {
    return Arrays.stream(WindowsRelease.values())
        .map(release -> release.label().replace("version ", ""))
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns the fact that a cell states: empty is unknown; empty optional: not one of the words.
   */
  public static Optional<Ternary> ternary(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "", "unknown", "?" -> Optional.of(Ternary.UNKNOWN);
      case "yes", "y", "true", "1", "on", "enabled" -> Optional.of(Ternary.YES);
      case "no", "n", "false", "0", "off", "disabled" -> Optional.of(Ternary.NO);
      default -> Optional.empty();
    };
  }
}
