package dev.quorate.corpus;

import tools.jackson.databind.node.ObjectNode;

/// Where a [Corpus] puts what it finds. A place is where that was, such as `line 7`, to be named
/// when the server refuses it.
public interface Sink {
  /// A memory with every field that an import needs (wire.md 2.4).
  void memory(ObjectNode memory, String place);

  /// A link, with `source_id`, `target_id`, `relation` and `created_at`.
  void link(ObjectNode link, String place);

  /// Something that could not be read, in one sentence.
  void fault(String sentence);

  /// Something worth saying when all is done, in one sentence.
  void remark(String sentence);
}
