package dev.quorate.bench;

import dev.quorate.bench.text.Queries;
import dev.quorate.bench.text.Vocabulary;
import java.util.Map;
import picocli.CommandLine.Option;

/// What is asked.
final class QueryOptions {
  private static final int WORDS_MAX = 100;
  private static final int DISTINCT_MAX = 10_000_000;
  private static final int LIMIT_MAX = 1_000;

  @Option(
      names = "--query-words",
      paramLabel = "N",
      description = "Words in each query [${DEFAULT-VALUE}].")
  private int words = 3;

  @Option(
      names = "--distinct-queries",
      paramLabel = "N",
      description =
          "Draw from N different queries by Zipf's law [${DEFAULT-VALUE}: hardly any comes twice].")
  private int distinct;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Memories that an answer holds at most [${DEFAULT-VALUE}].")
  private int limit = 10;

  Queries queries(Vocabulary vocabulary, long seed, Map<String, Object> settings) {
    settings.put("query-words", Ranges.check("--query-words", words, 1, WORDS_MAX));
    settings.put("distinct-queries", Ranges.check("--distinct-queries", distinct, 0, DISTINCT_MAX));
    settings.put("limit", limit());
    return new Queries(vocabulary, seed, words, distinct);
  }

  int limit() {
    return Ranges.check("--limit", limit, 1, LIMIT_MAX);
  }
}
