package io.avma.transport.linux;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPart;
import io.avma.kvp.KvpPool;
import io.avma.transport.Strictness;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a guest's pools are and how they are treated. Immutable.
 *
 * <p>Unless told otherwise: damage is returned beside the items ({@link Strictness#LENIENT}); only
 * {@link KvpPool#GUEST} may be written, within {@link KvpLimits#SAFE}; a value that is too long is
 * refused; a pool that does not exist is not created; a locked pool is waited for 10 seconds.
 */
@CheckReturnValue
public final class PoolOptions {
  private static final Path LINUX = Path.of("/var/lib/hyperv");
  private static final Path FREE_BSD = Path.of("/var/db/hyperv/pool");

  private final Path directory;
  private final Strictness strictness;
  private final KvpLimits limits;
  private final LongValues longValues;
  private final PoolLimits poolLimits;
  private final ImmutableSet<KvpPool> writable;
  private final boolean createMissing;
  private final Duration lockTimeout;

  private PoolOptions(Builder builder) {
    directory = builder.directory;
    strictness = builder.strictness;
    limits = builder.limits;
    longValues = builder.longValues;
    poolLimits = builder.poolLimits;
    writable = builder.writable;
    createMissing = builder.createMissing;
    lockTimeout = builder.lockTimeout;
  }

  /** Returns the options for {@code /var/lib/hyperv}, where the daemon of Linux keeps its pools. */
  public static PoolOptions linux() {
    return in(LINUX);
  }

  /** Returns the options for {@code /var/db/hyperv/pool}, where FreeBSD's daemon keeps them. */
  public static PoolOptions freeBsd() {
    return in(FREE_BSD);
  }

  /** Returns the options for pools in {@code directory}. */
  public static PoolOptions in(Path directory) {
    return new Builder(directory).build();
  }

  /** Returns a builder that starts with these options. */
  public Builder toBuilder() {
    return new Builder(directory)
        .strictness(strictness)
        .limits(limits)
        .longValues(longValues)
        .poolLimits(poolLimits)
        .writable(writable)
        .createMissing(createMissing)
        .lockTimeout(lockTimeout);
  }

  /** Returns the directory of the pool files. */
  public Path directory() {
    return directory;
  }

  /** Returns what happens when a pool is damaged. */
  public Strictness strictness() {
    return strictness;
  }

  /** Returns how long items may be that are written. */
  public KvpLimits limits() {
    return limits;
  }

  /** Returns what becomes of a value that is longer than that. */
  public LongValues longValues() {
    return longValues;
  }

  /** Returns how large a pool may be. */
  public PoolLimits poolLimits() {
    return poolLimits;
  }

  /** Returns the pools that may be written, in the order of the constants. */
  public ImmutableSet<KvpPool> writable() {
    return writable;
  }

  /** Returns whether writing creates a pool that does not exist. */
  public boolean createMissing() {
    return createMissing;
  }

  /** Returns how long a locked pool is waited for. */
  public Duration lockTimeout() {
    return lockTimeout;
  }

  /** Returns the directory and what differs from the defaults. */
  @Override
  public String toString() {
    PoolOptions defaults = in(directory);
    StringBuilder text = new StringBuilder(directory.toString());
    append(text, "strictness", strictness, defaults.strictness);
    append(text, "limits", limits, defaults.limits);
    append(text, "longValues", longValues, defaults.longValues);
    append(text, "poolLimits", poolLimits, defaults.poolLimits);
    append(text, "writable", writable, defaults.writable);
    append(text, "createMissing", createMissing, defaults.createMissing);
    append(text, "lockTimeout", lockTimeout, defaults.lockTimeout);
    return text.toString();
  }

  private static void append(StringBuilder text, String name, Object value, Object usual) {
    if (!value.equals(usual)) {
      text.append(", ").append(name).append('=').append(value);
    }
  }

  /** Collects {@link PoolOptions}. For one thread. */
  public static final class Builder {
    private final Path directory;
    private Strictness strictness = Strictness.LENIENT;
    private KvpLimits limits = KvpLimits.SAFE;
    private LongValues longValues = LongValues.REFUSE;
    private PoolLimits poolLimits = PoolLimits.standard();
    private ImmutableSet<KvpPool> writable = Sets.immutableEnumSet(KvpPool.GUEST);
    private boolean createMissing;
    private Duration lockTimeout = Duration.ofSeconds(10);

    private Builder(Path directory) {
      this.directory = directory;
    }

    /** Sets what happens when a pool is damaged; {@code SALVAGE} also notes stale bytes. */
    @CanIgnoreReturnValue
    public Builder strictness(Strictness newStrictness) {
      strictness = newStrictness;
      return this;
    }

    /**
     * Sets how long items may be that are written.
     *
     * @throws IllegalArgumentException if a record could not hold them and its NULs, which the
     *     daemon would not survive
     */
    @CanIgnoreReturnValue
    public Builder limits(KvpLimits newLimits) {
      for (KvpPart part : KvpPart.values()) {
        checkArgument(
            newLimits.bytes(part) < PoolLayout.bytes(part),
            "%s may have %s bytes (expected: at most %s, so that a NUL fits)",
            part.label(),
            newLimits.bytes(part),
            PoolLayout.bytes(part) - 1);
      }
      limits = newLimits;
      return this;
    }

    /** Sets what becomes of a value that is longer than the limits. */
    @CanIgnoreReturnValue
    public Builder longValues(LongValues policy) {
      longValues = policy;
      return this;
    }

    /** Sets how large a pool may be. */
    @CanIgnoreReturnValue
    public Builder poolLimits(PoolLimits newLimits) {
      poolLimits = newLimits;
      return this;
    }

    /**
     * Sets the pools that may be written. The daemon never reads the file of {@link KvpPool#AUTO}.
     */
    @CanIgnoreReturnValue
    public Builder writable(Iterable<KvpPool> pools) {
      writable = Sets.immutableEnumSet(pools);
      return this;
    }

    /** Sets the pools that may be written. */
    @CanIgnoreReturnValue
    public Builder writable(KvpPool... pools) {
      return writable(ImmutableSet.copyOf(pools));
    }

    /** Sets whether writing creates a pool that does not exist, with the daemon's mode 0644. */
    @CanIgnoreReturnValue
    public Builder createMissing(boolean create) {
      createMissing = create;
      return this;
    }

    /** Sets how long a locked pool is waited for; zero tries once. */
    @CanIgnoreReturnValue
    public Builder lockTimeout(Duration timeout) {
      checkArgument(!timeout.isNegative(), "timeout is %s (expected: not negative)", timeout);
      lockTimeout = timeout;
      return this;
    }

    /** Returns the options; the builder may be used on. */
    public PoolOptions build() {
      return new PoolOptions(this);
    }
  }
}
