package dev.quorate.settings;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memory.Rules;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// Table `[embedding]`: what makes the vectors of memories, and when this node makes those that
/// another one should have made.
///
/// @param url of the endpoint; present exactly where the embedder is one
/// @param model as the endpoint names it; present exactly where the embedder is one
/// @param apiKey what the endpoint wants to see
/// @param timeoutSecs for one request to the endpoint
/// @param absentSecs how long a node is silent before others make its vectors
public record EmbeddingSettings(
    EmbedderKind embedder,
    @Nullable URI url,
    @Nullable String model,
    @Nullable Secret apiKey,
    int timeoutSecs,
    int absentSecs) {

  /// Where Ollama listens unless it is told otherwise.
  private static final URI OLLAMA = URI.create("http://127.0.0.1:11434");

  public static final EmbeddingSettings DEFAULT =
      new EmbeddingSettings(EmbedderKind.MINILM, null, null, null, 30, 60);

  public static final EmbeddingSettings OFF =
      new EmbeddingSettings(EmbedderKind.OFF, null, null, null, 30, 60);

  public EmbeddingSettings {
    var wanted = "'openai' or 'ollama'";
    switch (embedder) {
      case MINILM, OFF -> {
        unused("embedding.url", url, wanted);
        unused("embedding.model", model, wanted);
        unused("embedding.api-key", apiKey, "'openai'");
      }
      case OPENAI -> {
        needed("embedding.url", url, embedder);
        needed("embedding.model", model, embedder);
      }
      case OLLAMA -> {
        needed("embedding.url", url, embedder);
        needed("embedding.model", model, embedder);
        unused("embedding.api-key", apiKey, "'openai'");
      }
    }
    if (url != null) checkUrl(url);
    if (model != null) checkModel(model);
    if (apiKey != null) ApiKeyRule.check("embedding.api-key", apiKey);
    Range.check("embedding.timeout-secs", timeoutSecs, 1, 600);
    Range.check("embedding.absent-secs", absentSecs, 1, 86_400);
  }

  /// The same for another model of the same endpoint.
  public EmbeddingSettings withModel(String other) {
    return new EmbeddingSettings(embedder, url, other, apiKey, timeoutSecs, absentSecs);
  }

  private static void unused(String key, @Nullable Object value, String embedders) {
    if (value != null) {
      throw new InvalidSetting(
          key, "%s is of use only where embedding.embedder is %s".formatted(key, embedders));
    }
  }

  private static void needed(String key, @Nullable Object value, EmbedderKind embedder) {
    if (value == null) {
      throw new InvalidSetting(
          key,
          "%s must be set where embedding.embedder is '%s'"
              .formatted(key, embedder == EmbedderKind.OPENAI ? "openai" : "ollama"));
    }
  }

  /// Peers refuse every vector of a model whose name is no name to them.
  private static void checkModel(String model) {
    if (model.isBlank()) {
      throw new InvalidSetting("embedding.model", "embedding.model cannot be empty");
    }
    try {
      Rules.model(model);
    } catch (Invalid e) {
      throw new InvalidSetting(
          "embedding.model",
          "embedding.model %s is no name of a model: %s"
              .formatted(Rules.quote(model), e.getMessage()));
    }
  }

  /// What stands before `@` would be a secret in a place that is shown.
  private static void checkUrl(URI url) {
    var scheme = url.getScheme();
    var http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    if (!http || url.getHost() == null || url.getRawUserInfo() != null) {
      throw new InvalidSetting(
          "embedding.url",
          "embedding.url must be http:// or https:// with a host and without a password");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new InvalidSetting("embedding.url", "embedding.url must end with its path");
    }
  }

  static EmbeddingSettings of(Values values) {
    var embedder = values.choice(Key.EMBEDDING_EMBEDDER, EmbedderKind.class, DEFAULT.embedder);
    var key = values.text(Key.EMBEDDING_API_KEY);
    var url = url(values.text(Key.EMBEDDING_URL));
    return new EmbeddingSettings(
        embedder,
        url == null && embedder == EmbedderKind.OLLAMA ? OLLAMA : url,
        values.text(Key.EMBEDDING_MODEL),
        key == null ? null : new Secret(key),
        values.integer(Key.EMBEDDING_TIMEOUT_SECS, DEFAULT.timeoutSecs),
        values.integer(Key.EMBEDDING_ABSENT_SECS, DEFAULT.absentSecs));
  }

  private static @Nullable URI url(@Nullable String text) {
    if (text == null) return null;
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw new InvalidSetting("embedding.url", "embedding.url must be an address");
    }
  }
}
