package dev.quorate.simulation;

import java.util.PriorityQueue;

/// Simulated time: what is to happen, in order. What happens at one time happens in the order in
/// which it was asked for. Not thread-safe.
final class Timeline {
  static final long BEGIN_MILLIS = 1_767_225_600_000L;

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long nowMillis = BEGIN_MILLIS;
  private long asked;
  private long happened;

  private record Event(long atMillis, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      var byTime = Long.compare(atMillis, other.atMillis);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  long now() {
    return nowMillis;
  }

  long sinceBegin() {
    return nowMillis - BEGIN_MILLIS;
  }

  /// How many events have happened.
  long happened() {
    return happened;
  }

  void after(long millis, Runnable what) {
    events.add(new Event(nowMillis + Math.max(0, millis), asked++, what));
  }

  /// Lets everything up to a time happen, though not more than so many events in all: more means
  /// that something goes in circles. Returns whether it all happened.
  boolean runUntil(long millis, long eventsMax) {
    while (!events.isEmpty() && events.peek().atMillis() <= millis) {
      if (happened >= eventsMax) return false;
      var event = events.remove();
      nowMillis = event.atMillis();
      happened++;
      event.what().run();
    }
    nowMillis = Math.max(nowMillis, millis);
    return true;
  }
}
