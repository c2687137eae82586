package dev.quorate.bench.text;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// A list of invented lower-case words, the frequent ones short, drawn by Zipf's law. The list is
/// the same in every run, whatever the seed of the run: a query finds what another run stored.
/// Immutable, thread-safe.
public final class Vocabulary {
  /// About as many words as an active speaker uses.
  public static final int SIZE = 20_000;

  private static final long LIST_SEED = 0x5EED_0F_30_4D5L;

  // Fitted to English: the most frequent word is some 4 percent of the text.
  private static final double EXPONENT = 1.05;
  private static final double SHIFT = 2.7;

  private static final List<String> ONSETS =
      List.of(
          "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z",
          "bl", "br", "cl", "dr", "fl", "gr", "pl", "pr", "sh", "sk", "sp", "st", "th", "tr");
  private static final List<String> VOWELS = List.of("a", "e", "i", "o", "u", "ai", "ea", "ou");
  private static final List<String> CODAS = List.of("", "", "l", "m", "n", "r", "s", "t", "nd");

  // A query language may take these for operators.
  private static final Set<String> OPERATORS = Set.of("and", "or", "not", "near");

  private final byte[][] words;
  private final Zipf zipf;

  public Vocabulary() {
    words = new byte[SIZE][];
    var random = new SplittableRandom(LIST_SEED);
    var distinct = LinkedHashSet.<String>newLinkedHashSet(SIZE);
    while (distinct.size() < SIZE) {
      var word = word(random, syllables(distinct.size(), random));
      if (!OPERATORS.contains(word)) distinct.add(word);
    }
    var rank = 0;
    for (var word : distinct) words[rank++] = word.getBytes(StandardCharsets.US_ASCII);
    zipf = new Zipf(SIZE, EXPONENT, SHIFT);
  }

  /// A word by its frequency in natural text. The array is shared: do not change it.
  byte[] draw(SplittableRandom random) {
    return words[zipf.draw(random)];
  }

  /// The word of a rank from 0, the most frequent.
  String word(int rank) {
    return new String(words[rank], StandardCharsets.US_ASCII);
  }

  private static int syllables(int rank, SplittableRandom random) {
    if (rank < 150) return 1;
    if (rank < 3_000) return 1 + random.nextInt(2);
    return 2 + random.nextInt(2);
  }

  private static String word(SplittableRandom random, int syllables) {
    var word = new StringBuilder(16);
    for (var i = 0; i < syllables; i++) {
      word.append(any(ONSETS, random)).append(any(VOWELS, random)).append(any(CODAS, random));
    }
    return word.toString();
  }

  private static String any(List<String> choices, SplittableRandom random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
