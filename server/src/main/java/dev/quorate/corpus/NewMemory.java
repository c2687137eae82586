package dev.quorate.corpus;

import dev.quorate.json.Json;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A memory made from a file that holds none: long-tier, with the file's time.
record NewMemory(
    String id,
    String namespace,
    String title,
    String content,
    List<String> tags,
    Instant time,
    @Nullable String agentId,
    @Nullable String sourceUri) {

  ObjectNode json() {
    var json = Json.object();
    json.put("id", id);
    json.put("tier", "long");
    json.put("namespace", namespace);
    json.put("title", title);
    json.put("content", content);
    var list = json.putArray("tags");
    tags.forEach(list::add);
    json.put("priority", 5);
    json.put("confidence", 1.0);
    json.put("source", "import");
    json.put("access_count", 0);
    json.put("created_at", Timestamps.render(time));
    json.put("updated_at", Timestamps.render(time));
    var metadata = json.putObject("metadata");
    if (agentId != null) metadata.put("agent_id", agentId);
    if (sourceUri != null) json.put("source_uri", sourceUri);
    return json;
  }
}
