package io.avma.transport.eventlog;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.transport.EventFilter;
import io.avma.transport.Strictness;
import java.util.Objects;

/**
 * How a file of events is read: what to do about damage, which events, how much at most, and with
 * how many threads.
 *
 * <p>Immutable, safe for any thread.
 */
@CheckReturnValue
public final class EventLogOptions {
  private static final EventLogOptions LENIENT = new EventLogOptions(new Builder());

  private final Strictness strictness;
  private final EventFilter filter;
  private final EventLogLimits limits;
  private final int threads;

  private EventLogOptions(Builder builder) {
    this.strictness = builder.strictness;
    this.filter = builder.filter;
    this.limits = builder.limits;
    this.threads = builder.threads;
  }

  /** Returns the options that suit most: every event, lenient, one thread, standard limits. */
  public static EventLogOptions standard() {
    return LENIENT;
  }

  /** Returns {@link #standard()} with a filter. */
  public static EventLogOptions of(EventFilter filter) {
    return builder().filter(filter).build();
  }

  /** Returns a builder that starts at {@link #standard()}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts at these options. */
  public Builder toBuilder() {
    return new Builder().strictness(strictness).filter(filter).limits(limits).threads(threads);
  }

  /** Returns what to do about damage; lenient. */
  public Strictness strictness() {
    return strictness;
  }

  /** Returns which events are wanted; all. */
  public EventFilter filter() {
    return filter;
  }

  /** Returns how much a file may ask for. */
  public EventLogLimits limits() {
    return limits;
  }

  /**
   * Returns how many threads decode chunks of an {@code .evtx} file; 1, which is the caller's own.
   */
  public int threads() {
    return threads;
  }

  /** Changes some options. Not safe for several threads. */
  public static final class Builder {
    private Strictness strictness = Strictness.LENIENT;
    private EventFilter filter = EventFilter.all();
    private EventLogLimits limits = EventLogLimits.standard();
    private int threads = 1;

    private Builder() {}

    /** Sets {@link EventLogOptions#strictness()}. */
    @CanIgnoreReturnValue
    public Builder strictness(Strictness value) {
      this.strictness = Objects.requireNonNull(value);
      return this;
    }

    /** Sets {@link EventLogOptions#filter()}. */
    @CanIgnoreReturnValue
    public Builder filter(EventFilter value) {
      this.filter = Objects.requireNonNull(value);
      return this;
    }

    /** Sets {@link EventLogOptions#limits()}. */
    @CanIgnoreReturnValue
    public Builder limits(EventLogLimits value) {
      this.limits = Objects.requireNonNull(value);
      return this;
    }

    /** Sets {@link EventLogOptions#threads()}, 1 to 256. */
    @CanIgnoreReturnValue
    public Builder threads(int value) {
      checkArgument(value >= 1 && value <= 256, "threads is %s (expected: 1 to 256)", value);
      this.threads = value;
      return this;
    }

    /** Returns the options. */
    public EventLogOptions build() {
      return new EventLogOptions(this);
    }
  }
}
