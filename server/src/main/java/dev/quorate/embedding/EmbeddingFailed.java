package dev.quorate.embedding;

/// No vectors were made. The message is one sentence for the operator, without the text.
public final class EmbeddingFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean lasting;

  private EmbeddingFailed(String sentence, boolean lasting, Throwable cause) {
    super(sentence, cause);
    this.lasting = lasting;
  }

  private EmbeddingFailed(String sentence, boolean lasting) {
    super(sentence);
    this.lasting = lasting;
  }

  /// It may go well later.
  public static EmbeddingFailed forNow(String sentence, Throwable cause) {
    return new EmbeddingFailed(sentence, false, cause);
  }

  public static EmbeddingFailed forNow(String sentence) {
    return new EmbeddingFailed(sentence, false);
  }

  /// The same texts will fail again.
  public static EmbeddingFailed lasting(String sentence) {
    return new EmbeddingFailed(sentence, true);
  }

  /// Whether trying again with the same texts is of no use.
  public boolean lasting() {
    return lasting;
  }
}
