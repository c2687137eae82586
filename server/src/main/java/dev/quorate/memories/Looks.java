package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Overloaded;
import java.util.concurrent.Semaphore;

/// How many recalls may look through what the index does not hold, the past and the archive: each
/// lays it out in memory, which costs a core. Thread-safe.
final class Looks {
  private static final int LOOKS_MAX = 2;

  private final Semaphore places = new Semaphore(LOOKS_MAX);

  /// Begins one, which ends when it is closed.
  ///
  /// @throws Overloaded while as many are under way as may be
  Look begin() {
    if (!places.tryAcquire()) {
      throw new Overloaded(
          "%d questions to the past or the archive are being answered, which is as many as this node takes at once"
              .formatted(LOOKS_MAX));
    }
    return places::release;
  }

  /// One that is under way.
  interface Look extends AutoCloseable {
    @Override
    void close();
  }
}
