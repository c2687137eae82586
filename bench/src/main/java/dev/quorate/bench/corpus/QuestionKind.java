package dev.quorate.bench.corpus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What makes a question hard.
public enum QuestionKind {
  /// One memory holds the answer.
  SINGLE,
  /// As SINGLE, but the question shares no content word with that memory.
  PARAPHRASE,
  /// Only several memories together hold the answer.
  SEVERAL,
  /// The answer depends on when something was so.
  TIME,
  /// A newer memory holds the answer and supersedes an older one, which must stand behind it.
  UPDATE,
  /// No memory holds the answer.
  NOTHING;

  /// The name in files and reports.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<QuestionKind> of(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }

  static String labels() {
    return Arrays.stream(values()).map(QuestionKind::label).collect(Collectors.joining(", "));
  }
}
