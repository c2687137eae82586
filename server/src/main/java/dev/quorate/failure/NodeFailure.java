package dev.quorate.failure;

import org.jspecify.annotations.Nullable;

/// A fault that this node cannot serve with: a damaged store, a newer schema, an address in use.
/// The message is one sentence for the operator: what, which value, what to do.
public final class NodeFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NodeFailure(String sentence) {
    super(sentence);
  }

  public NodeFailure(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
