package io.avma.transport;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * Events, wherever they come from: a log file, an export, a live host, a simulator.
 *
 * <p>After {@link #close} every call fails with an {@link IllegalStateException} that names the
 * source. One thread at a time, unless the implementation says otherwise.
 */
@CheckReturnValue
public interface EventSource extends AutoCloseable {
  /**
   * Returns up to {@code max} events behind {@code bookmark} that pass {@code filter}.
   *
   * <p>A batch may be shorter than {@code max}, even empty, before the source ends: only {@link
   * EventBatch#atEnd} tells. Gaps are found among all records that the source sees; one that asks
   * for filtered events only sees none. An event that was added behind the bookmark is returned by
   * a later read; one that the bookmark knows never again.
   *
   * @param max how many events at most, at least 1
   * @throws IllegalArgumentException if {@code max} is less than 1
   * @throws TransportException if the source cannot be read; {@code DAMAGED} if it is strict and
   *     not sound
   */
  EventBatch read(EventBookmark bookmark, EventFilter filter, int max) throws TransportException;

  /** Gives back what the source holds. Does nothing the second time. */
  @Override
  void close();
}
