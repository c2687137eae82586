package dev.quorate.http;

import dev.quorate.failure.RequestFailure.TimedOut;
import dev.quorate.failure.RequestFailure.Unprocessable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// The idempotency keys of the requests that this node carries out at this moment: one at a time
/// for each key. What was carried out before is in the store. Thread-safe.
final class KeysInUse {
  private final ConcurrentMap<String, Use> uses = new ConcurrentHashMap<>();

  private record Use(String requestHash, CountDownLatch ended) {}

  /// Does the work while nobody else uses the key. The same request, sent again too early, waits
  /// for the first to end.
  ///
  /// @throws Unprocessable at once, when another request is using the key
  /// @throws TimedOut when the thread is interrupted while it waits
  <T> T alone(String key, String requestHash, Supplier<T> work) {
    var own = new Use(requestHash, new CountDownLatch(1));
    for (var other = uses.putIfAbsent(key, own);
        other != null;
        other = uses.putIfAbsent(key, own)) {
      if (!other.requestHash.equals(requestHash)) {
        throw new Unprocessable("this Idempotency-Key is being used for another request");
      }
      await(other.ended);
    }
    try {
      return work.get();
    } finally {
      uses.remove(key, own);
      own.ended.countDown();
    }
  }

  private static void await(CountDownLatch ended) {
    try {
      ended.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new TimedOut("request timed out");
    }
  }
}
