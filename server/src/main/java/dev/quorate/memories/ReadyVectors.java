package dev.quorate.memories;

import dev.quorate.embedding.EmbeddedText;
import dev.quorate.embedding.Model;
import dev.quorate.memory.Memory;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.store.Transaction;

/// Saves memories with their vectors, where these are ready: somebody asked for the vector of the
/// same text lately, such as for its duplicates. It then goes to the peers in the same push, and
/// nobody makes it again. No write waits for a model. Thread-safe.
final class ReadyVectors {
  private final Model model;

  ReadyVectors(Model model) {
    this.model = model;
  }

  void save(Transaction transaction, Memory memory) {
    var stamp = transaction.save(memory);
    var vector = model.known(EmbeddedText.of(memory.title(), memory.content()));
    if (vector.isEmpty()) return;
    var _ =
        transaction.merge(
            EmbeddingRegister.of(
                memory.id(),
                stamp,
                transaction.stamp(),
                model.name(),
                vector.get().dimension(),
                vector.get().encoded()));
  }
}
