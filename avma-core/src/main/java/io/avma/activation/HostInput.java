package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;

/** Something that happens to a host. */
@CheckReturnValue
public sealed interface HostInput {
  /** What an input is, for a {@code switch}. */
  enum Kind {
    /** {@link RequestArrived}. */
    REQUEST_ARRIVED,
    /** {@link RequestDamaged}. */
    REQUEST_DAMAGED,
    /** {@link CoverageChanged}. */
    COVERAGE_CHANGED,
    /** {@link Restarted}. */
    RESTARTED
  }

  /** Returns which of the nested records this is. */
  Kind kind();

  /**
   * A guest of this host asks for activation.
   *
   * @param request the request
   */
  record RequestArrived(ActivationRequest request) implements HostInput {
    @Override
    public Kind kind() {
      return Kind.REQUEST_ARRIVED;
    }
  }

  /** A request arrives that cannot be read. */
  record RequestDamaged() implements HostInput {
    @Override
    public Kind kind() {
      return Kind.REQUEST_DAMAGED;
    }
  }

  /**
   * The host's license was lost or found, or the host was upgraded in place.
   *
   * @param coverage what it answers from now on
   */
  record CoverageChanged(HostCoverage coverage) implements HostInput {
    @Override
    public Kind kind() {
      return Kind.COVERAGE_CHANGED;
    }
  }

  /** The host restarts; it forgets how many requests it had (assumed). */
  record Restarted() implements HostInput {
    @Override
    public Kind kind() {
      return Kind.RESTARTED;
    }
  }
}
