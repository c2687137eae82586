package dev.quorate.search;

import org.jspecify.annotations.Nullable;

/// Everything that gave a recalled memory its place.
///
/// @param bm25 how well its words fit; absent where none does or words were not asked for
/// @param wordShare `bm25` over what a memory of nothing but these words would have, 0 to 1
/// @param keywordRank its place by words alone, from 1; absent where it is not among the best
/// @param cosine how near its meaning is, -1 to 1; absent where it has no vector or meaning was not
///   asked for
/// @param vectorRank its place by meaning alone, from 1, by the few bits of each value that the
///   search goes by; absent where it is not among the nearest
/// @param fused how well it fits by words and meaning together, 0 to 1
/// @param recency factor for its age by `created_at` and its tier, at most 1
/// @param importance factor for priority, confidence and tier, at most 1
/// @param distance factor for the levels between its namespace and the one asked for, at most 1
public record Signals(
    @Nullable Double bm25,
    double wordShare,
    @Nullable Integer keywordRank,
    @Nullable Double cosine,
    @Nullable Integer vectorRank,
    double fused,
    double recency,
    double importance,
    double distance) {

  /// Fit, moved by what else is known of the memory.
  public double score() {
    return fused * recency * importance * distance;
  }
}
