package io.avma.sim.scenario;

import io.avma.activation.AvmaId;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import io.avma.sim.SimulatedGuest;
import java.util.Optional;

/**
 * Who may be licensed by whom, by the published rules: asks no machine of the handshake. The same
 * matrix as hosts use is asked, and besides it the rules that everybody knows, in their own words.
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
          if (isAllowed(host, release)
              && MATRIX.verdict(host, GuestProfile.of(release, key.edition())).isSupported()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** An activated Datacenter host, no evaluation, and no guest newer than it. */
  private static boolean isAllowed(HostProfile host, WindowsRelease guest) {
    return host.platform() != HostPlatform.WINDOWS_SERVER
        || (host.activated() == Ternary.YES
            && host.evaluation() != Ternary.YES
            && host.edition().equals(Optional.of(Edition.DATACENTER))
            && host.release().filter(release -> release.compareTo(guest) >= 0).isPresent());
  }
}
