package dev.quorate.memories;

import dev.quorate.embedding.EmbeddedText;
import dev.quorate.embedding.Model;
import dev.quorate.embedding.ModelStatus;
import dev.quorate.embedding.ModelVector;
import dev.quorate.failure.RequestFailure.Unavailable;
import dev.quorate.memories.Recalling.By;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a question means, as far as the model says in time. Thread-safe.
///
/// @param serving the model that made the vectors to compare with
record Meaning(Serving serving) {
  /// A recall by words at once is worth more than one by meaning that makes an agent wait.
  private static final Duration DEADLINE = Duration.ofMillis(200);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// @param vector absent where only words count
  record Asked(By by, @Nullable ModelVector vector) {}

  /// @param wanted absent for the best that can be had
  /// @throws Unavailable when only meaning is wanted and cannot be had now
  Asked of(String text, @Nullable RecallMode wanted) {
    var mode = wanted == null ? RecallMode.HYBRID : wanted;
    if (mode == RecallMode.KEYWORD) return new Asked(new By(mode, null), null);
    var model = serving.model();
    var vector = model.vectorOf(text, DEADLINE);
    if (vector.isPresent()) {
      return new Asked(new By(mode, null), new ModelVector(model.name(), vector.get()));
    }
    var reason = reason(model, DEADLINE);
    if (mode == RecallMode.VECTOR) {
      throw new Unavailable("recall by meaning cannot be had now: " + reason);
    }
    return new Asked(new By(RecallMode.KEYWORD, reason), null);
  }

  /// What a memory means, whoever asks being able to wait.
  ///
  /// @throws Unavailable when it cannot be had now
  ModelVector ofMemory(String title, String content) {
    var model = serving.model();
    return model
        .vectorOf(EmbeddedText.of(title, content), PATIENCE)
        .map(vector -> new ModelVector(model.name(), vector))
        .orElseThrow(
            () -> new Unavailable("meanings cannot be compared now: " + reason(model, PATIENCE)));
  }

  private static String reason(Model model, Duration deadline) {
    return switch (model.status()) {
      case ModelStatus.Off _ -> "no embedder is set";
      case ModelStatus.Loading _ -> "the embedder is still loading";
      case ModelStatus.Failed failed -> "the embedder failed: " + failed.reason();
      case ModelStatus.Ready _ ->
          "the embedder did not answer within %d ms".formatted(deadline.toMillis());
    };
  }
}
