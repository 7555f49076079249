package io.avma.sim;

import io.avma.benchmarks.Hold;

/** The hold model on the simulator's own queue, which nobody outside its package sees. */
public final class SimulatorHold implements Hold {
  private final EventQueue queue = new EventQueue();
  private final Increments increments = new Increments();

  /** Plans {@code pending} events. */
  public SimulatorHold(int pending) {
    for (int i = 0; i < pending; i++) {
      queue.add(increments.next(), EventQueue.Kind.WAKE, i, null);
    }
  }

  @Override
  public long hold(int events) {
    long sum = 0;
    for (int i = 0; i < events; i++) {
      queue.take();
      long time = queue.time();
      sum += time;
      queue.add(time + increments.next(), queue.kind(), queue.subject(), null);
    }
    return sum;
  }
}
