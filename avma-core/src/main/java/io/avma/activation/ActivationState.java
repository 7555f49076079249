package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a guest stands with AVMA. Each record holds exactly what is true in it.
 *
 * <p>States have no timers: {@link #dueAt()} says when the caller has to wake the guest with {@link
 * ActivationInput.Due}. {@code docs/spec/activation.md} shows every state with every input.
 */
@CheckReturnValue
public sealed interface ActivationState {
  /** What a state is, for a {@code switch}. */
  enum Kind {
    /** {@link Off}. */
    OFF,
    /** {@link Saved}. */
    SAVED,
    /** {@link Unkeyed}. */
    UNKEYED,
    /** {@link Withdrawn}. */
    WITHDRAWN,
    /** {@link Requesting}. */
    REQUESTING,
    /** {@link Waiting}. */
    WAITING,
    /** {@link Activated}. */
    ACTIVATED,
    /** {@link Renewing}. */
    RENEWING,
    /** {@link Retrying}. */
    RETRYING
  }

  /** Returns which of the nested records this is. */
  Kind kind();

  /** Returns when the guest has to be woken, if ever. */
  default Optional<Instant> dueAt() {
    return Optional.empty();
  }

  /** Returns whether a request is in flight that the host should have answered by {@code now}. */
  default boolean isOverdueAt(Instant now) {
    return false;
  }

  /** Returns the nonce of the request in flight, if one is. */
  default Optional<Nonce> pending() {
    return Optional.empty();
  }

  /** Returns what is left of this state when the virtual machine does not run. */
  Kept kept();

  /** Returns this state seen at {@code now}: an activation past its end is over. */
  ActivationState asOf(Instant now);

  /** Returns this state with every instant moved by {@code shift}. */
  ActivationState shiftedBy(Duration shift);

  /**
   * The virtual machine is off.
   *
   * @param kept what lies on its disk
   */
  record Off(Kept kept) implements ActivationState {
    @Override
    public Kind kind() {
      return Kind.OFF;
    }

    @Override
    public ActivationState asOf(Instant now) {
      Kept left = kept.asOf(now);
      return left == kept ? this : new Off(left);
    }

    @Override
    public ActivationState shiftedBy(Duration shift) {
      return new Off(kept.shiftedBy(shift));
    }
  }

  /**
   * The virtual machine is saved, or was reverted to a checkpoint that has a memory.
   *
   * @param kept what it will wake up with
   */
  record Saved(Kept kept) implements ActivationState {
    @Override
    public Kind kind() {
      return Kind.SAVED;
    }

    @Override
    public ActivationState asOf(Instant now) {
      Kept left = kept.asOf(now);
      return left == kept ? this : new Saved(left);
    }

    @Override
    public ActivationState shiftedBy(Duration shift) {
      return new Saved(kept.shiftedBy(shift));
    }
  }

  /** The guest runs without an AVMA key. */
  record Unkeyed() implements ActivationState {
    /** The only value that is needed. */
    public static final Unkeyed INSTANCE = new Unkeyed();

    @Override
    public Kind kind() {
      return Kind.UNKEYED;
    }

    @Override
    public Kept kept() {
      return Kept.Nothing.INSTANCE;
    }

    @Override
    public ActivationState asOf(Instant now) {
      return this;
    }

    @Override
    public ActivationState shiftedBy(Duration shift) {
      return this;
    }
  }

  /**
   * The guest runs, its key was removed, and it stays activated until it restarts.
   *
   * @param activation the activation that the key had
   */
  record Withdrawn(Activation activation) implements ActivationState {
    @Override
    public Kind kind() {
      return Kind.WITHDRAWN;
    }

    @Override
    public Optional<Instant> dueAt() {
      return Optional.of(activation.expiresAt());
    }

    @Override
    public Kept kept() {
      return new Kept.Withdrawn(activation);
    }

    @Override
    public ActivationState asOf(Instant now) {
      return activation.inForceAt(now) ? this : Unkeyed.INSTANCE;
    }

    @Override
    public ActivationState shiftedBy(Duration shift) {
      return new Withdrawn(activation.shiftedBy(shift));
    }
  }

  /**
   * Not activated, a request is in flight.
   *
   * @param nonce its nonce
   * @param overdueAt when the host counts as silent
   * @param attempts how the attempts before it went
   */
  record Requesting(Nonce nonce, Instant overdueAt, Attempts attempts) implements ActivationState {
    @Override
    public Kind kind() {
      return Kind.REQUESTING;
    }

