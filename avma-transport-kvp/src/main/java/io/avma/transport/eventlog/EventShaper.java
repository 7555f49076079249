package io.avma.transport.eventlog;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.BaseEncoding;
import io.avma.eventlog.EventDatum;
import io.avma.eventlog.WindowsEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Lays out an event as Windows does: an outer template with the names of provider, channel and
 * computer as text and everything else in slots, of which slot 19 holds the event's data as an
 * instance of a template of their own. Source: every record of the Software Protection Platform in
 * public logs (observed).
 */
final class EventShaper {
  private static final String NAMESPACE = "http://schemas.microsoft.com/win/2004/08/events/event";

  private static final int U8 = BinXmlType.UINT8;
  private static final int U16 = BinXmlType.UINT16;
  private static final int U32 = BinXmlType.UINT32;

  /** Of the slots of the outer template; 13 to 17 are there and hardly ever used. */
  private static final ImmutableList<Integer> SLOT_TYPES =
      ImmutableList.of(
          U8, // 0 level
          U8, // 1 opcode
          U16, // 2 task
          U16, // 3 event id
          U16, // 4 qualifiers
          BinXmlType.HEX64, // 5 keywords
          BinXmlType.FILETIME, // 6 time created
          BinXmlType.GUID, // 7 activity
          U32, // 8 process
          U32, // 9 thread
          BinXmlType.UINT64, // 10 event record id
          U8, // 11 version
          BinXmlType.SID, // 12 user
          U32, // 13 processor
          U32, // 14 session
          U32, // 15 kernel time
          U32, // 16 user time
          U32, // 17 processor time
          BinXmlType.GUID, // 18 related activity
          BinXmlType.BINXML, // 19 event data
          BinXmlType.BINXML, // 20 payload
          BinXmlType.STRING); // 21 rendered message

  private static final ImmutableSet<String> PAYLOADS =
      ImmutableSet.of("UserData", "DebugData", "ProcessingErrorData", "BinaryEventData");
  private static final ImmutableSet<String> COMPLEX = ImmutableSet.of("ComplexData");

  private static final int EVENT_DATA = 19;
  private static final int PAYLOAD = 20;
  private static final int MESSAGE = 21;

  private EventShaper() {}

  /**
   * Lays out {@code event}, which gets {@code recordId} if it has no number of its own.
   *
   * @throws IllegalArgumentException if something in the event has no form in a log file
   */
  static ShapedEvent shape(WindowsEvent event, long recordId) {
    return new ShapedEvent(new EventShape(root(event), SLOT_TYPES), values(event, recordId));
  }

  private static BinXmlNode.Element root(WindowsEvent event) {
    ImmutableList.Builder<BinXmlNode> content = ImmutableList.builder();
    content.add(system(event));
    // Other readers want no place for data where there is none.
    if (hasData(event)) {
      content.add(optional(EVENT_DATA));
    }
    if (event.payloadXml().isPresent()) {
      content.add(optional(PAYLOAD));
    }
    if (event.renderedMessage().isPresent()) {
      content.add(
          element("RenderingInfo", List.of(), element("Message", List.of(), slot(MESSAGE))));
    }
    return new BinXmlNode.Element(
        "Event",
        BinXmlToken.NO_DEPENDENCY,
        ImmutableList.of(attribute("xmlns", text(NAMESPACE))),
        false,
        content.build());
  }

