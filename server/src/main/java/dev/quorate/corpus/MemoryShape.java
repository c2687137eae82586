package dev.quorate.corpus;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A memory as somebody wrote it into a file, made into one that can be imported: what is missing
/// is filled in, what has the wrong type is refused here, where its line is known. Whether the
/// values keep the rules is for the server to say.
final class MemoryShape {
  private final Placement placement;
  private final String fileTime;

  MemoryShape(Placement placement, Instant fileTime) {
    this.placement = placement;
    this.fileTime = Timestamps.render(fileTime);
  }

  /// Returns the same object, completed.
  ///
  /// @throws Invalid when a field has the wrong type, or title or content is missing
  ObjectNode complete(ObjectNode memory) {
    if (!memory.hasNonNull("title")) throw new Invalid("the title is missing");
    if (!memory.hasNonNull("content")) throw new Invalid("the content is missing");
    fill(memory);
    text(memory, "id", "tier", "namespace", "title", "content", "source");
    text(memory, "created_at", "updated_at");
    if (!isTexts(memory.get("tags"))) throw new Invalid("tags must be a list of texts");
    if (!memory.get("priority").isIntegralNumber()) {
      throw new Invalid("priority must be a whole number");
    }
    if (!memory.get("confidence").isNumber()) throw new Invalid("confidence must be a number");
    if (!memory.get("access_count").isIntegralNumber()) {
      throw new Invalid("access_count must be a whole number");
    }
    if (!(memory.get("metadata") instanceof ObjectNode metadata)) {
      throw new Invalid("metadata must be an object");
    }
    if (placement.agentId() != null && !metadata.hasNonNull("agent_id")) {
      metadata.put("agent_id", placement.agentId());
    }
    return memory;
  }

  private void fill(ObjectNode memory) {
    put(memory, "namespace", placement.namespace());
    // Without an id of its own, the pair that is unique on a node names it.
    put(
        memory,
        "id",
        StableId.of(
            "memory", memory.get("namespace").asString(""), memory.get("title").asString("")));
    put(memory, "tier", "long");
    put(memory, "source", "import");
    put(memory, "created_at", fileTime);
    put(memory, "updated_at", memory.get("created_at").asString(""));
    if (!memory.hasNonNull("tags")) memory.putArray("tags");
    if (!memory.hasNonNull("priority")) memory.put("priority", 5);
    if (!memory.hasNonNull("confidence")) memory.put("confidence", 1.0);
    if (!memory.hasNonNull("access_count")) memory.put("access_count", 0);
    if (!memory.hasNonNull("metadata")) memory.putObject("metadata");
  }

  private static void put(ObjectNode memory, String field, String value) {
    if (!memory.hasNonNull(field)) memory.put(field, value);
  }

  private static void text(ObjectNode memory, String... fields) {
    for (var field : fields) {
      if (!memory.get(field).isString()) throw new Invalid(field + " must be text");
    }
  }

  private static boolean isTexts(JsonNode list) {
    if (!list.isArray()) return false;
    for (var element : list) {
      if (!element.isString()) return false;
    }
    return true;
  }
}
