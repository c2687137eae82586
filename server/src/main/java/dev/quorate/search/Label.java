package dev.quorate.search;

import dev.quorate.memory.Memory;
import dev.quorate.memory.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.index.Term;

/// An exact value that memories are filtered by. All kinds of labels share one field, told apart by
/// their first character: every field costs something each time the index is refreshed.
enum Label {
  NAMESPACE('n'),
  TAG('t'),
  AGENT('a'),
  SOURCE_URI('u'),
  KIND('k'),
  /// For whom the memory is visible: its scope and a namespace in whose subtree it lies.
  VISIBILITY('v');

  /// Lucene takes terms of 32,766 bytes. Values that agree this far are taken for the same.
  private static final int CHARACTERS_MAX = 8_000;

  private final char prefix;

  Label(char prefix) {
    this.prefix = prefix;
  }

  Term of(String value) {
    return new Term(Columns.LABEL, text(value));
  }

  private String text(String value) {
    return prefix + value.substring(0, Math.min(CHARACTERS_MAX, value.length()));
  }

  /// Everything that the memory can be filtered by.
  static List<String> all(Memory memory) {
    var labels = new ArrayList<String>();
    labels.add(NAMESPACE.text(memory.namespace()));
    memory.tags().forEach(tag -> labels.add(TAG.text(tag)));
    var agent = memory.agentId();
    if (agent != null) labels.add(AGENT.text(agent));
    var uri = memory.provenance().sourceUri();
    if (uri != null) labels.add(SOURCE_URI.text(uri));
    labels.add(KIND.text(memory.provenance().kind().text()));
    var scope = memory.scope();
    visibleIn(scope, memory.namespace())
        .forEach(namespace -> labels.add(VISIBILITY.text(visibility(scope, namespace))));
    return labels;
  }

  private static List<String> visibleIn(Scope scope, String namespace) {
    return switch (scope) {
      case PRIVATE -> List.of(namespace);
      case TEAM, UNIT, ORG -> Namespaces.withAncestors(namespace);
      case COLLECTIVE -> List.of("");
    };
  }

  /// What a memory must carry one of to be visible from this position (api.md 2.6).
  static List<Term> visibleFrom(String position) {
    return Stream.of(Scope.values())
        .flatMap(scope -> subtree(scope, position).map(top -> visibility(scope, top)).stream())
        .map(VISIBILITY::of)
        .toList();
  }

  private static Optional<String> subtree(Scope scope, String position) {
    return switch (scope) {
      case PRIVATE -> Optional.of(position);
      case TEAM -> Namespaces.above(position, 1);
      case UNIT -> Namespaces.above(position, 2);
      case ORG -> Namespaces.above(position, 3);
      case COLLECTIVE -> Optional.of("");
    };
  }

  private static String visibility(Scope scope, String namespace) {
    return scope.text() + ":" + namespace;
  }
}
