package io.avma.benchmarks;

import java.util.PriorityQueue;

/**
 * The hold model on the JDK's binary heap, at its best: an event that was taken is planned again,
 * so that nothing is allocated, and nothing but the heap is paid for.
 */
final class PriorityQueueHold implements Hold {
  private final PriorityQueue<Event> queue;
  private final Increments increments = new Increments();
  private long planned;

  private static final class Event implements Comparable<Event> {
    long time;
    long order;

    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(time, other.time);
      return byTime == 0 ? Long.compare(order, other.order) : byTime;
    }
  }

  PriorityQueueHold(int pending) {
    queue = new PriorityQueue<>(pending);
    for (int i = 0; i < pending; i++) {
      plan(new Event(), 0);
    }
  }

  @Override
  public long hold(int events) {
    long sum = 0;
    for (int i = 0; i < events; i++) {
      Event event = queue.remove();
      sum += event.time;
      plan(event, event.time);
    }
    return sum;
  }

  private void plan(Event event, long now) {
    event.time = now + increments.next();
    event.order = planned++;
    queue.add(event);
  }
}
