package dev.quorate.embedding;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads vectors from the answer of an endpoint, which may hold anything.
final class Answers {
  private Answers() {}

  /// The vectors of an answer, one for each text.
  ///
  /// @param arrays where the numbers should stand
  static List<Vector> vectors(List<JsonNode> arrays, int texts) throws EmbeddingFailed {
    if (arrays.size() != texts) {
      throw EmbeddingFailed.lasting(
          "the embedding endpoint answered %d vectors for %d texts"
              .formatted(arrays.size(), texts));
    }
    var vectors = new ArrayList<Vector>(texts);
    for (var array : arrays) {
      var vector = vector(array);
      if (!vectors.isEmpty() && vectors.getFirst().dimension() != vector.dimension()) {
        throw EmbeddingFailed.lasting(
            "the embedding endpoint answered vectors of %d and of %d values"
                .formatted(vectors.getFirst().dimension(), vector.dimension()));
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private static Vector vector(JsonNode array) throws EmbeddingFailed {
    var values = new float[array.isArray() ? array.size() : 0];
    for (var i = 0; i < values.length; i++) {
      var value = array.get(i);
      if (!value.isNumber()) {
        throw EmbeddingFailed.lasting(
            "the embedding endpoint answered a vector with no number in it");
      }
      // What is beyond all floats becomes infinite, and is refused with the rest.
      values[i] = value.decimalValue().floatValue();
    }
    try {
      return Vector.of(values);
    } catch (UnusableVector e) {
      throw EmbeddingFailed.lasting(
          "the embedding endpoint answered no usable vector: " + e.getMessage());
    }
  }
}
