package dev.quorate.embedding;

import java.util.List;

/// Makes vectors of texts, such that texts that mean something alike are near each other.
/// Thread-safe.
public interface Embedder extends AutoCloseable {
  /// The exact name of the model. Vectors of different models cannot be compared.
  String model();

  /// One vector for each text, in their order, all of one dimension. Takes some milliseconds a text
  /// at best, and as long as its deadline at worst.
  ///
  /// @param texts at least one
  /// @throws EmbeddingFailed when it cannot be done now, or not at all
  List<Vector> embed(List<String> texts) throws EmbeddingFailed;

  /// The same for texts that nobody waits for: what this machine does for them comes after all else
  /// that it has to do. For one thread at a time.
  default List<Vector> embedUnhurried(List<String> texts) throws EmbeddingFailed {
    return embed(texts);
  }

  @Override
  void close();
}
