package dev.quorate.subscriptions;

import java.security.SecureRandom;
import java.util.UUID;

/// Names one event on its way to one subscriber: a UUID of version 7 (RFC 9562), which begins with
/// the time.
public final class CorrelationId {
  private static final SecureRandom RANDOM = new SecureRandom();

  private CorrelationId() {}

  /// A new one. Thread-safe.
  ///
  /// @param millis since 1970
  public static String next(long millis) {
    var high = (millis << 16) | 0x7000L | (RANDOM.nextLong() & 0x0fffL);
    var low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
