package dev.quorate.settings;

/// What makes the vectors that recall by meaning needs.
public enum EmbedderKind {
  /// The model that comes with the program, in this process.
  MINILM,

  /// An endpoint that speaks the embeddings call of the OpenAI API.
  OPENAI,

  /// An Ollama server.
  OLLAMA,

  /// Nothing: memories are found by their words only.
  OFF
}
