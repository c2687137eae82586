package dev.quorate.bench.corpus;

import dev.quorate.bench.probe.CannotRun;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Memories and the questions about them. Throws [CannotRun] where they do not fit together.
///
/// @param name of its folder
public record Corpus(String name, List<CorpusMemory> memories, List<Question> questions) {
  private static final int DIGEST_BYTES = 4;

  public Corpus {
    memories = List.copyOf(memories);
    questions = List.copyOf(questions);
    if (memories.isEmpty()) throw new CannotRun("the corpus " + name + " has no memories");
    if (questions.isEmpty()) throw new CannotRun("the corpus " + name + " has no questions");
    var keys = new HashSet<String>();
    var titles = new HashSet<String>();
    for (var memory : memories) {
      if (!keys.add(memory.key())) throw new CannotRun("two memories have the key " + memory.key());
      if (!titles.add(memory.title())) {
        throw new CannotRun("two memories have the title " + memory.title());
      }
    }
    var ids = new HashSet<String>();
    for (var question : questions) {
      if (!ids.add(question.id())) {
        throw new CannotRun("two questions have the id " + question.id());
      }
      check(question, keys);
    }
  }

  private static void check(Question question, Set<String> keys) {
    var named = new HashSet<String>();
    for (var part : List.of(question.evidence(), question.outdated())) {
      for (var key : part) {
        if (!keys.contains(key)) {
          throw new CannotRun(
              "question %s names a memory that is not there: %s".formatted(question.id(), key));
        }
        if (!named.add(key)) {
          throw new CannotRun("question %s names %s twice".formatted(question.id(), key));
        }
      }
    }
    var nothing = question.kind() == QuestionKind.NOTHING;
    if (nothing != question.evidence().isEmpty()) {
      throw new CannotRun(
          "question %s of kind %s must have %s evidence"
              .formatted(question.id(), question.kind().label(), nothing ? "no" : "some"));
    }
    var update = question.kind() == QuestionKind.UPDATE;
    if (update == question.outdated().isEmpty()) {
      throw new CannotRun(
          "question %s of kind %s must name %s outdated memory"
              .formatted(question.id(), question.kind().label(), update ? "an" : "no"));
    }
  }

  /// Eight hexadecimal digits that change with any memory. Questions do not count.
  public String digest() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var memory : memories) {
        var text =
            String.join(
                "\0",
                memory.key(),
                memory.namespace(),
                memory.title(),
                memory.content(),
                String.join("\0", memory.tags()),
                memory.tier(),
                Integer.toString(memory.priority()),
                memory.createdAt().toString());
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
