package io.avma.testkit.arbitrary;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.LicenseStatus;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;

/**
 * What {@code slmgr} prints about one license, and what it says by it: for tools that read such
 * output. Order of lines, English labels and sentences: {@code slmgr.vbs} of Windows Server 2012 R2
 * and later (documented). The other language is none that exists; its words stand for those of any
 * Windows that is not English.
 *
 * @param command what was called
 * @param english whether Windows speaks English
 * @param lineEnd what lines end with
 * @param channel the channel of the license: AVMA, KMS client, MAK, retail or OEM
 * @param lastFive the last five characters of the key
 * @param status the status
 * @param reason the reason that stands beside {@link LicenseStatus#NOTIFICATION}
 * @param minutes the minutes that are left, of a status that ends; 0 to 4294967295
 * @param endDate the end as {@code /xpr} spells it
 * @param activationId the SKU of the license
 * @param guestIaid the AVMA ID, if Windows has one
 * @param activatedBy the host that activated the guest last, if one did
 */
@CheckReturnValue
public record SlmgrScreen(
    Command command,
    boolean english,
    String lineEnd,
    LicenseChannel channel,
    String lastFive,
    LicenseStatus status,
    Hresult reason,
    long minutes,
    String endDate,
    UUID activationId,
    Optional<String> guestIaid,
    Optional<String> activatedBy) {
  /** When the guest was activated, as the screen spells it. */
  public static final String ACTIVATION_TIME = "1/5/2026 9:00:00 AM";

  /** The PID that the screen shows of the host. */
  public static final String HOST_PID = "00454-40000-00001-AA666";

  private static final int MINUTES_A_DAY = 1_440;

  /** A switch of {@code slmgr}. */
  public enum Command {
    /** {@code /dli}. */
    DLI,
    /** {@code /dlv}. */
    DLV,
    /** {@code /xpr}. */
    XPR
  }

  /** Refuses a channel that {@code slmgr} has no words for here, and minutes out of range. */
  public SlmgrScreen {
    String unused = words(channel)[0];
    checkArgument(
        minutes >= 0 && minutes <= 0xFFFF_FFFFL, "%s minutes (expected: 0 to 4294967295)", minutes);
  }

  /** Returns whether the status is shown with the minutes that are left of it. */
  public boolean showsMinutes() {
    return switch (status) {
      case LICENSED -> hasExpiry() && minutes > 0;
      case INITIAL_GRACE, ADDITIONAL_GRACE, NON_GENUINE_GRACE, EXTENDED_GRACE -> true;
      case UNLICENSED, NOTIFICATION -> false;
    };
  }

  /** Returns whether {@code /xpr} names the day of the end. */
  public boolean showsEndDate() {
    return status == LicenseStatus.LICENSED
        ? hasExpiry()
        : status != LicenseStatus.UNLICENSED && status != LicenseStatus.NOTIFICATION;
  }

  private boolean hasExpiry() {
    return channel == LicenseChannel.AVMA || channel == LicenseChannel.KMS_CLIENT;
  }

  /** Returns what is printed. */
  public String text() {
    StringJoiner lines = new StringJoiner(lineEnd, "", lineEnd);
    if (command == Command.XPR) {
      lines.add("Windows(R), ServerDatacenter edition:");
      lines.add("    " + sentence());
      return lines.toString();
    }
    if (command == Command.DLV) {
      lines.add(label("Software licensing service version") + "10.0.20348.2340").add("");
    }
    lines.add(label("Name") + "Windows(R), ServerDatacenter edition");
    lines.add(
        label("Description") + "Windows(R) Operating System, " + words(channel)[0] + " channel");
    if (command == Command.DLV) {
      lines.add(label("Activation ID") + activationId);
      lines.add(label("Application ID") + "55c92734-d682-4d71-983e-d6ec3f16059f");
      lines.add(label("Extended PID") + "00000-04548-000-000000-00-1033-20348.0000-0012026");
      lines.add(label("Product Key Channel") + words(channel)[1]);
      lines.add(label("Installation ID") + "0".repeat(63));
    }
    lines.add(label("Partial Product Key") + lastFive);
    lines.add(english ? status.statusLine() : "Tilstan\uFF1A so und so");
    below().ifPresent(lines::add);
    if (command == Command.DLV) {
      lines.add(label("Remaining SKU rearm count") + "1001");
      lines.add(label("Trusted time") + "1/5/2026 10:00:00 AM");
      lines.add(label("Guest IAID") + guestIaid.orElse(none())).add("");
      lines.add(word("Most recent activation information") + ":");
      lines.add(word("Automatic VM Activation client information"));
      lines.add("    " + label("Host machine name") + activatedBy.orElse(none()));
      lines.add(
          "    " + label("Activation time") + activatedBy.map(h -> ACTIVATION_TIME).orElse(none()));
      lines.add(
          "    " + label("Host Digital PID2") + activatedBy.map(h -> HOST_PID).orElse(none()));
    }
    return lines.toString();
  }

  /** Returns the line below the status. */
  private Optional<String> below() {
    if (status == LicenseStatus.NOTIFICATION) {
      String line = LicenseStatus.reasonLine(reason);
      return Optional.of(english ? line : "Anledn\uFF1A" + reason.hex() + ".");
    }
    if (!showsMinutes()) {
      return Optional.empty();
    }
    long days = (minutes + MINUTES_A_DAY - 1) / MINUTES_A_DAY;
    String what =
        status != LicenseStatus.LICENSED
            ? "Time remaining"
            : channel == LicenseChannel.AVMA
                ? "Automatic VM activation expiration"
                : "Volume activation expiration";
    return Optional.of(
        english
            ? what + ": " + minutes + " minute(s) (" + days + " day(s))"
            : "Slut\uFF1A" + minutes + " minut (" + days + " dag)");
  }

  private String sentence() {
    if (!english) {
      return "Windows ok " + endDate;
    }
    if (status != LicenseStatus.LICENSED) {
      return status.expirySentence(Optional.of(endDate));
    }
    return switch (channel) {
      case AVMA -> status.expirySentence(Optional.of(endDate));
      case KMS_CLIENT -> "Volume activation will expire " + endDate;
      default -> status.expirySentence(Optional.empty());
    };
  }

  private String label(String english) {
    return word(english) + ": ";
  }

  /** Returns an English text as it is, or something that is none of its words. */
  private String word(String text) {
    return english ? text : new StringBuilder(text).reverse().toString();
  }

  private String none() {
    return english ? "Not Available" : "saknas";
  }

  /** The word in the description, and the name of the channel. */
  private static String[] words(LicenseChannel channel) {
    return switch (channel) {
      case AVMA -> new String[] {"VIRTUAL_MACHINE_ACTIVATION", "VT:IA"};
      case KMS_CLIENT -> new String[] {"VOLUME_KMSCLIENT", "Volume:GVLK"};
      case MAK -> new String[] {"VOLUME_MAK", "Volume:MAK"};
      case RETAIL -> new String[] {"RETAIL", "Retail"};
      case OEM -> new String[] {"OEM_DM", "OEM:DM"};
      default -> throw new IllegalArgumentException("no screen for " + channel);
    };
  }
}
