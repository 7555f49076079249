package io.avma.kvp;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an item of a VM comes from, which says how much it is worth. */
@CheckReturnValue
public enum KvpSource {
  /** What the guest's integration service says about the guest; hearsay. */
  INTRINSIC("intrinsic", KvpPool.AUTO),
  /** What programs in the guest wrote for the host; hearsay. */
  GUEST_WRITTEN("guest-written", KvpPool.GUEST),
  /** What the host wrote for the guest. Read in the guest it is hearsay too. */
  HOST_WRITTEN("host-written", KvpPool.EXTERNAL),
  /**
   * What the host says about itself and the VM. Only a guest holds these items, so read there they
   * are hearsay.
   */
  HOST_FACTS("host-facts", KvpPool.AUTO_EXTERNAL),
  /** What the host keeps about the VM and never sends to the guest. */
  HOST_ONLY("host-only", null);

  private final String label;
  private final Optional<KvpPool> pool;

  KvpSource(String label, @Nullable KvpPool pool) {
    this.label = label;
    this.pool = Optional.ofNullable(pool);
  }

  /** Returns the word that command lines and files use: {@code guest-written}. */
  public String label() {
    return label;
  }

  /** Returns the pool of the guest that holds such items; empty for {@link #HOST_ONLY}. */
  public Optional<KvpPool> pool() {
    return pool;
  }

  /** Returns where the items of {@code pool} come from; empty for the pool without a use. */
  public static Optional<KvpSource> of(KvpPool pool) {
    return switch (pool) {
      case EXTERNAL -> Optional.of(HOST_WRITTEN);
      case GUEST -> Optional.of(GUEST_WRITTEN);
      case AUTO -> Optional.of(INTRINSIC);
      case AUTO_EXTERNAL -> Optional.of(HOST_FACTS);
      case AUTO_INTERNAL -> Optional.empty();
    };
  }
}
