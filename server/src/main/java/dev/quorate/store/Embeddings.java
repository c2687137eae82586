package dev.quorate.store;

/// A look at which memories have their vector. Not thread-safe.
public interface Embeddings {
  /// The live contents that lack a vector of this model, among those that one of the `changes`
  /// changes after a number concerns. Following the numbers from 0 finds all there are.
  UnembeddedPage lacking(VectorSpace space, long after, int changes);

  /// Whether any vector of this model is held, whatever its memory is.
  boolean any(String model);

  /// How many live memories there are, and how many of them have a vector of this model that was
  /// made of them as they are. Reads all of them.
  VectorCount count(VectorSpace space);
}