    @Override
    public Optional<Instant> dueAt() {
      return Optional.of(overdueAt);
    }

    @Override
    public Optional<Nonce> pending() {
      return Optional.of(nonce);
    }

    @Override
    public boolean isOverdueAt(Instant now) {
      return !now.isBefore(overdueAt);
    }

    @Override
    public Kept kept() {
      return new Kept.Unactivated(attempts);
    }

    @Override
    public ActivationState asOf(Instant now) {
      return this;
    }

    @Override
    public ActivationState shiftedBy(Duration shift) {
      return new Requesting(nonce, overdueAt.plus(shift), attempts);
    }
  }

  /**
   * Not activated, the next attempt is planned.
   *
   * @param retryAt when
   * @param attempts how the attempts so far went
   */
  record Waiting(Instant retryAt, Attempts attempts) implements ActivationState {
    @Override
    public Kind kind() {
      return Kind.WAITING;
    }

    @Override
    public Optional<Instant> dueAt() {
      return Optional.of(retryAt);
    }

    @Override
    public Kept kept() {
      return new Kept.Unactivated(attempts);
    }

    @Override
    public ActivationState asOf(Instant now) {
      return this;
    }

    @Override
    public ActivationState shiftedBy(Duration shift) {
      return new Waiting(retryAt.plus(shift), attempts);
    }
  }

  /**
   * Activated, the renewal is planned.
   *
   * @param activation the activation
   * @param renewAt when to renew it, not after its end
   */
  record Activated(Activation activation, Instant renewAt) implements ActivationState {
    @Override
    public Kind kind() {
      return Kind.ACTIVATED;
    }

    @Override
    public Optional<Instant> dueAt() {
      return Optional.of(renewAt);
    }

    @Override
    public Kept kept() {
      return new Kept.Licensed(activation, Attempts.SUCCEEDED);
    }

    @Override
    public ActivationState asOf(Instant now) {
      return activation.inForceAt(now)
          ? this
          : new Waiting(activation.expiresAt(), Attempts.SUCCEEDED.lapsedNow());
    }

    @Override
    public ActivationState shiftedBy(Duration shift) {
      return new Activated(activation.shiftedBy(shift), renewAt.plus(shift));
    }
  }

  /**
   * Activated, a request to renew is in flight.
   *
   * @param activation the activation
   * @param nonce the request's nonce
   * @param overdueAt when the host counts as silent
   * @param attempts how the attempts before it went
   */
  record Renewing(Activation activation, Nonce nonce, Instant overdueAt, Attempts attempts)
      implements ActivationState {
    @Override
    public Kind kind() {
      return Kind.RENEWING;
    }

    @Override
    public Optional<Instant> dueAt() {
      return Optional.of(earlier(overdueAt, activation.expiresAt()));
    }

    @Override
    public Optional<Nonce> pending() {
      return Optional.of(nonce);
    }

    @Override
    public boolean isOverdueAt(Instant now) {
      return !now.isBefore(overdueAt);
    }

    @Override
    public Kept kept() {
      return new Kept.Licensed(activation, attempts);
    }

    @Override
    public ActivationState asOf(Instant now) {
      return activation.inForceAt(now)
          ? this
          : new Requesting(nonce, overdueAt, attempts.lapsedNow());
    }

    @Override
    public ActivationState shiftedBy(Duration shift) {
      return new Renewing(activation.shiftedBy(shift), nonce, overdueAt.plus(shift), attempts);
    }
  }

  /**
   * Activated, the renewal failed, the next attempt is planned.
   *
   * @param activation the activation
   * @param retryAt when to try again; may lie after the end of the activation
   * @param attempts how the attempts so far went
   */
  record Retrying(Activation activation, Instant retryAt, Attempts attempts)
      implements ActivationState {
    @Override
    public Kind kind() {
      return Kind.RETRYING;
    }

    @Override
    public Optional<Instant> dueAt() {
      return Optional.of(earlier(retryAt, activation.expiresAt()));
    }

    @Override
    public Kept kept() {
      return new Kept.Licensed(activation, attempts);
    }

    @Override
    public ActivationState asOf(Instant now) {
      return activation.inForceAt(now) ? this : new Waiting(retryAt, attempts.lapsedNow());
    }

    @Override
    public ActivationState shiftedBy(Duration shift) {
      return new Retrying(activation.shiftedBy(shift), retryAt.plus(shift), attempts);
    }
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
