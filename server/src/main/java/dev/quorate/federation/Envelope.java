package dev.quorate.federation;

import java.util.Map;

/// Proves to peers that a message is this node's. Thread-safe.
public interface Envelope {
  /// The headers that sign a body with a fresh nonce.
  Map<String, String> sign(byte[] body);

  /// The headers that sign a request without a body.
  ///
  /// @param path as it stands on the wire
  /// @param rawQuery as it stands on the wire, without the `?`
  Map<String, String> signGet(String path, String rawQuery);
}
