package io.avma.sim.scenario;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.WindowsRelease;

/**
 * A guest of a scenario, off at first.
 *
 * @param name its name, not blank
 * @param host the host that it is placed on
 * @param profile what it is
 * @param key the key that it has
 */
@CheckReturnValue
public record GuestSpec(String name, String host, GuestProfile profile, KeyChoice key) {
  /** Refuses a blank name. */
  public GuestSpec {
    checkArgument(!name.isBlank(), "a guest without a name");
  }

  /** Returns a guest that has the AVMA key of its release and edition. */
  public static GuestSpec of(String name, String host, WindowsRelease release, Edition edition) {
    return new GuestSpec(name, host, GuestProfile.of(release, edition), new KeyChoice.Matching());
  }

  /** Returns this guest with another key. */
  public GuestSpec with(KeyChoice other) {
    return new GuestSpec(name, host, profile, other);
  }
}
