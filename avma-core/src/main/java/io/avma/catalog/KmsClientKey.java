package io.avma.catalog;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Edition;
import io.avma.platform.Standing;
import io.avma.platform.WindowsRelease;

/**
 * A public KMS client setup key (GVLK): it makes Windows look for a KMS host, and no parent
 * partition answers it.
 *
 * @param key the key
 * @param name the releases as Microsoft's table names them, for example {@code 2012}
 * @param releases those of them that know AVMA, oldest first
 * @param edition the edition
 * @param standing how well the row is founded
 * @param source where the row comes from
 */
@CheckReturnValue
public record KmsClientKey(
    ProductKey key,
    String name,
    ImmutableSet<WindowsRelease> releases,
    Edition edition,
    Standing standing,
    String source)
    implements PublishedKey {

  /** Orders the releases. */
  public KmsClientKey {
    releases = ImmutableSet.copyOf(releases.stream().sorted().iterator());
  }

  @Override
  public String product() {
    return "Windows Server " + name + " " + edition.displayName();
  }
}
