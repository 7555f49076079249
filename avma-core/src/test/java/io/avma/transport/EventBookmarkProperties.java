package io.avma.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import io.avma.transport.EventBookmark.Mark;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventBookmarkProperties {
  @Provide
  Arbitrary<EventBookmark> bookmarks() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars("ab\\\t\nntr \r").ofMaxLength(8),
            Arbitraries.strings().ofMaxLength(8));
    Arbitrary<LogName> logs = Combinators.combine(names, names).as(LogName::new);
    Arbitrary<Instant> times =
        Combinators.combine(
                Arbitraries.longs().between(-99_999_999_999L, 99_999_999_999L),
                Arbitraries.integers().between(0, 999_999_999))
            .as(Instant::ofEpochSecond);
    Arbitrary<Mark> marks =
        Combinators.combine(Arbitraries.longs(), times.optional()).as(Mark::new);
    Arbitrary<Map<LogName, Mark>> maps = Arbitraries.maps(logs, marks).ofMaxSize(4);
    return Combinators.combine(maps, maps, names.optional())
        .as(
            (known, pass, place) ->
                new EventBookmark(
                    ImmutableSortedMap.copyOf(known), ImmutableSortedMap.copyOf(pass), place));
  }

  @Property(tries = 200)
  void whatIsWrittenIsRead(@ForAll("bookmarks") EventBookmark bookmark) {
    assertEquals(Optional.of(bookmark), EventBookmark.parse(bookmark.toText()));
  }

  @Property(tries = 200)
  void noTextMakesTheReaderThrow(
      @ForAll("bookmarks") EventBookmark bookmark, @ForAll int cut, @ForAll String text) {
    String written = bookmark.toText();
    assertEquals(Optional.empty(), EventBookmark.parse(text));
    String torn = written.substring(0, Math.floorMod(cut, written.length() + 1)) + text;
    assertTrue(EventBookmark.parse(torn).isPresent() || EventBookmark.parse(torn).isEmpty());
  }

  @Property(tries = 200)
  void theEndOfAPassKnowsWhatThePassHasSeen(@ForAll("bookmarks") EventBookmark bookmark) {
    EventBookmark ended = bookmark.ended();
    bookmark.pass().forEach((log, mark) -> assertTrue(ended.knows(log, mark)));
    assertEquals(ended, ended.ended());
  }

  @Example
  void theTextIsForPeopleToo() {
    EventBookmark bookmark =
        new EventBookmark(
            ImmutableSortedMap.of(
                new LogName("HV1", "Application"),
                new Mark(-1, Optional.of(Instant.parse("2026-03-01T00:00:00Z")))),
            ImmutableSortedMap.of(new LogName("", "a\tb"), new Mark(2, Optional.empty())),
            Optional.of("offset 5"));
    assertEquals(
        """
        avma-bookmark 1
        mark\t18446744073709551615\t2026-03-01T00:00:00Z\thv1\tapplication
        pass\t2\t-\t\ta\\tb
        place\toffset 5
        """,
        bookmark.toText());
  }
}
