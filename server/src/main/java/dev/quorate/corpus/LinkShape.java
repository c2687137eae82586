package dev.quorate.corpus;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memory.Relation;
import dev.quorate.memory.Rules;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// A link as somebody wrote it into a file, made into one that can be imported.
final class LinkShape {
  private final String fileTime;

  LinkShape(Instant fileTime) {
    this.fileTime = Timestamps.render(fileTime);
  }

  static boolean isLink(ObjectNode object) {
    return object.has("source_id") && object.has("target_id");
  }

  /// Returns the same object, completed.
  ///
  /// @throws Invalid when a field has the wrong type or the relation does not exist
  ObjectNode complete(ObjectNode link) {
    if (!link.hasNonNull("relation")) link.put("relation", Relation.RELATED_TO.text());
    if (!link.hasNonNull("created_at")) link.put("created_at", fileTime);
    for (var field : new String[] {"source_id", "target_id", "relation", "created_at"}) {
      if (!link.path(field).isString()) throw new Invalid(field + " must be text");
    }
    var relation = link.get("relation").asString();
    if (Relation.of(relation).isEmpty()) {
      throw new Invalid("there is no relation " + Rules.quote(relation));
    }
    return link;
  }
}
