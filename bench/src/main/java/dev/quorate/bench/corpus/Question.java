package dev.quorate.bench.corpus;

import java.util.List;

/// A question whose answer is known.
///
/// @param evidence keys of the memories that hold the answer; none for [QuestionKind#NOTHING]
/// @param outdated keys of memories that held the answer once and must stand behind the evidence;
///   some for [QuestionKind#UPDATE] and none for all others
public record Question(
    String id, QuestionKind kind, String text, List<String> evidence, List<String> outdated) {
  public Question {
    evidence = List.copyOf(evidence);
    outdated = List.copyOf(outdated);
  }
}
