package io.avma.platform;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;

/**
 * How the key that is installed on a machine is sold and activated, as {@code ProductKeyChannel}
 * tells it. Source of the spellings: public listings of the licensing client (secondary).
 */
@CheckReturnValue
public enum LicenseChannel {
  /** An AVMA key, {@code VT:IA}. */
  AVMA,
  /** A KMS client key, {@code Volume:GVLK}. */
  KMS_CLIENT,
  /** A KMS host key, {@code Volume:CSVLK}. */
  KMS_HOST,
  /** A multiple activation key, {@code Volume:MAK}. */
  MAK,
  /** A key of a hardware maker, {@code OEM:…}. */
  OEM,
  /** A retail key, {@code Retail…}. */
  RETAIL,
  /** A channel that is known by none of these names. */
  OTHER,
  /** Nobody has looked. */
  UNKNOWN;

  /** Returns the channel that Windows calls {@code text}; {@link #UNKNOWN} if it is empty. */
  public static LicenseChannel ofWindows(String text) {
    String channel = text.strip().toUpperCase(Locale.ROOT);
    if (channel.isEmpty()) {
      return UNKNOWN;
    }
    return switch (channel) {
      case "VT:IA" -> AVMA;
      case "VOLUME:GVLK" -> KMS_CLIENT;
      case "VOLUME:CSVLK" -> KMS_HOST;
      case "VOLUME:MAK" -> MAK;
      default -> channel.startsWith("OEM") ? OEM : channel.startsWith("RETAIL") ? RETAIL : OTHER;
    };
  }
}
