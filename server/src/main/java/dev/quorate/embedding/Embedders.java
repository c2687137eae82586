package dev.quorate.embedding;

import dev.quorate.settings.EmbeddingSettings;
import java.time.Duration;
import java.util.Objects;

/// The embedders that settings can name.
final class Embedders {
  private Embedders() {}

  /// @throws EmbeddingFailed when this machine cannot run it, or none is wanted
  static Embedder load(EmbeddingSettings settings) throws EmbeddingFailed {
    var deadline = Duration.ofSeconds(settings.timeoutSecs());
    return switch (settings.embedder()) {
      case MINILM -> MiniLm.load();
      case OPENAI ->
          new OpenAiEmbedder(
              Objects.requireNonNull(settings.url()),
              Objects.requireNonNull(settings.model()),
              settings.apiKey(),
              deadline);
      case OLLAMA ->
          new OllamaEmbedder(
              Objects.requireNonNull(settings.url()),
              Objects.requireNonNull(settings.model()),
              deadline);
      case OFF -> throw EmbeddingFailed.lasting("no embedder is set");
    };
  }
}
