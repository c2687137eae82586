package dev.quorate.store;

import java.util.Optional;

/// A look at which memories have their vector. Not thread-safe.
public interface Embeddings {
  /// The live contents that lack a vector of this model, among those that one of the `changes`
  /// changes after a number concerns. Following the numbers from 0 finds all there are.
  UnembeddedPage lacking(VectorSpace space, long after, int changes);

  /// How many live memories have a vector of this model, of whatever content. Reads all vectors.
  long held(String model);

  /// The id of a live content that has a vector of this model, made of it as it is.
  Optional<String> sample(String model);

  /// How many live memories there are, and how many of them have a vector of this model that was
  /// made of them as they are. Reads all of them.
  VectorCount count(VectorSpace space);
}
