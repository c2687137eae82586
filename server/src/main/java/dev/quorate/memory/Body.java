package dev.quorate.memory;

import dev.quorate.json.CanonicalText;
import dev.quorate.json.Json;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    var members = Json.members(body);
    return new Memory(
        member(members, "id"),
        member(members, "namespace"),
        member(members, "title"),
        member(members, "content"),
        Tier.of(member(members, "tier")).orElseThrow(),
        Json.texts(member(members, "tags")),
        Integer.parseInt(member(members, "priority")),
        Double.parseDouble(member(members, "confidence")),
        member(members, "source"),
        instant(member(members, "created_at")),
        instantOrNull(members.get("expires_at")),
        member(members, "metadata"),
        provenance(members),
        Long.parseLong(member(members, "version")));
  }

  private static Provenance provenance(Map<String, String> members) {
    var persona = members.get("persona_version");
    return new Provenance(
        MemoryKind.of(member(members, "memory_kind")).orElseThrow(),
        Integer.parseInt(member(members, "reflection_depth")),
        members.get("entity_id"),
        persona == null ? null : Integer.valueOf(persona),
        member(members, "citations"),
        members.get("source_uri"),
        members.get("source_span"),
        member(members, "confidence_source"),
        members.get("confidence_signals"),
        instantOrNull(members.get("confidence_decayed_at")));
  }

  private static String member(Map<String, String> members, String name) {
    var value = members.get(name);
    if (value == null) throw new IllegalArgumentException("a body without " + name);
    return value;
  }

  private static Instant instant(String text) {
    return Timestamps.parse(text).orElseThrow();
  }

  private static @Nullable Instant instantOrNull(@Nullable String text) {
    return text == null ? null : instant(text);
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
