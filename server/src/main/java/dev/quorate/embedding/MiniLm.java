package dev.quorate.embedding;

import dev.langchain4j.data.segment.TextSegment;
import java.util.ArrayList;
import java.util.List;

/// all-MiniLM-L6-v2, quantized, in this process: it comes with the program and needs neither
/// network nor key. A text is read in pieces of 510 tokens whose vectors are averaged.
public final class MiniLm implements Embedder {
  /// As all nodes of a mesh name it.
  public static final String MODEL = "all-MiniLM-L6-v2-q";

  private final OneCore model;
  private final SpareTime spareTime = new SpareTime(text -> embed(List.of(text)).getFirst());

  private MiniLm(OneCore model) {
    this.model = model;
  }

  /// Loads the model, which takes about a second and some 100 MiB.
  ///
  /// @throws EmbeddingFailed when this machine cannot run it
  public static MiniLm load() throws EmbeddingFailed {
    try {
      return new MiniLm(new OneCore());
    } catch (RuntimeException | LinkageError e) {
      throw EmbeddingFailed.lasting(
          "the in-process model cannot be loaded on this machine: " + reason(e));
    }
  }

  private static String reason(Throwable failure) {
    var deepest = failure;
    while (deepest.getCause() != null) deepest = deepest.getCause();
    return deepest.toString();
  }

  @Override
  public String model() {
    return MODEL;
  }

  @Override
  public List<Vector> embed(List<String> texts) throws EmbeddingFailed {
    try {
      var segments = texts.stream().map(MiniLm::segment).toList();
      var embedded = model.embedAll(segments).content();
      return embedded.stream().map(embedding -> Vector.of(embedding.vector())).toList();
    } catch (UnusableVector e) {
      throw EmbeddingFailed.lasting("the in-process model made no vector: " + e.getMessage());
    } catch (RuntimeException e) {
      throw EmbeddingFailed.forNow("the in-process model failed: " + reason(e), e);
    }
  }

  @Override
  public List<Vector> embedUnhurried(List<String> texts) throws EmbeddingFailed {
    var vectors = new ArrayList<Vector>();
    for (var text : texts) vectors.add(spareTime.encode(text));
    return vectors;
  }

  /// The model has no vector for nothing, and a text of spaces says as much.
  private static TextSegment segment(String text) {
    return TextSegment.from(text.isBlank() ? "-" : text);
  }

  /// The model stays loaded: the library keeps it for the life of the process.
  @Override
  public void close() {
    spareTime.close();
  }
}
