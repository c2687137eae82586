package dev.quorate.embedding;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.IOException;
import java.io.InputStream;

/// all-MiniLM-L6-v2, quantized, run on the thread that asks and on no other: the library's own way
/// takes every core there is, and with them the processor from those who wait for an answer.
/// Thread-safe.
final class OneCore extends AbstractInProcessEmbeddingModel {
  private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

  /// Loaded when the class is first used, once in a process, and never let go: a session that is
  /// closed while it runs takes the process with it.
  private static final OnnxBertBiEncoder ENCODER = load();

  OneCore() {
    super(Runnable::run);
  }

  @Override
  protected OnnxBertBiEncoder model() {
    return ENCODER;
  }

  private static OnnxBertBiEncoder load() {
    try (var model = resource(MODEL);
        var tokenizer = resource(TOKENIZER);
        var options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      var environment = OrtEnvironment.getEnvironment();
      var session = environment.createSession(model.readAllBytes(), options);
      return new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.MEAN);
    } catch (IOException | OrtException e) {
      throw new IllegalStateException("the model does not load: " + e.getMessage(), e);
    }
  }

  private static InputStream resource(String name) {
    var found = OneCore.class.getResourceAsStream(name);
    if (found == null) throw new IllegalStateException("the program lacks its part " + name);
    return found;
  }
}
