package io.avma.eventlog;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;

/**
 * A license state as the rules engine of Windows logs it, {@code SL_LICENSING_STATUS_…}. Source:
 * Windows SDK {@code slpublic.h}; documented.
 */
@CheckReturnValue
public enum LicensingState {
  /** Not activated. */
  UNLICENSED,
  /** Activated, for a time or for good. */
  LICENSED,
  /** In a grace period. */
  IN_GRACE_PERIOD,
  /** Out of grace: Windows reminds its user. */
  NOTIFICATION;

  private static final String PREFIX = "SL_LICENSING_STATUS_";

  /** Returns the constant's name in Windows: {@code SL_LICENSING_STATUS_LICENSED}. */
  public String windowsName() {
    return PREFIX + name();
  }

  /** Returns the state that Windows calls {@code name}; empty for any other text. */
  public static Optional<LicensingState> ofWindows(String name) {
    for (LicensingState state : values()) {
      if (state.windowsName().equalsIgnoreCase(name.strip())) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
