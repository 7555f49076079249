package io.avma.transport.eventlog;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventFollower;
import io.avma.transport.EventGap;
import io.avma.transport.EventSource;
import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.TransportException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of a file as an {@link EventSource}: an {@code .evtx} log, event XML or the JSON of
 * Winlogbeat. A file that has grown since gives what is new, and so does a log that overwrites its
 * oldest records. Gaps are told at the end of the file, because the order of its records may be
 * any.
 *
 * <p>Every record is decoded, because gaps show only among all of them; who needs a few events of a
 * large log and no gaps, uses an {@link EventLogReader} with a filter. For one thread.
 */
@CheckReturnValue
public final class FileEventSource implements EventSource {
  private final Path file;
  private final EventLogOptions options;
  private @Nullable Pass pass;
  private boolean closed;

  private FileEventSource(Path file, EventLogOptions options) {
    this.file = file;
    this.options = options;
  }

  /**
   * Returns the events of {@code file}, which is opened when they are read.
   *
   * @param options strictness, limits and threads; the filter is that of each read
   */
  public static FileEventSource of(Path file, EventLogOptions options) {
    return new FileEventSource(file, options.toBuilder().filter(EventFilter.all()).build());
  }

  /** Returns the events of {@code file}, lenient, with one thread. */
  public static FileEventSource of(Path file) {
    return of(file, EventLogOptions.standard());
  }

  @Override
  public EventBatch read(EventBookmark bookmark, EventFilter filter, int max)
      throws TransportException {
    checkState(!closed, "event source %s is closed", file);
    checkArgument(max >= 1, "max is %s (expected: at least 1)", max);
    Pass here = at(bookmark);
    ImmutableList.Builder<WindowsEvent> events = ImmutableList.builder();
    boolean atEnd = false;
    int found = 0;
    while (found < max) {
      Optional<WindowsEvent> next = here.next();
      if (next.isEmpty()) {
        atEnd = true;
        break;
      }
      if (!bookmark.knows(next.get()) && filter.matches(next.get())) {
        events.add(next.get());
        found++;
      }
    }
    if (!atEnd) {
      return new EventBatch(
          events.build(), here.bookmark(), ImmutableList.of(), here.newFlaws(), false);
    }
    EventBatch last =
        new EventBatch(
            events.build(), here.bookmark().ended(), here.gaps(), here.lastFlaws(file), true);
    release();
    return last;
  }

  /** The open pass if it is where the bookmark points, or a new one that is taken there. */
  private Pass at(EventBookmark bookmark) throws TransportException {
    Pass open = pass;
    if (open != null && open.bookmark().equals(bookmark)) {
      return open;
    }
    Optional<LogPlace> place = bookmark.place().flatMap(LogPlace::parse);
    if (place.isPresent()) {
      // Without what the pass has seen so far, because all of it is shown to the new one again.
      EventBookmark marks =
          new EventBookmark(bookmark.marks(), ImmutableSortedMap.of(), Optional.empty());
      Pass searching = open(marks);
      long index = searching.find(place.get(), bookmark);
      if (index > 0 && index == searching.count) {
        return searching;
      } else if (index > 0) {
        Pass again = open(marks);
        again.skip(index);
        return again;
      }
    }
    return open(bookmark); // no place of this file: from its beginning, behind the marks
  }

  private Pass open(EventBookmark from) throws TransportException {
    release();
    Pass fresh = new Pass(EventLogReader.open(file, options), from);
    pass = fresh;
    return fresh;
  }

  private void release() {
    Pass open = pass;
    if (open != null) {
      open.reader.close();
      pass = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    release();
  }

  /** One reading of the file from its beginning. */
  private static final class Pass {
    private final EventLogReader reader;
    private final EventFollower follower;
    private long count;
    private @Nullable WindowsEvent last;
    private int flawsGiven;

    Pass(EventLogReader reader, EventBookmark from) {
      this.reader = reader;
      this.follower = new EventFollower(from);
    }

    Optional<WindowsEvent> next() throws TransportException {
      Optional<WindowsEvent> next = reader.next();
      if (next.isPresent()) {
        count++;
        last = next.get();
        follower.saw(next.get());
      }
      return next;
    }

    /**
     * Reads up to where an earlier pass was and returns how many events come up to the one that it
     * read last, that one included; 0 if it is not there. A log that has dropped its oldest records
     * since has it further to the front, which counts only if everything before it was seen.
     */
    long find(LogPlace wanted, EventBookmark seen) throws TransportException {
      EventBookmark pass =
          new EventBookmark(seen.pass(), ImmutableSortedMap.of(), Optional.empty());
      long index = 0;
      boolean allSeen = true;
      while (count < wanted.count()) {
        Optional<WindowsEvent> next = next();
        if (next.isEmpty()) {
          break;
        }
        allSeen &= next.get().recordId().isEmpty() || pass.knows(next.get());
        if (wanted.isBehind(next.get()) && (allSeen || count == wanted.count())) {
          index = count;
        }
      }
      return index;
    }

    void skip(long events) throws TransportException {
      boolean more = true;
      while (more && count < events) {
        more = next().isPresent();
      }
    }

    EventBookmark bookmark() {
      return follower.midway(last == null ? "" : LogPlace.behind(count, last).toString());
    }

    ImmutableList<EventGap> gaps() {
      return follower.gaps();
    }

    ImmutableList<Flaw> newFlaws() {
      ImmutableList<Flaw> all = reader.flaws();
      ImmutableList<Flaw> flaws = all.subList(flawsGiven, all.size());
      flawsGiven = all.size();
      return flaws;
    }

    /** All flaws that were not told yet, and that gaps were not kept. */
    ImmutableList<Flaw> lastFlaws(Path file) {
      ImmutableList<Flaw> flaws = newFlaws();
      if (follower.gapsBeyondBound() == 0) {
        return flaws;
      }
      return ImmutableList.<Flaw>builder()
          .addAll(flaws)
          .add(
              new Flaw(
                  "gaps-not-kept",
                  Flaw.Effect.NOTED,
                  Position.in(String.valueOf(file.getFileName())),
                  follower.gapsBeyondBound() + " more gaps than EventFollower.MAX_GAPS"))
          .build();
    }
  }
}
