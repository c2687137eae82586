package dev.quorate.vectors;

import dev.quorate.embedding.Model;
import dev.quorate.embedding.Sample;
import dev.quorate.embedding.UnusableVector;
import dev.quorate.embedding.Vector;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Finds the model that questions are answered by after a change of model, until most memories have
/// a vector of the new one.
public final class FormerModel {
  private static final Logger LOG = System.getLogger(FormerModel.class.getName());

  private final String present;
  private final Store store;
  private final Running running;

  /// Makes a model ready to be started, where it is known how to run it.
  @FunctionalInterface
  public interface Running {
    /// The model of this name; empty where nobody knows how to run it.
    ///
    /// @param sample by which it is known again
    /// @param warning told each time that it goes out of use
    Optional<Model> of(String name, Sample sample, Consumer<String> warning);
  }

  /// @param present the name of the model of now
  public FormerModel(String present, Store store, Running running) {
    this.present = present;
    this.store = store;
    this.running = running;
  }

  private record Held(String name, long memories) {}

  /// Of the models whose vectors are in the search index the one that has the most, where it has
  /// more than the present one or the index lacks those, and where it can be run.
  ///
  /// @param indexed whose vectors the index has
  public Optional<Model> among(List<String> indexed) {
    var others = indexed.stream().filter(name -> !name.equals(present)).toList();
    if (present.isEmpty() || others.isEmpty()) return Optional.empty();
    var most =
        others.stream()
            .map(this::held)
            .max(Comparator.comparingLong(Held::memories))
            .filter(held -> held.memories() > 0);
    if (most.isEmpty()) return Optional.empty();
    if (indexed.contains(present) && held(present).memories() >= most.get().memories()) {
      return Optional.empty();
    }
    var name = most.get().name();
    return sample(name).flatMap(sample -> running.of(name, sample, why -> tell(name, why)));
  }

  private Held held(String name) {
    return new Held(name, store.read(snapshot -> snapshot.embeddings().held(name)));
  }

  private Optional<Sample> sample(String name) {
    return store.read(
        snapshot -> snapshot.embeddings().sample(name).flatMap(id -> sample(snapshot, id)));
  }

  private static Optional<Sample> sample(Snapshot snapshot, String id) {
    var content = snapshot.register(Lane.CONTENT, id).map(ContentRegister.class::cast);
    var vector = snapshot.register(Lane.EMBEDDING, id).map(EmbeddingRegister.class::cast);
    if (content.isEmpty() || vector.isEmpty()) return Optional.empty();
    try {
      var made = Vector.decode(vector.get().vector());
      return Optional.of(new Sample(Making.text(content.get()), made));
    } catch (UnusableVector e) {
      LOG.log(Level.DEBUG, "the vector of memory {0} is of no use: {1}", id, e);
      return Optional.empty();
    }
  }

  private static void tell(String name, String why) {
    LOG.log(
        Level.INFO, "the model before this one ({0}) answers no questions for now: {1}", name, why);
  }
}
