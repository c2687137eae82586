package dev.quorate.embedding;

/// Brings a model to where it can be asked. May take seconds.
@FunctionalInterface
public interface ModelLoader {
  /// @throws EmbeddingFailed lasting when trying again is of no use
  Embedder load() throws EmbeddingFailed;
}
