package io.avma.transport.eventlog;

import io.avma.eventlog.EventDatum;
import io.avma.eventlog.WindowsEvent;
import io.avma.eventlog.WindowsEventBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link WindowsEvent} from the elements of one event, whether they come from binary XML or
 * from XML text. What the schema does not know is passed over.
 *
 * <pre>
 * Event ─ System ─────────── fields
 *       ─ EventData ──────── Data, Binary; ComplexData is kept as XML
 *       ─ UserData and kin ─ kept as XML
 *       ─ RenderingInfo ──── Message
 * </pre>
 *
 * <p>For one thread, one event after the other. What an event may take is bounded by the limit
 * given to {@link #begin}.
 */
final class EventAssembler {
  /** What it costs to keep a string, beside its characters. */
  private static final int STRING_BYTES = 32;

  private enum Part {
    SYSTEM,
    EVENT_DATA,
    RENDERING_INFO,
    OTHER
  }

  private final EventValue value = new EventValue();
  private final PayloadXml payload = new PayloadXml();
  private final List<EventDatum> data = new ArrayList<>();
  private WindowsEventBuilder event = WindowsEvent.builder("", 0);
  private Part part = Part.OTHER;
  private EventField element = EventField.IGNORED;
  private EventField target = EventField.IGNORED;
  private @Nullable String datumName;
  private @Nullable String payloadText;

  /** Whether the open payload is {@code ComplexData}, and whether its name comes now. */
  private boolean isComplex;

  private boolean isComplexName;
  private @Nullable String problem;
  private boolean hasSystem;
  private boolean hasEventId;
  private boolean hasTime;
  private boolean isTimeZero;
  private boolean hasRecordId;
  private boolean isRecordIdZero;
  private int depth;
  private int limit;
  private int wholeLimit;

  /** Starts the next event, of at most {@code limitBytes}. */
  void begin(int limitBytes) {
    event = WindowsEvent.builder("", 0);
    data.clear();
    value.clear();
    part = Part.OTHER;
    element = EventField.IGNORED;
    target = EventField.IGNORED;
    datumName = null;
    payloadText = null;
    payload.reset();
    isComplex = false;
    isComplexName = false;
    problem = null;
    hasSystem = false;
    hasEventId = false;
    hasTime = false;
    isTimeZero = false;
    hasRecordId = false;
    isRecordIdZero = false;
    depth = 0;
    limit = limitBytes;
    wholeLimit = limitBytes;
  }

  /** How many elements are open. */
  int depth() {
    return depth;
  }

  /** An element of the event starts. */
  void open(String name) throws MalformedEvent {
    depth++;
    if (payload.isOpen()) {
      payload.open(name);
      return;
    }
    switch (depth) {
      case 1 -> part = Part.OTHER;
      case 2 -> openPart(name);
      case 3 -> openElement(name);
      default -> {
        if (element != EventField.DATA) {
          target = EventField.IGNORED; // no part of the field, whatever it is
        }
      }
    }
  }

  private void openPart(String name) throws MalformedEvent {
    switch (name) {
      case "System" -> {
        part = Part.SYSTEM;
        hasSystem = true;
      }
      case "EventData" -> part = Part.EVENT_DATA;
      case "RenderingInfo" -> part = Part.RENDERING_INFO;
      case "UserData", "DebugData", "ProcessingErrorData", "BinaryEventData" -> {
        part = Part.OTHER;
        if (payloadText == null) {
          payload.begin(name, limit);
        }
      }
      default -> part = Part.OTHER;
    }
  }

  private void openElement(String name) throws MalformedEvent {
    datumName = null;
    value.clear();
    if (part == Part.EVENT_DATA && name.equals("ComplexData")) {
      isComplex = true;
      payload.begin(name, limit);
      return;
    }
    element =
        switch (part) {
          case SYSTEM -> EventField.ofSystem(name);
          case EVENT_DATA -> ofEventData(name);
          case RENDERING_INFO -> name.equals("Message") ? EventField.MESSAGE : EventField.IGNORED;
          case OTHER -> EventField.IGNORED;
        };
    target = element;
  }

  private static EventField ofEventData(String name) {
    return switch (name) {
      case "Data" -> EventField.DATA;
      case "Binary" -> EventField.BINARY;
      default -> EventField.IGNORED;
    };
  }

  /** An attribute of the element opened last starts; what comes now is its value. */
  void attribute(String name) throws MalformedEvent {
    if (payload.isOpen()) {
      payload.attribute(name);
      isComplexName = isComplex && depth == 3 && name.equals("Name");
      return;
    }
    target = EventField.IGNORED;
    value.clear();
    if (depth == 3 && part == Part.SYSTEM) {
      target = EventField.ofSystemAttribute(name);
    } else if (depth == 3 && element == EventField.DATA && name.equals("Name")) {
      target = EventField.DATA_NAME;
    }
  }

  /** The attribute ends. */
  void attributeEnd() throws MalformedEvent {
    if (payload.isOpen()) {
      payload.attributeEnd();
      if (isComplexName) {
        isComplexName = false;
        datumName = kept();
        value.clear();
      }
      return;
    }
    store(target);
    target = depth == 3 ? element : EventField.IGNORED;
    value.clear();
  }

  /** Whether what comes now is part of the XML that is kept as it is. */
  boolean isInPayload() {
    return payload.isOpen();
  }

  /** Whether characters that come now are of any use. */
  boolean wantsCharacters() {
    return payload.isOpen() || target != EventField.IGNORED;
  }

  /** Characters of the attribute or element. */
  void characters(String characters) throws MalformedEvent {
    if (payload.isOpen()) {
      payload.characters(characters);
      if (isComplexName) {
        value.add(characters);
      }
    } else if (target != EventField.IGNORED) {
      charge(characters.length());
      value.add(characters);
    }
  }

  /** A template value in the attribute or element. */
  void value(byte[] chunk, int offset, int size, int type) throws MalformedEvent {
    if (payload.isOpen()) {
      payload.value(chunk, offset, size, type);
      if (isComplexName) {
        value.add(chunk, offset, size, type);
      }
    } else if (target != EventField.IGNORED) {
      charge(size);
      value.add(chunk, offset, size, type);
    }
  }

  /** Counts work or memory against the limit of the event. */
  void charge(int bytes) throws MalformedEvent {
    limit -= bytes;
    if (limit < 0) {
      throw new MalformedEvent(0, "the event takes more memory than the limits allow");
    }
  }

  /** How much of its limit the event has taken so far. */
  int used() {
    long open = payload.isOpen() ? payload.used() : 0;
    return (int) Math.min(wholeLimit - (long) Math.max(limit, 0) + open, wholeLimit);
  }

  /** The element opened last ends. */
  void close() throws MalformedEvent {
    if (payload.isOpen()) {
      payload.close();
      if (!payload.isOpen()) {
        payloadEnd();
      }
    } else if (depth == 3) {
      store(element);
      element = EventField.IGNORED;
      target = EventField.IGNORED;
      value.clear();
    }
    depth--;
  }

  private void payloadEnd() throws MalformedEvent {
    String text = payload.text();
    charge(text.length() + STRING_BYTES);
    if (isComplex) {
      data.add(EventDatum.complex(Optional.ofNullable(datumName), text));
      datumName = null;
      isComplex = false;
    } else {
      payloadText = text;
    }
  }

  private void store(EventField field) throws MalformedEvent {
    switch (field) {
      case PROVIDER_NAME -> event.providerName(kept());
      case PROVIDER_GUID -> guid(field, event::providerGuid);
      case EVENT_SOURCE_NAME -> event.eventSourceName(kept());
      case EVENT_ID -> small(field, 0xFFFF, this::eventId);
      case QUALIFIERS -> small(field, 0xFFFF, event::qualifiers);
      case VERSION -> small(field, 0xFF, event::version);
      case LEVEL -> small(field, 0xFF, event::level);
      case TASK -> small(field, 0xFFFF, event::task);
      case OPCODE -> small(field, 0xFF, event::opcode);
      case KEYWORDS -> number(field, event::keywords);
      case TIME_CREATED -> time();
      case EVENT_RECORD_ID -> number(field, this::recordId);
      case ACTIVITY_ID -> guid(field, event::activityId);
      case RELATED_ACTIVITY_ID -> guid(field, event::relatedActivityId);
      case PROCESS_ID -> thirtyTwoBits(field, event::processId);
      case THREAD_ID -> thirtyTwoBits(field, event::threadId);
      case PROCESSOR_ID, SESSION_ID, KERNEL_TIME, USER_TIME, PROCESSOR_TIME -> execution(field);
      case CHANNEL -> event.channel(kept());
      case COMPUTER -> event.computer(kept());
      case USER_ID -> userSid();
      case DATA_NAME -> datumName = kept();
      case DATA -> datum();
      case BINARY -> binary();
      case MESSAGE -> event.renderedMessage(kept());
      case IGNORED -> {}
    }
  }

  private void execution(EventField field) throws MalformedEvent {
    switch (field) {
      case PROCESSOR_ID -> thirtyTwoBits(field, event::processorId);
      case SESSION_ID -> thirtyTwoBits(field, event::sessionId);
      case KERNEL_TIME -> thirtyTwoBits(field, event::kernelTime);
      case USER_TIME -> thirtyTwoBits(field, event::userTime);
      case PROCESSOR_TIME -> thirtyTwoBits(field, event::processorTime);
      default -> throw new AssertionError(field);
    }
  }

  private String kept() throws MalformedEvent {
    charge(STRING_BYTES);
    return value.text();
  }

  private void datum() throws MalformedEvent {
    data.add(new EventDatum(Optional.ofNullable(datumName), kept()));
    datumName = null;
  }

  private void eventId(int id) {
    event.eventId(id);
    hasEventId = true;
  }

  private void recordId(long id) {
    event.recordId(id);
    hasRecordId = true;
    isRecordIdZero = id == 0;
  }

  private void time() throws MalformedEvent {
    if (value.isEmpty()) {
      return;
    }
    value
        .time()
        .ifPresentOrElse(
            time -> {
              event.timeCreated(time);
              hasTime = true;
              isTimeZero = time.equals(Filetime.ZERO);
            },
            () -> complain(EventField.TIME_CREATED));
  }

  private void userSid() throws MalformedEvent {
    String sid = kept();
    if (!sid.isEmpty()) {
      event.userSid(sid);
    }
  }

  private void binary() throws MalformedEvent {
    try {
      event.binaryHex(kept().strip());
    } catch (IllegalArgumentException e) {
      complain(EventField.BINARY); // the builder takes pairs of hexadecimal digits only
    }
  }

  private void number(EventField field, LongConsumer set) throws MalformedEvent {
    if (value.isEmpty()) {
      return;
    }
    OptionalLong number = value.number();
    if (number.isPresent()) {
      set.accept(number.getAsLong());
    } else if (!value.text().isBlank()) {
      complain(field);
    }
  }

  private void thirtyTwoBits(EventField field, LongConsumer set) throws MalformedEvent {
    number(
        field,
        number -> {
          if (number >>> 32 == 0) {
            set.accept(number);
          } else {
            complain(field);
          }
        });
  }

  private void small(EventField field, int max, IntConsumer set) throws MalformedEvent {
    number(
        field,
        number -> {
          if (number >= 0 && number <= max) {
            set.accept((int) number);
          } else {
            complain(field);
          }
        });
  }

  private void guid(EventField field, Consumer<UUID> set) throws MalformedEvent {
    if (value.isEmpty()) {
      return;
    }
    Optional<UUID> guid = value.guid();
    if (guid.isPresent()) {
      set.accept(guid.get());
    } else if (!value.text().isBlank()) {
      complain(field);
    }
  }

  private void complain(EventField field) {
    if (problem == null) {
      problem = field + " is not what the schema allows";
    }
  }

  /** Returns what is wrong with the event's fields, if something is. */
  Optional<String> problem() {
    return problem == null && !hasEventId
        ? Optional.of("the event has no EventID")
        : Optional.ofNullable(problem);
  }

  boolean hasTime() {
    return hasTime;
  }

  /** Whether the time is the zero of FILETIME. */
  boolean isTimeZero() {
    return isTimeZero;
  }

  boolean hasRecordId() {
    return hasRecordId;
  }

  boolean isRecordIdZero() {
    return isRecordIdZero;
  }

  /** Returns the builder with all that has come together. */
  WindowsEventBuilder finish() throws MalformedEvent {
    if (!hasSystem) {
      throw new MalformedEvent(0, "no System element, so it is no event");
    }
    event.data(data);
    if (payloadText != null) {
      event.payloadXml(payloadText);
    }
    return event;
  }
}
