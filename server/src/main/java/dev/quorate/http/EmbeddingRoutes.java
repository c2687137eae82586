package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Unavailable;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;

/// Answers about vectors: how far they are, and looking through everything again.
final class EmbeddingRoutes {
  private final Embedding embedding;
  private final Mutations mutations;

  EmbeddingRoutes(Embedding embedding, Mutations mutations) {
    this.embedding = embedding;
    this.mutations = mutations;
  }

  Response progress(Request request) {
    return Bodies.json(200, embedding.json());
  }

  /// Changes nothing by itself: every vector that comes of it is a change of its own.
  Response reindex(Request request) {
    return mutations.runInSteps(
        request,
        () -> {
          if (!embedding.wanted()) {
            throw new Unavailable(
                "there is nothing to make vectors with: embedding.embedder is off");
          }
          embedding.again();
          return Outcome.of(202, embedding.json().toString());
        });
  }
}
