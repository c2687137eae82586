package dev.quorate.vectors;

import dev.quorate.embedding.EmbeddedText;
import dev.quorate.embedding.Vector;
import dev.quorate.memory.Body;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.store.VectorSpace;
import java.util.List;
import java.util.Optional;

/// Reads and keeps vectors in the store. Thread-safe.
final class Making {
  private final Store store;

  Making(Store store) {
    this.store = store;
  }

  /// A vector and the content it was made of.
  record Made(ContentRegister content, Vector vector) {}

  static String text(ContentRegister content) {
    var memory = Body.read(content.body());
    return EmbeddedText.of(memory.title(), memory.content());
  }

  /// The vector that a memory had before a change which left its text as it was.
  Optional<Vector> unchanged(ContentRegister content, VectorSpace space) {
    return store.read(snapshot -> unchanged(snapshot, content, space));
  }

  private static Optional<Vector> unchanged(
      Snapshot snapshot, ContentRegister content, VectorSpace space) {
    var held =
        snapshot
            .register(Lane.EMBEDDING, content.id())
            .map(EmbeddingRegister.class::cast)
            .filter(EmbeddingRegister::intact)
            .filter(vector -> vector.model().equals(space.model()))
            .filter(vector -> vector.dimension() == space.dimension());
    if (held.isEmpty()) return Optional.empty();
    var text = text(content);
    return snapshot.history(content.id()).stream()
        .filter(version -> version.stamp().equals(held.get().contentStamp()))
        .map(version -> Body.read(version.body()))
        .filter(old -> EmbeddedText.of(old.title(), old.content()).equals(text))
        .findFirst()
        .map(_ -> Vector.decode(held.get().vector()));
  }

  /// Keeps vectors as changes that were made here. One whose memory was changed or deleted
  /// meanwhile is dropped: it would be of nothing that is there. Durable on return.
  ///
  /// @throws dev.quorate.failure.RequestFailure when the store takes nothing now
  void keep(List<Made> vectors, VectorSpace space) {
    var _ =
        store.write(transaction -> {
          for (var made : vectors) {
            var content = made.content();
            var now = transaction.register(Lane.CONTENT, content.id());
            if (now.isEmpty() || !now.get().hash().equals(content.hash())) continue;
            var _ =
                transaction.merge(
                    EmbeddingRegister.of(
                        content.id(),
                        content.stamp(),
                        transaction.stamp(),
                        space.model(),
                        space.dimension(),
                        made.vector().encoded()));
          }
          return true;
        });
  }
}
