package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.cli.output.JsonLines;
import io.avma.cli.output.JsonObject;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventGap;
import io.avma.transport.Flaw;
import java.util.Optional;
import java.util.OptionalLong;

/** What {@code avma events} prints for machines. */
final class EventsJson implements EventsOutput {
  private final JsonLines lines;

  EventsJson(JsonLines lines) {
    this.lines = lines;
  }

  @Override
  public void event(String file, WindowsEvent event) {
    lines.object(
        "event",
        object -> {
          object
              .foreign("file", file)
              .foreign("provider", event.providerName())
              .text("provider_guid", event.providerGuid().map(Object::toString))
              .foreign("event_source", event.eventSourceName())
              .number("id", event.eventId())
              .number("qualifiers", event.qualifiers())
              .number("version", event.version())
              .number("level", event.level())
              .number("task", event.task())
              .number("opcode", event.opcode())
              .text("keywords", hex(event.keywords()))
              .text("time", event.timeCreated().map(Object::toString))
              .unsigned("record_id", event.recordId())
              .text("activity_id", event.activityId().map(Object::toString))
              .text("related_activity_id", event.relatedActivityId().map(Object::toString))
              .unsigned("process_id", event.processId())
              .unsigned("thread_id", event.threadId())
              .unsigned("processor_id", event.processorId())
              .unsigned("session_id", event.sessionId())
              .unsigned("kernel_time", event.kernelTime())
              .unsigned("user_time", event.userTime())
              .unsigned("processor_time", event.processorTime())
              .foreign("channel", event.channel())
              .foreign("computer", event.computer())
              .foreign("user", event.userSid());
          object.objects(
              "data",
              event.data(),
              (datum, item) ->
                  item.foreign("name", datum.name())
                      .foreign("text", datum.text())
                      .flag("xml", datum.isXml()));
          object
              .text("binary", event.binaryHex())
              .foreign("payload_xml", event.payloadXml())
              .foreign("message", event.renderedMessage())
              .text("meaning", EventMeaning.of(event));
        });
  }

  private static Optional<String> hex(OptionalLong bits) {
    return bits.isPresent()
        ? Optional.of("0x" + Long.toHexString(bits.getAsLong()))
        : Optional.empty();
  }

  @Override
  public void flaws(String file, ImmutableList<Flaw> flaws) {
    for (Flaw flaw : flaws) {
      lines.object(
          "flaw",
          object ->
              object
                  .foreign("file", file)
                  .text("code", flaw.code())
                  .word("effect", flaw.effect())
                  .unsigned("offset", flaw.position().offset())
                  .unsigned("chunk", flaw.position().chunk())
                  .unsigned("record_id", flaw.position().record())
                  .unsigned("line", flaw.position().line())
                  .text("message", flaw.message()));
    }
  }

  @Override
  public void gaps(ImmutableList<EventGap> gaps) {
    for (EventGap gap : gaps) {
      lines.object("gap", object -> gap(object, gap));
    }
  }

  private static void gap(JsonObject object, EventGap gap) {
    object
        .word("kind", gap.kind())
        .foreign("computer", gap.log().computer())
        .foreign("channel", gap.log().channel())
        .unsigned("after", OptionalLong.of(gap.before().recordId()))
        .unsigned("before", OptionalLong.of(gap.after().recordId()))
        .unsigned("missing", gap.missing());
  }

  @Override
  public void end(long events, int files) {}
}
