package dev.quorate.identity;

import org.jspecify.annotations.Nullable;

/// A part of a [NonceWindow] as a store keeps it: one value for each peer and key.
///
/// @param key opaque, at most 64 ASCII characters
/// @param value opaque, at most 128 ASCII characters; absent to delete the row
public record NonceRow(String peer, String key, @Nullable String value) {
  /// What tells rows apart.
  record Place(String peer, String key) {}

  NonceRow deleted() {
    return new NonceRow(peer, key, null);
  }

  Place place() {
    return new Place(peer, key);
  }
}
