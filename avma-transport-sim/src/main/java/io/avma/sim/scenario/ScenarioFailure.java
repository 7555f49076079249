package io.avma.sim.scenario;

import java.io.Serial;

/** An invariant of a scenario broke. */
public final class ScenarioFailure extends AssertionError {
  @Serial private static final long serialVersionUID = 1;

  private final transient ScenarioReport report;

  ScenarioFailure(ScenarioReport report) {
    super(report.toString());
    this.report = report;
  }

  /** Returns the report; null after serialization. */
  public ScenarioReport report() {
    return report;
  }
}
