package dev.quorate.embedding;

/// Numbers that are no vector. The message is one sentence that says which and why.
public final class UnusableVector extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableVector(String sentence) {
    super(sentence);
  }
}
