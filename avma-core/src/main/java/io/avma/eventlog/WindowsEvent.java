package io.avma.eventlog;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
  private final Builder of;

  private WindowsEvent(Builder of) {
    this.of = of;
  }

  /** Returns a builder for an event {@code eventId} (0 to 65,535) of {@code providerName}. */
  public static Builder builder(String providerName, int eventId) {
    return new Builder(providerName, eventId);
  }

  /** Returns a builder that starts with what this event holds. */
  public Builder toBuilder() {
    return new Builder(of);
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

  /** Collects what is known of a {@link WindowsEvent}. For one thread. */
  public static final class Builder {
    private String providerName;
    private int eventId;
    private Optional<UUID> providerGuid = Optional.empty();
    private Optional<String> eventSourceName = Optional.empty();
    private OptionalInt qualifiers = OptionalInt.empty();
    private OptionalInt version = OptionalInt.empty();
    private OptionalInt level = OptionalInt.empty();
    private OptionalInt task = OptionalInt.empty();
    private OptionalInt opcode = OptionalInt.empty();
    private OptionalLong keywords = OptionalLong.empty();
    private Optional<Instant> timeCreated = Optional.empty();
    private OptionalLong recordId = OptionalLong.empty();
    private Optional<UUID> activityId = Optional.empty();
    private Optional<UUID> relatedActivityId = Optional.empty();
    private OptionalLong processId = OptionalLong.empty();
    private OptionalLong threadId = OptionalLong.empty();
    private Optional<String> channel = Optional.empty();
    private Optional<String> computer = Optional.empty();
    private Optional<String> userSid = Optional.empty();
    private ImmutableList<EventDatum> data = ImmutableList.of();
    private Optional<String> binaryHex = Optional.empty();
    private Optional<String> payloadXml = Optional.empty();
    private Optional<String> renderedMessage = Optional.empty();

    private Builder(String providerName, int eventId) {
      this.providerName = Objects.requireNonNull(providerName);
      this.eventId = within("event id", eventId, 0xFFFF);
    }

    private Builder(Builder other) {
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
    public Builder providerName(String name) {
      providerName = Objects.requireNonNull(name);
      return this;
    }

    /** Sets the event's number, 0 to 65,535. */
    @CanIgnoreReturnValue
    public Builder eventId(int number) {
      eventId = within("event id", number, 0xFFFF);
      return this;
    }

    /** Sets the provider's GUID. */
    @CanIgnoreReturnValue
    public Builder providerGuid(UUID guid) {
      providerGuid = Optional.of(guid);
      return this;
    }

    /** Sets the name of the classic event source. */
    @CanIgnoreReturnValue
    public Builder eventSourceName(String name) {
      eventSourceName = Optional.of(name);
      return this;
    }

    /** Sets the qualifiers, 0 to 65,535. */
    @CanIgnoreReturnValue
    public Builder qualifiers(int number) {
      qualifiers = OptionalInt.of(within("qualifiers", number, 0xFFFF));
      return this;
    }

    /** Sets the version, 0 to 255. */
    @CanIgnoreReturnValue
    public Builder version(int number) {
      version = OptionalInt.of(within("version", number, 0xFF));
      return this;
    }

    /** Sets the level, 0 to 255. */
    @CanIgnoreReturnValue
    public Builder level(int number) {
      level = OptionalInt.of(within("level", number, 0xFF));
      return this;
    }

    /** Sets the task, 0 to 65,535. */
    @CanIgnoreReturnValue
    public Builder task(int number) {
      task = OptionalInt.of(within("task", number, 0xFFFF));
      return this;
    }

    /** Sets the opcode, 0 to 255. */
    @CanIgnoreReturnValue
    public Builder opcode(int number) {
      opcode = OptionalInt.of(within("opcode", number, 0xFF));
      return this;
    }

    /** Sets the keywords, all 64 bits. */
    @CanIgnoreReturnValue
    public Builder keywords(long bits) {
      keywords = OptionalLong.of(bits);
      return this;
    }

    /** Sets when the event was created; what is finer than 100 ns is dropped. */
    @CanIgnoreReturnValue
    public Builder timeCreated(Instant time) {
      timeCreated =
          Optional.of(Instant.ofEpochSecond(time.getEpochSecond(), time.getNano() / 100 * 100L));
      return this;
    }

    /** Sets the record's number, all 64 bits. */
    @CanIgnoreReturnValue
    public Builder recordId(long number) {
      recordId = OptionalLong.of(number);
      return this;
    }

    /** Sets the activity. */
    @CanIgnoreReturnValue
    public Builder activityId(UUID id) {
      activityId = Optional.of(id);
      return this;
    }

    /** Sets the related activity. */
    @CanIgnoreReturnValue
    public Builder relatedActivityId(UUID id) {
      relatedActivityId = Optional.of(id);
      return this;
    }

    /** Sets the process, 0 to 2<sup>32</sup> - 1. */
    @CanIgnoreReturnValue
    public Builder processId(long number) {
      processId = OptionalLong.of(within("process", number));
      return this;
    }

    /** Sets the thread, 0 to 2<sup>32</sup> - 1. */
    @CanIgnoreReturnValue
    public Builder threadId(long number) {
      threadId = OptionalLong.of(within("thread", number));
      return this;
    }

    /** Sets the channel. */
    @CanIgnoreReturnValue
    public Builder channel(String name) {
      channel = Optional.of(name);
      return this;
    }

    /** Sets the computer. */
    @CanIgnoreReturnValue
    public Builder computer(String name) {
      computer = Optional.of(name);
      return this;
    }

    /** Sets the user's security identifier. */
    @CanIgnoreReturnValue
    public Builder userSid(String sid) {
      userSid = Optional.of(sid);
      return this;
    }

    /** Sets the insertion strings, replacing those set before. */
    @CanIgnoreReturnValue
    public Builder data(Iterable<EventDatum> strings) {
      data = ImmutableList.copyOf(strings);
      return this;
    }

    /** Sets unnamed insertion strings, replacing those set before. */
    @CanIgnoreReturnValue
    public Builder texts(String... strings) {
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
    public Builder binaryHex(String hex) {
      checkArgument(
          hex.length() % 2 == 0
              && hex.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0),
          "binary data has %s characters (expected: pairs of hexadecimal digits)",
          hex.length());
      binaryHex = Optional.of(Ascii.toUpperCase(hex));
      return this;
    }

    /** Sets the XML that stands in the place of event data. */
    @CanIgnoreReturnValue
    public Builder payloadXml(String xml) {
      payloadXml = Optional.of(xml);
      return this;
    }

    /** Sets the message that the source rendered. */
    @CanIgnoreReturnValue
    public Builder renderedMessage(String message) {
      renderedMessage = Optional.of(message);
      return this;
    }

    /** Returns the event; the builder may be used on. */
    public WindowsEvent build() {
      return new WindowsEvent(new Builder(this));
    }

    /** Every field in the order of the schema, for comparison. */
    private List<Object> fields() {
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
          channel,
          computer,
          userSid,
          data,
          binaryHex,
          payloadXml,
          renderedMessage);
    }

    private static int within(String what, int number, int max) {
      checkArgument(
          number >= 0 && number <= max, "%s is %s (expected: 0 to %s)", what, number, max);
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
}
