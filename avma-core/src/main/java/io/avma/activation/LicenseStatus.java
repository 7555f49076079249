package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Hresult;
import java.util.Optional;

/**
 * The license status of Windows, {@code LicenseStatus} in WMI. Numbers and texts: Microsoft,
 * "SoftwareLicensingProduct class" and {@code slmgr.vbs} of Windows Server 2012 R2 and later
 * (documented). Constants in the order of their numbers.
 */
@CheckReturnValue
public enum LicenseStatus {
  /** 0, not activated. */
  UNLICENSED(0, "Unlicensed", "Unlicensed"),
  /** 1, activated. */
  LICENSED(1, "Licensed", "Automatic VM activation will expire %s"),
  /** 2, the grace period after installation. */
  INITIAL_GRACE(2, "Initial grace period", "Initial grace period ends %s"),
  /** 3, the grace period after a KMS license expired or the hardware changed. */
  ADDITIONAL_GRACE(
      3,
      "Additional grace period (KMS license expired or hardware out of tolerance)",
      "Additional grace period ends %s"),
  /** 4, the grace period after validation failed. */
  NON_GENUINE_GRACE(4, "Non-genuine grace period.", "Non-genuine grace period ends %s"),
  /** 5, Windows reminds its user to activate. */
  NOTIFICATION(5, "Notification", "Windows is in Notification mode"),
  /** 6, the extended grace period. */
  EXTENDED_GRACE(6, "Extended grace period", "Extended grace period ends %s");

  /** {@code SL_E_GRACE_TIME_EXPIRED}, the reason of a notification after expiry. */
  static final Hresult GRACE_TIME_EXPIRED = new Hresult(0xC004F009);

  /** {@code SL_E_NOT_GENUINE}. Source: {@code slmgr.vbs} (documented). */
  static final Hresult NOT_GENUINE = new Hresult(0xC004F200);

  private static final String PERMANENT = "The machine is permanently activated.";

  private final int number;
  private final String text;
  private final String expirySentence;

  LicenseStatus(int number, String text, String expirySentence) {
    this.number = number;
    this.text = text;
    this.expirySentence = expirySentence;
  }

  /** Returns the status with Windows' number {@code number}, if there is one. */
  public static Optional<LicenseStatus> ofNumber(int number) {
    for (LicenseStatus status : values()) {
      if (status.number == number) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  /** Returns Windows' number, 0 to 6. */
  public int number() {
    return number;
  }

  /** Returns the status as {@code slmgr /dli} and {@code /dlv} print it after the label. */
  public String text() {
    return text;
  }

  /** Returns the line of {@code slmgr /dli} and {@code /dlv}: {@code License Status: Licensed}. */
  public String statusLine() {
    return "License Status: " + text;
  }

  /**
   * Returns the line that {@code slmgr /dli} and {@code /dlv} print below {@link #NOTIFICATION}:
   * {@code Notification Reason: 0xC004FD02.}
   */
  public static String reasonLine(Hresult reason) {
    String variant =
        reason.equals(NOT_GENUINE)
            ? " (non-genuine)."
            : reason.equals(GRACE_TIME_EXPIRED) ? " (grace time expired)." : ".";
    return "Notification Reason: " + reason.hex() + variant;
  }

  /**
   * Returns the line that {@code slmgr /dli} and {@code /dlv} print below the status of a guest
   * with an AVMA key: {@code Automatic VM activation expiration: 10080 minute(s) (7 day(s))}. Empty
   * for a status without an end.
   *
   * @param minutes the minutes that are left, 0 or more
   */
  public Optional<String> remainingLine(long minutes) {
    String label =
        switch (this) {
          case LICENSED -> "Automatic VM activation expiration: ";
          case INITIAL_GRACE, ADDITIONAL_GRACE, NON_GENUINE_GRACE, EXTENDED_GRACE ->
              "Time remaining: ";
          case UNLICENSED, NOTIFICATION -> "";
        };
    return label.isEmpty() || (this == LICENSED && minutes == 0)
        ? Optional.empty()
        : Optional.of(label + minutes + " minute(s) (" + daysOf(minutes) + " day(s))");
  }

  /** Returns the days that Windows prints beside {@code minutes}: a part counts as a whole one. */
  static long daysOf(long minutes) {
    return (minutes + 1_439) / 1_440;
  }

  /**
   * Returns the sentence of {@code slmgr /xpr} in a guest with an AVMA key.
   *
   * @param endDate the end as Windows spells it in the guest's language; empty if it has none
   */
  public String expirySentence(Optional<String> endDate) {
    if (this == LICENSED && endDate.isEmpty()) {
      return PERMANENT;
    }
    return expirySentence.replace("%s", endDate.orElse(""));
  }

  /** Returns the start of the sentence that an end date follows, if one does. */
  Optional<String> sentenceBeforeDate() {
    return expirySentence.endsWith("%s")
        ? Optional.of(expirySentence.substring(0, expirySentence.length() - 2))
        : Optional.empty();
  }

  static boolean saysPermanent(String sentence) {
    return sentence.equalsIgnoreCase(PERMANENT);
  }
}
