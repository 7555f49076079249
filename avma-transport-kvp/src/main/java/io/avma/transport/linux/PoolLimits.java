package io.avma.transport.linux;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * How large a pool may be before it is refused unread. Other writers stop at 200 or 1,024 records;
 * the default is 4,096.
 *
 * @param maxRecords the most records that are read or written, 1 to 200,000
 */
@CheckReturnValue
public record PoolLimits(int maxRecords) {
  private static final int HIGHEST =
      200_000; // 512 MB, so that one array still holds its redo record
  private static final PoolLimits STANDARD = new PoolLimits(4096);

  /** Checks the number. */
  public PoolLimits {
    checkArgument(
        maxRecords >= 1 && maxRecords <= HIGHEST,
        "maxRecords is %s (expected: 1 to %s)",
        maxRecords,
        HIGHEST);
  }

  /** Returns the default: 4,096 records, 10 MiB. */
  public static PoolLimits standard() {
    return STANDARD;
  }

  /** Returns the most bytes that are read, an unfinished record at the end included. */
  public long maxBytes() {
    return (long) maxRecords * PoolLayout.RECORD_BYTES + PoolLayout.RECORD_BYTES - 1;
  }
}
