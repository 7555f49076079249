package io.avma.catalog;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Edition;
import io.avma.platform.Standing;
import io.avma.platform.WindowsRelease;
import java.util.Optional;

/**
 * A public AVMA key: it goes into a guest, and an activated Datacenter host does the rest. One that
 * a user adds has the standing that he gives it.
 *
 * @param key the key
 * @param releases the releases of the guest that it belongs to, oldest first, at least one
 * @param edition the edition of the guest
 * @param standing how well the row is founded
 * @param source where the row comes from
 */
@CheckReturnValue
public record AvmaKey(
    ProductKey key,
    ImmutableSet<WindowsRelease> releases,
    Edition edition,
    Standing standing,
    String source)
    implements PublishedKey {

  /** Orders the releases and refuses none at all. */
  public AvmaKey {
    checkArgument(!releases.isEmpty(), "no release for the key ending in %s", key.lastFive());
    releases = ImmutableSet.copyOf(releases.stream().sorted().iterator());
  }

  /** Returns the long-term release, else the oldest, that the key belongs to. */
  public WindowsRelease release() {
    for (WindowsRelease release : releases) {
      if (release.channel() == WindowsRelease.Channel.LONG_TERM) {
        return release;
      }
    }
    return releases.iterator().next();
  }

  /**
   * Returns what is left of this row beside {@code newer}, which takes its releases of its edition;
   * nothing if it takes all, or gives this key to another edition.
   */
  Optional<AvmaKey> without(AvmaKey newer) {
    if (newer.edition != edition) {
      return newer.key.equals(key) ? Optional.empty() : Optional.of(this);
    }
    ImmutableSet<WindowsRelease> left = Sets.difference(releases, newer.releases).immutableCopy();
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(new AvmaKey(key, left, edition, standing, source));
  }

  @Override
  public String product() {
    return release().displayName() + " " + edition.displayName();
  }
}
