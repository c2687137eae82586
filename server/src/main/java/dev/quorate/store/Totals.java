package dev.quorate.store;

import java.util.List;

/// Counts over the memories of a node. `total` includes rows whose expiry has passed and that no
/// collection has visited yet.
public record Totals(
    long total,
    List<Count> byTier,
    List<Count> byNamespace,
    long expiringWithinTheHour,
    long links,
    long archived,
    long fileBytes) {

  /// How many memories share a name.
  public record Count(String name, long count) {}
}
