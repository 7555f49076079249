package io.avma.sim.scenario;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.ActivationOutcome;
import io.avma.activation.LicenseStatus;
import io.avma.platform.VmId;
import io.avma.sim.TraceEntry;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of a scenario.
 *
 * @param scenario the scenario
 * @param broken the invariant that broke first, which ended the play; empty if all held
 * @param checked the names of the invariants that were watched
 * @param outcomes each guest at the end, in the order of the data centre
 * @param done how many commands made sense
 * @param senseless how many did not, and changed nothing
 * @param strikes how many times a fault struck
 * @param events how many events the loop carried out
 * @param entries how many things the trace has seen
 * @param digest the digest of all of them; empty if the trace was off
 * @param trace the last of them
 */
@CheckReturnValue
public record ScenarioReport(
    Scenario scenario,
    Optional<Broken> broken,
    ImmutableList<String> checked,
    ImmutableList<Outcome> outcomes,
    int done,
    int senseless,
    long strikes,
    long events,
    long entries,
    String digest,
    ImmutableList<TraceEntry> trace) {
  /**
   * An invariant that broke.
   *
   * @param invariant its name
   * @param sentence what was wrong
   * @param after when, since the start
   * @param event in which event of the loop
   */
  public record Broken(String invariant, String sentence, Duration after, long event) {}

  /**
   * A guest at the end.
   *
   * @param guest its name
   * @param vm its identity
   * @param host the name of its host
   * @param running whether it runs
   * @param activated whether it is activated
   * @param status the license status that Windows would show; empty with a key of another channel
   * @param last how its last attempt ended; empty without an AVMA key
   */
  public record Outcome(
      String guest,
      VmId vm,
      String host,
      boolean running,
      boolean activated,
      Optional<LicenseStatus> status,
      Optional<ActivationOutcome> last) {}

  /** Returns whether every invariant held. */
  public boolean isSound() {
    return broken.isEmpty();
  }

  /**
   * Returns this report if every invariant held.
   *
   * @throws ScenarioFailure if one did not; its message shows the trace and the line that replays
   *     it
   */
  @CanIgnoreReturnValue
  public ScenarioReport orThrow() {
    if (!isSound()) {
      throw new ScenarioFailure(this);
    }
    return this;
  }

  /** Returns the report in a few lines: what was played, what broke, the last of the trace. */
  @Override
  public String toString() {
    return ReportText.of(this);
  }
}
