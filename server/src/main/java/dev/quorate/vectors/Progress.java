package dev.quorate.vectors;

/// How far the vectors of a node's live memories are.
///
/// @param pending memories without a vector, whoever is to make it
/// @param done memories with a vector of the present model, made of them as they are
/// @param failed memories of which the model makes no vector, as far as this node tried since its
///   start
public record Progress(long pending, long done, long failed) {
  static final Progress NONE = new Progress(0, 0, 0);
}
