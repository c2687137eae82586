package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Conflict;
import java.util.LinkedHashSet;
import java.util.Map;

/// The nonces that verifications bore since this node started, the last [#NONCES_MAX] of them.
/// Thread-safe.
final class SeenNonces {
  private static final int NONCES_MAX = 10_000;

  private final LinkedHashSet<String> seen = new LinkedHashSet<>();

  /// Notes a nonce.
  ///
  /// @throws Conflict when it was borne before
  synchronized void note(String nonce) {
    if (!seen.add(nonce)) {
      throw new Conflict("this verification_nonce was used before", Map.of("code", "REPLAY"));
    }
    if (seen.size() > NONCES_MAX) seen.removeFirst();
  }
}
