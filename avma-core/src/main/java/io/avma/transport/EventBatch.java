package io.avma.transport;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;

/**
 * Some events, and where to go on.
 *
 * @param events the events, in the source's order
 * @param next the bookmark for the next read; with it no event is returned twice or passed over
 * @param gaps the stretches about which nothing is known; a source in no certain order tells them
 *     at its end, when nothing can fill them any more
 * @param flaws what was wrong with what was read, in the source's order
 * @param atEnd whether the source held no further event when it was read; a live one may grow
 */
@CheckReturnValue
public record EventBatch(
    ImmutableList<WindowsEvent> events,
    EventBookmark next,
    ImmutableList<EventGap> gaps,
    ImmutableList<Flaw> flaws,
    boolean atEnd) {
  /** Returns the batch of a source that has nothing new. */
  public static EventBatch nothingAfter(EventBookmark bookmark) {
    return new EventBatch(
        ImmutableList.of(), bookmark, ImmutableList.of(), ImmutableList.of(), true);
  }

  /** Returns the counts. */
  @Override
  public String toString() {
    return events.size()
        + " events, "
        + gaps.size()
        + " gaps, "
        + flaws.size()
        + " flaws"
        + (atEnd ? ", at the end" : "");
  }
}
