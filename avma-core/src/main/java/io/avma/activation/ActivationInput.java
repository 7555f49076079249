package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.time.Instant;

/**
 * Something that happens to a guest. An input that may send a request carries a fresh {@link
 * Nonce}.
 */
@CheckReturnValue
public sealed interface ActivationInput {
  /** What an input is, for a {@code switch}. */
  enum Kind {
    /** {@link Started}. */
    STARTED,
    /** {@link Due}. */
    DUE,
    /** {@link ActivateNow}. */
    ACTIVATE_NOW,
    /** {@link ResponseArrived}. */
    RESPONSE_ARRIVED,
    /** {@link ResponseDamaged}. */
    RESPONSE_DAMAGED,
    /** {@link KeyInstalled}. */
    KEY_INSTALLED,
    /** {@link OtherKeyInstalled}. */
    OTHER_KEY_INSTALLED,
    /** {@link KeyRemoved}. */
    KEY_REMOVED,
    /** {@link LiveMigrated}. */
    LIVE_MIGRATED,
    /** {@link ClockSet}. */
    CLOCK_SET,
    /** {@link Stopped}. */
    STOPPED,
    /** {@link Crashed}. */
    CRASHED,
    /** {@link Saved}. */
    SAVED,
    /** {@link Restored}. */
    RESTORED,
    /** {@link Reverted}. */
    REVERTED
  }

  /** Returns which of the nested records this is. */
  Kind kind();

  /** Returns this input with every instant in it moved by {@code shift}. */
  default ActivationInput shiftedBy(Duration shift) {
    return this;
  }

  /**
   * Windows boots: after the virtual machine was off, or again while it ran (a reboot).
   *
   * @param nonce for the request at start
   */
  record Started(Nonce nonce) implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.STARTED;
    }
  }

  /**
   * The instant of {@link ActivationState#dueAt()} has come. Early or stale, it changes nothing.
   *
   * @param nonce for the request that may become due
   */
  record Due(Nonce nonce) implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.DUE;
    }
  }

  /**
   * Somebody asks for activation: {@code slmgr /ato}. AVMA does not need it (documented).
   *
   * @param nonce for the request
   */
  record ActivateNow(Nonce nonce) implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.ACTIVATE_NOW;
    }
  }

  /**
   * An answer arrives: on time, late, a second time, or meant for another request.
   *
   * @param response the answer
   */
  record ResponseArrived(ActivationResponse response) implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.RESPONSE_ARRIVED;
    }
  }

  /** An answer arrives that cannot be read. */
  record ResponseDamaged() implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.RESPONSE_DAMAGED;
    }
  }

  /**
   * An AVMA key is installed: the first one, another one, or the same one again. While the guest is
   * off an answer file or servicing of the image does it.
   *
   * @param key the key
   * @param nonce for the request
   */
  record KeyInstalled(GuestKey.Avma key, Nonce nonce) implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.KEY_INSTALLED;
    }
  }

  /**
   * A key of another channel is installed; AVMA is over for the guest.
   *
   * @param key the key
   */
  record OtherKeyInstalled(GuestKey.Other key) implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.OTHER_KEY_INSTALLED;
    }
  }

  /** The key is uninstalled: {@code slmgr /upk}. */
  record KeyRemoved() implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.KEY_REMOVED;
    }
  }

  /** The virtual machine has arrived on another host while it ran. */
  record LiveMigrated() implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.LIVE_MIGRATED;
    }
  }

  /**
   * The guest's clock was set; the instant that comes with this input is what it shows now.
   *
   * @param before what it showed just before
   */
  record ClockSet(Instant before) implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.CLOCK_SET;
    }

    @Override
    public ActivationInput shiftedBy(Duration shift) {
      return new ClockSet(before.plus(shift));
    }
  }

  /** The virtual machine is shut down or turned off; of a saved one the saved state is deleted. */
  record Stopped() implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.STOPPED;
    }
  }

  /** Guest or host fails. */
  record Crashed() implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.CRASHED;
    }
  }

  /** The virtual machine is saved. */
  record Saved() implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.SAVED;
    }
  }

  /** The saved virtual machine runs again. */
  record Restored() implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.RESTORED;
    }
  }

  /**
   * The virtual machine is reverted to a checkpoint. One that was taken while it ran brings its
   * memory along and is saved afterwards; stop the checkpoint first for one without memory (a
   * production checkpoint).
   *
   * @param checkpoint the guest as it was when the checkpoint was taken
   */
  record Reverted(GuestActivation checkpoint) implements ActivationInput {
    @Override
    public Kind kind() {
      return Kind.REVERTED;
    }

    @Override
    public ActivationInput shiftedBy(Duration shift) {
      return new Reverted(checkpoint.shiftedBy(shift));
    }
  }
}
