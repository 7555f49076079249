package io.avma.activation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import io.avma.platform.VmId;
import java.time.Duration;

/**
 * What a host answers: a grant or a refusal. The form of the real message is not documented.
 *
 * @param vm the virtual machine that asked
 * @param nonce the nonce of its request
 * @param host the host that answers
 * @param answer grant or refusal
 */
@CheckReturnValue
public record ActivationResponse(VmId vm, Nonce nonce, HostId host, Answer answer) {

  /** A grant or a refusal. */
  public sealed interface Answer {
    /** Returns the result code that both logs show. */
    Hresult code();
  }

  /**
   * The host activates the guest. Guest and host each add their own clock to the duration, so that
   * a difference between the clocks does not matter.
   *
   * @param validity how long; more than zero, at most {@link #LONGEST}
   */
  public record Granted(Duration validity) implements Answer {
    /** The longest grant that is accepted: 36,525 days, a hundred years. */
    public static final Duration LONGEST = Duration.ofDays(36_525);

    /** Refuses a validity out of range. */
    public Granted {
      checkArgument(
          validity.compareTo(Duration.ZERO) > 0 && validity.compareTo(LONGEST) <= 0,
          "validity is %s (expected: more than zero, at most %s)",
          validity,
          LONGEST);
    }

    @Override
    public Hresult code() {
      return Hresult.OK;
    }
  }

  /**
   * The host does not activate the guest.
   *
   * @param code the reason; not a success
   */
  public record Refused(Hresult code) implements Answer {
    /** Refuses a code that says success. */
    public Refused {
      checkArgument(!code.isSuccess(), "refused with %s (expected: a failure)", code);
    }
  }
}
