package io.avma.transport;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.SlmgrLicense;
import io.avma.platform.ForeignText;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The license of a Windows, as the machine itself tells it at one moment.
 *
 * <p>It says <em>activated</em>, never entitled. Source of the fields: {@code
 * SoftwareLicensingProduct} and {@code slmgr.vbs}; documented.
 *
 * @param licenseStatusNumber {@code LicenseStatus}, 0 to 6; 1 means licensed
 * @param reason {@code LicenseStatusReason}, if asked for
 * @param channel the channel of the installed key
 * @param partialProductKey the last five characters of the installed key; empty without one
 * @param remaining how long the license or grace period lasts, in whole minutes; empty if it has no
 *     end or none was told
 * @param activatedBy the computer name of the host that activated this guest, as it was written
 * @param activatedAt when that was
 * @param readAt when the machine was asked
 */
@CheckReturnValue
public record LicenseReading(
    int licenseStatusNumber,
    Optional<Hresult> reason,
    LicenseChannel channel,
    Optional<String> partialProductKey,
    Optional<Duration> remaining,
    Optional<String> activatedBy,
    Optional<Instant> activatedAt,
    Instant readAt) {
  /** Checks that no more than the end of a key is kept. */
  public LicenseReading {
    checkArgument(
        licenseStatusNumber >= 0, "license status is %s (expected: 0 to 6)", licenseStatusNumber);
    partialProductKey.ifPresent(
        end ->
            checkArgument(
                end.length() == 5,
                "partial product key has %s characters (expected: 5)",
                end.length()));
  }

  /**
   * Returns what {@code slmgr} printed, as a reading; empty if the output names no status. When the
   * guest was activated stands there in its own language and time zone and is left out, and so is
   * an end that is given as a date only.
   *
   * @param printedAt when it was printed
   */
  public static Optional<LicenseReading> of(SlmgrLicense license, Instant printedAt) {
    return license
        .status()
        .map(
            status ->
                new LicenseReading(
                    status.number(),
                    license.notificationReason(),
                    license.channel(),
                    license.lastFive(),
                    license.minutesLeft().isPresent()
                        ? Optional.of(Duration.ofMinutes(license.minutesLeft().getAsLong()))
                        : Optional.empty(),
                    license.host().map(HostId::value),
                    Optional.empty(),
                    printedAt));
  }

  /** Returns when the license or grace period ends, counted from the reading. */
  public Optional<Instant> endsAt() {
    return remaining.map(readAt::plus);
  }

  /** Returns status, channel, end of the key and the time left. */
  @Override
  public String toString() {
    return "license status "
        + licenseStatusNumber
        + " "
        + channel
        + partialProductKey.map(end -> " …" + ForeignText.escape(end)).orElse("")
        + remaining.map(left -> " for " + left).orElse("");
  }
}
