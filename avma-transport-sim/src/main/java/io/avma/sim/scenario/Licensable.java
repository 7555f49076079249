package io.avma.sim.scenario;

import io.avma.activation.AvmaId;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import io.avma.sim.SimulatedGuest;

/**
 * Who may be licensed by whom, by the published rules: asks no machine of the handshake, but the
 * same matrix as hosts do, whose own tests have to find what is wrong in it.
 */
final class Licensable {
  private static final KeyCatalog CATALOG = KeyCatalog.standard();
  private static final CompatibilityMatrix MATRIX = CompatibilityMatrix.standard();

  private Licensable() {}

  /** Returns whether nothing is in the way of {@code guest} being activated where it is. */
  static boolean isLicensable(SimulatedGuest guest) {
    GuestProfile profile = guest.profile();
    return guest.isRunning()
        && guest.isPowered()
        && profile.dataExchange() == Ternary.YES
        && profile.shielded() == Ternary.NO
        && guest
            .activation()
            .avmaId()
            .filter(id -> mayGrant(guest.host().trueProfile(), id))
            .isPresent();
  }

  /**
   * Returns whether {@code host} may license what {@code id} stands for. A request names what the
   * key is for, not the release, so any release of the key counts.
   */
  static boolean mayGrant(HostProfile host, AvmaId id) {
    for (AvmaKey key : CATALOG.avmaKeys()) {
      if (AvmaId.of(key).equals(id)) {
        for (WindowsRelease release : key.releases()) {
          if (MATRIX.verdict(host, GuestProfile.of(release, key.edition())).isSupported()) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
