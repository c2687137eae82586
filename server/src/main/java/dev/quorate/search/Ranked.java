package dev.quorate.search;

/// A memory that was recalled.
///
/// @param id the id under which the memory was shown when it was indexed
public record Ranked(String id, Signals signals) {
  public double score() {
    return signals.score();
  }
}
