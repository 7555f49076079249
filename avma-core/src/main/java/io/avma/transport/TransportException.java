package io.avma.transport;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a correct caller of a port must plan for: the other side is away, refuses, is slow or busy.
 *
 * <p>The message says what was asked of whom, what happened and what to do; it holds no secret, and
 * foreign text in it is escaped and cut.
 */
@CheckReturnValue
public final class TransportException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why it failed. */
  public enum Reason {
    /** There is nobody: no such name, port or file, or the connection broke. */
    UNREACHABLE(true),
    /** The other side does not let us: wrong login, missing rights, not trusted. */
    REFUSED(false),
    /** No answer came in time; whether a write took effect is not known. */
    TIMED_OUT(true),
    /** Another program holds what we need. */
    LOCKED(true),
    /** The other side has too much to do, or we have asked too often. */
    BUSY(true),
    /** The VM, item or log does not exist there. */
    NOT_FOUND(false),
    /** The item exists already. */
    ALREADY_EXISTS(false),
    /**
     * The other side calls the request invalid. Some builds of Windows say so where others say
     * {@link #ALREADY_EXISTS} or {@link #NOT_FOUND}.
     */
    INVALID(false),
    /** An item, a list or an answer is larger than a limit. */
    TOO_LARGE(false),
    /** The VM or service is in a state that does not allow it, for example switched off. */
    WRONG_STATE(false),
    /** The other side knows no such operation, class or form. */
    NOT_SUPPORTED(false),
    /** What came breaks the format or protocol; with {@link Strictness#STRICT} the first flaw. */
    DAMAGED(false),
    /** The calling thread was interrupted, or the call was cancelled. */
    INTERRUPTED(false),
    /** The other side failed, and says no more. */
    FAILED(true);

    private final boolean retryMayHelp;

    Reason(boolean retryMayHelp) {
      this.retryMayHelp = retryMayHelp;
    }

    /** Returns whether the same call, some time later, may succeed. */
    public boolean retryMayHelp() {
      return retryMayHelp;
    }
  }

  private final Reason reason;
  private final @Nullable Long code;
  private final transient @Nullable Flaw flaw;

  private TransportException(
      Reason reason,
      String message,
      @Nullable Long code,
      @Nullable Flaw flaw,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.code = code;
    this.flaw = flaw;
  }

  /** Returns an exception without a cause. */
  public TransportException(Reason reason, String message) {
    this(reason, message, null, null, null);
  }

  /** Returns an exception with the failure that caused it. */
  public TransportException(Reason reason, String message, Throwable cause) {
    this(reason, message, null, null, cause);
  }

  /** Returns the exception with which a strict reader stops at {@code flaw}. */
  public static TransportException damaged(Flaw flaw) {
    return new TransportException(Reason.DAMAGED, flaw.toString(), null, flaw, null);
  }

  /**
   * Returns an exception for a code that the other side answered, for example the return value
   * 32773 of a method of Hyper-V.
   */
  public static TransportException answered(Reason reason, long code, String message) {
    return new TransportException(reason, message, code, null, null);
  }

  /** Returns why it failed. */
  public Reason reason() {
    return reason;
  }

  /** Returns whether the same call, some time later, may succeed. */
  public boolean retryMayHelp() {
    return reason.retryMayHelp();
  }

  /** Returns the code that the other side answered, if it answered one. */
  public OptionalLong code() {
    return code == null ? OptionalLong.empty() : OptionalLong.of(code);
  }

  /** Returns the flaw at which a strict reader stopped. */
  public Optional<Flaw> flaw() {
    return Optional.ofNullable(flaw);
  }
}
