package io.avma.transport.eventlog;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventFollower;
import io.avma.transport.EventSource;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of a file as an {@link EventSource}: an {@code .evtx} log, event XML or the JSON of
 * Winlogbeat. A file that has grown since gives what is new.
 *
 * <p>Every record is decoded, because gaps show only among all of them; who needs a few events of a
 * large log and no gaps, uses an {@link EventLogReader} with a filter. For one thread.
 */
@CheckReturnValue
public final class FileEventSource implements EventSource {
  private final Path file;
  private final EventLogOptions options;
  private @Nullable EventLogReader reader;

  /** How many events the open reader has returned, and how many of its flaws were handed out. */
  private long read;

  private int flawsGiven;
  private long size;
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
    EventLogReader open = at(bookmark.place());
    EventFollower follower = new EventFollower(bookmark);
    ImmutableList.Builder<WindowsEvent> events = ImmutableList.builder();
    boolean atEnd = false;
    int found = 0;
    while (found < max) {
      Optional<WindowsEvent> next = open.next();
      if (next.isEmpty()) {
        atEnd = true;
        break;
      }
      read++;
      WindowsEvent event = next.get();
      follower.saw(event);
      if (!bookmark.knows(event) && filter.matches(event)) {
        events.add(event);
        found++;
      }
    }
    ImmutableList<Flaw> flaws = newFlaws(open);
    EventBookmark here = follower.midway(place());
    if (atEnd) {
      release();
    }
    return new EventBatch(
        events.build(), atEnd ? here.ended() : here, follower.gaps(), flaws, atEnd);
  }

  private ImmutableList<Flaw> newFlaws(EventLogReader open) {
    ImmutableList<Flaw> all = open.flaws();
    ImmutableList<Flaw> flaws = all.subList(flawsGiven, all.size());
    flawsGiven = all.size();
    return flaws;
  }

  /** The reader at the place of a bookmark: the open one, or a new one that is taken there. */
  private EventLogReader at(Optional<String> place) throws TransportException {
    EventLogReader open = reader;
    if (open != null && place.equals(Optional.of(place()))) {
      return open;
    }
    release();
    size = sizeNow();
    EventLogReader fresh = EventLogReader.open(file, options);
    reader = fresh;
    String wanted = place.orElse("");
    while (!wanted.isEmpty() && wanted.startsWith(size + ":") && !wanted.equals(place())) {
      if (fresh.next().isEmpty()) {
        break;
      }
      read++;
    }
    if (!wanted.isEmpty() && !wanted.equals(place()) && read > 0) {
      return at(Optional.empty()); // no place of this file: from its beginning, behind the marks
    }
    return fresh;
  }

  /** Where the reader is, as long as the file has this size. */
  private String place() {
    return size + ":" + read;
  }

  private long sizeNow() throws TransportException {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw LogFileInput.failed("open", String.valueOf(file.getFileName()), e);
    }
  }

  private void release() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
    read = 0;
    flawsGiven = 0;
  }

  @Override
  public void close() {
    closed = true;
    release();
  }
}
