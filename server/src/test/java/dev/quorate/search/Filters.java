package dev.quorate.search;

import dev.quorate.memory.MemoryKind;
import dev.quorate.memory.Tier;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Filters that ask for one thing each.
final class Filters {
  private Filters() {}

  static Filter inOrAbove(String namespace) {
    return new Filter(
        namespace, true, null, 1, null, null, null, null, null, Set.of(), false, null);
  }

  static Filter tier(Tier tier) {
    return new Filter(null, false, tier, 1, null, null, null, null, null, Set.of(), false, null);
  }

  static Filter minPriority(int priority) {
    return new Filter(
        null, false, null, priority, null, null, null, null, null, Set.of(), false, null);
  }

  static Filter tag(String tag) {
    return new Filter(null, false, null, 1, tag, null, null, null, null, Set.of(), false, null);
  }

  static Filter created(@Nullable Instant since, @Nullable Instant until) {
    return new Filter(null, false, null, 1, null, since, until, null, null, Set.of(), false, null);
  }

  static Filter agent(String agent) {
    return new Filter(null, false, null, 1, null, null, null, agent, null, Set.of(), false, null);
  }

  static Filter asAgent(String position) {
    return new Filter(
        null, false, null, 1, null, null, null, null, position, Set.of(), false, null);
  }

  static Filter kinds(MemoryKind... kinds) {
    return new Filter(
        null, false, null, 1, null, null, null, null, null, Set.of(kinds), false, null);
  }

  static Filter cited() {
    return new Filter(null, false, null, 1, null, null, null, null, null, Set.of(), true, null);
  }

  static Filter sourceUriPrefix(String prefix) {
    return new Filter(null, false, null, 1, null, null, null, null, null, Set.of(), false, prefix);
  }
}
