package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Overloaded;
import java.util.concurrent.Semaphore;

/// How many requests may wait for changes at once. Thread-safe.
final class Listeners {
  private final int max;
  private final Semaphore places;

  Listeners(int max) {
    this.max = max;
    this.places = new Semaphore(max);
  }

  /// Takes a place, which is given back by closing it.
  ///
  /// @throws Overloaded when there is none
  Place take() {
    if (!places.tryAcquire()) {
      throw new Overloaded("the limit of %d listeners at a time is reached".formatted(max));
    }
    return places::release;
  }

  /// A place that is taken.
  interface Place extends AutoCloseable {
    @Override
    void close();
  }
}
