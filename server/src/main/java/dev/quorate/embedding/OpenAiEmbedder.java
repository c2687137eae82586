package dev.quorate.embedding;

import dev.quorate.json.Json;
import dev.quorate.settings.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Any endpoint that speaks the embeddings call of the OpenAI API.
public final class OpenAiEmbedder implements Embedder {
  private final String model;
  private final Endpoint endpoint;

  /// @param base up to and with the version, such as `https://host/v1`
  public OpenAiEmbedder(URI base, String model, @Nullable Secret apiKey, Duration deadline) {
    this.model = model;
    this.endpoint = new Endpoint(Paths.under(base, "embeddings"), apiKey, deadline);
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public List<Vector> embed(List<String> texts) throws EmbeddingFailed {
    var request = Json.object().put("model", model).put("encoding_format", "float");
    var input = request.putArray("input");
    texts.forEach(input::add);
    var data = endpoint.post(request, texts.size()).path("data");
    var arrays =
        new ArrayList<JsonNode>(Collections.nCopies(data.size(), MissingNode.getInstance()));
    // Each entry says which text it belongs to.
    for (var entry : data) {
      var index = entry.path("index").asInt(-1);
      if (index < 0 || index >= arrays.size()) {
        throw EmbeddingFailed.lasting("the embedding endpoint answered a vector of no text");
      }
      arrays.set(index, entry.path("embedding"));
    }
    return Answers.vectors(arrays, texts.size());
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
