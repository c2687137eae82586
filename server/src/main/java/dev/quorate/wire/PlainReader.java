package dev.quorate.wire;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memory.FullMemories;
import dev.quorate.memory.Link;
import dev.quorate.memory.Rules;
import dev.quorate.wire.Plain.Approval;
import dev.quorate.wire.Plain.PlainArchive;
import dev.quorate.wire.Plain.PlainClear;
import dev.quorate.wire.Plain.PlainDecision;
import dev.quorate.wire.Plain.PlainDeletion;
import dev.quorate.wire.Plain.PlainEmbedding;
import dev.quorate.wire.Plain.PlainLink;
import dev.quorate.wire.Plain.PlainMemory;
import dev.quorate.wire.Plain.PlainPending;
import dev.quorate.wire.Plain.PlainRestore;
import dev.quorate.wire.Plain.PlainStandard;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads an element whose shape was found right, and holds it to the rules of wire.md 2.4. Throws
/// [Invalid] for what breaks one.
final class PlainReader {
  private PlainReader() {}

  static Plain read(WireList list, int index, JsonNode element) {
    return switch (list) {
      case MEMORIES -> memory(index, fields(element));
      case DELETIONS -> new PlainDeletion(index, Rules.newId(element.asString()));
      case ARCHIVES -> new PlainArchive(index, Rules.newId(element.asString()));
      case RESTORES -> new PlainRestore(index, Rules.newId(element.asString()));
      case LINKS -> new PlainLink(index, link(fields(element)));
      case PENDINGS -> pending(index, fields(element));
      case PENDING_DECISIONS -> decision(index, fields(element));
      case NAMESPACE_META -> standard(index, fields(element));
      case NAMESPACE_META_CLEARS -> new PlainClear(index, Rules.namespace(element.asString()));
      case EMBEDDINGS -> embedding(index, fields(element));
      case LOST, ALIASES, UNLINKS, ACTIONS, SUBSCRIPTIONS ->
          throw new IllegalArgumentException(list.text() + " has no plain elements");
    };
  }

  static PlainMemory memory(int index, Fields element) {
    var full = FullMemories.memory(element);
    return new PlainMemory(index, full.memory(), full.updatedAt());
  }

  private static Link link(Fields element) {
    var unsigned = FullMemories.link(element);
    var observer = element.optionalText("observed_by");
    return new Link(
        unsigned.sourceId(),
        unsigned.targetId(),
        unsigned.relation(),
        unsigned.createdAt(),
        unsigned.validFrom(),
        unsigned.validUntil(),
        observer == null ? null : Rules.agentId(observer),
        Signatures.hex(element.value("signature")));
  }

  private static PlainPending pending(int index, Fields element) {
    var memoryId = element.optionalText("memory_id");
    var payload = element.value("payload");
    var decidedBy = element.optionalText("decided_by");
    return new PlainPending(
        index,
        Rules.newId(element.text("id")),
        element.text("action_type"),
        memoryId == null ? null : Rules.newId(memoryId),
        Rules.namespace(element.text("namespace")),
        payload == null ? "null" : Rules.object("payload", payload, Json.canonical(payload)),
        Rules.agentId(element.text("requested_by")),
        element.time("requested_at"),
        Rules.id("status", element.text("status")),
        decidedBy == null ? null : Rules.agentId(decidedBy),
        element.optionalTime("decided_at"),
        approvals(element));
  }

  private static List<Approval> approvals(Fields element) {
    var approvals = new ArrayList<Approval>();
    if (element.value("approvals") == null) return approvals;
    for (var approval : element.objects("approvals")) {
      approvals.add(
          new Approval(Rules.agentId(approval.text("agent_id")), approval.time("approved_at")));
    }
    return approvals;
  }

  private static PlainDecision decision(int index, Fields element) {
    return new PlainDecision(
        index,
        Rules.newId(element.text("id")),
        element.flag("approved"),
        Rules.agentId(element.text("decider")));
  }

  private static PlainStandard standard(int index, Fields element) {
    var parent = element.optionalText("parent_namespace");
    return new PlainStandard(
        index,
        Rules.namespace(element.text("namespace")),
        Rules.newId(element.text("standard_id")),
        parent == null ? null : Rules.namespace(parent));
  }

  private static PlainEmbedding embedding(int index, Fields element) {
    var dimension = Vectors.dimension(element.whole("dim"));
    var vector = element.value("vector");
    if (vector == null) throw new Invalid("an embedding needs a vector");
    return new PlainEmbedding(
        index,
        Rules.newId(element.text("memory_id")),
        Rules.model(element.text("model")),
        dimension,
        Vectors.base64(vector, dimension));
  }

  static Fields fields(JsonNode element) {
    return Fields.of(element, Strictness.FRAMEWORK);
  }
}
