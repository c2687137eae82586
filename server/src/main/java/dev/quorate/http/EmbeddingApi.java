package dev.quorate.http;

import dev.quorate.http.transport.Method;
import dev.quorate.http.transport.Route;
import java.util.List;

/// The routes about vectors.
final class EmbeddingApi {
  private EmbeddingApi() {}

  static List<Route> routes(EmbeddingRoutes embedding) {
    return List.of(
        Api.read(
            "/embedding",
            Api.doc("How far the vectors of memories are")
                .withAnswer(200, "status, model, and how many are pending, done and failed"),
            embedding::progress),
        Api.change(
            Method.POST,
            "/reindex",
            Api.doc("Look for memories without a vector of the present model, and make them")
                .withAnswer(202, "it has begun; /embedding tells how far it is")
                .withAnswer(503, "there is nothing to make vectors with"),
            embedding::reindex));
  }
}
