package dev.quorate.federation;

import java.util.Map;

/// Proves to peers that a message is this node's. Thread-safe.
@FunctionalInterface
public interface Envelope {
  /// The headers that sign a body with a fresh nonce.
  Map<String, String> sign(byte[] body);
}
