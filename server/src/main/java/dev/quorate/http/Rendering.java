package dev.quorate.http;

import dev.quorate.json.CanonicalText;
import dev.quorate.json.Json;
import dev.quorate.memories.Recalling.Scored;
import dev.quorate.memories.Touches;
import dev.quorate.memory.Link;
import dev.quorate.store.StoredMemory;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Memories and links as the JSON of api.md 1.0. A memory's body is stored as JSON and only gains
/// its last members here, so that it is not encoded again for every answer.
final class Rendering {
  private final Touches touches;

  Rendering(Touches touches) {
    this.touches = touches;
  }

  String memory(StoredMemory memory) {
    return memory(memory, "");
  }

  /// A memory with its score.
  ///
  /// @param score rounded to three decimals here
  String scored(StoredMemory memory, double score) {
    return memory(memory, ",\"score\":" + Math.round(score * 1000) / 1000.0);
  }

  /// A recalled memory with its score and why it stands where it stands.
  String explained(Scored hit) {
    var signals = hit.signals();
    var score = ",\"score\":" + Math.round(hit.score() * 1000) / 1000.0;
    var explanation = signals == null ? "" : ",\"explain\":" + Explanation.of(signals);
    return memory(hit.memory(), score + explanation);
  }

  private String memory(StoredMemory memory, String more) {
    var out = new StringBuilder(memory.body().length() + 160);
    out.append(memory.body(), 0, memory.body().length() - 1);
    var pending = touches.pending(memory.id());
    var counted = memory.accessCount();
    out.append(",\"access_count\":")
        .append(Math.min(counted + pending.lackedBy(counted), 1_000_000));
    var lastAccessed =
        pending.count() == 0 ? memory.lastAccessedAt() : Instant.ofEpochMilli(pending.lastMillis());
    time(",\"last_accessed_at\":", lastAccessed, out);
    time(",\"updated_at\":", memory.stamp().instant(), out);
    var archived = memory.archived();
    if (archived != null) {
      time(",\"archived_at\":", archived.at(), out);
      out.append(",\"archive_reason\":");
      CanonicalText.quote(archived.reason(), out);
    }
    return out.append(more).append('}').toString();
  }

  /// A row of the archive, whose `tags` is a JSON text and whose absent times are null (api.md
  /// 1.1).
  String archived(StoredMemory memory) {
    var row = (ObjectNode) Json.parse(memory(memory));
    row.put("tags", Json.canonical(row.get("tags")));
    for (var name : List.of("expires_at", "last_accessed_at")) {
      if (!row.has(name)) row.putNull(name);
    }
    row.put("original_tier", row.get("tier").asString());
    row.set("original_expires_at", row.get("expires_at"));
    return Json.text(row);
  }

  /// A link as the read routes show it.
  static String link(Link link) {
    var row = Json.object();
    row.put("source_id", link.sourceId());
    row.put("target_id", link.targetId());
    row.put("relation", link.relation().text());
    row.put("created_at", Timestamps.render(link.createdAt()));
    if (link.validUntil() != null) row.put("valid_until", Timestamps.render(link.validUntil()));
    return Json.text(row);
  }

  /// `{"name":[…],"count":n` and then `more`, which ends the object.
  static <T> String list(String name, List<T> elements, Function<T, String> render, String more) {
    return "{\"%s\":%s,\"count\":%d%s}"
        .formatted(name, array(elements, render), elements.size(), more);
  }

  static <T> String array(List<T> elements, Function<T, String> render) {
    var out = new StringBuilder("[");
    for (var element : elements) {
      if (out.length() > 1) out.append(',');
      out.append(render.apply(element));
    }
    return out.append(']').toString();
  }

  static String quote(String text) {
    var out = new StringBuilder(text.length() + 2);
    CanonicalText.quote(text, out);
    return out.toString();
  }

  private static void time(String key, @Nullable Instant value, StringBuilder out) {
    if (value != null) out.append(key).append('"').append(Timestamps.render(value)).append('"');
  }
}
