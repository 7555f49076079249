package io.avma.cli.output;

import java.util.Locale;

/**
 * A line that shows how far a long piece of work is, on standard error and only where somebody
 * watches. For one thread.
 */
public final class ProgressBar implements AutoCloseable {
  private static final int CELLS = 30;

  private final Console console;
  private final String unit;
  private final int total;
  private int shown = -1;

  ProgressBar(Console console, String unit, int total) {
    this.console = console;
    this.unit = unit;
    this.total = total;
  }

  /** Shows that {@code done} of the whole is done; draws only if that is to be seen. */
  public void show(int done) {
    int percent = (int) (100L * done / total);
    if (!console.screen().live() || percent == shown) {
      return;
    }
    shown = percent;
    int full = CELLS * percent / 100;
    console.overwrite(
        String.format(
            Locale.ROOT,
            "[%s%s] %3d %%  %s %d of %d",
            "#".repeat(full),
            ".".repeat(CELLS - full),
            percent,
            unit,
            done,
            total));
  }

  /** Takes the line away again. */
  @Override
  public void close() {
    if (shown >= 0) {
      console.overwrite("");
    }
  }
}
