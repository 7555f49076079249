package io.avma.sim.server;

import com.google.common.collect.ImmutableMap;
import io.avma.platform.ForeignText;
import io.avma.transport.EventFilter;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManHeader;
import io.avma.transport.wsman.WsManItem;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** What a subscription to event logs gives. */
final class Subscriptions {
  private static final int MAX_LOGS = 16;

  private Subscriptions() {}

  static Iterator<WsManItem> events(
      HostView view, WsManHeader header, WsManBody.Subscribe subscribe) throws Refusal {
    if (!header.resourceUri().orElse("").equalsIgnoreCase(EventLogs.RESOURCE)) {
      throw Refusals.action("Subscribe");
    }
    if (subscribe.queries().size() > MAX_LOGS) {
      throw Refusals.filter("A subscription to more than " + MAX_LOGS + " logs.");
    }
    Iterator<WsManItem> events = Collections.emptyIterator();
    for (Map.Entry<String, String> query : subscribe.queries().entrySet()) {
      WqlCondition wanted = wanted(query.getValue());
      if (query.getKey().equalsIgnoreCase(EventLogs.APPLICATION)) {
        EventFeed feed = new EventFeed(view.host().events(), wanted, from(subscribe.bookmarks()));
        if (!readExisting(header.options()) && subscribe.bookmarks().isEmpty()) {
          feed.skipExisting();
        }
        events = feed;
      } else if (EventLogs.OTHERS.stream().noneMatch(query.getKey()::equalsIgnoreCase)) {
        throw Refusals.filter(
            "The simulated host has no log '" + ForeignText.escape(query.getKey(), 80) + "'.");
      }
    }
    return events;
  }

  private static WqlCondition wanted(String query) throws Refusal {
    try {
      return EventQuery.parse(query.strip());
    } catch (WqlException e) {
      throw Refusals.query(e);
    }
  }

  private static EventFilter from(ImmutableMap<String, Long> bookmarks) {
    return bookmarks.entrySet().stream()
        .filter(mark -> mark.getKey().equalsIgnoreCase(EventLogs.APPLICATION))
        .map(mark -> EventFilter.all().afterRecord(mark.getValue()))
        .findFirst()
        .orElse(EventFilter.all());
  }

  private static boolean readExisting(ImmutableMap<String, String> options) {
    return options.entrySet().stream()
        .filter(option -> option.getKey().equalsIgnoreCase("ReadExistingEvents"))
        .anyMatch(option -> option.getValue().strip().toUpperCase(Locale.ROOT).equals("TRUE"));
  }
}
