package dev.quorate.wire;

import dev.quorate.failure.RequestFailure.Unprocessable;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.memory.MemoryKind;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Relation;
import dev.quorate.memory.Rules;
import dev.quorate.memory.Tier;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The shape of an element: members that must be there, their types, and the words of the closed
/// lists. ai-memory refuses the whole body over any of them (wire.md 2.2, 2.4).
final class Shapes {
  private static final List<String> MEMORY_TEXTS =
      List.of("id", "namespace", "title", "content", "source", "created_at", "updated_at");

  private Shapes() {}

  static void check(WireList list, JsonNode element) {
    switch (list) {
      case MEMORIES -> memory(fields(list, element));
      case DELETIONS, ARCHIVES, RESTORES, NAMESPACE_META_CLEARS -> {
        if (!element.isString()) throw new Unprocessable(list.text() + " must be strings");
      }
      case LINKS -> link(fields(list, element));
      case PENDINGS -> pending(fields(list, element));
      case PENDING_DECISIONS -> decision(fields(list, element));
      case NAMESPACE_META -> standard(fields(list, element));
      case EMBEDDINGS -> embedding(fields(list, element));
      case LOST, ALIASES, UNLINKS, ACTIONS, SUBSCRIPTIONS -> {}
    }
  }

  private static Fields fields(WireList list, JsonNode element) {
    if (!element.isObject()) throw new Unprocessable(list.text() + " must be objects");
    return Fields.of(element, Strictness.FRAMEWORK);
  }

  static void memory(Fields memory) {
    MEMORY_TEXTS.forEach(memory::text);
    word("tier", memory.text("tier"), Tier.of(memory.text("tier")).isPresent());
    memory.texts("tags");
    memory.whole("priority");
    if (memory.optionalNumber("confidence") == null) {
      throw new Unprocessable("missing required field: confidence");
    }
    memory.whole("access_count");
    memory.optionalText("last_accessed_at");
    memory.optionalText("expires_at");
    memory.optionalObject("metadata");
    var kind = memory.optionalText("memory_kind");
    if (kind != null) word("memory_kind", kind, MemoryKind.of(kind).isPresent());
    var source = memory.optionalText("confidence_source");
    if (source != null)
      word("confidence_source", source, Provenance.CONFIDENCE_SOURCES.contains(source));
  }

  private static void link(Fields link) {
    link.text("source_id");
    link.text("target_id");
    link.text("created_at");
    var relation = link.text("relation");
    word("relation", relation, Relation.of(relation).isPresent());
    link.optionalText("observed_by");
    link.optionalText("valid_from");
    link.optionalText("valid_until");
    var signature = link.value("signature");
    if (signature != null) Signatures.shape(signature);
  }

  private static void pending(Fields pending) {
    pending.text("id");
    var type = pending.text("action_type");
    word("action_type", type, PendingElement.ACTION_TYPES.contains(type));
    pending.optionalText("memory_id");
    pending.text("namespace");
    pending.text("requested_by");
    pending.text("requested_at");
    pending.text("status");
    pending.optionalText("decided_by");
    pending.optionalText("decided_at");
    if (pending.value("approvals") == null) return;
    for (var approval : pending.objects("approvals")) {
      approval.text("agent_id");
      approval.text("approved_at");
    }
  }

  private static void decision(Fields decision) {
    decision.text("id");
    decision.flag("approved");
    decision.text("decider");
  }

  private static void standard(Fields standard) {
    standard.text("namespace");
    standard.text("standard_id");
    standard.optionalText("parent_namespace");
    standard.optionalText("updated_at");
  }

  private static void embedding(Fields embedding) {
    embedding.text("memory_id");
    embedding.text("model");
    embedding.whole("dim");
    var vector = embedding.value("vector");
    if (vector == null || !vector.isArray() || !vector.valueStream().allMatch(JsonNode::isNumber)) {
      throw new Unprocessable("vector must be a list of numbers");
    }
  }

  private static void word(String name, String word, boolean known) {
    if (!known) throw new Unprocessable("unknown %s: %s".formatted(name, Rules.quote(word)));
  }
}
