package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;

/**
 * An input that makes no sense in the state it met. The machine stays as it is.
 *
 * @param reason why
 * @param state the state, as {@link ActivationState.Kind} or {@link HostActivation.Role} names it
 * @param input the input, as {@link ActivationInput.Kind} or {@link HostInput.Kind} names it
 */
@CheckReturnValue
public record Rejected(Reason reason, String state, String input) {
  /** Why an input is rejected. */
  public enum Reason {
    /** The virtual machine does not run. */
    NOT_RUNNING("the virtual machine does not run"),
    /** The virtual machine is saved: restore it, or stop it to discard the saved state. */
    SAVED("the virtual machine is saved; restore it, or stop it first"),
    /** There is no saved state to restore. */
    NOT_SAVED("the virtual machine is not saved"),
    /** No key is installed that could be removed. */
    NO_KEY("no key is installed"),
    /** The guest takes no part in AVMA, because no AVMA key is installed. */
    NO_AVMA_KEY("no AVMA key is installed"),
    /** A request is in flight; its answer or its time-out comes first. */
    ALREADY_REQUESTING("a request is already in flight"),
    /** An answer to an earlier request of this guest: late or duplicated. */
    STALE("the answer belongs to an earlier request"),
    /** An answer although nothing was asked. */
    NOT_REQUESTED("no request is in flight"),
    /** A nonce that this guest used before. Draw it from a source outside the virtual machine. */
    NONCE_REUSED("the nonce was used before"),
    /** A checkpoint of another virtual machine. */
    OTHER_VM("the checkpoint belongs to another virtual machine"),
    /** A request that cannot be read; the host cannot tell whom to answer (assumed). */
    DAMAGED_REQUEST("the request cannot be read");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    /** Returns the reason in words, without a full stop. */
    public String sentence() {
      return sentence;
    }

    /** Returns the name for tables and traces: {@code not-running}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Returns the rejection in one sentence. */
  public String sentence() {
    return input + " in state " + state + ": " + reason.sentence();
  }
}
