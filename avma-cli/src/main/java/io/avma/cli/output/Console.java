package io.avma.cli.output;

import io.avma.catalog.KeyMask;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes, and what the other end can show. For one thread.
 *
 * <p>Answers go to {@code out}, complaints and hints to {@code err}. Human text keeps the encoding
 * of the stream; JSON is UTF-8 whatever that is. Answers are held until they are many, unless
 * somebody watches, or a complaint comes that shall stand behind them.
 */
public final class Console {
  private static final int MOST_HELD = 16 * 1024;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Screen screen;
  private final StringBuilder held = new StringBuilder();
  private boolean heldIsUtf8;
  private boolean failed;

  /** Makes a console of three streams and what is known of the screen. */
  public Console(InputStream in, PrintStream out, PrintStream err, Screen screen) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.screen = screen;
  }

  /** Returns standard input. */
  public InputStream in() {
    return in;
  }

  /** Returns what the screen can show. */
  public Screen screen() {
    return screen;
  }

  /** Prints one line of an answer; it must hold no foreign text that was not escaped. */
  public void line(String text) {
    hold(false, text + "\n"); // the same bytes on every system
  }

  /** Prints an empty line. */
  public void line() {
    line("");
  }

  /** Prints a sentence, wrapped at the width of the screen. */
  public void sentence(String text) {
    indented("", text);
  }

  /** Prints a sentence in a colour, wrapped at the width of the screen. */
  public void sentence(Screen.Paint paint, String text) {
    for (String line : Wrapping.lines(text, screen.width())) {
      line(screen.painted(paint, line));
    }
  }

  /** Prints a sentence, wrapped, each line behind {@code indent}. */
  public void indented(String indent, String text) {
    for (String line : Wrapping.lines(text, screen.width() - indent.length())) {
      line(indent + line);
    }
  }

  /** Prints a complaint or hint; a product key in it is masked. */
  public void complain(String text) {
    flush();
    err.print(KeyMask.mask(text) + "\n");
  }

  /**
   * Starts to show progress.
   *
   * @param unit what is counted, for example {@code day}
   * @param total how many there are, 1 or more
   */
  public ProgressBar progress(String unit, int total) {
    return new ProgressBar(this, unit, total);
  }

  /** Draws a line of standard error over the one before it; on live screens only. */
  void overwrite(String text) {
    err.print("\r\u001B[K" + text);
    err.flush();
  }

  /** Starts JSON Lines on standard output. */
  public JsonLines json() {
    return new JsonLines(line -> hold(true, line));
  }

  /** Prints a line of XML in UTF-8, whatever the encoding of the stream. */
  public void xml(String line) {
    hold(true, line + "\n");
  }

  /** Prints foreign text as it is, in UTF-8 and without a line end; never on a terminal. */
  public void raw(String text) {
    hold(true, text);
  }

  /** Writes the answers that are held. */
  public void flush() {
    if (held.isEmpty()) {
      return;
    }
    if (heldIsUtf8) {
      byte[] bytes = held.toString().getBytes(StandardCharsets.UTF_8);
      out.write(bytes, 0, bytes.length);
    } else {
      out.print(held);
    }
    held.setLength(0);
    failed |= out.checkError(); // flushes
  }

  /** Returns whether answers could not be written, so that to find more of them is in vain. */
  public boolean failed() {
    return failed;
  }

  /** Returns whether everything so far could be written; asks the streams to write now. */
  public boolean written() {
    flush();
    err.flush();
    return !failed;
  }

  private void hold(boolean utf8, String text) {
    if (utf8 != heldIsUtf8) {
      flush();
      heldIsUtf8 = utf8;
    }
    held.append(text);
    if (held.length() >= MOST_HELD || screen.live()) {
      flush();
    }
  }
}
