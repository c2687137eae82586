package dev.quorate.memory;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Reads whole memories and links, as an export holds them and peers send them (wire.md 2.4).
public final class FullMemories {
  private static final int REFLECTION_DEPTH_MAX = 1_000;

  private FullMemories() {}

  public static FullMemory memory(Fields body) {
    var metadata = body.optionalObject("metadata");
    var confidence = body.optionalNumber("confidence");
    var memory =
        new Memory(
            Rules.newId(body.text("id")),
            Rules.namespace(body.text("namespace")),
            Rules.title(body.text("title")),
            Rules.content(body.text("content")),
            Rules.tier(body.text("tier")),
            Rules.tags(body.texts("tags")),
            Rules.priority(body.whole("priority", 5)),
            Rules.confidence(confidence == null ? 1.0 : confidence),
            Rules.source(body.text("source")),
            body.time("created_at"),
            body.optionalTime("expires_at"),
            metadata(metadata == null ? Json.object() : metadata),
            provenance(body),
            Math.max(1, body.whole("version", 1)));
    return new FullMemory(memory, body.time("updated_at"), accessCount(body));
  }

  public static Link link(Fields body) {
    var relation = body.text("relation");
    return new Link(
        Rules.newId(body.text("source_id")),
        Rules.newId(body.text("target_id")),
        Relation.of(relation)
            .orElseThrow(() -> new Invalid("unknown relation: " + Rules.quote(relation))),
        body.time("created_at"),
        body.optionalTime("valid_from"),
        body.optionalTime("valid_until"),
        null,
        null);
  }

  private static String metadata(ObjectNode metadata) {
    return Rules.metadata(metadata, Json.canonical(metadata));
  }

  private static long accessCount(Fields body) {
    var count = body.whole("access_count", 0);
    if (count < 0) throw new Invalid("access_count must be 0 or more: " + count);
    return count;
  }

  private static Provenance provenance(Fields body) {
    var depth =
        bounded("reflection_depth", body.whole("reflection_depth", 0), REFLECTION_DEPTH_MAX);
    var entityId = body.optionalText("entity_id");
    var persona = body.optionalWhole("persona_version");
    var citations = body.optionalObjects("citations");
    var sourceUri = body.optionalText("source_uri");
    var sourceSpan = body.optionalObject("source_span");
    var confidenceSource = body.text("confidence_source", Provenance.CALLER_PROVIDED);
    if (!Provenance.CONFIDENCE_SOURCES.contains(confidenceSource)) {
      throw new Invalid("unknown confidence_source: " + Rules.quote(confidenceSource));
    }
    var signals = body.optionalObject("confidence_signals");
    var decayedAt = body.optionalText("confidence_decayed_at");
    return new Provenance(
        Rules.kind(body.text("memory_kind", "observation")),
        (int) depth,
        entityId == null ? null : Rules.id("entity_id", entityId),
        persona == null ? null : (int) bounded("persona_version", persona, Integer.MAX_VALUE),
        citations == null ? "[]" : Citations.check(citations),
        sourceUri == null ? null : Citations.uri("source_uri", sourceUri),
        sourceSpan == null ? null : Citations.span(sourceSpan),
        confidenceSource,
        signals == null
            ? null
            : Rules.object("confidence_signals", signals, Json.canonical(signals)),
        time(decayedAt));
  }

  private static long bounded(String name, long number, long max) {
    if (number < 0 || number > max) {
      throw new Invalid("%s must be 0..%d: %d".formatted(name, max, number));
    }
    return number;
  }

  private static @Nullable Instant time(@Nullable String text) {
    if (text == null) return null;
    return Timestamps.parse(text)
        .orElseThrow(() -> new Invalid("confidence_decayed_at must be an RFC 3339 time"));
  }
}
