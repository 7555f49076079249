package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.time.Instant;

/**
 * What a guest keeps when it does not run: key and activation lie on its disk, what was in flight
 * is lost.
 */
@CheckReturnValue
public sealed interface Kept {
  /** What is kept, for a {@code switch}. */
  enum Kind {
    /** {@link Nothing}. */
    NOTHING,
    /** {@link Withdrawn}. */
    WITHDRAWN,
    /** {@link Unactivated}. */
    UNACTIVATED,
    /** {@link Licensed}. */
    LICENSED
  }

  /** Returns which of the nested records this is. */
  Kind kind();

  /** Returns what is left at {@code now}: an activation past its end is over. */
  Kept asOf(Instant now);

  /** Returns what is left after a restart. */
  Kept restarted();

  /** Returns this with every instant moved by {@code shift}. */
  Kept shiftedBy(Duration shift);

  /** No AVMA key is installed, so there is nothing to keep. */
  record Nothing() implements Kept {
    /** The only value that is needed. */
    public static final Nothing INSTANCE = new Nothing();

    @Override
    public Kind kind() {
      return Kind.NOTHING;
    }

    @Override
    public Kept asOf(Instant now) {
      return this;
    }

    @Override
    public Kept restarted() {
      return this;
    }

    @Override
    public Kept shiftedBy(Duration shift) {
      return this;
    }
  }

  /**
   * The key was removed, the guest stays activated until it restarts. Survives a save, which is no
   * restart. Source: {@code slmgr /upk} (documented).
   *
   * @param activation the activation that the key had
   */
  record Withdrawn(Activation activation) implements Kept {
    @Override
    public Kind kind() {
      return Kind.WITHDRAWN;
    }

    @Override
    public Kept asOf(Instant now) {
      return activation.inForceAt(now) ? this : Nothing.INSTANCE;
    }

    @Override
    public Kept restarted() {
      return Nothing.INSTANCE;
    }

    @Override
    public Kept shiftedBy(Duration shift) {
      return new Withdrawn(activation.shiftedBy(shift));
    }
  }

  /**
   * An AVMA key is installed, and no activation is in force.
   *
   * @param attempts how the attempts went
   */
  record Unactivated(Attempts attempts) implements Kept {
    /** A key that was just installed. */
    public static final Unactivated FRESH = new Unactivated(Attempts.NONE);

    @Override
    public Kind kind() {
      return Kind.UNACTIVATED;
    }

    @Override
    public Kept asOf(Instant now) {
      return this;
    }

    @Override
    public Kept restarted() {
      return attempts.failures() == 0 ? this : new Unactivated(attempts.restarted());
    }

    @Override
    public Kept shiftedBy(Duration shift) {
      return this;
    }
  }

  /**
   * An activation is in force.
   *
   * @param activation the activation
   * @param attempts how the attempts to renew it went
   */
  record Licensed(Activation activation, Attempts attempts) implements Kept {
    @Override
    public Kind kind() {
      return Kind.LICENSED;
    }

    @Override
    public Kept asOf(Instant now) {
      return activation.inForceAt(now) ? this : new Unactivated(attempts.lapsedNow());
    }

    @Override
    public Kept restarted() {
      return attempts.failures() == 0 ? this : new Licensed(activation, attempts.restarted());
    }

    @Override
    public Kept shiftedBy(Duration shift) {
      return new Licensed(activation.shiftedBy(shift), attempts);
    }
  }
}
