package dev.quorate.bench.workload;

/// An answer with the right status and a body that says otherwise.
public final class UnexpectedAnswer extends Exception {
  private static final long serialVersionUID = 1L;

  public UnexpectedAnswer(String sentence) {
    super(sentence);
  }
}
