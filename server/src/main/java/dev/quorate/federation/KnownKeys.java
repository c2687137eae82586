package dev.quorate.federation;

/// Says what is known of the keys of peers. Thread-safe.
@FunctionalInterface
public interface KnownKeys {
  /// Whether the node may present this public key: it is the enrolled one, or none is and none is
  /// needed.
  boolean fits(String node, String publicKey);
}
