package io.avma.transport.eventlog;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;

/**
 * How much a reader of event logs lets a file ask for. The defaults are far above what Windows
 * writes; a record that goes beyond one of them is reported as damaged and the rest of the file is
 * read.
 *
 * <p>Immutable, safe for any thread.
 */
@CheckReturnValue
public final class EventLogLimits {
  private static final EventLogLimits STANDARD = new EventLogLimits(new Builder());

  private final int maxDepth;
  private final int maxNameChars;
  private final int maxEventXmlBytes;
  private final int maxChunkXmlBytes;
  private final int maxCachedTemplates;
  private final int maxFlaws;

  private EventLogLimits(Builder builder) {
    this.maxDepth = builder.maxDepth;
    this.maxNameChars = builder.maxNameChars;
    this.maxEventXmlBytes = builder.maxEventXmlBytes;
    this.maxChunkXmlBytes = builder.maxChunkXmlBytes;
    this.maxCachedTemplates = builder.maxCachedTemplates;
    this.maxFlaws = builder.maxFlaws;
  }

  /** Returns the limits that suit every file Windows writes. */
  public static EventLogLimits standard() {
    return STANDARD;
  }

  /** Returns a builder that starts at {@link #standard()}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts at these limits. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.maxDepth = maxDepth;
    builder.maxNameChars = maxNameChars;
    builder.maxEventXmlBytes = maxEventXmlBytes;
    builder.maxChunkXmlBytes = maxChunkXmlBytes;
    builder.maxCachedTemplates = maxCachedTemplates;
    builder.maxFlaws = maxFlaws;
    return builder;
  }

  /**
   * Returns how deep elements may nest within one piece of XML or binary XML, and how deep such
   * pieces may nest within each other; 64 each.
   */
  public int maxDepth() {
    return maxDepth;
  }

  /** Returns how long the name of an element or attribute may be, in UTF-16 units; 1,024. */
  public int maxNameChars() {
    return maxNameChars;
  }

  /**
   * Returns how long one event may become as XML, and in memory, in bytes; in event XML and JSON
   * how many characters it may have. Work that a crafted event can cause without becoming longer
   * counts as well: a byte for each instruction of its templates and each of their values. 2 MiB.
   */
  public int maxEventXmlBytes() {
    return maxEventXmlBytes;
  }

  /**
   * Returns how long all events of one chunk of 64 KiB may become as XML, in bytes; 32 MiB. It
   * bounds the work that a crafted chunk can cause.
   */
  public int maxChunkXmlBytes() {
    return maxChunkXmlBytes;
  }

  /** Returns how many compiled templates are kept for the chunks to come; 1,024. */
  public int maxCachedTemplates() {
    return maxCachedTemplates;
  }

  /** Returns how many flaws are kept in full; what comes after is only counted. 10,000. */
  public int maxFlaws() {
    return maxFlaws;
  }

  /** Changes some limits. Not safe for several threads. */
  public static final class Builder {
    private int maxDepth = 64;
    private int maxNameChars = 1024;
    private int maxEventXmlBytes = 2 << 20;
    private int maxChunkXmlBytes = 32 << 20;
    private int maxCachedTemplates = 1024;
    private int maxFlaws = 10_000;

    private Builder() {}

    /** Sets {@link EventLogLimits#maxDepth()}, 4 to 1,000. */
    @CanIgnoreReturnValue
    public Builder maxDepth(int depth) {
      this.maxDepth = inRange("maxDepth", depth, 4, 1000);
      return this;
    }

    /** Sets {@link EventLogLimits#maxNameChars()}, 16 to 32,767. */
    @CanIgnoreReturnValue
    public Builder maxNameChars(int chars) {
      this.maxNameChars = inRange("maxNameChars", chars, 16, 32_767);
      return this;
    }

    /** Sets {@link EventLogLimits#maxEventXmlBytes()}, 4 KiB to 1 GiB. */
    @CanIgnoreReturnValue
    public Builder maxEventXmlBytes(int bytes) {
      this.maxEventXmlBytes = inRange("maxEventXmlBytes", bytes, 4096, 1 << 30);
      return this;
    }

    /** Sets {@link EventLogLimits#maxChunkXmlBytes()}, 64 KiB to 1 GiB. */
    @CanIgnoreReturnValue
    public Builder maxChunkXmlBytes(int bytes) {
      this.maxChunkXmlBytes = inRange("maxChunkXmlBytes", bytes, 65_536, 1 << 30);
      return this;
    }

    /** Sets {@link EventLogLimits#maxCachedTemplates()}, 1 to 1,000,000. */
    @CanIgnoreReturnValue
    public Builder maxCachedTemplates(int count) {
      this.maxCachedTemplates = inRange("maxCachedTemplates", count, 1, 1_000_000);
      return this;
    }

    /** Sets {@link EventLogLimits#maxFlaws()}, 1 to 10,000,000. */
    @CanIgnoreReturnValue
    public Builder maxFlaws(int count) {
      this.maxFlaws = inRange("maxFlaws", count, 1, 10_000_000);
      return this;
    }

    /** Returns the limits. */
    public EventLogLimits build() {
      return new EventLogLimits(this);
    }

    private static int inRange(String name, int value, int from, int to) {
      checkArgument(
          value >= from && value <= to, "%s is %s (expected: %s to %s)", name, value, from, to);
      return value;
    }
  }
}
