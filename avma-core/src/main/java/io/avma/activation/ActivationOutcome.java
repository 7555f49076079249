package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Hresult;
import java.util.Optional;

/**
 * How an attempt to activate a guest ended, as event 12309 records it.
 *
 * <p>The result codes are documented, the four notifications too; which code goes with which
 * notification is assumed.
 *
 * @param kind what happened
 * @param code the result code that the guest's log shows
 */
@CheckReturnValue
public record ActivationOutcome(Kind kind, Hresult code) {
  /** What can come of an attempt. */
  public enum Kind {
    /** There was no attempt yet; Windows is not activated. */
    NOT_ATTEMPTED(Optional.empty()),
    /** The guest was activated. */
    ACTIVATED(Optional.of(Notification.AVMA_SUCCESS)),
    /** No host answered, or the host said that it does not support AVMA. */
    INVALID_HOST(Optional.of(Notification.INVALID_HOST)),
    /** The answer was damaged or belonged to no request of this guest. */
    INVALID_DATA(Optional.of(Notification.INVALID_DATA)),
    /** The host does not cover the AVMA ID. */
    DENIED(Optional.of(Notification.ACTIVATION_DENIED)),
    /** The host refuses for now: too many requests. Has no notification. */
    THROTTLED(Optional.empty()),
    /** The host itself is not activated. Has no notification. */
    HOST_NOT_ACTIVATED(Optional.empty()),
    /** The host refused with a code that no document connects with AVMA. */
    REFUSED_OTHERWISE(Optional.empty());

    private final Optional<Notification> notification;

    Kind(Optional<Notification> notification) {
      this.notification = notification;
    }
  }

  /** The notifications that Microsoft documents for the guest's log. */
  public enum Notification {
    /** The guest was activated. */
    AVMA_SUCCESS("AVMA Success"),
    /** The host did not answer, for example because its Windows does not support AVMA. */
    INVALID_HOST("Invalid Host"),
    /** The exchange broke: corruption, encryption or mismatching data. */
    INVALID_DATA("Invalid Data"),
    /** The host refused because the guest's AVMA ID does not fit. */
    ACTIVATION_DENIED("Activation Denied");

    private final String displayName;

    Notification(String displayName) {
      this.displayName = displayName;
    }

    /** Returns the notification as Microsoft writes it. */
    public String displayName() {
      return displayName;
    }
  }

  /** No attempt yet; {@code 0xC004FD04}, "Windows isn't activated". */
  public static final ActivationOutcome NOT_ATTEMPTED =
      new ActivationOutcome(Kind.NOT_ATTEMPTED, Hresult.NOT_BOUND);

  /** Success. */
  public static final ActivationOutcome ACTIVATED =
      new ActivationOutcome(Kind.ACTIVATED, Hresult.OK);

  /** The host does not cover the AVMA ID. */
  public static final ActivationOutcome DENIED =
      new ActivationOutcome(Kind.DENIED, Hresult.ID_MISMATCH);

  /** The host refuses for now. */
  public static final ActivationOutcome THROTTLED =
      new ActivationOutcome(Kind.THROTTLED, Hresult.THROTTLED);

  /** The host itself is not activated. */
  public static final ActivationOutcome HOST_NOT_ACTIVATED =
      new ActivationOutcome(Kind.HOST_NOT_ACTIVATED, Hresult.HOST_NOT_ACTIVATED);

  private static final ActivationOutcome INVALID_HOST =
      new ActivationOutcome(Kind.INVALID_HOST, Hresult.INVALID_PLATFORM);

  /** Returns the outcome of an answer with {@code code}. */
  public static ActivationOutcome of(Hresult code) {
    if (code.isSuccess()) {
      return ACTIVATED;
    }
    if (code.equals(Hresult.ID_MISMATCH)) {
      return DENIED;
    }
    if (code.equals(Hresult.THROTTLED)) {
      return THROTTLED;
    }
    if (code.equals(Hresult.HOST_NOT_ACTIVATED)) {
      return HOST_NOT_ACTIVATED;
    }
    return code.equals(Hresult.INVALID_PLATFORM)
        ? INVALID_HOST
        : new ActivationOutcome(Kind.REFUSED_OTHERWISE, code);
  }

  /** Returns the notification in the guest's log; throttling and some refusals have none. */
  public Optional<Notification> notification() {
    return kind.notification;
  }

  @Override
  public int hashCode() {
    return code.hashCode(); // without the kind, because an enum's own hash differs between runs
  }
}
