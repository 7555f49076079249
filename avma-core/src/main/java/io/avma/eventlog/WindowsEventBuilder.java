package io.avma.eventlog;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Collects what is known of a {@link WindowsEvent}; what is never set stays empty. For one thread.
 */
@CheckReturnValue
public final class WindowsEventBuilder {
  String providerName;
  int eventId;
  Optional<UUID> providerGuid = Optional.empty();
  Optional<String> eventSourceName = Optional.empty();
  OptionalInt qualifiers = OptionalInt.empty();
  OptionalInt version = OptionalInt.empty();
  OptionalInt level = OptionalInt.empty();
  OptionalInt task = OptionalInt.empty();
  OptionalInt opcode = OptionalInt.empty();
  OptionalLong keywords = OptionalLong.empty();
  Optional<Instant> timeCreated = Optional.empty();
  OptionalLong recordId = OptionalLong.empty();
  Optional<UUID> activityId = Optional.empty();
  Optional<UUID> relatedActivityId = Optional.empty();
  OptionalLong processId = OptionalLong.empty();
  OptionalLong threadId = OptionalLong.empty();
  ExecutionDetail executionDetail = ExecutionDetail.NONE;
  Optional<String> channel = Optional.empty();
  Optional<String> computer = Optional.empty();
  Optional<String> userSid = Optional.empty();
  ImmutableList<EventDatum> data = ImmutableList.of();
  Optional<String> binaryHex = Optional.empty();
  Optional<String> payloadXml = Optional.empty();
  Optional<String> renderedMessage = Optional.empty();

  WindowsEventBuilder(String providerName, int eventId) {
    this.providerName = Objects.requireNonNull(providerName);
    this.eventId = within("event id", eventId, 0xFFFF);
  }

  WindowsEventBuilder(WindowsEventBuilder other) {
    providerName = other.providerName;
    eventId = other.eventId;
    providerGuid = other.providerGuid;
    eventSourceName = other.eventSourceName;
    qualifiers = other.qualifiers;
    version = other.version;
    level = other.level;
    task = other.task;
    opcode = other.opcode;
    keywords = other.keywords;
    timeCreated = other.timeCreated;
    recordId = other.recordId;
    activityId = other.activityId;
    relatedActivityId = other.relatedActivityId;
    processId = other.processId;
    threadId = other.threadId;
    executionDetail = other.executionDetail;
    channel = other.channel;
    computer = other.computer;
    userSid = other.userSid;
    data = other.data;
    binaryHex = other.binaryHex;
    payloadXml = other.payloadXml;
    renderedMessage = other.renderedMessage;
  }

  /** Sets the provider's name. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder providerName(String name) {
    providerName = Objects.requireNonNull(name);
    return this;
  }

  /** Sets the event's number, 0 to 65,535. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder eventId(int number) {
    eventId = within("event id", number, 0xFFFF);
    return this;
  }

  /** Sets the provider's GUID. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder providerGuid(UUID guid) {
    providerGuid = Optional.of(guid);
    return this;
  }

  /** Sets the name of the classic event source. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder eventSourceName(String name) {
    eventSourceName = Optional.of(name);
    return this;
  }

  /** Sets the qualifiers, 0 to 65,535. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder qualifiers(int number) {
    qualifiers = OptionalInt.of(within("qualifiers", number, 0xFFFF));
    return this;
  }

  /** Sets the version, 0 to 255. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder version(int number) {
    version = OptionalInt.of(within("version", number, 0xFF));
    return this;
  }

  /** Sets the level, 0 to 255. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder level(int number) {
    level = OptionalInt.of(within("level", number, 0xFF));
    return this;
  }

  /** Sets the task, 0 to 65,535. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder task(int number) {
    task = OptionalInt.of(within("task", number, 0xFFFF));
    return this;
  }

  /** Sets the opcode, 0 to 255. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder opcode(int number) {
    opcode = OptionalInt.of(within("opcode", number, 0xFF));
    return this;
  }

  /** Sets the keywords, all 64 bits. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder keywords(long bits) {
    keywords = OptionalLong.of(bits);
    return this;
  }

  /** Sets when the event was created; what is finer than 100 ns is dropped. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder timeCreated(Instant time) {
    timeCreated =
        Optional.of(Instant.ofEpochSecond(time.getEpochSecond(), time.getNano() / 100 * 100L));
    return this;
  }

  /** Sets the record's number, all 64 bits. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder recordId(long number) {
    recordId = OptionalLong.of(number);
    return this;
  }

  /** Sets the activity. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder activityId(UUID id) {
    activityId = Optional.of(id);
    return this;
  }

  /** Sets the related activity. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder relatedActivityId(UUID id) {
    relatedActivityId = Optional.of(id);
    return this;
  }

  /** Sets the process, 0 to 2<sup>32</sup> - 1. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder processId(long number) {
    processId = OptionalLong.of(within("process", number));
    return this;
  }

  /** Sets the thread, 0 to 2<sup>32</sup> - 1. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder threadId(long number) {
    threadId = OptionalLong.of(within("thread", number));
    return this;
  }

  /** Sets the processor that ran the thread, 0 to 2<sup>32</sup> - 1. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder processorId(long number) {
    executionDetail = executionDetail.with(0, within("processor", number));
    return this;
  }

  /** Sets the terminal session of the process, 0 to 2<sup>32</sup> - 1. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder sessionId(long number) {
    executionDetail = executionDetail.with(1, within("session", number));
    return this;
  }

  /**
   * Sets how long the thread has run in the kernel, in units of its clock, 0 to 2<sup>32</sup> - 1.
   */
  @CanIgnoreReturnValue
  public WindowsEventBuilder kernelTime(long number) {
    executionDetail = executionDetail.with(2, within("kernel time", number));
    return this;
  }

