package dev.quorate.bench.probe;

/// A run that cannot begin. The message is one sentence for the person who asked for it.
public final class CannotRun extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotRun(String sentence) {
    super(sentence);
  }

  public CannotRun(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
