package dev.quorate.search;

import dev.quorate.embedding.ModelVector;
import dev.quorate.embedding.Vector;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.time.Stamp;
import org.jspecify.annotations.Nullable;

/// Vectors of a test, in a plane of three or more directions, and their way into a store.
final class Meanings {
  static final int DIMENSION = 4;

  private Meanings() {}

  /// A vector at this angle from [#of] 0, in degrees.
  static Vector of(double degrees) {
    var radians = Math.toRadians(degrees);
    return Vector.of(new float[] {(float) Math.cos(radians), (float) Math.sin(radians), 0, 0});
  }

  /// What is asked for, by the model of the library.
  static ModelVector asked(Vector vector) {
    return new ModelVector(Library.MODEL, vector);
  }

  static void give(Library library, String id, Vector vector) {
    give(library, id, vector, Library.MODEL);
  }

  /// Keeps a vector of what a memory says now, or of what it would once it is there.
  static void give(Library library, String id, Vector vector, String model) {
    library
        .store()
        .write(transaction -> {
          var content =
              transaction.register(Lane.CONTENT, id).map(ContentRegister.class::cast).orElse(null);
          return transaction.merge(
              EmbeddingRegister.of(
                  id,
                  stamp(content, transaction.stamp()),
                  transaction.stamp(),
                  model,
                  vector.dimension(),
                  vector.encoded()));
        });
  }

  private static Stamp stamp(@Nullable ContentRegister content, Stamp otherwise) {
    return content == null ? otherwise : content.stamp();
  }
}
