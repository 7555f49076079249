package io.avma.transport.wsman;

import com.google.common.collect.ImmutableMap;
import io.avma.transport.TransportException;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a subscription to event logs and its answer. */
final class SubscriptionReader {
  private final EnvelopeXml xml;
  private final Map<String, String> queries = new LinkedHashMap<>();
  private final Map<String, Long> bookmarks = new LinkedHashMap<>();

  SubscriptionReader(EnvelopeXml xml) {
    this.xml = xml;
  }

  WsManBody.Subscribe subscribe() throws TransportException {
    Optional<Duration> heartbeats = Optional.empty();
    Optional<Duration> expires = Optional.empty();
    boolean sendBookmarks = false;
    while (xml.child()) {
      if (xml.is(Names.EVENTING, "Delivery")) {
        if (!Names.PULL_DELIVERY.equals(xml.attribute("", "Mode"))) {
          throw xml.damaged("unknown-delivery", "a delivery other than Pull");
        }
        while (xml.child()) {
          if (xml.is(Names.WSMAN, "Heartbeats")) {
            heartbeats = Optional.of(MessageReader.duration(xml));
          } else {
            xml.skip();
          }
        }
      } else if (xml.is(Names.EVENTING, "Expires")) {
        expires = Optional.of(MessageReader.duration(xml));
      } else if (xml.is(Names.WSMAN, "Filter") || xml.is(Names.EVENTING, "Filter")) {
        selects();
      } else if (xml.is(Names.WSMAN, "Bookmark")) {
        Map<String, Long> unused = bookmarks();
      } else if (xml.is(Names.WSMAN, "SendBookmarks")) {
        xml.skip();
        sendBookmarks = true;
      } else {
        xml.skip();
      }
    }
    if (queries.isEmpty()) {
      throw xml.damaged("no-query", "a subscription without a query");
    }
    return new WsManBody.Subscribe(
        heartbeats,
        expires,
        ImmutableMap.copyOf(queries),
        ImmutableMap.copyOf(bookmarks),
        sendBookmarks);
  }

  WsManBody.SubscribeResponse response() throws TransportException {
    String identifier = "";
    Optional<String> expires = Optional.empty();
    Optional<String> context = Optional.empty();
    int inner = xml.depth();
    while (xml.depth() >= inner) {
      if (!xml.child()) {
        continue;
      }
      if (xml.is(Names.EVENTING, "Identifier")) {
        identifier = xml.text().strip();
      } else if (xml.is(Names.EVENTING, "Expires")) {
        expires = Optional.of(xml.text().strip());
      } else if (xml.is(Names.ENUMERATION, "EnumerationContext")) {
        context = Optional.of(xml.text().strip());
      }
    }
    return new WsManBody.SubscribeResponse(identifier, expires, context);
  }

  private void selects() throws TransportException {
    int inner = xml.depth();
    String queryPath = "";
    while (xml.depth() >= inner) {
      if (!xml.child()) {
        continue;
      }
      String path = xml.attribute("", "Path");
      if (xml.name().equals("Query")) {
        queryPath = path == null ? "" : path;
      } else if (xml.name().equals("Select")) {
        String text = xml.text();
        if (queries.put(path == null ? queryPath : path, text) != null) {
          throw xml.damaged("duplicate-key", "two queries of one log");
        }
      }
    }
  }

  /** Reads the records of a bookmark; one of another kind has none. */
  Map<String, Long> bookmarks() throws TransportException {
    int inner = xml.depth();
    while (xml.depth() >= inner) {
      if (!xml.child() || xml.attribute("", "Channel") == null) {
        continue;
      }
      String channel = xml.attribute("", "Channel");
      String record = xml.attribute("", "RecordId");
      Optional<CimValue> number =
          Optional.ofNullable(record).flatMap(text -> CimType.UINT64.parse(text));
      if (channel == null || number.isEmpty()) {
        throw xml.damaged("wrong-type", "a bookmark without a record's number");
      }
      bookmarks.put(channel, ((CimValue.Whole) number.get()).bits());
    }
    return bookmarks;
  }
}
