package io.avma.activation;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines of what {@code slmgr} printed, cut to their bounds and grouped by license. */
@CheckReturnValue
final class SlmgrLines {
  /** The words that Windows puts into every license's description, in every language. */
  static final Pattern CHANNEL_WORD =
      Pattern.compile(
          "\\b(VIRTUAL_MACHINE_ACTIVATION|VOLUME_KMSCLIENT|VOLUME_KMS(?:_[A-Z0-9_]+)?|VOLUME_MAK"
              + "|TIMEBASED_[A-Z_]+|RETAIL(?:\\([A-Z_ ]+\\))?|OEM_[A-Z_]+)\\b");

  private SlmgrLines() {}

  static ImmutableList<String> of(CharSequence text, ImmutableList.Builder<String> flaws) {
    int end = Math.min(text.length(), SlmgrOutput.MOST_CHARACTERS);
    if (end < text.length()) {
      flaws.add(
          text.length() + " characters (expected: at most " + end + "); the rest is left out");
    }
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    int start = end > 0 && text.charAt(0) == '\uFEFF' ? 1 : 0;
    for (int i = start; i <= end; i++) {
      if (i == end || text.charAt(i) == '\n' || text.charAt(i) == '\r') {
        if (i - start > SlmgrOutput.LONGEST_LINE) {
          flaws.add(
              "a line of "
                  + (i - start)
                  + " characters (expected: at most "
                  + SlmgrOutput.LONGEST_LINE
                  + "); it is left out");
        } else {
          lines.add(text.subSequence(start, i).toString().stripTrailing());
        }
        boolean pair = i + 1 < end && text.charAt(i) == '\r' && text.charAt(i + 1) == '\n';
        i = pair ? i + 1 : i;
        start = i + 1;
      }
    }
    return lines.build();
  }

  /**
   * Returns the lines of each license. A license begins with its name, and the line after the name
   * is the description, which holds a {@link #CHANNEL_WORD}. Without any description all lines are
   * one block: {@code /xpr} prints none.
   */
  static ImmutableList<ImmutableList<String>> blocks(ImmutableList<String> lines) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (CHANNEL_WORD.matcher(lines.get(i)).find() && !lines.get(i - 1).isEmpty()) {
        starts.add(i - 1);
      }
    }
    if (starts.isEmpty()) {
      return ImmutableList.of(lines);
    }
    ImmutableList.Builder<ImmutableList<String>> blocks = ImmutableList.builder();
    for (int b = 0; b < starts.size(); b++) {
      int end = b + 1 < starts.size() ? starts.get(b + 1) : lines.size();
      blocks.add(lines.subList(starts.get(b), end));
    }
    return blocks.build();
  }
}
