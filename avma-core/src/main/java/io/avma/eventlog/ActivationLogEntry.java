package io.avma.eventlog;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Hresult;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Event 12309 or 12310: one activation exchange, as the guest or the host logged it.
 *
 * <p>The first string is the result code, the second is free text that is documented nowhere: it is
 * kept as it is, and a {@link VmExtractor} may look for a VM in it. A failure has the same number
 * and level as a success and shows only in the result. Immutable. Source: Microsoft "Automatic
 * virtual machine activation" and the message files; documented.
 */
@CheckReturnValue
public final class ActivationLogEntry implements LogEntry {
  /** Who logged the exchange. */
  public enum Side {
    /** The guest, when it has processed the answer; event 12309. */
    GUEST(12309),
    /** The host, when it has processed the request; event 12310. */
    HOST(12310);

    private final int eventId;

    Side(int eventId) {
      this.eventId = eventId;
    }

    /** Returns the event's number. */
    public int eventId() {
      return eventId;
    }
  }

  private static final int INFORMATION = 16384;
  private static final int LEVEL_INFORMATION = 4;
  private static final long CLASSIC = 0x80_0000_0000_0000L;

  private final Side side;
  private final WindowsEvent event;

  private ActivationLogEntry(Side side, WindowsEvent event) {
    this.side = side;
    this.event = event;
  }

  /**
   * Returns {@code event} as an activation entry; empty unless it is 12309 or 12310 of the Software
   * Protection Platform. Level, qualifiers and channel do not matter.
   */
  public static Optional<ActivationLogEntry> of(WindowsEvent event) {
    if (!SoftwareProtection.wrote(event)) {
      return Optional.empty();
    }
    for (Side side : Side.values()) {
      if (side.eventId == event.eventId()) {
        return Optional.of(new ActivationLogEntry(side, event));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the entry that {@code side} writes on {@code computer}, with the envelope that real
   * records of this provider have. {@code recordId} is all 64 bits.
   */
  public static ActivationLogEntry written(
      Side side, String computer, long recordId, Instant time, Hresult result, String detail) {
    checkArgument(!computer.isEmpty(), "computer is empty (expected: a name)");
    WindowsEvent event =
        WindowsEvent.builder(SoftwareProtection.PROVIDER, side.eventId)
            .providerGuid(SoftwareProtection.PROVIDER_GUID)
            .eventSourceName(SoftwareProtection.EVENT_SOURCE)
            .qualifiers(INFORMATION)
            .version(0)
            .level(LEVEL_INFORMATION)
            .task(0)
            .opcode(0)
            .keywords(CLASSIC)
            .timeCreated(time)
            .recordId(recordId)
            .processId(0)
            .threadId(0)
            .channel(SoftwareProtection.CHANNEL)
            .computer(computer)
            .texts(result.hex(), detail)
            .build();
    return new ActivationLogEntry(side, event);
  }

  /** Returns who logged the exchange. */
  public Side side() {
    return side;
  }

  @Override
  public WindowsEvent event() {
    return event;
  }

  /**
   * Returns the result code, hexadecimal or decimal, signed or not, bare or behind {@code hr=};
   * empty if the first string is missing or none of these.
   */
  public Optional<Hresult> result() {
    return event.text(0).flatMap(Hresult::parse);
  }

  /** Returns the second string as it was written; empty if there is none. */
  public Optional<String> detail() {
    return event.text(1);
  }

  /** Returns the VM that {@code extractor} finds in the second string. */
  public Optional<VmReference> vm(VmExtractor extractor) {
    return detail().flatMap(extractor::extract);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ActivationLogEntry entry && event.equals(entry.event);
  }

  @Override
  public int hashCode() {
    return event.hashCode();
  }

  /** Returns the event and its result. */
  @Override
  public String toString() {
    return event + " " + result().map(Hresult::toString).orElse("result unreadable");
  }
}
