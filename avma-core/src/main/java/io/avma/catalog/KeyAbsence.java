package io.avma.catalog;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Edition;
import io.avma.platform.Standing;
import io.avma.platform.WindowsRelease;

/**
 * That no AVMA key is published for a release and edition, and why.
 *
 * @param release the release of the guest
 * @param edition the edition of the guest
 * @param reason why, as it stands in a sentence: {@code Azure Edition exists since 2022}
 * @param standing how well it is founded
 * @param source the tables in which no key stands
 */
@CheckReturnValue
public record KeyAbsence(
    WindowsRelease release, Edition edition, String reason, Standing standing, String source) {
  /** What a catalogue says of a release and edition that no row of it names. */
  static KeyAbsence unknown(WindowsRelease release, Edition edition) {
    return new KeyAbsence(
        release, edition, "no key is known", Standing.ASSUMED, "not in this catalogue");
  }
}
