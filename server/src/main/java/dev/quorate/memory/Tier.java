package dev.quorate.memory;

import java.util.Optional;

/// How long a memory is meant to last; a greater rank lasts longer, and is what the store keeps.
public enum Tier {
  SHORT("short", 0),
  MID("mid", 1),
  LONG("long", 2);

  private final String text;
  private final int rank;

  Tier(String text, int rank) {
    this.text = text;
    this.rank = rank;
  }

  public int rank() {
    return rank;
  }

  public static Tier ofRank(int rank) {
    for (var tier : values()) {
      if (tier.rank == rank) return tier;
    }
    throw new IllegalArgumentException("no tier has the rank " + rank);
  }

  public String text() {
    return text;
  }

  public static Optional<Tier> of(String text) {
    for (var tier : values()) {
      if (tier.text.equals(text)) return Optional.of(tier);
    }
    return Optional.empty();
  }
}
