package io.avma.transport;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSortedMap;
import io.avma.transport.EventBookmark.Mark;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Bookmarks as text, one fact a line, its fields separated by tabs:
 *
 * <pre>
 * avma-bookmark 1
 * mark  NUMBER  TIME|-  COMPUTER  CHANNEL
 * pass  NUMBER  TIME|-  COMPUTER  CHANNEL
 * place PLACE
 * </pre>
 */
final class BookmarkText {
  private static final String HEADER = "avma-bookmark 1";
  private static final Splitter LINES = Splitter.on('\n').omitEmptyStrings();
  private static final Splitter FIELDS = Splitter.on('\t');

  private BookmarkText() {}

  static String write(EventBookmark bookmark) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    bookmark.marks().forEach((log, mark) -> line(text, "mark", log, mark));
    bookmark.pass().forEach((log, mark) -> line(text, "pass", log, mark));
    bookmark.place().ifPresent(place -> text.append("place\t").append(escape(place)).append('\n'));
    return text.toString();
  }

  static Optional<EventBookmark> parse(String text) {
    List<String> lines = LINES.splitToList(text);
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      return Optional.empty();
    }
    Map<LogName, Mark> marks = new TreeMap<>();
    Map<LogName, Mark> pass = new TreeMap<>();
    Optional<String> place = Optional.empty();
    try {
      for (String line : lines.subList(1, lines.size())) {
        List<String> fields = FIELDS.splitToList(line);
        if (fields.size() == 2 && fields.get(0).equals("place")) {
          place = Optional.of(unescape(fields.get(1)));
        } else if (fields.size() == 5 && fields.get(0).equals("mark")) {
          marks.put(log(fields), mark(fields));
        } else if (fields.size() == 5 && fields.get(0).equals("pass")) {
          pass.put(log(fields), mark(fields));
        } else {
          return Optional.empty();
        }
      }
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
    return Optional.of(
        new EventBookmark(
            ImmutableSortedMap.copyOf(marks), ImmutableSortedMap.copyOf(pass), place));
  }

  private static void line(StringBuilder text, String word, LogName log, Mark mark) {
    text.append(word)
        .append('\t')
        .append(Long.toUnsignedString(mark.recordId()))
        .append('\t')
        .append(mark.time().map(Instant::toString).orElse("-"))
        .append('\t')
        .append(escape(log.computer()))
        .append('\t')
        .append(escape(log.channel()))
        .append('\n');
  }

  private static LogName log(List<String> fields) {
    return new LogName(unescape(fields.get(3)), unescape(fields.get(4)));
  }

  private static Mark mark(List<String> fields) {
    String time = fields.get(2);
    return new Mark(
        Long.parseUnsignedLong(fields.get(1)),
        time.equals("-") ? Optional.empty() : Optional.of(Instant.parse(time)));
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && !escaped) {
        escaped = true;
        continue;
      }
      plain.append(escaped && c == 't' ? '\t' : escaped && c == 'n' ? '\n' : c);
      escaped = false;
    }
    return plain.toString();
  }
}
