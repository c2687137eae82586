package dev.quorate.bench.evaluation;

import dev.quorate.bench.corpus.Question;
import java.util.List;

/// What a server found for a question.
///
/// @param found keys of the memories, best first, each once
/// @param topScore the server's score of the first; 0 where nothing was found
public record Ranking(Question question, List<String> found, double topScore) {
  public Ranking {
    found = List.copyOf(found);
  }

  /// The place of a memory, from 1; 0 where it was not found.
  public int rank(String key) {
    return found.indexOf(key) + 1;
  }

  /// The best place of these memories; 0 where none was found.
  int bestRank(List<String> keys) {
    return keys.stream().mapToInt(this::rank).filter(rank -> rank > 0).min().orElse(0);
  }

  /// Whether evidence was found, and no outdated memory before it.
  boolean newerFirst() {
    var newer = bestRank(question.evidence());
    var older = bestRank(question.outdated());
    return newer > 0 && (older == 0 || newer < older);
  }

  /// Whether nothing was found, or nothing that scores as much as `threshold`.
  boolean isSilent(double threshold) {
    return found.isEmpty() || topScore < threshold;
  }
}
