package io.avma.activation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpViolation;
import io.avma.platform.Hresult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers and habits of AVMA that Microsoft does not document. Every default here is an
 * assumption and says so; start from a preset and change what you know better.
 *
 * <ul>
 *   <li>{@link #assumed()}: valid for 7 days, renewed a day before the end; a host is silent after
 *       30 seconds; retries after 5 minutes, then ever longer, up to 2 hours.
 *   <li>{@link #brisk()}: the same in fast motion for experiments: valid for 1 hour, renewed 10
 *       minutes before the end, silent after 5 seconds, retried every minute.
 * </ul>
 *
 * <p>Immutable; safe for any thread. One value serves a whole data centre.
 */
@CheckReturnValue
public final class ActivationTerms {
  private static final ActivationTerms ASSUMED = new Builder().build();
  private static final ActivationTerms BRISK =
      new Builder()
          .validity(Duration.ofHours(1))
          .renewalLead(Duration.ofMinutes(10))
          .replyTimeout(Duration.ofSeconds(5))
          .retryDelays(Duration.ofMinutes(1))
          .build();

  private final ActivationResponse.Granted grant;
  private final Duration renewalLead;

  /** The lead of a grant of the usual validity; worked out once, because nearly all are. */
  private final Duration usualLead;

  private final Duration replyTimeout;
  private final ImmutableList<Duration> retryDelays;
  private final int throttleLimit;
  private final Duration throttleWindow;
  private final LicenseStatus statusBeforeActivation;
  private final LicenseStatus statusAfterExpiry;
  private final ActivationOutcome hostSilent;
  private final ActivationOutcome invalidData;
  private final boolean clearingItems;
  private final ImmutableMap<ActivationItem, String> items;

  private ActivationTerms(Builder builder) {
    grant = new ActivationResponse.Granted(builder.validity);
    renewalLead = builder.renewalLead;
    usualLead = leadOf(builder.validity);
    replyTimeout = builder.replyTimeout;
    retryDelays = builder.retryDelays;
    throttleLimit = builder.throttleLimit;
    throttleWindow = builder.throttleWindow;
    statusBeforeActivation = builder.statusBeforeActivation;
    statusAfterExpiry = builder.statusAfterExpiry;
    hostSilent = new ActivationOutcome(ActivationOutcome.Kind.INVALID_HOST, builder.hostSilentCode);
    invalidData =
        new ActivationOutcome(ActivationOutcome.Kind.INVALID_DATA, builder.invalidDataCode);
    clearingItems = builder.clearingItems;
    items = builder.items;
  }

  /** Returns the terms that this library assumes of Windows. */
  public static ActivationTerms assumed() {
    return ASSUMED;
  }

  /** Returns terms in fast motion, for experiments. */
  public static ActivationTerms brisk() {
    return BRISK;
  }

  /** Returns a builder that starts with {@link #assumed()}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts with these terms. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.validity = validity();
    builder.renewalLead = renewalLead;
    builder.replyTimeout = replyTimeout;
    builder.retryDelays = retryDelays;
    builder.throttleLimit = throttleLimit;
    builder.throttleWindow = throttleWindow;
    builder.statusBeforeActivation = statusBeforeActivation;
    builder.statusAfterExpiry = statusAfterExpiry;
    builder.hostSilentCode = hostSilent.code();
    builder.invalidDataCode = invalidData.code();
    builder.clearingItems = clearingItems;
    builder.items = items;
    return builder;
  }

  /** Returns how long a host grants; assumed to be 7 days. */
  public Duration validity() {
    return grant.validity();
  }

  /** Returns how long before its end a guest renews its activation; assumed to be 1 day. */
  public Duration renewalLead() {
    return renewalLead;
  }

  /** Returns how long a guest waits for an answer; assumed to be 30 seconds. */
  public Duration replyTimeout() {
    return replyTimeout;
  }

  /**
   * Returns the pauses after the first, second, … failed attempt in a row, at least one; the last
   * one repeats without end. Assumed to be 5, 10, 20, 40, 80 and 120 minutes.
   */
  public ImmutableList<Duration> retryDelays() {
    return retryDelays;
  }

  /**
   * Returns how many requests a host answers within one window, of all its guests together; {@link
   * Integer#MAX_VALUE} means no limit and nothing counted. Assumed to be 100.
   */
  public int throttleLimit() {
    return throttleLimit;
  }

  /**
   * Returns the length of the window. It opens with a request and does not slide. Assumed to be 1
   * minute.
   */
  public Duration throttleWindow() {
    return throttleWindow;
  }

  /** Returns the status of a guest that was not activated yet; assumed to be Notification. */
  public LicenseStatus statusBeforeActivation() {
    return statusBeforeActivation;
  }

  /** Returns the status of a guest whose activation expired; assumed to be Notification. */
  public LicenseStatus statusAfterExpiry() {
    return statusAfterExpiry;
  }

  /** Returns the outcome when no host answers; its code is assumed to be {@code 0xC004FD01}. */
  public ActivationOutcome hostSilent() {
    return hostSilent;
  }

  /**
   * Returns the outcome when an answer is damaged or was never asked for. No code is known for it;
   * assumed to be {@code 0x8007000D}, Windows' general "the data is invalid".
   */
  public ActivationOutcome invalidData() {
    return invalidData;
  }

  /**
   * Returns whether a guest removes its AVMA items when a key of another channel is installed.
   * Microsoft says that they should be removed and nothing says that Windows does it; assumed not.
   */
  public boolean clearsItemsOnOtherKey() {
    return clearingItems;
  }

  /**
   * Returns the names of the KVP items that an activated guest publishes, in the order of {@link
   * ActivationItem}. No source names them; all are assumed.
   */
  public ImmutableMap<ActivationItem, String> items() {
    return items;
  }

  /**
   * Returns when an activation has to be renewed: {@link #renewalLead()} before its end, but not
   * before half of it is over, so that a short grant does not renew without pause.
   */
  public Instant renewalOf(Activation activation) {
    return renewalOf(
        activation.expiresAt(), Duration.between(activation.activatedAt(), activation.expiresAt()));
  }

  Instant renewalOf(Instant expiresAt, Duration granted) {
    return expiresAt.minus(granted.equals(grant.validity()) ? usualLead : leadOf(granted));
  }

  private Duration leadOf(Duration granted) {
    Duration half = Duration.ofSeconds(granted.toSeconds() / 2);
    return renewalLead.compareTo(half) > 0 ? half : renewalLead;
  }

  ActivationResponse.Granted grant() {
    return grant;
  }

  Duration retryDelay(int failures) {
    return retryDelays.get(failures - 1);
  }

  int mostFailures() {
    return retryDelays.size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ActivationTerms that
        && (this == that || toBuilder().settings().equals(that.toBuilder().settings()));
  }

  @Override
  public int hashCode() {
    return toString().hashCode(); // of text, because an enum's own hash differs between runs
  }

  /** Returns what differs from {@link #assumed()}. */
  @Override
  public String toString() {
    Map<String, Object> assumed = builder().settings();
    List<String> different = new ArrayList<>();
    toBuilder()
        .settings()
        .forEach(
            (name, value) -> {
              if (!value.equals(assumed.get(name))) {
                different.add(name + "=" + value);
              }
            });
    return different.isEmpty() ? "assumed" : String.join(" ", different);
  }

  /** Collects terms; what is not said stays as assumed. For one thread. */
  public static final class Builder {
    private static final Duration LONGEST = ActivationResponse.Granted.LONGEST;

    private Duration validity = Duration.ofDays(7);
    private Duration renewalLead = Duration.ofDays(1);
    private Duration replyTimeout = Duration.ofSeconds(30);
    private ImmutableList<Duration> retryDelays =
        ImmutableList.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(40),
            Duration.ofMinutes(80),
            Duration.ofMinutes(120));
    private int throttleLimit = 100;
    private Duration throttleWindow = Duration.ofMinutes(1);
    private LicenseStatus statusBeforeActivation = LicenseStatus.NOTIFICATION;
    private LicenseStatus statusAfterExpiry = LicenseStatus.NOTIFICATION;
    private Hresult hostSilentCode = Hresult.INVALID_PLATFORM;
    private Hresult invalidDataCode = new Hresult(0x8007000D);
    private boolean clearingItems;
    private ImmutableMap<ActivationItem, String> items = assumedItems();

    private Builder() {}

    /** Sets how long a host grants; more than zero, at most 36,525 days. */
    @CanIgnoreReturnValue
    public Builder validity(Duration value) {
      validity = positive("validity", value);
      return this;
    }

    /** Sets how long before its end an activation is renewed; not negative. */
    @CanIgnoreReturnValue
    public Builder renewalLead(Duration value) {
      checkArgument(
          !value.isNegative() && value.compareTo(LONGEST) <= 0,
          "renewalLead is %s (expected: zero to %s)",
          value,
          LONGEST);
      renewalLead = value;
      return this;
    }

    /** Sets how long a guest waits for an answer; more than zero. */
    @CanIgnoreReturnValue
    public Builder replyTimeout(Duration value) {
      replyTimeout = positive("replyTimeout", value);
      return this;
    }

    /** Sets the pauses after failed attempts; one to 64 of them, each more than zero. */
    @CanIgnoreReturnValue
    public Builder retryDelays(Duration... values) {
      checkArgument(
          values.length >= 1 && values.length <= 64,
          "%s retry delays (expected: 1 to 64)",
          values.length);
      ImmutableList.Builder<Duration> delays = ImmutableList.builder();
      for (Duration value : values) {
        delays.add(positive("retry delay", value));
      }
      retryDelays = delays.build();
      return this;
    }

    /** Sets how many requests a host answers within one window; at least 1. */
    @CanIgnoreReturnValue
    public Builder throttle(int limit, Duration window) {
      checkArgument(limit >= 1, "throttle limit is %s (expected: at least 1)", limit);
      throttleWindow = positive("throttle window", window);
      throttleLimit = limit;
      return this;
    }

    /** Lets hosts answer any number of requests. */
    @CanIgnoreReturnValue
    public Builder unthrottled() {
      throttleLimit = Integer.MAX_VALUE;
      return this;
    }

    /** Sets the status of a guest that was not activated yet; not Licensed. */
    @CanIgnoreReturnValue
    public Builder statusBeforeActivation(LicenseStatus value) {
      statusBeforeActivation = notLicensed(value);
      return this;
    }

    /** Sets the status of a guest whose activation expired; not Licensed. */
    @CanIgnoreReturnValue
    public Builder statusAfterExpiry(LicenseStatus value) {
      statusAfterExpiry = notLicensed(value);
      return this;
    }

    /** Sets the code that the guest's log shows when no host answers; not a success. */
    @CanIgnoreReturnValue
    public Builder hostSilentCode(Hresult value) {
      hostSilentCode = failure(value);
      return this;
    }

    /** Sets the code that the guest's log shows for invalid data; not a success. */
    @CanIgnoreReturnValue
    public Builder invalidDataCode(Hresult value) {
      invalidDataCode = failure(value);
      return this;
    }

    /** Sets whether a guest removes its AVMA items when a key of another channel is installed. */
    @CanIgnoreReturnValue
    public Builder clearsItemsOnOtherKey(boolean value) {
      clearingItems = value;
      return this;
    }

    /**
     * Sets the KVP items that an activated guest publishes; none, if the map is empty.
     *
     * @throws IllegalArgumentException if two share a name, or a pool cannot hold one
     */
    @CanIgnoreReturnValue
    public Builder items(Map<ActivationItem, String> names) {
      EnumMap<ActivationItem, String> ordered = new EnumMap<>(ActivationItem.class);
      ordered.putAll(names);
      checkArgument(
          ImmutableSet.copyOf(ordered.values()).size() == ordered.size(),
          "two items share a name: %s",
          ordered);
      ordered.forEach(
          (item, name) -> {
            for (KvpViolation violation : KvpLimits.SAFE.violations(new KvpItem(name, ""))) {
              throw new IllegalArgumentException(
                  "the name of item " + item + " is none: " + violation.message());
            }
          });
      items = ImmutableMap.copyOf(ordered);
      return this;
    }

    /** Returns the terms. */
    @CheckReturnValue
    public ActivationTerms build() {
      return new ActivationTerms(this);
    }

    private ImmutableMap<String, Object> settings() {
      return ImmutableMap.<String, Object>builder()
          .put("validity", validity)
          .put("renewalLead", renewalLead)
          .put("replyTimeout", replyTimeout)
          .put("retryDelays", retryDelays)
          .put("throttleLimit", throttleLimit)
          .put("throttleWindow", throttleWindow)
          .put("statusBeforeActivation", statusBeforeActivation)
          .put("statusAfterExpiry", statusAfterExpiry)
          .put("hostSilentCode", hostSilentCode.hex())
          .put("invalidDataCode", invalidDataCode.hex())
          .put("clearsItemsOnOtherKey", clearingItems)
          .put("items", items)
          .buildOrThrow();
    }

    private static ImmutableMap<ActivationItem, String> assumedItems() {
      ImmutableMap.Builder<ActivationItem, String> names = ImmutableMap.builder();
      for (ActivationItem item : ActivationItem.values()) {
        names.put(item, item.assumedName());
      }
      return names.buildOrThrow();
    }

    private static Duration positive(String name, Duration value) {
      checkArgument(
          value.compareTo(Duration.ZERO) > 0 && value.compareTo(LONGEST) <= 0,
          "%s is %s (expected: more than zero, at most %s)",
          name,
          value,
          LONGEST);
      return value;
    }

    private static LicenseStatus notLicensed(LicenseStatus value) {
      checkArgument(value != LicenseStatus.LICENSED, "status is Licensed (expected: another one)");
      return value;
    }

    private static Hresult failure(Hresult value) {
      checkArgument(!value.isSuccess(), "code is %s (expected: a failure)", value);
      return value;
    }
  }
}
