package dev.quorate.federation;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Signs nothing; only gives each message a number. Thread-safe.
final class NoSignature implements Envelope {
  private final AtomicInteger nonces;

  NoSignature() {
    this(new AtomicInteger());
  }

  /// @param nonces counts the messages
  NoSignature(AtomicInteger nonces) {
    this.nonces = nonces;
  }

  @Override
  public Map<String, String> sign(byte[] body) {
    return Map.of("x-nonce", String.valueOf(nonces.incrementAndGet()));
  }

  @Override
  public Map<String, String> signGet(String path, String rawQuery) {
    return Map.of("x-nonce", String.valueOf(nonces.incrementAndGet()));
  }
}
