package dev.quorate.memories;

import dev.quorate.memories.Contradictions.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Predicate;

/// Pairs of memories that say different things.
final class DifferentPairs {
  private DifferentPairs() {}

  /// The first `max` that are wanted, in the order of the memories. Contents may be long and alike
  /// to their last character, so each is looked up once and has a number from then on: a thousand
  /// memories make half a million pairs, of numbers.
  ///
  /// @param contents what each of `ids` says
  static <C> List<Pair> of(List<String> ids, List<C> contents, Predicate<Pair> wanted, int max) {
    var numbers = numbers(contents);
    var pairs = new ArrayList<Pair>();
    for (var i = 0; i < numbers.length; i++) {
      for (var j = i + 1; j < numbers.length; j++) {
        if (pairs.size() == max) return pairs;
        if (numbers[i] == numbers[j]) continue;
        var pair = new Pair(ids.get(i), ids.get(j));
        if (wanted.test(pair)) pairs.add(pair);
      }
    }
    return pairs;
  }

  /// The same number for the same content.
  private static <C> int[] numbers(List<C> contents) {
    var known = HashMap.<C, Integer>newHashMap(contents.size());
    return contents.stream()
        .mapToInt(content -> known.computeIfAbsent(content, _ -> known.size()))
        .toArray();
  }
}
