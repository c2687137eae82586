package dev.quorate.embedding;

/// Whether a node can make vectors now.
public sealed interface ModelStatus {
  /// The operator wants none.
  record Off() implements ModelStatus {}

  /// Not known yet: the model is being loaded or asked for the first time.
  record Loading() implements ModelStatus {}

  /// It can.
  ///
  /// @param dimension of its vectors, by the latest probe
  record Ready(int dimension) implements ModelStatus {}

  /// It cannot, or cannot now.
  ///
  /// @param reason one sentence, without anything secret
  /// @param lasting whether only a restart with other settings can help
  record Failed(String reason, boolean lasting) implements ModelStatus {}

  /// One word for those who watch.
  default String word() {
    return switch (this) {
      case Off _ -> "off";
      case Loading _ -> "loading";
      case Ready _ -> "ready";
      case Failed _ -> "failed";
    };
  }
}