  /**
   * Sets how long the thread has run outside the kernel, in units of its clock, 0 to 2<sup>32</sup>
   * - 1.
   */
  @CanIgnoreReturnValue
  public WindowsEventBuilder userTime(long number) {
    executionDetail = executionDetail.with(3, within("user time", number));
    return this;
  }

  /** Sets how long the thread has run, in ticks of the processor, 0 to 2<sup>32</sup> - 1. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder processorTime(long number) {
    executionDetail = executionDetail.with(4, within("processor time", number));
    return this;
  }

  /** Sets the channel. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder channel(String name) {
    channel = Optional.of(name);
    return this;
  }

  /** Sets the computer. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder computer(String name) {
    computer = Optional.of(name);
    return this;
  }

  /** Sets the user's security identifier. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder userSid(String sid) {
    userSid = Optional.of(sid);
    return this;
  }

  /** Sets the insertion strings, replacing those set before. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder data(Iterable<EventDatum> strings) {
    data = ImmutableList.copyOf(strings);
    return this;
  }

  /** Sets unnamed insertion strings, replacing those set before. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder texts(String... strings) {
    List<EventDatum> unnamed = new ArrayList<>();
    for (String text : strings) {
      unnamed.add(EventDatum.of(text));
    }
    return data(unnamed);
  }

  /**
   * Sets the binary data.
   *
   * @throws IllegalArgumentException if {@code hex} is not pairs of hexadecimal digits
   */
  @CanIgnoreReturnValue
  public WindowsEventBuilder binaryHex(String hex) {
    checkArgument(
        hex.length() % 2 == 0 && hex.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0),
        "binary data has %s characters (expected: pairs of hexadecimal digits)",
        hex.length());
    binaryHex = Optional.of(Ascii.toUpperCase(hex));
    return this;
  }

  /** Sets the XML that stands in the place of event data. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder payloadXml(String xml) {
    payloadXml = Optional.of(xml);
    return this;
  }

  /** Sets the message that the source rendered. */
  @CanIgnoreReturnValue
  public WindowsEventBuilder renderedMessage(String message) {
    renderedMessage = Optional.of(message);
    return this;
  }

  /** Returns the event; the builder may be used on. */
  public WindowsEvent build() {
    return new WindowsEvent(new WindowsEventBuilder(this));
  }

  /** Every field in the order of the schema, for comparison. */
  List<Object> fields() {
    return ImmutableList.of(
        providerName,
        providerGuid,
        eventSourceName,
        eventId,
        qualifiers,
        version,
        level,
        task,
        opcode,
        keywords,
        timeCreated,
        recordId,
        activityId,
        relatedActivityId,
        processId,
        threadId,
        executionDetail,
        channel,
        computer,
        userSid,
        data,
        binaryHex,
        payloadXml,
        renderedMessage);
  }

  private static int within(String what, int number, int max) {
    checkArgument(number >= 0 && number <= max, "%s is %s (expected: 0 to %s)", what, number, max);
    return number;
  }

  private static long within(String what, long number) {
    checkArgument(
        number >= 0 && number <= 0xFFFF_FFFFL,
        "%s is %s (expected: 0 to 4294967295)",
        what,
        number);
    return number;
  }
}
