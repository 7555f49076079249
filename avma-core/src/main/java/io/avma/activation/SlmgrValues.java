package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values in what {@code slmgr} prints, which look the same in every language. */
@CheckReturnValue
final class SlmgrValues {
  private static final Pattern LAST_FIVE = Pattern.compile("[BCDFGHJKMNPQRTVWXY2346789]{5}");
  private static final Pattern CODE = Pattern.compile("[^0-9]*\\b0x([0-9A-Fa-f]{1,8})\\b[^0-9]*");
  private static final Pattern MINUTES_AND_DAYS =
      Pattern.compile("[^0-9]*([0-9]{1,10})[^0-9]+([0-9]{1,7})[^0-9]*");
  private static final Pattern GUID =
      Pattern.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
  private static final Pattern CHANNEL =
      Pattern.compile("(?:VT:IA|Volume:[A-Z]+|OEM:[A-Z]+|Retail(?::[A-Za-z:]+)?)$");
  private static final Pattern HOST_NAME =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9])?");

  private SlmgrValues() {}

  /** Returns what stands behind the first colon, ASCII or full-width; empty if that is nothing. */
  static Optional<String> behindColon(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == ':' || line.charAt(i) == '\uFF1A') {
        String value = line.substring(i + 1).strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
      }
    }
    return Optional.empty();
  }

  static Optional<String> lastFive(String value) {
    return LAST_FIVE.matcher(value).matches() ? Optional.of(value) : Optional.empty();
  }

  /** Returns the code of a line that holds one code and no other digit. */
  static Optional<Hresult> code(String line) {
    Matcher matcher = CODE.matcher(line);
    return matcher.matches()
        ? Optional.of(new Hresult(Integer.parseUnsignedInt(matcher.group(1), 16)))
        : Optional.empty();
  }

  /** Returns the minutes of a line that holds minutes, the days that they make, and no more. */
  static OptionalLong minutes(String line) {
    Matcher matcher = MINUTES_AND_DAYS.matcher(line);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long minutes = Long.parseLong(matcher.group(1));
    boolean agree = LicenseStatus.daysOf(minutes) == Long.parseLong(matcher.group(2));
    return agree && minutes <= 0xFFFF_FFFFL ? OptionalLong.of(minutes) : OptionalLong.empty();
  }

  static Optional<UUID> guid(String value) {
    return GUID.matcher(value).matches() ? Optional.of(UUID.fromString(value)) : Optional.empty();
  }

  /** Returns the channel that {@code line} ends in, as {@code ProductKeyChannel} spells it. */
  static LicenseChannel channel(String line) {
    Matcher matcher = CHANNEL.matcher(line);
    return matcher.find() ? LicenseChannel.ofWindows(matcher.group()) : LicenseChannel.UNKNOWN;
  }

  /** Returns the channel that a description names. */
  static LicenseChannel channelInDescription(String description) {
    Matcher matcher = SlmgrLines.CHANNEL_WORD.matcher(description);
    if (!matcher.find()) {
      return LicenseChannel.UNKNOWN;
    }
    String word = matcher.group();
    if (word.equals("VIRTUAL_MACHINE_ACTIVATION")) {
      return LicenseChannel.AVMA;
    }
    if (word.equals("VOLUME_KMSCLIENT")) {
      return LicenseChannel.KMS_CLIENT;
    }
    if (word.equals("VOLUME_MAK")) {
      return LicenseChannel.MAK;
    }
    if (word.startsWith("VOLUME_KMS")) {
      return LicenseChannel.KMS_HOST;
    }
    return word.startsWith("OEM_")
        ? LicenseChannel.OEM
        : word.startsWith("RETAIL") ? LicenseChannel.RETAIL : LicenseChannel.OTHER;
  }

  /** Returns {@code value} if it looks like the name of a machine. */
  static Optional<HostId> host(String value) {
    return HOST_NAME.matcher(value).matches() ? Optional.of(new HostId(value)) : Optional.empty();
  }

  static Optional<AvmaId> avmaId(String value) {
    return value.length() <= 256 ? Optional.of(new AvmaId(value)) : Optional.empty();
  }
}
