package dev.quorate.bench.text;

/// The queries that a run asks, numbered from 0: the same seed and number give the same query.
/// Immutable, thread-safe.
public final class Queries {
  private final Vocabulary vocabulary;
  private final long seed;
  private final int words;
  private final Zipf repeats;
  private final boolean allNew;

  /// With `distinct` of 0 hardly any query comes twice; else queries are drawn by Zipf's law from
  /// so many different ones, as people ask them.
  public Queries(Vocabulary vocabulary, long seed, int words, int distinct) {
    this.vocabulary = vocabulary;
    this.seed = seed;
    this.words = words;
    this.allNew = distinct == 0;
    this.repeats = new Zipf(Math.max(distinct, 1), 1, 0);
  }

  /// Appends the words of query `number` with a separator between them.
  public void append(long number, String separator, Ascii out) {
    var text = allNew ? number : repeats.draw(Draws.of(seed, "repeat", number));
    var random = Draws.of(seed, "query", text);
    for (var i = 0; i < words; i++) {
      if (i > 0) out.append(separator);
      out.append(vocabulary.draw(random));
    }
  }
}
