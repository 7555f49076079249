package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventFollower;
import io.avma.transport.EventSource;
import io.avma.transport.Flaw;
import io.avma.transport.LogName;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.eventlog.EventLogOptions;
import io.avma.transport.eventlog.EventXmlReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Events of a host's logs through a subscription, one for each read. */
final class SubscribedEvents implements EventSource {
  /** Queries of event logs take some twenty conditions; documented. */
  private static final int MAX_IDS = 20;

  private static final int MAX_FLAWS = 100;

  /** What ends a subscription and may pass; of what came until then nothing is lost. */
  private static final ImmutableSet<Reason> BROKEN =
      ImmutableSet.of(Reason.UNREACHABLE, Reason.TIMED_OUT, Reason.BUSY);

  private final WsManHost host;
  private final WsManClient client;
  private final ImmutableList<String> channels;
  private final Duration patience;
  private volatile boolean closed;

  SubscribedEvents(WsManHost host, WsManClient client, List<String> channels, Duration patience) {
    checkArgument(!channels.isEmpty(), "no channel (expected: one or more)");
    WsManSubscription.check(client, patience);
    this.host = host;
    this.client = client;
    this.channels = ImmutableList.copyOf(channels);
    this.patience = patience;
  }

  @Override
  public EventBatch read(EventBookmark bookmark, EventFilter filter, int max)
      throws TransportException {
    host.check();
    if (closed) {
      throw new IllegalStateException("the event logs of " + client.endpoint() + " are closed");
    }
    checkArgument(max >= 1, "max is %s (expected: at least 1)", max);
    boolean byHost = !filter.eventIds().isEmpty() && filter.eventIds().size() <= MAX_IDS;
    EventFollower follower = new EventFollower(bookmark);
    ImmutableList.Builder<WindowsEvent> events = ImmutableList.builder();
    List<Flaw> flaws = new ArrayList<>();
    boolean atEnd = false;
    boolean any = false;
    int count = 0;
    try (WsManSubscription subscription =
        client.subscribe(queries(filter, byHost), places(bookmark), patience)) {
      Deadline deadline = new Deadline(client.options().callTimeout());
      while (count < max && !atEnd) {
        if (deadline.left() == 0) {
          if (any) {
            break; // what came is progress
          }
          throw deadline.passed(client.endpoint() + ": subscription brings nothing new");
        }
        ImmutableList<String> pulled;
        try {
          pulled = subscription.pull(max - count);
        } catch (TransportException e) {
          if (any && BROKEN.contains(e.reason())) {
            break; // what came is kept, and the next read begins behind it
          }
          throw e;
        }
        atEnd = pulled.isEmpty() || subscription.hasEnded();
        for (String xml : pulled) {
          for (WindowsEvent event : parsed(xml, flaws)) {
            if (bookmark.knows(event)) {
              continue;
            }
            any = true;
            follower.saw(event);
            if (filter.matches(event)) {
              events.add(event);
              count++;
            }
          }
        }
      }
    }
    if (!any && flaws.isEmpty()) {
      return EventBatch.nothingAfter(bookmark);
    }
    return new EventBatch(
        events.build(),
        follower.bookmark(),
        byHost ? ImmutableList.of() : follower.gaps(),
        ImmutableList.copyOf(flaws),
        atEnd);
  }

  private ImmutableMap<String, String> queries(EventFilter filter, boolean byHost) {
    String query =
        byHost
            ? filter.eventIds().stream()
                .map(id -> "EventID=" + id)
                .collect(Collectors.joining(" or ", "*[System[(", ")]]"))
            : "*";
    ImmutableMap.Builder<String, String> queries = ImmutableMap.builder();
    channels.stream().distinct().forEach(channel -> queries.put(channel, query));
    return queries.buildOrThrow();
  }

  /** The lowest mark of each log: which computer the host calls itself is seen in its events. */
  private ImmutableMap<String, Long> places(EventBookmark bookmark) {
    Map<String, Long> places = new HashMap<>();
    for (Map.Entry<LogName, EventBookmark.Mark> mark : bookmark.marks().entrySet()) {
      for (String channel : channels) {
        if (channel.equalsIgnoreCase(mark.getKey().channel())) {
          places.merge(
              channel,
              mark.getValue().recordId(),
              (a, b) -> Long.compareUnsigned(a, b) < 0 ? a : b);
        }
      }
    }
    ImmutableMap.Builder<String, Long> ordered = ImmutableMap.builder();
    for (String channel : channels) {
      Long place = places.remove(channel);
      if (place != null) {
        ordered.put(channel, place);
      }
    }
    return ordered.buildOrThrow();
  }

  private List<WindowsEvent> parsed(String xml, List<Flaw> flaws) throws TransportException {
    try (EventXmlReader reader =
        EventXmlReader.of(client.endpoint().toString(), xml, EventLogOptions.standard())) {
      List<WindowsEvent> events = reader.rest();
      reader.flaws().stream().limit(MAX_FLAWS - flaws.size()).forEach(flaws::add);
      return events;
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
