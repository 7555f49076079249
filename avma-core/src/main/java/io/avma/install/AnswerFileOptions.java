package io.avma.install;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * How an answer file is edited, and what is too much. {@link #standard()}: never replaces another
 * key, 64-bit x86, at most 4 MiB and 64 levels. Immutable.
 */
@CheckReturnValue
public final class AnswerFileOptions {
  /** Real answer files have some ten kilobytes; scripts embedded in them make the largest. */
  private static final int STANDARD_SIZE = 4 * 1024 * 1024;

  /** Real answer files are nine levels deep at most. */
  private static final int STANDARD_DEPTH = 64;

  private static final AnswerFileOptions STANDARD =
      new AnswerFileOptions(AnswerFileArchitecture.AMD64, false, STANDARD_SIZE, STANDARD_DEPTH);

  private final AnswerFileArchitecture architecture;
  private final boolean replacing;
  private final int maxSizeBytes;
  private final int maxDepth;

  private AnswerFileOptions(
      AnswerFileArchitecture architecture, boolean replacing, int maxSizeBytes, int maxDepth) {
    this.architecture = architecture;
    this.replacing = replacing;
    this.maxSizeBytes = maxSizeBytes;
    this.maxDepth = maxDepth;
  }

  /** Returns the options that suit nearly everybody. */
  public static AnswerFileOptions standard() {
    return STANDARD;
  }

  /** Returns these options for components of another architecture. */
  public AnswerFileOptions withArchitecture(AnswerFileArchitecture other) {
    return new AnswerFileOptions(other, replacing, maxSizeBytes, maxDepth);
  }

  /** Returns these options, replacing another key that stands in the place or refusing to. */
  public AnswerFileOptions withReplacing(boolean replacesOtherKey) {
    return new AnswerFileOptions(architecture, replacesOtherKey, maxSizeBytes, maxDepth);
  }

  /**
   * Returns these options with another limit on the size of the file.
   *
   * @param bytes the size that is still edited, at least 1
   */
  public AnswerFileOptions withMaxSizeBytes(int bytes) {
    checkArgument(bytes >= 1, "maxSizeBytes is %s (expected: at least 1)", bytes);
    return new AnswerFileOptions(architecture, replacing, bytes, maxDepth);
  }

  /**
   * Returns these options with another limit on the nesting of elements.
   *
   * @param levels the depth that is still edited, at least 1
   */
  public AnswerFileOptions withMaxDepth(int levels) {
    checkArgument(levels >= 1, "maxDepth is %s (expected: at least 1)", levels);
    return new AnswerFileOptions(architecture, replacing, maxSizeBytes, levels);
  }

  /** Returns the architecture whose component takes the key. */
  public AnswerFileArchitecture architecture() {
    return architecture;
  }

  /** Returns whether another key that stands in the place is replaced. */
  public boolean replacing() {
    return replacing;
  }

  /** Returns the size in bytes that is still edited. */
  public int maxSizeBytes() {
    return maxSizeBytes;
  }

  /** Returns the depth of nesting that is still edited. */
  public int maxDepth() {
    return maxDepth;
  }

  @Override
  public String toString() {
    return "AnswerFileOptions["
        + architecture.label()
        + (replacing ? ", replacing" : "")
        + ", at most "
        + maxSizeBytes
        + " bytes and "
        + maxDepth
        + " levels]";
  }
}
