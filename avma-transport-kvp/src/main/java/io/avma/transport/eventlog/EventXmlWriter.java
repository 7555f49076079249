package io.avma.transport.eventlog;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.EventDatum;
import io.avma.eventlog.WindowsEvent;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Writes an event as XML, as Windows does: one line if its texts have one, single quotes, no
 * declaration. What {@link EventXmlReader} reads back is the event, apart from characters that XML
 * cannot hold, which become U+FFFD. Whatever form an event came in, it can leave as XML.
 */
@CheckReturnValue
public final class EventXmlWriter {
  private final XmlBuffer out = new XmlBuffer();

  private EventXmlWriter() {}

  /**
   * Returns {@code event} as an {@code Event} element. Its {@linkplain WindowsEvent#payloadXml
   * payload} and {@linkplain io.avma.eventlog.EventDatum#isXml complex data} go out as they are.
   */
  public static String toXml(WindowsEvent event) {
    try {
      return new EventXmlWriter().write(event);
    } catch (MalformedEvent e) {
      throw new IllegalArgumentException("an event of more than 1 GiB as XML", e);
    }
  }

  private String write(WindowsEvent event) throws MalformedEvent {
    out.begin(1 << 30);
    out.markup("<Event xmlns='" + Namespaces.EVENTS + "'>");
    system(event);
    data(event);
    if (event.payloadXml().isPresent()) {
      out.markup(event.payloadXml().get());
    }
    if (event.renderedMessage().isPresent()) {
      out.markup("<RenderingInfo Culture=''>");
      element("Message", event.renderedMessage().get());
      out.markup("</RenderingInfo>");
    }
    out.markup("</Event>");
    return out.toString();
  }

  private void system(WindowsEvent event) throws MalformedEvent {
    out.markup("<System><Provider");
    attribute("Name", event.providerName());
    attribute("Guid", event.providerGuid().map(EventXmlWriter::braced));
    attribute("EventSourceName", event.eventSourceName());
    out.markup("/><EventID");
    if (event.qualifiers().isPresent()) {
      attribute("Qualifiers", String.valueOf(event.qualifiers().getAsInt()));
    }
    out.markup(">" + event.eventId() + "</EventID>");
    number("Version", event.version());
    number("Level", event.level());
    number("Task", event.task());
    number("Opcode", event.opcode());
    if (event.keywords().isPresent()) {
      element("Keywords", "0x" + Long.toHexString(event.keywords().getAsLong()));
    }
    if (event.timeCreated().isPresent()) {
      out.markup("<TimeCreated");
      attribute("SystemTime", event.timeCreated().get().toString());
      out.markup("/>");
    }
    if (event.recordId().isPresent()) {
      element("EventRecordID", Long.toUnsignedString(event.recordId().getAsLong()));
    }
    out.markup("<Correlation");
    attribute("ActivityID", event.activityId().map(EventXmlWriter::braced));
    attribute("RelatedActivityID", event.relatedActivityId().map(EventXmlWriter::braced));
    out.markup("/><Execution");
    attribute("ProcessID", event.processId());
    attribute("ThreadID", event.threadId());
    attribute("ProcessorID", event.processorId());
    attribute("SessionID", event.sessionId());
    attribute("KernelTime", event.kernelTime());
    attribute("UserTime", event.userTime());
    attribute("ProcessorTime", event.processorTime());
    out.markup("/>");
    element("Channel", event.channel());
    element("Computer", event.computer());
    out.markup("<Security");
    attribute("UserID", event.userSid());
    out.markup("/></System>");
  }

  private void data(WindowsEvent event) throws MalformedEvent {
    if (event.data().isEmpty() && event.binaryHex().isEmpty()) {
      return;
    }
    out.markup("<EventData>");
    for (EventDatum datum : event.data()) {
      if (datum.isXml()) {
        out.markup(datum.text());
        continue;
      }
      out.markup("<Data");
      attribute("Name", datum.name());
      out.markup(">");
      out.text(datum.text(), false);
      out.markup("</Data>");
    }
    element("Binary", event.binaryHex());
    out.markup("</EventData>");
  }

  private void number(String name, OptionalInt value) throws MalformedEvent {
    if (value.isPresent()) {
      element(name, String.valueOf(value.getAsInt()));
    }
  }

  private void element(String name, Optional<String> text) throws MalformedEvent {
    if (text.isPresent()) {
      element(name, text.get());
    }
  }

  private void element(String name, String text) throws MalformedEvent {
    out.markup("<" + name + ">");
    out.text(text, false);
    out.markup("</" + name + ">");
  }

  private void attribute(String name, OptionalLong number) throws MalformedEvent {
    if (number.isPresent()) {
      attribute(name, String.valueOf(number.getAsLong()));
    }
  }

  private void attribute(String name, Optional<String> text) throws MalformedEvent {
    if (text.isPresent()) {
      attribute(name, text.get());
    }
  }

  private void attribute(String name, String text) throws MalformedEvent {
    out.markup(" " + name + "='");
    out.text(text, true);
    out.markup("'");
  }

  private static String braced(UUID guid) {
    return "{" + guid.toString().toUpperCase(Locale.ROOT) + "}";
  }
}
