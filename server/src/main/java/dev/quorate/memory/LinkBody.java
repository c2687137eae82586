package dev.quorate.memory;

import dev.quorate.json.Json;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A link's canonical body: one JSON object with sorted keys.
public final class LinkBody {
  private LinkBody() {}

  public static String write(Link link) {
    var body = Json.object();
    body.put("source_id", link.sourceId());
    body.put("target_id", link.targetId());
    body.put("relation", link.relation().text());
    body.put("created_at", Timestamps.render(link.createdAt()));
    put(body, "valid_from", link.validFrom());
    put(body, "valid_until", link.validUntil());
    if (link.observedBy() != null) body.put("observed_by", link.observedBy());
    if (link.signature() != null) body.put("signature", link.signature());
    return Json.canonical(body);
  }

  /// Reads what [#write] wrote.
  public static Link read(String text) {
    var body = Json.parse(text);
    return new Link(
        body.get("source_id").asString(),
        body.get("target_id").asString(),
        Relation.of(body.get("relation").asString()).orElseThrow(),
        Timestamps.parse(body.get("created_at").asString()).orElseThrow(),
        instant(body.get("valid_from")),
        instant(body.get("valid_until")),
        text(body.get("observed_by")),
        text(body.get("signature")));
  }

  private static void put(ObjectNode body, String key, @Nullable Instant value) {
    if (value != null) body.put(key, Timestamps.render(value));
  }

  private static @Nullable Instant instant(@Nullable JsonNode value) {
    return value == null ? null : Timestamps.parse(value.asString()).orElseThrow();
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    return value == null ? null : value.asString();
  }
}
