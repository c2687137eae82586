package dev.quorate.memory;

import dev.quorate.json.CanonicalText;
import dev.quorate.json.Json;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A memory's canonical body: one JSON object with sorted keys whose bytes are hashed, stored,
/// served and sent, so that a memory is encoded once. Member names and null rules are those of
/// wire.md 2.4.
public final class Body {
  private Body() {}

  public static String write(Memory memory) {
    var p = memory.provenance();
    var out = new StringBuilder(320 + memory.content().length());
    out.append("{\"citations\":").append(p.citations());
    out.append(",\"confidence\":").append(memory.confidence());
    time(",\"confidence_decayed_at\":", p.confidenceDecayedAt(), out);
    raw(",\"confidence_signals\":", p.confidenceSignals(), out);
    text(",\"confidence_source\":", p.confidenceSource(), out);
    text(",\"content\":", memory.content(), out);
    time(",\"created_at\":", memory.createdAt(), out);
    text(",\"entity_id\":", p.entityId(), out);
    time(",\"expires_at\":", memory.expiresAt(), out);
    text(",\"id\":", memory.id(), out);
    text(",\"memory_kind\":", p.kind().text(), out);
    out.append(",\"metadata\":").append(memory.metadata());
    text(",\"namespace\":", memory.namespace(), out);
    if (p.personaVersion() != null) out.append(",\"persona_version\":").append(p.personaVersion());
    out.append(",\"priority\":").append(memory.priority());
    out.append(",\"reflection_depth\":").append(p.reflectionDepth());
    text(",\"source\":", memory.source(), out);
    raw(",\"source_span\":", p.sourceSpan(), out);
    text(",\"source_uri\":", p.sourceUri(), out);
    out.append(",\"tags\":[");
    for (var i = 0; i < memory.tags().size(); i++) {
      if (i > 0) out.append(',');
      CanonicalText.quote(memory.tags().get(i), out);
    }
    out.append("],\"tier\":\"").append(memory.tier().text()).append('"');
    text(",\"title\":", memory.title(), out);
    return out.append(",\"version\":").append(memory.version()).append('}').toString();
  }

  /// Reads what [#write] wrote.
  public static Memory read(String body) {
    return read(Json.parse(body));
  }

  /// Reads a body whose values are known to keep the rules.
  static Memory read(JsonNode body) {
    var tags = new ArrayList<String>();
    body.path("tags").forEach(tag -> tags.add(tag.asString()));
    return new Memory(
        body.get("id").asString(),
        body.get("namespace").asString(),
        body.get("title").asString(),
        body.get("content").asString(),
        Tier.of(body.get("tier").asString()).orElseThrow(),
        tags,
        body.get("priority").asInt(),
        body.get("confidence").asDouble(),
        body.get("source").asString(),
        instant(body.get("created_at").asString()),
        instantOrNull(body.get("expires_at")),
        Json.canonical(body.get("metadata")),
        provenance(body),
        body.get("version").asLong());
  }

  private static Provenance provenance(JsonNode body) {
    var persona = body.get("persona_version");
    return new Provenance(
        MemoryKind.of(body.get("memory_kind").asString()).orElseThrow(),
        body.get("reflection_depth").asInt(),
        textOrNull(body.get("entity_id")),
        persona == null ? null : persona.asInt(),
        Json.canonical(body.get("citations")),
        textOrNull(body.get("source_uri")),
        canonicalOrNull(body.get("source_span")),
        body.get("confidence_source").asString(),
        canonicalOrNull(body.get("confidence_signals")),
        instantOrNull(body.get("confidence_decayed_at")));
  }

  private static Instant instant(String text) {
    return Timestamps.parse(text).orElseThrow();
  }

  private static @Nullable Instant instantOrNull(@Nullable JsonNode value) {
    return value == null ? null : instant(value.asString());
  }

  private static @Nullable String textOrNull(@Nullable JsonNode value) {
    return value == null ? null : value.asString();
  }

  private static @Nullable String canonicalOrNull(@Nullable JsonNode value) {
    return value == null ? null : Json.canonical(value);
  }

  private static void text(String key, @Nullable String value, StringBuilder out) {
    if (value == null) return;
    out.append(key);
    CanonicalText.quote(value, out);
  }

  private static void time(String key, @Nullable Instant value, StringBuilder out) {
    if (value != null) out.append(key).append('"').append(Timestamps.render(value)).append('"');
  }

  private static void raw(String key, @Nullable String json, StringBuilder out) {
    if (json != null) out.append(key).append(json);
  }
}
