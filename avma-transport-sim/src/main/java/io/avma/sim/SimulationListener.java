package io.avma.sim;

import java.util.List;

/** Whoever wants to look at a data centre after each thing that happens in it. */
@FunctionalInterface
public interface SimulationListener {
  /**
   * Is told after each event of the loop, and after each call that changed something, when all its
   * effects are carried out. May look at everything, {@linkplain SimulatedDatacenter#fork fork},
   * and throw to end the run; may not change anything or let time pass.
   *
   * @param datacenter the data centre as it is now
   * @param happenings what happened, in order; never empty
   */
  void happened(SimulatedDatacenter datacenter, List<Happening> happenings);
}
