package io.avma.cli.output;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

/** How wide a text is on a screen, and where it may be broken. */
final class Wrapping {
  private Wrapping() {}

  /** Returns the number of columns that {@code text} takes; escaped text holds no controls. */
  static int width(String text) {
    return text.codePoints().map(Wrapping::width).sum();
  }

  /** Returns {@code text} in lines of at most {@code width} columns, longer words excepted. */
  static ImmutableList<String> lines(String text, int width) {
    if (width(text) <= width) {
      return ImmutableList.of(text);
    }
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (String word : Splitter.on(' ').omitEmptyStrings().split(text)) {
      int needed = width(word);
      if (used > 0 && used + 1 + needed > width) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
      }
      if (used > 0) {
        line.append(' ');
        used++;
      }
      line.append(word);
      used += needed;
    }
    return lines.add(line.toString()).build();
  }

  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return isWide(codePoint) ? 2 : 1;
  }

  /** The blocks whose characters take two columns on every common terminal. */
  private static boolean isWide(int c) {
    return c >= 0x1100
        && (c <= 0x115F
            || (c >= 0x2E80 && c <= 0xA4CF)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0xFFE0 && c <= 0xFFE6)
            || (c >= 0x1F300 && c <= 0x1FAFF)
            || (c >= 0x20000 && c <= 0x3FFFD));
  }
}
