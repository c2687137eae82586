package dev.quorate.embedding;

import java.util.List;

/// A text and the vector that a model made of it, by which the model is known again: an endpoint
/// may answer by another one, whatever name is asked for.
public record Sample(String text, Vector vector) {
  /// The same model on another machine or of another version of its runtime is this near.
  private static final double SAME_MIN = 0.98;

  /// @throws EmbeddingFailed lasting, when this is another model
  void require(Embedder embedder) throws EmbeddingFailed {
    var made = embedder.embed(List.of(text)).getFirst();
    if (made.dimension() != vector.dimension() || made.similarity(vector) < SAME_MIN) {
      throw EmbeddingFailed.lasting("it makes other vectors now than it made before");
    }
  }
}
