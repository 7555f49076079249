package io.avma.transport.eventlog;

import io.avma.eventlog.EventDatum;
import io.avma.eventlog.WindowsEvent;
import io.avma.eventlog.WindowsEventBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The event in one object of Winlogbeat. It names the unnamed strings {@code param1} and so on, and
 * gives level, task, opcode and keywords as texts; qualifiers it leaves out. The fields of {@code
 * user_data} become named strings, because nothing says how their XML looked. Source: the exported
 * fields that Winlogbeat's reference lists; documented.
 */
final class WinlogbeatEvent {
  private static final Pattern UNNAMED = Pattern.compile("param([1-9][0-9]{0,4})");
  private static final List<String> LEVELS =
      List.of("", "critical", "error", "warning", "information", "verbose");

  /** In {@code user_data}, the name of the element that held the others. */
  private static final String XML_NAME = "xml_name";

  private final Map<String, Object> root;
  private final Map<String, Object> winlog;
  private @Nullable String problem;

  private WinlogbeatEvent(Map<String, Object> root, Map<String, Object> winlog) {
    this.root = root;
    this.winlog = winlog;
  }

  /**
   * An event as it was read.
   *
   * @param event the event
   * @param problem what is wrong with its fields, if something is
   */
  record Read(WindowsEvent event, Optional<String> problem) {}

  /** Returns the event in {@code object}, or in the hit of a search that it is; empty if none. */
  static Optional<Read> of(Map<String, Object> object) throws MalformedEvent {
    Map<String, Object> root = child(object, "_source").orElse(object);
    Optional<Map<String, Object>> winlog = child(root, "winlog");
    if (winlog.isEmpty()) {
      return Optional.empty();
    }
    WinlogbeatEvent reading = new WinlogbeatEvent(root, winlog.get());
    WindowsEvent event = reading.event();
    return Optional.of(new Read(event, Optional.ofNullable(reading.problem)));
  }

  private WindowsEvent event() throws MalformedEvent {
    WindowsEventBuilder event = WindowsEvent.builder(text(winlog, "provider_name").orElse(""), 0);
    eventId(event);
    guid("provider_guid", event::providerGuid);
    small("qualifiers", text(winlog, "qualifiers"), 0xFFFF, event::qualifiers);
    small("version", text(winlog, "version"), 0xFF, event::version);
    number("record_id", text(winlog, "record_id"), -1L, event::recordId);
    guid("activity_id", event::activityId);
    guid("related_activity_id", event::relatedActivityId);
    text(winlog, "channel").ifPresent(event::channel);
    text(winlog, "computer_name").ifPresent(event::computer);
    text(child(winlog, "user"), "identifier").ifPresent(event::userSid);
    Optional<Map<String, Object>> process = child(winlog, "process");
    number("process.pid", text(process, "pid"), 0xFFFF_FFFFL, event::processId);
    number(
        "process.thread.id",
        text(process.flatMap(map -> child(map, "thread")), "id"),
        0xFFFF_FFFFL,
        event::threadId);
    text(child(root, "log"), "level")
        .map(level -> LEVELS.indexOf(level.toLowerCase(Locale.ROOT)))
        .filter(level -> level > 0)
        .ifPresent(event::level);
    text(root, "message").ifPresent(event::renderedMessage);
    time(event::timeCreated);
    event.data(data());
    return event.build();
  }

  private void eventId(WindowsEventBuilder event) throws MalformedEvent {
    Optional<String> id = text(winlog, "event_id").or(() -> text(child(root, "event"), "code"));
    if (id.isEmpty()) {
      complain("event_id");
    }
    small("event_id", id, 0xFFFF, event::eventId);
  }

  /**
   * Unnamed strings by their numbers, for JSON sorts {@code param10} in front of {@code param2}.
   */
  private List<EventDatum> data() {
    List<EventDatum> named = new ArrayList<>();
    Map<Integer, String> unnamed = new TreeMap<>();
    child(winlog, "event_data")
        .ifPresent(
            map ->
                map.forEach(
                    (name, value) -> {
                      String text = string("event_data." + name, value);
                      Matcher number = UNNAMED.matcher(name);
                      if (number.matches()) {
                        unnamed.put(Integer.parseInt(number.group(1)), text);
                      } else {
                        named.add(EventDatum.of(name, text));
                      }
                    }));
    child(winlog, "user_data")
        .ifPresent(
            map ->
                map.forEach(
                    (name, value) -> {
                      if (!name.equals(XML_NAME)) {
                        named.add(EventDatum.of(name, string("user_data." + name, value)));
                      }
                    }));
    List<EventDatum> data = new ArrayList<>();
    unnamed.values().forEach(text -> data.add(EventDatum.of(text)));
    data.addAll(named);
    return data;
  }

  /** The value as a text; of an array or object, which has none, its JSON. */
  private String string(String name, Object value) {
    if (value instanceof String || value instanceof Boolean) {
      return value.toString();
    }
    complain(name);
    return json(value);
  }

  private static String json(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> quoted(entry.getKey()) + ":" + json(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    } else if (value instanceof List<?> list) {
      return list.stream().map(WinlogbeatEvent::json).collect(Collectors.joining(",", "[", "]"));
    }
    return value instanceof Boolean ? value.toString() : quoted(value);
  }

  private static String quoted(Object text) {
    return '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private void complain(String field) {
    if (problem == null) {
      problem = "winlog." + field + " is not what the schema allows";
    }
  }

  private static Optional<Map<String, Object>> child(Map<String, Object> map, String key) {
    @SuppressWarnings("unchecked") // the parser makes maps of strings only
    Map<String, Object> child =
        map.get(key) instanceof Map<?, ?> found ? (Map<String, Object>) found : null;
    return Optional.ofNullable(child);
  }

  private Optional<String> text(Map<String, Object> map, String key) {
    Object value = map.get(key);
    if (value instanceof String text) {
      return Optional.of(text);
    } else if (value != null) {
      complain(key);
    }
    return Optional.empty();
  }

  private Optional<String> text(Optional<Map<String, Object>> map, String key) {
    return map.flatMap(found -> text(found, key));
  }

  private static EventValue value(String text) throws MalformedEvent {
    EventValue value = new EventValue();
    value.add(text);
    return value;
  }

  /** A number of at most {@code max}, unsigned. */
  private void number(String name, Optional<String> text, long max, LongConsumer set)
      throws MalformedEvent {
    if (text.isEmpty()) {
      return;
    }
    OptionalLong number = value(text.get()).number();
    if (number.isPresent() && Long.compareUnsigned(number.getAsLong(), max) <= 0) {
      set.accept(number.getAsLong());
    } else {
      complain(name);
    }
  }

  private void small(String name, Optional<String> text, int max, IntConsumer set)
      throws MalformedEvent {
    number(name, text, max, number -> set.accept((int) number));
  }

  private void guid(String name, Consumer<UUID> set) throws MalformedEvent {
    Optional<String> text = text(winlog, name);
    if (text.isPresent()) {
      value(text.get()).guid().ifPresentOrElse(set, () -> complain(name));
    }
  }

  private void time(Consumer<Instant> set) throws MalformedEvent {
    Optional<String> text = text(winlog, "time_created").or(() -> text(root, "@timestamp"));
    if (text.isPresent()) {
      value(text.get()).time().ifPresentOrElse(set, () -> complain("time_created"));
    }
  }
}
