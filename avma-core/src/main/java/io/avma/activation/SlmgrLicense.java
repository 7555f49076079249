package io.avma.activation;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * One license as {@code slmgr} printed it. Everything is optional: {@code /xpr} prints less than
 * {@code /dlv}, and from another language than English less can be read. Immutable.
 */
@CheckReturnValue
public final class SlmgrLicense {
  /** How a license was read. */
  public enum Reading {
    /** By its English labels. */
    ENGLISH,
    /** By its form alone, because it is not in English. */
    STRUCTURE
  }

  private final Reading reading;
  private final LicenseChannel channel;
  private final Optional<String> lastFive;
  private final Optional<LicenseStatus> status;
  private final Optional<Hresult> notificationReason;
  private final OptionalLong minutesLeft;
  private final Optional<String> endDate;
  private final Optional<UUID> activationId;
  private final Optional<AvmaId> guestIaid;
  private final Optional<HostId> host;
  private final Optional<String> activationTime;
  private final Optional<String> hostDigitalPid2;

  private SlmgrLicense(Builder builder) {
    reading = builder.reading;
    channel = builder.channel;
    lastFive = builder.lastFive;
    status = builder.status;
    notificationReason = builder.notificationReason;
    minutesLeft = builder.minutesLeft;
    endDate = builder.endDate;
    activationId = builder.activationId;
    guestIaid = builder.guestIaid;
    host = builder.host;
    activationTime = builder.activationTime;
    hostDigitalPid2 = builder.hostDigitalPid2;
  }

  /** Returns how the license was read. */
  public Reading reading() {
    return reading;
  }

  /** Returns the channel; unknown if the output does not name it. */
  public LicenseChannel channel() {
    return channel;
  }

  /** Returns whether the license is one for AVMA. */
  public boolean isAvma() {
    return channel == LicenseChannel.AVMA;
  }

  /** Returns the last five characters of the installed key. */
  public Optional<String> lastFive() {
    return lastFive;
  }

  /** Returns the status; from another language than English only Notification can be told. */
  public Optional<LicenseStatus> status() {
    return status;
  }

  /** Returns the reason beside {@link LicenseStatus#NOTIFICATION}. */
  public Optional<Hresult> notificationReason() {
    return notificationReason;
  }

  /** Returns the minutes until activation or grace period end. */
  public OptionalLong minutesLeft() {
    return minutesLeft;
  }

  /**
   * Returns when activation or grace period end, if the output was printed at {@code printedAt}.
   */
  public Optional<Instant> endsAt(Instant printedAt) {
    return minutesLeft.isPresent()
        ? Optional.of(printedAt.plus(Duration.ofMinutes(minutesLeft.getAsLong())))
        : Optional.empty();
  }

  /**
   * Returns the end as {@code /xpr} spells it, raw: in the guest's language and time zone, where
   * day and month cannot be told apart for certain.
   */
  public Optional<String> endDate() {
    return endDate;
  }

  /** Returns the activation ID, the SKU of the license. */
  public Optional<UUID> activationId() {
    return activationId;
  }

  /** Returns the guest's AVMA ID. */
  public Optional<AvmaId> guestIaid() {
    return guestIaid;
  }

  /** Returns the host that activated the guest last. */
  public Optional<HostId> host() {
    return host;
  }

  /** Returns when the guest was activated last, raw, in its language and time zone. */
  public Optional<String> activationTime() {
    return activationTime;
  }

  /** Returns the Digital PID2 of the host that activated the guest last. */
  public Optional<String> hostDigitalPid2() {
    return hostDigitalPid2;
  }

  /** Returns whether nothing was read at all. */
  boolean isBlank() {
    return channel == LicenseChannel.UNKNOWN
        && lastFive.isEmpty()
        && status.isEmpty()
        && activationId.isEmpty()
        && host.isEmpty();
  }

  /** Returns what was read, foreign text escaped. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(channel.name());
    lastFive.ifPresent(value -> text.append(" key …").append(value));
    status.ifPresent(value -> text.append(' ').append(value.text()));
    notificationReason.ifPresent(value -> text.append(' ').append(value));
    minutesLeft.ifPresent(value -> text.append(' ').append(value).append(" minutes left"));
    endDate.ifPresent(value -> text.append(" until ").append(ForeignText.escape(value, 80)));
    host.ifPresent(value -> text.append(" by ").append(value));
    return text.toString();
  }

  /** Collects what is read. The first value wins: what is printed twice is not to be believed. */
  static final class Builder {
    private final Reading reading;
    private LicenseChannel channel = LicenseChannel.UNKNOWN;
    private Optional<String> lastFive = Optional.empty();
    private Optional<LicenseStatus> status = Optional.empty();
    private Optional<Hresult> notificationReason = Optional.empty();
    private OptionalLong minutesLeft = OptionalLong.empty();
    private Optional<String> endDate = Optional.empty();
    private Optional<UUID> activationId = Optional.empty();
    private Optional<AvmaId> guestIaid = Optional.empty();
    private Optional<HostId> host = Optional.empty();
    private Optional<String> activationTime = Optional.empty();
    private Optional<String> hostDigitalPid2 = Optional.empty();

    Builder(Reading reading) {
      this.reading = reading;
    }

    @CanIgnoreReturnValue
    Builder channel(LicenseChannel value) {
      channel = channel == LicenseChannel.UNKNOWN ? value : channel;
      return this;
    }

    @CanIgnoreReturnValue
    Builder lastFive(Optional<String> value) {
      lastFive = lastFive.or(() -> value);
      return this;
    }

    @CanIgnoreReturnValue
    Builder status(Optional<LicenseStatus> value) {
      status = status.or(() -> value);
      return this;
    }

    @CanIgnoreReturnValue
    Builder notificationReason(Optional<Hresult> value) {
      notificationReason = notificationReason.or(() -> value);
      return this;
    }

    @CanIgnoreReturnValue
    Builder minutesLeft(OptionalLong value) {
      minutesLeft = minutesLeft.isPresent() ? minutesLeft : value;
      return this;
    }

    @CanIgnoreReturnValue
    Builder endDate(Optional<String> value) {
      endDate = endDate.or(() -> value);
      return this;
    }

    @CanIgnoreReturnValue
    Builder activationId(Optional<UUID> value) {
      activationId = activationId.or(() -> value);
      return this;
    }

    @CanIgnoreReturnValue
    Builder guestIaid(Optional<AvmaId> value) {
      guestIaid = guestIaid.or(() -> value);
      return this;
    }

    @CanIgnoreReturnValue
    Builder host(Optional<HostId> value) {
      host = host.or(() -> value);
      return this;
    }

    @CanIgnoreReturnValue
    Builder activationTime(Optional<String> value) {
      activationTime = activationTime.or(() -> value);
      return this;
    }

    @CanIgnoreReturnValue
    Builder hostDigitalPid2(Optional<String> value) {
      hostDigitalPid2 = hostDigitalPid2.or(() -> value);
      return this;
    }

    SlmgrLicense build() {
      return new SlmgrLicense(this);
    }
  }
}
