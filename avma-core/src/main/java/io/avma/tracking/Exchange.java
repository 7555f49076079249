package io.avma.tracking;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import java.time.Instant;
import java.util.Optional;

/**
 * One request and its answer, as the host logged it, as the guest logged it, or both.
 *
 * @param at when: by the guest's record if there is one, since its activation runs from there, else
 *     by the host's
 * @param host the host's record, 12310
 * @param guest the guest's record, 12309; without one the answer may never have arrived
 * @param attribution how the host's record came to this VM, or why there is none
 */
@CheckReturnValue
public record Exchange(
    Instant at,
    Optional<Observation.HostLogged> host,
    Optional<Observation.GuestLogged> guest,
    Attribution attribution) {
  /** Checks that there is a record, and a host's record exactly if it was attributed. */
  public Exchange {
    checkArgument(
        host.isPresent() == attribution.hasHostEvidence(), "%s host record is %s", at, attribution);
    checkArgument(host.isPresent() || guest.isPresent(), "no record (expected: 1 or 2)");
  }

  static Exchange of(
      Optional<Observation.HostLogged> host,
      Optional<Observation.GuestLogged> guest,
      Attribution attribution) {
    Instant at =
        guest
            .map(Observation.GuestLogged::at)
            .or(() -> host.map(Observation.HostLogged::at))
            .orElse(Instant.MIN);
    return new Exchange(at, host, guest, attribution);
  }

  /** Returns the result code; empty if it could not be read. */
  public Optional<Hresult> result() {
    return host.isPresent() ? host.get().result() : guest.flatMap(Observation.GuestLogged::result);
  }

  /** Returns whether the result says success. */
  public boolean succeeded() {
    return result().filter(Hresult::isSuccess).isPresent();
  }

  /** Returns whether the result says failure. */
  public boolean failed() {
    return result().filter(code -> !code.isSuccess()).isPresent();
  }

  /** Returns whether both sides logged it. */
  public boolean confirmed() {
    return host.isPresent() && guest.isPresent();
  }

  /** Returns the host that answered, as its own log says. */
  public Optional<HostId> answeredBy() {
    return host.map(Observation.HostLogged::host);
  }

  /** Returns the records, the host's first. */
  public ImmutableList<Observation> evidence() {
    ImmutableList.Builder<Observation> evidence = ImmutableList.builder();
    host.ifPresent(evidence::add);
    guest.ifPresent(evidence::add);
    return evidence.build();
  }
}
