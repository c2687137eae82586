package dev.quorate.search;

/// A memory that was recalled.
///
/// @param id the id under which the memory was shown when it was indexed
public record Ranked(String id, Signals signals) {
  public double score() {
    return signals.score();
  }

  /// How near its meaning is, -1 to 1; as far as can be where that is not known.
  public double nearness() {
    var cosine = signals.cosine();
    return cosine == null ? -1 : cosine;
  }
}