  private static BinXmlNode system(WindowsEvent event) {
    List<BinXmlNode.Attribute> provider = new ArrayList<>();
    provider.add(attribute("Name", text(event.providerName())));
    event.providerGuid().ifPresent(guid -> provider.add(attribute("Guid", text(braced(guid)))));
    event
        .eventSourceName()
        .ifPresent(name -> provider.add(attribute("EventSourceName", text(name))));
    ImmutableList.Builder<BinXmlNode> content = ImmutableList.builder();
    content.add(
        element("Provider", provider),
        element("EventID", List.of(attribute("Qualifiers", optional(4))), optional(3)),
        element("Version", List.of(), optional(11)),
        element("Level", List.of(), optional(0)),
        element("Task", List.of(), optional(2)),
        element("Opcode", List.of(), optional(1)),
        element("Keywords", List.of(), optional(5)),
        element("TimeCreated", List.of(attribute("SystemTime", optional(6)))),
        element("EventRecordID", List.of(), optional(10)),
        element(
            "Correlation",
            List.of(
                attribute("ActivityID", optional(7)),
                attribute("RelatedActivityID", optional(18)))),
        element("Execution", execution(event)));
    event.channel().ifPresent(name -> content.add(element("Channel", List.of(), text(name))));
    event.computer().ifPresent(name -> content.add(element("Computer", List.of(), text(name))));
    content.add(element("Security", List.of(attribute("UserID", optional(12)))));
    return new BinXmlNode.Element(
        "System", BinXmlToken.NO_DEPENDENCY, ImmutableList.of(), false, content.build());
  }

  private static List<BinXmlNode.Attribute> execution(WindowsEvent event) {
    List<BinXmlNode.Attribute> attributes = new ArrayList<>();
    attributes.add(attribute("ProcessID", optional(8)));
    attributes.add(attribute("ThreadID", optional(9)));
    if (event.processorId().isPresent()) {
      attributes.add(attribute("ProcessorID", optional(13)));
    }
    if (event.sessionId().isPresent()) {
      attributes.add(attribute("SessionID", optional(14)));
    }
    if (event.kernelTime().isPresent()) {
      attributes.add(attribute("KernelTime", optional(15)));
    }
    if (event.userTime().isPresent()) {
      attributes.add(attribute("UserTime", optional(16)));
    }
    if (event.processorTime().isPresent()) {
      attributes.add(attribute("ProcessorTime", optional(17)));
    }
    return attributes;
  }

  private static SlotValues values(WindowsEvent event, long recordId) {
    SlotValues values = new SlotValues();
    u8(values, event.level());
    u8(values, event.opcode());
    u16(values, event.task());
    values.u16(event.eventId());
    u16(values, event.qualifiers());
    eight(values, BinXmlType.HEX64, event.keywords());
    eight(
        values,
        BinXmlType.FILETIME,
        event
            .timeCreated()
            .map(time -> OptionalLong.of(Filetime.of(time)))
            .orElse(OptionalLong.empty()));
    event.activityId().ifPresentOrElse(values::guid, values::nothing);
    u32(values, event.processId());
    u32(values, event.threadId());
    values.eight(BinXmlType.UINT64, event.recordId().orElse(recordId));
    u8(values, event.version());
    event.userSid().ifPresentOrElse(sid -> Sid.put(values, withoutNul(sid)), values::nothing);
    u32(values, event.processorId());
    u32(values, event.sessionId());
    u32(values, event.kernelTime());
    u32(values, event.userTime());
    u32(values, event.processorTime());
    event.relatedActivityId().ifPresentOrElse(values::guid, values::nothing);
    if (hasData(event)) {
      values.nested(eventData(event));
    } else {
      values.nothing();
    }
    event
        .payloadXml()
        .ifPresentOrElse(xml -> values.nested(PayloadShaper.shape(xml, PAYLOADS)), values::nothing);
    event
        .renderedMessage()
        .ifPresentOrElse(text -> values.string(withoutNul(text)), values::nothing);
    return values;
  }

  private static boolean hasData(WindowsEvent event) {
    return !event.data().isEmpty() || event.binaryHex().isPresent();
  }

  private static ShapedEvent eventData(WindowsEvent event) {
    boolean named =
        event.data().stream().anyMatch(datum -> datum.name().isPresent() || datum.isXml());
    return named ? namedData(event) : unnamedData(event);
  }

