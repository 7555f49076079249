package io.avma.eventlog;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One record of a Windows event log: the envelope and the data, however it was stored or sent.
 *
 * <p>What a source does not say is empty: some write no qualifiers, an empty computer or no time.
 * Level and qualifiers are what was written and prove nothing. Immutable. Source: Microsoft's event
 * schema; documented.
 */
@CheckReturnValue
public final class WindowsEvent {
  /** A copy of its own, never changed again. */
  private final WindowsEventBuilder of;

  WindowsEvent(WindowsEventBuilder of) {
    this.of = of;
  }

  /** Returns a builder for an event {@code eventId} (0 to 65,535) of {@code providerName}. */
  public static WindowsEventBuilder builder(String providerName, int eventId) {
    return new WindowsEventBuilder(providerName, eventId);
  }

  /** Returns a builder that starts with what this event holds. */
  public WindowsEventBuilder toBuilder() {
    return new WindowsEventBuilder(of);
  }

  /** Returns the provider's name; {@code ""} if the source has none. */
  public String providerName() {
    return of.providerName;
  }

  /** Returns the provider's GUID. */
  public Optional<UUID> providerGuid() {
    return of.providerGuid;
  }

  /** Returns the name under which the provider is known as a classic event source. */
  public Optional<String> eventSourceName() {
    return of.eventSourceName;
  }

  /** Returns the event's number, 0 to 65,535. */
  public int eventId() {
    return of.eventId;
  }

  /** Returns the upper half of the message identifier, 0 to 65,535; 16384 means information. */
  public OptionalInt qualifiers() {
    return of.qualifiers;
  }

  /**
   * Returns the message identifier, {@code qualifiers << 16 | eventId}, as {@code EventIdentifier}
   * of {@code Win32_NTLogEvent} has it, 0 to 2<sup>32</sup> - 1.
   */
  public OptionalLong messageId() {
    return of.qualifiers.isPresent()
        ? OptionalLong.of(((long) of.qualifiers.getAsInt() << 16) | of.eventId)
        : OptionalLong.empty();
  }

  /** Returns the version of the event's layout, 0 to 255. */
  public OptionalInt version() {
    return of.version;
  }

  /** Returns the level, 0 to 255; 2 error, 3 warning, 4 information. Never filter by it. */
  public OptionalInt level() {
    return of.level;
  }

  /** Returns the task, 0 to 65,535. */
  public OptionalInt task() {
    return of.task;
  }

  /** Returns the opcode, 0 to 255. */
  public OptionalInt opcode() {
    return of.opcode;
  }

  /** Returns the keywords as 64 bits. */
  public OptionalLong keywords() {
    return of.keywords;
  }

  /** Returns when the event was created, whole multiples of 100 ns. */
  public Optional<Instant> timeCreated() {
    return of.timeCreated;
  }

  /** Returns the record's number in its log, an unsigned 64-bit number. */
  public OptionalLong recordId() {
    return of.recordId;
  }

  /** Returns the activity that the event belongs to. */
  public Optional<UUID> activityId() {
    return of.activityId;
  }

  /** Returns the activity that the event's activity came from. */
  public Optional<UUID> relatedActivityId() {
    return of.relatedActivityId;
  }

  /** Returns the process that wrote the event, 0 to 2<sup>32</sup> - 1. */
  public OptionalLong processId() {
    return of.processId;
  }

  /** Returns the thread that wrote the event, 0 to 2<sup>32</sup> - 1. */
  public OptionalLong threadId() {
    return of.threadId;
  }

  /** Returns the processor that ran the thread, 0 to 2<sup>32</sup> - 1. */
  public OptionalLong processorId() {
    return of.executionDetail.get(0);
  }

  /** Returns the terminal session of the process, 0 to 2<sup>32</sup> - 1. */
  public OptionalLong sessionId() {
    return of.executionDetail.get(1);
  }

  /**
   * Returns how long the thread has run in the kernel, in units of its clock, 0 to 2<sup>32</sup> -
   * 1.
   */
  public OptionalLong kernelTime() {
    return of.executionDetail.get(2);
  }

  /**
   * Returns how long the thread has run outside the kernel, in units of its clock, 0 to
   * 2<sup>32</sup> - 1.
   */
  public OptionalLong userTime() {
    return of.executionDetail.get(3);
  }

  /** Returns how long the thread has run, in ticks of the processor, 0 to 2<sup>32</sup> - 1. */
  public OptionalLong processorTime() {
    return of.executionDetail.get(4);
  }

  /** Returns the channel, for example {@code Application}. */
  public Optional<String> channel() {
    return of.channel;
  }

  /** Returns the computer that the event happened on. */
  public Optional<String> computer() {
    return of.computer;
  }

  /** Returns the security identifier of the user, as text. */
  public Optional<String> userSid() {
    return of.userSid;
  }

  /** Returns the insertion strings, in order. */
  public ImmutableList<EventDatum> data() {
    return of.data;
  }

  /** Returns the text of the insertion string at {@code index}, counted from 0. */
  public Optional<String> text(int index) {
    return index >= 0 && index < of.data.size()
        ? Optional.of(of.data.get(index).text())
        : Optional.empty();
  }

  /** Returns the binary data as upper-case hexadecimal digits, two a byte. */
  public Optional<String> binaryHex() {
    return of.binaryHex;
  }

  /**
   * Returns the XML of the part that stands in the place of event data ({@code UserData}, {@code
   * DebugData}, {@code ProcessingErrorData}), as the source had it.
   */
  public Optional<String> payloadXml() {
    return of.payloadXml;
  }

  /** Returns the message that the source rendered, in whatever language. */
  public Optional<String> renderedMessage() {
    return of.renderedMessage;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WindowsEvent event && of.fields().equals(event.of.fields());
  }

  @Override
  public int hashCode() {
    return of.fields().hashCode();
  }

  /** Returns provider, number, record, time, channel and computer, escaped; never the data. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(ForeignText.escape(of.providerName, 80)).append(' ').append(of.eventId);
    of.recordId.ifPresent(id -> text.append(" #").append(Long.toUnsignedString(id)));
    of.timeCreated.ifPresent(time -> text.append(' ').append(time));
    of.channel.ifPresent(name -> text.append(' ').append(ForeignText.escape(name, 80)));
    of.computer.ifPresent(name -> text.append(" on ").append(ForeignText.escape(name, 80)));
    return text.toString();
  }
}
