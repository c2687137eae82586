package dev.quorate.embedding;

import dev.quorate.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// An Ollama server, by its `/api/embed`.
public final class OllamaEmbedder implements Embedder {
  private final String model;
  private final Endpoint endpoint;

  /// @param base such as `http://127.0.0.1:11434`
  public OllamaEmbedder(URI base, String model, Duration deadline) {
    this.model = model;
    this.endpoint = new Endpoint(Paths.under(base, "api/embed"), null, deadline);
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public List<Vector> embed(List<String> texts) throws EmbeddingFailed {
    // What is longer than the model reads is cut off there instead of refused.
    var request = Json.object().put("model", model).put("truncate", true);
    var input = request.putArray("input");
    texts.forEach(input::add);
    var arrays = new ArrayList<JsonNode>();
    endpoint.post(request, texts.size()).path("embeddings").forEach(arrays::add);
    return Answers.vectors(arrays, texts.size());
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
