package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Hresult;
import io.avma.platform.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The guest's side of the handshake: an immutable value and a pure function.
 *
 * <p>Make one with {@link #off(VmId, GuestKey, ActivationTerms)}, feed it with {@link #on}, carry
 * out the effects, keep {@link Transition#next()}, and wake it at {@link ActivationState#dueAt()}.
 * The value is all that a save, a checkpoint, a fork or a migration has to carry. Safe for any
 * thread.
 *
 * <p>The guest keeps the highest instant that it has seen. When its clock turns out to be set back,
 * everything it waits for moves along, so that an activation lasts no longer than it would have;
 * when the clock jumps forward, the time that was skipped counts as spent. An early wake-up and a
 * rejected input leave no trace, not even in that instant.
 */
@CheckReturnValue
public final class GuestActivation {
  private final VmId vm;
  private final GuestKey key;
  private final ActivationTerms terms;
  private final ActivationState state;
  private final Instant seen;
  private final long[] retired; // see RetiredNonces

  private GuestActivation(
      VmId vm,
      GuestKey key,
      ActivationTerms terms,
      ActivationState state,
      Instant seen,
      long[] retired) {
    this.vm = vm;
    this.key = key;
    this.terms = terms;
    this.state = state;
    this.seen = seen;
    this.retired = retired;
  }

  /** Returns a guest that is off and was never activated. */
  public static GuestActivation off(VmId vm, GuestKey key, ActivationTerms terms) {
    Kept kept = key instanceof GuestKey.Avma ? Kept.Unactivated.FRESH : Kept.Nothing.INSTANCE;
    return new GuestActivation(
        vm, key, terms, new ActivationState.Off(kept), Instant.EPOCH, RetiredNonces.NONE);
  }

  /** Returns a guest that is off and has no key. */
  public static GuestActivation off(VmId vm, ActivationTerms terms) {
    return off(vm, GuestKey.None.INSTANCE, terms);
  }

  /**
   * Returns what {@code input} makes of this guest.
   *
   * @param input what happens
   * @param now what the guest's clock shows; together with the longest grant it must not leave the
   *     range of {@link Instant}, as no date that a clock shows does
   */
  public Transition<GuestActivation> on(ActivationInput input, Instant now) {
    return GuestTransitions.on(this, input, now);
  }

  /** Returns the virtual machine. */
  public VmId vm() {
    return vm;
  }

  /** Returns the installed key. */
  public GuestKey key() {
    return key;
  }

  /** Returns the AVMA ID that the guest asks for; empty without an AVMA key. */
  public Optional<AvmaId> avmaId() {
    return key instanceof GuestKey.Avma avma ? Optional.of(avma.avmaId()) : Optional.empty();
  }

  /** Returns the terms. */
  public ActivationTerms terms() {
    return terms;
  }

  /** Returns the state as the last accepted input left it. */
  public ActivationState state() {
    return state;
  }

  /** Returns the state as it is at {@code now}: the clock minded, an expired activation over. */
  public ActivationState stateAt(Instant now) {
    return stateAt(seen, now);
  }

  /** Returns when the guest has to be woken, if ever. */
  public Optional<Instant> dueAt() {
    return state.dueAt();
  }

  /** Returns the activation that is in force at {@code now}, if one is. */
  public Optional<Activation> activationAt(Instant now) {
    Kept kept = stateAt(now).kept();
    if (kept instanceof Kept.Licensed licensed) {
      return Optional.of(licensed.activation());
    }
    return kept instanceof Kept.Withdrawn withdrawn
        ? Optional.of(withdrawn.activation())
        : Optional.empty();
  }

  /** Returns how the last attempt with the installed key ended; empty without an AVMA key. */
  public Optional<ActivationOutcome> lastOutcome() {
    return attempts(state.kept()).map(Attempts::last);
  }

  /**
   * Returns the license status that Windows would show at {@code now}; empty with a key of another
   * channel, of which this machine knows nothing.
   */
  public Optional<LicenseStatus> licenseStatusAt(Instant now) {
    if (key instanceof GuestKey.Other) {
      return Optional.empty();
    }
    if (activationAt(now).isPresent()) {
      return Optional.of(LicenseStatus.LICENSED);
    }
    return Optional.of(
        attempts(stateAt(now).kept())
            .map(a -> a.lapsed() ? terms.statusAfterExpiry() : terms.statusBeforeActivation())
            .orElse(LicenseStatus.UNLICENSED));
  }

  /**
   * Returns the reason that Windows would show beside {@link LicenseStatus#NOTIFICATION}; empty
   * with any other status. Assumed: the code of the last attempt, or {@code 0xC004F009} if an
   * activation expired and no attempt failed since.
   */
  public Optional<Hresult> notificationReasonAt(Instant now) {
    if (!licenseStatusAt(now).equals(Optional.of(LicenseStatus.NOTIFICATION))) {
      return Optional.empty();
    }
    return attempts(stateAt(now).kept())
        .map(a -> a.last().code().isSuccess() ? LicenseStatus.GRACE_TIME_EXPIRED : a.last().code());
  }

  /** Returns this guest with every instant moved by {@code shift}. */
  public GuestActivation shiftedBy(Duration shift) {
    return new GuestActivation(vm, key, terms, state.shiftedBy(shift), seen.plus(shift), retired);
  }

  /**
   * Returns this guest as if its last accepted input had come at {@code now}, with what expired
   * until then over. Behaves the same from {@code now} on; makes equal what differs only in that.
   */
  public GuestActivation seenAt(Instant now) {
    return moved(key, stateAt(now), now);
  }

  /**
   * Returns this guest with other nonces: {@code name} is asked for the one in flight first, then
   * for those that are remembered, newest first.
   */
  public GuestActivation withNonces(UnaryOperator<Nonce> name) {
    ActivationState renamed = state;
    if (state instanceof ActivationState.Requesting r) {
      renamed = new ActivationState.Requesting(name.apply(r.nonce()), r.overdueAt(), r.attempts());
    } else if (state instanceof ActivationState.Renewing r) {
      renamed =
          new ActivationState.Renewing(
              r.activation(), name.apply(r.nonce()), r.overdueAt(), r.attempts());
    }
    return new GuestActivation(vm, key, terms, renamed, seen, RetiredNonces.renamed(retired, name));
  }

  Instant seen() {
    return seen;
  }

  /** Returns the state at {@code now} if the clock had shown {@code before} at the latest. */
  ActivationState stateAt(Instant before, Instant now) {
    ActivationState current =
        now.isBefore(before) ? state.shiftedBy(Duration.between(before, now)) : state;
    return current.asOf(now);
  }

  boolean usedBefore(Nonce nonce) {
    return isRetired(nonce) || isPending(nonce);
  }

  boolean isRetired(Nonce nonce) {
    return RetiredNonces.contains(retired, nonce);
  }

  boolean isPending(Nonce nonce) {
    Optional<Nonce> pending = state.pending();
    return pending.isPresent() && pending.get().equals(nonce);
  }

  /** Returns this guest in another state; a request that is no longer in flight is remembered. */
  GuestActivation moved(GuestKey newKey, ActivationState next, Instant now) {
    long[] nonces = retired;
    Optional<Nonce> pending = state.pending();
    if (pending.isPresent() && !pending.equals(next.pending())) {
      nonces = RetiredNonces.plus(retired, pending.get());
    }
    return new GuestActivation(vm, newKey, terms, next, now, nonces);
  }

  static Optional<Attempts> attempts(Kept kept) {
    if (kept instanceof Kept.Licensed licensed) {
      return Optional.of(licensed.attempts());
    }
    return kept instanceof Kept.Unactivated unactivated
        ? Optional.of(unactivated.attempts())
        : Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GuestActivation that
        && vm.equals(that.vm)
        && key.equals(that.key)
        && terms.equals(that.terms)
        && state.equals(that.state)
        && seen.equals(that.seen)
        && Arrays.equals(retired, that.retired);
  }

  @Override
  public int hashCode() {
    return Objects.hash(vm, state, seen, Arrays.hashCode(retired));
  }

  /** Returns virtual machine and state. */
  @Override
  public String toString() {
    return vm + " " + state;
  }
}
