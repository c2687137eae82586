package dev.quorate.search;

import dev.quorate.embedding.ModelVector;
import dev.quorate.embedding.UnusableVector;
import dev.quorate.embedding.Vector;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The vector that the store holds for a memory. One of an earlier content serves until there is
/// one of the present content: a memory that was edited mostly means what it meant.
final class HeldVector {
  private static final Logger LOG = System.getLogger(HeldVector.class.getName());

  private HeldVector() {}

  /// @param ids all the memory ever had; vectors stand under the id of the content shown
  /// @param models whose vectors count
  static Optional<ModelVector> of(
      Snapshot snapshot, StoredMemory memory, List<String> ids, Set<String> models) {
    if (models.isEmpty()) return Optional.empty();
    return ids.stream()
        .filter(id -> ids.size() == 1 || shown(snapshot, memory, id))
        .flatMap(id -> snapshot.register(Lane.EMBEDDING, id).stream())
        .map(EmbeddingRegister.class::cast)
        .filter(register -> models.contains(register.model()))
        .flatMap(register -> decoded(register).stream())
        .findFirst();
  }

  private static boolean shown(Snapshot snapshot, StoredMemory memory, String id) {
    return snapshot
        .register(Lane.CONTENT, id)
        .filter(content -> content.stamp().equals(memory.stamp()))
        .isPresent();
  }

  private static Optional<ModelVector> decoded(EmbeddingRegister register) {
    try {
      return Optional.of(Vector.decode(register.vector()))
          .filter(vector -> vector.dimension() == register.dimension())
          .map(vector -> new ModelVector(register.model(), vector));
    } catch (UnusableVector e) {
      LOG.log(Level.WARNING, "the vector of memory {0} is of no use: {1}", register.id(), e);
      return Optional.empty();
    }
  }
}
