package io.avma.catalog;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Edition;
import io.avma.platform.Standing;
import io.avma.platform.WindowsRelease;

/** A key that Microsoft publishes, with what it is for and how we know. */
@CheckReturnValue
public sealed interface PublishedKey permits AvmaKey, KmsClientKey {
  /** Returns the key. */
  ProductKey key();

  /** Returns the releases it belongs to, oldest first; empty if none of them knows AVMA. */
  ImmutableSet<WindowsRelease> releases();

  /** Returns the edition it belongs to. */
  Edition edition();

  /** Returns how well the row is founded. */
  Standing standing();

  /** Returns where the row comes from. */
  String source();

  /** Returns release and edition for people: {@code Windows Server 2022 Datacenter}. */
  String product();
}
