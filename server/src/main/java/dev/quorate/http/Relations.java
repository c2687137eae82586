package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memory.Relation;
import dev.quorate.memory.Rules;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Relations as requests name them.
final class Relations {
  private static final List<String> ALL =
      Arrays.stream(Relation.values()).map(Relation::text).toList();

  private Relations() {}

  /// Any relation that a link can have.
  ///
  /// @throws Invalid when there is none of this name
  static Relation of(String text) {
    return of(text, ALL);
  }

  /// One of some relations.
  ///
  /// @param allowed their names
  /// @throws Invalid when it is none of them
  static Relation of(String text, List<String> allowed) {
    return Relation.of(text)
        .filter(relation -> allowed.contains(relation.text()))
        .orElseThrow(() ->
            new Invalid("invalid_relation", Map.of("got", Rules.shown(text), "allowed", allowed)));
  }
}