  /** The strings of a classic provider: one array that repeats the element. */
  private static ShapedEvent unnamedData(WindowsEvent event) {
    SlotValues values = new SlotValues();
    if (event.data().isEmpty()) {
      values.nothing();
    } else {
      values.strings(event.data().stream().map(datum -> withoutNul(datum.text())).toList());
    }
    values.u32(0);
    binary(values, event);
    return new ShapedEvent(
        new EventShape(
            element(
                "EventData",
                List.of(),
                element("Data", List.of(), optional(0)),
                element("Binary", List.of(), optional(2))),
            ImmutableList.of(BinXmlType.STRING | BinXmlType.ARRAY, U32, BinXmlType.BINARY)),
        values);
  }

  private static ShapedEvent namedData(WindowsEvent event) {
    List<BinXmlNode> content = new ArrayList<>();
    ImmutableList.Builder<Integer> types = ImmutableList.builder();
    SlotValues values = new SlotValues();
    for (EventDatum datum : event.data()) {
      if (datum.isXml()) {
        content.add(slot(values.count()));
        types.add(BinXmlType.BINXML);
        values.nested(PayloadShaper.shape(datum.text(), COMPLEX));
        continue;
      }
      List<BinXmlNode.Attribute> name =
          datum.name().map(text -> List.of(attribute("Name", text(text)))).orElse(List.of());
      content.add(element("Data", name, slot(values.count())));
      types.add(BinXmlType.STRING);
      values.string(withoutNul(datum.text()));
    }
    content.add(element("Binary", List.of(), optional(values.count())));
    types.add(BinXmlType.BINARY);
    binary(values, event);
    return new ShapedEvent(
        new EventShape(
            element("EventData", List.of(), content.toArray(new BinXmlNode[0])), types.build()),
        values);
  }

  private static void binary(SlotValues values, WindowsEvent event) {
    event
        .binaryHex()
        .ifPresentOrElse(
            hex -> values.bytes(BinXmlType.BINARY, BaseEncoding.base16().decode(hex)),
            values::nothing);
  }

  private static void u8(SlotValues values, OptionalInt number) {
    number.ifPresentOrElse(values::u8, values::nothing);
  }

  private static void u16(SlotValues values, OptionalInt number) {
    number.ifPresentOrElse(values::u16, values::nothing);
  }

  private static void u32(SlotValues values, OptionalLong number) {
    number.ifPresentOrElse(values::u32, values::nothing);
  }

  private static void eight(SlotValues values, int type, OptionalLong number) {
    number.ifPresentOrElse(bits -> values.eight(type, bits), values::nothing);
  }

  private static String braced(UUID guid) {
    return "{" + guid.toString().toUpperCase(Locale.ROOT) + "}";
  }

  /** A NUL ends a string of a log, so it cannot be in one. */
  static String withoutNul(String text) {
    int nul = text.indexOf('\0');
    checkArgument(
        nul < 0, "a text has a NUL at character %s (expected: none, it ends the text)", nul);
    return text;
  }

  static BinXmlNode.Element element(
      String name, List<BinXmlNode.Attribute> attributes, BinXmlNode... content) {
    return new BinXmlNode.Element(
        name,
        BinXmlToken.NO_DEPENDENCY,
        ImmutableList.copyOf(attributes),
        content.length == 0,
        ImmutableList.copyOf(content));
  }

  static BinXmlNode.Attribute attribute(String name, BinXmlNode... value) {
    return new BinXmlNode.Attribute(name, ImmutableList.copyOf(value));
  }

  /** A text of the template; none if it is empty, because other readers want no empty one. */
  static BinXmlNode[] text(String text) {
    return text.isEmpty()
        ? new BinXmlNode[0]
        : new BinXmlNode[] {new BinXmlNode.Text(withoutNul(text))};
  }

  static BinXmlNode slot(int number) {
    return new BinXmlNode.Substitution(number, false);
  }

  private static BinXmlNode optional(int number) {
    return new BinXmlNode.Substitution(number, true);
  }
}
