package io.avma.benchmarks;

import org.cloudsimplus.core.CloudSimEntity;
import org.cloudsimplus.core.CloudSimPlus;
import org.cloudsimplus.core.events.SimEvent;

/**
 * The hold model on the event loop of CloudSim Plus: two entities, each of which answers an event
 * by planning one for the other. One call of {@code runFor} is one turn of the loop that {@code
 * start} turns.
 */
final class CloudSimPlusHold implements Hold {
  private final CloudSimPlus simulation = new CloudSimPlus();
  private final Increments increments = new Increments();
  private long taken;
  private long end;
  private long sum;

  private final class Player extends CloudSimEntity {
    Player other = this;

    Player() {
      super(simulation);
    }

    @Override
    protected void startInternal() {
      // what is planned first is planned from outside
    }

    @Override
    public void processEvent(SimEvent event) {
      if (taken++ < end) { // a turn takes all events of one time, which may be one too many
        sum += (long) event.getTime();
      }
      schedule(other, increments.next(), event.getTag());
    }
  }

  CloudSimPlusHold(int pending) {
    Player one = new Player();
    Player two = new Player();
    one.other = two;
    two.other = one;
    simulation.startSync();
    for (int i = 0; i < pending; i++) {
      if (!one.schedule(i % 2 == 0 ? one : two, increments.next(), 1)) {
        throw new IllegalStateException("CloudSim Plus takes no event");
      }
    }
  }

  @Override
  public long hold(int events) {
    end = taken + events;
    sum = 0;
    while (taken < end) {
      simulation.runFor(Double.MAX_VALUE);
    }
    return sum;
  }
}
