package dev.quorate.quorum;

import java.util.List;
import java.util.Map;

/// What can be said of a write's durability at one moment.
public sealed interface Verdict {
  /// The nodes that hold it, this one first, the others in the order in which they said so.
  List<String> nodes();

  /// Enough nodes hold the write.
  record Met(List<String> nodes) implements Verdict {}

  /// The write is durable here but on fewer nodes than asked for.
  ///
  /// @param needed how many nodes had to hold it
  /// @param reason the commonest of the reasons
  /// @param misses the reason of every peer that does not hold it
  record NotMet(List<String> nodes, int needed, Miss reason, Map<String, Miss> misses)
      implements Verdict {}
}
