package dev.quorate.search;

import dev.quorate.memory.Memory;

/// The small facts about a memory that filters and ranking ask for, packed into one number so that
/// they are one column. The layout is part of [Columns#FORMAT].
record Facts(long bits) {
  private static final int TIER = 4;
  private static final int CONFIDENCE = 6;
  private static final int CITED = 16;
  private static final int DEPTH = 17;
  private static final double CONFIDENCE_STEPS = 1_000;

  static Facts of(Memory memory) {
    var confidence = Math.round(memory.confidence() * CONFIDENCE_STEPS);
    var cited = memory.provenance().citations().equals("[]") ? 0L : 1L;
    var depth = Math.min(Namespaces.depth(memory.namespace()), 0x3ff);
    return new Facts(
        (memory.priority() & 0xf)
            | (long) memory.tier().rank() << TIER
            | (confidence & 0x3ff) << CONFIDENCE
            | cited << CITED
            | (long) depth << DEPTH);
  }

  int priority() {
    return (int) bits & 0xf;
  }

  int tierRank() {
    return (int) (bits >> TIER) & 0x3;
  }

  /// From 0 to 1, in thousandths.
  double confidence() {
    return ((bits >> CONFIDENCE) & 0x3ff) / CONFIDENCE_STEPS;
  }

  boolean cited() {
    return (bits >> CITED & 1) == 1;
  }

  /// How many segments the namespace has.
  int depth() {
    return (int) (bits >> DEPTH) & 0x3ff;
  }
}
