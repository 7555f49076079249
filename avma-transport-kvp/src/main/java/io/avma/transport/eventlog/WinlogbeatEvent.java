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
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * The event in one object of Winlogbeat. It names the unnamed strings {@code param1} and so on, and
 * gives level, task, opcode and keywords as texts; qualifiers it leaves out. Source: the exported
 * fields that Winlogbeat's reference lists; documented.
 */
final class WinlogbeatEvent {
  private static final Pattern UNNAMED = Pattern.compile("param([1-9][0-9]{0,4})");
  private static final List<String> LEVELS =
      List.of("", "critical", "error", "warning", "information", "verbose");

  private final Map<String, Object> root;
  private final Map<String, Object> winlog;

  private WinlogbeatEvent(Map<String, Object> root, Map<String, Object> winlog) {
    this.root = root;
    this.winlog = winlog;
  }

  /** Returns the event in {@code object}, or in the hit of a search that it is; empty if none. */
  static Optional<WindowsEvent> of(Map<String, Object> object) throws MalformedEvent {
    Map<String, Object> root = child(object, "_source").orElse(object);
    Optional<Map<String, Object>> winlog = child(root, "winlog");
    return winlog.isEmpty()
        ? Optional.empty()
        : Optional.of(new WinlogbeatEvent(root, winlog.get()).event());
  }

  private WindowsEvent event() throws MalformedEvent {
    WindowsEventBuilder event = WindowsEvent.builder(text(winlog, "provider_name").orElse(""), 0);
    small(
        text(winlog, "event_id").or(() -> text(child(root, "event"), "code")),
        0xFFFF,
        event::eventId);
    guid(text(winlog, "provider_guid"), event::providerGuid);
    small(text(winlog, "qualifiers"), 0xFFFF, event::qualifiers);
    small(text(winlog, "version"), 0xFF, event::version);
    number(text(winlog, "record_id"), event::recordId);
    guid(text(winlog, "activity_id"), event::activityId);
    guid(text(winlog, "related_activity_id"), event::relatedActivityId);
    text(winlog, "channel").ifPresent(event::channel);
    text(winlog, "computer_name").ifPresent(event::computer);
    text(child(winlog, "user"), "identifier").ifPresent(event::userSid);
    Optional<Map<String, Object>> process = child(winlog, "process");
    unsigned32(text(process, "pid"), event::processId);
    unsigned32(text(process.flatMap(map -> child(map, "thread")), "id"), event::threadId);
    text(child(root, "log"), "level")
        .map(level -> LEVELS.indexOf(level.toLowerCase(Locale.ROOT)))
        .filter(level -> level > 0)
        .ifPresent(event::level);
    text(root, "message").ifPresent(event::renderedMessage);
    time(text(winlog, "time_created").or(() -> text(root, "@timestamp")), event::timeCreated);
    event.data(data());
    return event.build();
  }

  /**
   * Unnamed strings by their numbers, for JSON sorts {@code param10} in front of {@code param2}.
   */
  private List<EventDatum> data() {
    List<EventDatum> named = new ArrayList<>();
    Map<Integer, String> unnamed = new java.util.TreeMap<>();
    child(winlog, "event_data")
        .ifPresent(
            map ->
                map.forEach(
                    (name, value) -> {
                      var number = UNNAMED.matcher(name);
                      if (number.matches()) {
                        unnamed.put(Integer.parseInt(number.group(1)), String.valueOf(value));
                      } else {
                        named.add(EventDatum.of(name, String.valueOf(value)));
                      }
                    }));
    List<EventDatum> data = new ArrayList<>();
    unnamed.values().forEach(text -> data.add(EventDatum.of(text)));
    data.addAll(named);
    return data;
  }

  private static Optional<Map<String, Object>> child(Map<String, Object> map, String key) {
    @SuppressWarnings("unchecked") // the parser makes maps of strings only
    Map<String, Object> child =
        map.get(key) instanceof Map<?, ?> found ? (Map<String, Object>) found : null;
    return Optional.ofNullable(child);
  }

  private static Optional<String> text(Map<String, Object> map, String key) {
    Object value = map.get(key);
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static Optional<String> text(Optional<Map<String, Object>> map, String key) {
    return map.flatMap(found -> text(found, key));
  }

  private static EventValue value(Optional<String> text) throws MalformedEvent {
    EventValue value = new EventValue();
    if (text.isPresent()) {
      value.add(text.get());
    }
    return value;
  }

  private static void number(Optional<String> text, LongConsumer set) throws MalformedEvent {
    OptionalLong number = value(text).number();
    number.ifPresent(set);
  }

  private static void small(Optional<String> text, int max, IntConsumer set) throws MalformedEvent {
    OptionalLong number = value(text).number();
    if (number.isPresent() && number.getAsLong() >= 0 && number.getAsLong() <= max) {
      set.accept((int) number.getAsLong());
    }
  }

  private static void unsigned32(Optional<String> text, LongConsumer set) throws MalformedEvent {
    OptionalLong number = value(text).number();
    if (number.isPresent() && number.getAsLong() >>> 32 == 0) {
      set.accept(number.getAsLong());
    }
  }

  private static void guid(Optional<String> text, Consumer<java.util.UUID> set)
      throws MalformedEvent {
    value(text).guid().ifPresent(set);
  }

  private static void time(Optional<String> text, Consumer<Instant> set) throws MalformedEvent {
    value(text).time().ifPresent(set);
  }
}
