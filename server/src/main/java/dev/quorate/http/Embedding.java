package dev.quorate.http;

import dev.quorate.embedding.EmbeddedText;
import dev.quorate.embedding.Model;
import dev.quorate.embedding.ModelStatus;
import dev.quorate.http.CapabilityRoutes.Meaning;
import dev.quorate.json.Json;
import dev.quorate.memories.Serving;
import dev.quorate.memory.Memory;
import dev.quorate.vectors.VectorWork;
import tools.jackson.databind.node.ObjectNode;

/// What is told of vectors, everywhere in the same words. Thread-safe.
public final class Embedding {
  private static final String NO_EMBEDDER = "embedding.embedder is off";

  private final Model model;
  private final VectorWork work;
  private final Serving serving;

  /// @param serving which model questions are answered by
  public Embedding(Model model, VectorWork work, Serving serving) {
    this.model = model;
    this.work = work;
    this.serving = serving;
  }

  boolean ready() {
    return model.status() instanceof ModelStatus.Ready;
  }

  /// Whether there is a model at all, whatever its state.
  boolean wanted() {
    return !(model.status() instanceof ModelStatus.Off);
  }

  /// The model that this node makes vectors with now or soon; empty for none.
  String announced() {
    return switch (model.status()) {
      case ModelStatus.Off _, ModelStatus.Failed _ -> "";
      case ModelStatus.Loading _, ModelStatus.Ready _ -> model.name();
    };
  }

  /// What memories are found by, besides their words.
  Meaning meaning() {
    return switch (model.status()) {
      case ModelStatus.Ready(var dimension) -> new Meaning(model.name(), dimension);
      case ModelStatus.Off _, ModelStatus.Loading _, ModelStatus.Failed _ -> Meaning.NONE;
    };
  }

  /// Starts the look for what lacks a vector once more.
  void again() {
    work.again();
  }

  /// What is told of [#json] to whom the node does not know: a reason may name hosts of its
  /// network.
  ObjectNode publicJson() {
    var json = json();
    json.remove("reason");
    return json;
  }

  /// `status`, and as far as they apply `model`, `dimension`, `reason`, how many memories are
  /// `pending`, `done` and `failed`, and `serving`, the former model while questions are answered
  /// by it.
  ObjectNode json() {
    var json = Json.object();
    json.put("status", model.status().word());
    if (!model.name().isEmpty()) json.put("model", model.name());
    switch (model.status()) {
      case ModelStatus.Ready(var dimension) -> json.put("dimension", dimension);
      case ModelStatus.Failed(var reason, _) -> json.put("reason", reason);
      case ModelStatus.Off _ -> json.put("reason", NO_EMBEDDER);
      case ModelStatus.Loading _ -> {
        // There is nothing to say yet.
      }
    }
    var answering = serving.model().name();
    if (!answering.equals(model.name())) json.put("serving", answering);
    work.progress()
        .ifPresent(progress -> {
          json.put("pending", progress.pending());
          json.put("done", progress.done());
          json.put("failed", progress.failed());
        });
    return json;
  }

  /// `embed_status` and where it is not well `embed_status_reason`, as members of an object after
  /// others.
  ///
  /// @param memory one that was stored just now
  String members(Memory memory) {
    var known = model.known(EmbeddedText.of(memory.title(), memory.content()));
    var word = known.isPresent() ? "ready" : "pending";
    return switch (model.status()) {
      case ModelStatus.Ready _, ModelStatus.Loading _ -> ",\"embed_status\":\"" + word + "\"";
      case ModelStatus.Off _ -> members("off", NO_EMBEDDER);
      case ModelStatus.Failed(var reason, _) -> members("failed", reason);
    };
  }

  private static String members(String status, String reason) {
    return ",\"embed_status\":\"%s\",\"embed_status_reason\":%s"
        .formatted(status, Rendering.quote(reason));
  }
}
