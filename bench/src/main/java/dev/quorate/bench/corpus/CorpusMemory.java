package dev.quorate.bench.corpus;

import java.time.Instant;
import java.util.List;

/// A memory of a corpus, or one turn of a conversation.
///
/// @param key what questions call it
/// @param namespace the part of the corpus that it belongs to
/// @param tier `short`, `mid` or `long`
/// @param priority 1..10
/// @param createdAt when it was stored, which gives the corpus its order in time
public record CorpusMemory(
    String key,
    String namespace,
    String title,
    String content,
    List<String> tags,
    String tier,
    int priority,
    Instant createdAt) {
  public CorpusMemory {
    tags = List.copyOf(tags);
  }
}
