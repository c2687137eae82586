package dev.quorate.memories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.embedding.Embedder;
import dev.quorate.embedding.EmbeddingFailed;
import dev.quorate.embedding.Model;
import dev.quorate.embedding.ModelStatus;
import dev.quorate.embedding.Vector;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServingTest {
  private final AtomicBoolean mostlyMade = new AtomicBoolean();

  @Test
  void theFormerModelServesUntilMostVectorsAreMadeAndNeverAgain() {
    try (var present = ready("new");
        var former = ready("old")) {
      var serving = new Serving(present, Optional.of(former), mostlyMade::get);
      assertThat(serving.model()).isSameAs(former);
      mostlyMade.set(true);
      while (serving.model() != present) Thread.onSpinWait();
      while (!(former.status() instanceof ModelStatus.Off)) Thread.onSpinWait();
      // As when very many memories come at once.
      mostlyMade.set(false);
      assertThat(serving.model()).isSameAs(present);
    }
  }

  @Test
  void aFormerModelThatCannotBeHadServesNobody() {
    try (var present = ready("new");
        var former =
            Model.loading(
                "old",
                () -> {
                  throw EmbeddingFailed.lasting("gone");
                },
                _ -> {})) {
      var serving = new Serving(present, Optional.of(former), mostlyMade::get);
      assertThat(serving.model()).isSameAs(present);
    }
  }

  private static Model ready(String name) {
    var model = Model.loading(name, () -> new Same(name), _ -> {});
    while (!(model.status() instanceof ModelStatus.Ready)) Thread.onSpinWait();
    return model;
  }

  /// Means the same by everything.
  private record Same(String model) implements Embedder {
    @Override
    public List<Vector> embed(List<String> texts) {
      return texts.stream().map(_ -> Vector.of(new float[] {1, 0})).toList();
    }

    @Override
    public void close() {}
  }
}
