package dev.quorate.vectors;

import dev.quorate.embedding.Model;
import dev.quorate.embedding.ModelStatus;
import dev.quorate.metrics.Meters;
import java.util.function.ToLongFunction;

/// What is told of vectors in the metrics. Where nothing is known yet, a gauge has no number.
public final class VectorMeters {
  private VectorMeters() {}

  public static void add(Meters meters, Model model, VectorWork work) {
    if (model.status() instanceof ModelStatus.Off) return;
    meters.gauge(
        "quorate_embedder_ready",
        "1 while the model makes vectors, else 0",
        () -> model.status() instanceof ModelStatus.Ready ? 1 : 0);
    gauge(meters, work, "pending", "Memories without a vector", Progress::pending);
    gauge(meters, work, "done", "Memories with a vector of the present model", Progress::done);
    gauge(meters, work, "failed", "Memories of which no vector can be made", Progress::failed);
  }

  private static void gauge(
      Meters meters, VectorWork work, String name, String what, ToLongFunction<Progress> number) {
    meters.gauge(
        "quorate_embeddings_" + name,
        what,
        () -> {
          var progress = work.progress();
          return progress.isEmpty() ? Double.NaN : number.applyAsLong(progress.get());
        });
  }
}
