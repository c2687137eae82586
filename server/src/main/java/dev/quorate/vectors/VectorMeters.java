package dev.quorate.vectors;

import dev.quorate.embedding.Model;
import dev.quorate.embedding.ModelStatus;
import dev.quorate.metrics.Meters;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// What is told of vectors in the metrics. Where nothing is known yet, a gauge has no number.
public final class VectorMeters {
  private static final String DONE = "Memories with a vector of the present model";

  private VectorMeters() {}

  public static void add(Meters meters, Model model, VectorWork work) {
    if (model.status() instanceof ModelStatus.Off) return;
    meters.gauge(
        "quorate_embedder_ready",
        "1 while the model makes vectors, else 0",
        () -> model.status() instanceof ModelStatus.Ready ? 1 : 0);
    gauge(meters, work, "pending", "Memories without a vector", Progress::pending);
    gauge(meters, work, "done", DONE, Progress::done);
    gauge(meters, work, "failed", "Memories of which no vector can be made", Progress::failed);
    // As ai-memory names the same.
    meters.gauge("ai_memory_hnsw_size", DONE, number(work, Progress::done));
  }

  private static void gauge(
      Meters meters, VectorWork work, String name, String what, ToLongFunction<Progress> number) {
    meters.gauge("quorate_embeddings_" + name, what, number(work, number));
  }

  private static Supplier<Number> number(VectorWork work, ToLongFunction<Progress> number) {
    return () -> {
      var progress = work.progress();
      return progress.isEmpty() ? Double.NaN : number.applyAsLong(progress.get());
    };
  }
}
