package io.avma.sim.scenario;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.GuestKey;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.platform.Edition;
import io.avma.platform.GuestSystem;
import io.avma.platform.LicenseChannel;
import io.avma.platform.WindowsRelease;
import java.util.Optional;

/** Which key a guest has or gets. Scenarios name keys, and never spell them out. */
@CheckReturnValue
public sealed interface KeyChoice {
  /** No key. */
  record None() implements KeyChoice {}

  /** The AVMA key of the guest's own release and edition; none where there is no such key. */
  record Matching() implements KeyChoice {}

  /**
   * The AVMA key of a release and edition, whether it fits or not.
   *
   * @param release the release
   * @param edition the edition
   */
  record Avma(WindowsRelease release, Edition edition) implements KeyChoice {}

  /**
   * A key of another channel.
   *
   * @param channel the channel, not AVMA
   * @param lastFive its last five characters
   */
  record Other(LicenseChannel channel, String lastFive) implements KeyChoice {
    /** Refuses the channel AVMA, and more or less than five harmless characters. */
    public Other {
      GuestKey.Other unused = new GuestKey.Other(channel, lastFive);
    }
  }

  /** Returns the AVMA key that this is for a guest with {@code system}, if it is one. */
  default Optional<AvmaKey> avmaKey(KeyCatalog catalog, GuestSystem system) {
    if (this instanceof Avma avma) {
      return catalog.find(avma.release(), avma.edition());
    }
    return this instanceof Matching && system instanceof GuestSystem.WindowsServer server
        ? catalog.find(server.release(), server.edition())
        : Optional.empty();
  }
}
