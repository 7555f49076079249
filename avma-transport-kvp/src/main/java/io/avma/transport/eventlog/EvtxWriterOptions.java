package io.avma.transport.eventlog;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Objects;

/**
 * How an {@code .evtx} file is written.
 *
 * <p>Immutable, safe for any thread.
 */
@CheckReturnValue
public final class EvtxWriterOptions {
  /** Top-level domain that never exists (RFC 2606): the mark of everything simulated. */
  public static final String SIMULATED_SUFFIX = ".invalid";

  /** The most chunks whose number the header of a file can hold. */
  public static final int MAX_CHUNKS = 65_535;

  private static final EvtxWriterOptions STANDARD = new EvtxWriterOptions(new Builder());

  /** What happens when a file has all the chunks it may have. */
  public enum WhenFull {
    /** Nothing more is written: {@code TOO_LARGE}. */
    STOP,
    /** The oldest chunk makes room, as in a log of Windows by default. */
    OVERWRITE_OLDEST,
    /**
     * The full file gets the name {@code Archive-NAME-0001.evtx} and so on, and an empty one takes
     * its place.
     */
    ARCHIVE
  }

  private final int minorVersion;
  private final int maxChunks;
  private final WhenFull whenFull;
  private final boolean leftDirty;
  private final boolean simulated;
  private final long firstRecordId;

  private EvtxWriterOptions(Builder builder) {
    this.minorVersion = builder.minorVersion;
    this.maxChunks = builder.maxChunks;
    this.whenFull = builder.whenFull;
    this.leftDirty = builder.leftDirty;
    this.simulated = builder.simulated;
    this.firstRecordId = builder.firstRecordId;
  }

  /** Returns the options for a plain file: format 3.1, closed cleanly, as large as it gets. */
  public static EvtxWriterOptions standard() {
    return STANDARD;
  }

  /**
   * Returns the options for logs of machines that do not exist: every event must name a computer
   * under {@value #SIMULATED_SUFFIX}, so that nobody takes the file for evidence.
   */
  public static EvtxWriterOptions forSimulation() {
    return builder().simulated(true).build();
  }

  /** Returns a builder that starts at {@link #standard()}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts at these options. */
  public Builder toBuilder() {
    return new Builder()
        .minorVersion(minorVersion)
        .maxChunks(maxChunks)
        .whenFull(whenFull)
        .leftDirty(leftDirty)
        .simulated(simulated)
        .firstRecordId(firstRecordId);
  }

  /** Returns the minor version of the format: 1, or 2 as since Windows 10 2004; 1. */
  public int minorVersion() {
    return minorVersion;
  }

  /** Returns how many chunks of 64 KiB a file may have; {@link #MAX_CHUNKS}. */
  public int maxChunks() {
    return maxChunks;
  }

  /** Returns what happens beyond that; {@link WhenFull#STOP}. */
  public WhenFull whenFull() {
    return whenFull;
  }

  /** Returns whether the file is left as a system that stops without warning leaves it; no. */
  public boolean isLeftDirty() {
    return leftDirty;
  }

  /** Returns whether every event must name a computer under {@value #SIMULATED_SUFFIX}; no. */
  public boolean isSimulated() {
    return simulated;
  }

  /** Returns the number of the first record, unsigned; 1. */
  public long firstRecordId() {
    return firstRecordId;
  }

  /** Changes some options. Not safe for several threads. */
  public static final class Builder {
    private int minorVersion = 1;
    private int maxChunks = MAX_CHUNKS;
    private WhenFull whenFull = WhenFull.STOP;
    private boolean leftDirty;
    private boolean simulated;
    private long firstRecordId = 1;

    private Builder() {}

    /** Sets {@link EvtxWriterOptions#minorVersion()}, 1 or 2. */
    @CanIgnoreReturnValue
    public Builder minorVersion(int value) {
      checkArgument(value == 1 || value == 2, "minorVersion is %s (expected: 1 or 2)", value);
      this.minorVersion = value;
      return this;
    }

    /** Sets {@link EvtxWriterOptions#maxChunks()}, 1 to {@link #MAX_CHUNKS}. */
    @CanIgnoreReturnValue
    public Builder maxChunks(int value) {
      checkArgument(
          value >= 1 && value <= MAX_CHUNKS,
          "maxChunks is %s (expected: 1 to %s)",
          value,
          MAX_CHUNKS);
      this.maxChunks = value;
      return this;
    }

    /** Sets {@link EvtxWriterOptions#whenFull()}. */
    @CanIgnoreReturnValue
    public Builder whenFull(WhenFull value) {
      this.whenFull = Objects.requireNonNull(value);
      return this;
    }

    /** Sets {@link EvtxWriterOptions#isLeftDirty()}. */
    @CanIgnoreReturnValue
    public Builder leftDirty(boolean value) {
      this.leftDirty = value;
      return this;
    }

    /** Sets {@link EvtxWriterOptions#isSimulated()}. */
    @CanIgnoreReturnValue
    public Builder simulated(boolean value) {
      this.simulated = value;
      return this;
    }

    /** Sets {@link EvtxWriterOptions#firstRecordId()}, unsigned. */
    @CanIgnoreReturnValue
    public Builder firstRecordId(long value) {
      this.firstRecordId = value;
      return this;
    }

    /** Returns the options. */
    public EvtxWriterOptions build() {
      return new EvtxWriterOptions(this);
    }
  }
}
