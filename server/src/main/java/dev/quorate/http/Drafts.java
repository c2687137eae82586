package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.memories.Draft;
import dev.quorate.memories.Edit;
import dev.quorate.memories.OnConflict;
import dev.quorate.memory.Citations;
import dev.quorate.memory.MemoryKind;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Reads bodies that store or revise a memory (api.md 1.2), with every rule of api.md 2.5.
final class Drafts {
  private final InstantSource wallClock;
  private final String defaultNamespace;

  Drafts(InstantSource wallClock, String defaultNamespace) {
    this.wallClock = wallClock;
    this.defaultNamespace = defaultNamespace;
  }

  /// A memory that one request stores; its metadata says who stores it.
  Draft draft(Fields body, String agentId) {
    var metadata = metadata(body);
    metadata.put("agent_id", agentId);
    var scope = body.optionalText("scope");
    if (scope != null) metadata.put("scope", Rules.scope(scope).text());
    return draft(body, metadata);
  }

  /// A memory of a bulk store, whose metadata is taken as it is.
  Draft bulkDraft(Fields body) {
    return draft(body, metadata(body));
  }

  private Draft draft(Fields body, ObjectNode metadata) {
    checkScope(metadata);
    var title = body.text("title");
    var content = body.text("content");
    var tags = body.optionalTexts("tags");
    var confidence = body.optionalNumber("confidence");
    var life = body.optionalWhole("ttl_secs");
    return new Draft(
        Rules.title(title),
        Rules.content(content),
        Rules.tier(body.text("tier", "mid")),
        Rules.namespace(body.text("namespace", defaultNamespace)),
        Rules.tags(tags == null ? List.of() : tags),
        Rules.priority(body.whole("priority", 5)),
        Rules.confidence(confidence == null ? 1.0 : confidence),
        Rules.source(body.text("source", "api")),
        expiry(body),
        life == null ? null : Duration.ofSeconds(Rules.ttlSeconds(life)),
        Rules.metadata(metadata, Json.canonical(metadata)),
        provenance(body));
  }

  OnConflict onConflict(Fields body) {
    var policy = body.text("on_conflict", "error");
    return OnConflict.of(policy)
        .orElseThrow(() ->
            new Invalid("on_conflict must be error, merge or version: " + Rules.quote(policy)));
  }

  /// Who makes a request: named in the body, in the metadata, in the header, or nobody in
  /// particular.
  static String agentId(
      @Nullable String inBody, @Nullable ObjectNode metadata, Optional<String> header) {
    if (inBody != null) return Rules.agentId(inBody);
    var inMetadata = metadata == null ? null : metadata.get("agent_id");
    if (inMetadata != null && inMetadata.isString()) return Rules.agentId(inMetadata.asString());
    if (header.isPresent()) return Rules.agentId(header.get());
    return Requester.anonymous();
  }

  Edit edit(Fields body) {
    var title = body.optionalText("title");
    var content = body.optionalText("content");
    var tier = body.optionalText("tier");
    var namespace = body.optionalText("namespace");
    var tags = body.optionalTexts("tags");
    var priority = body.optionalWhole("priority");
    var confidence = body.optionalNumber("confidence");
    var expiresAt = body.optionalText("expires_at");
    var metadata = body.optionalObject("metadata");
    if (metadata != null) checkScope(metadata);
    return new Edit(
        title == null ? null : Rules.title(title),
        content == null ? null : Rules.content(content),
        tier == null ? null : Rules.tier(tier),
        namespace == null ? null : Rules.namespace(namespace),
        tags == null ? null : Rules.tags(tags),
        priority == null ? null : Rules.priority(priority),
        confidence == null ? null : Rules.confidence(confidence),
        expiresAt == null ? null : newExpiry(expiresAt),
        metadata == null ? null : Rules.metadata(metadata, Json.canonical(metadata)));
  }

  private static Edit.NewExpiry newExpiry(String text) {
    var cleared = text.isEmpty() || text.equals("null");
    return new Edit.NewExpiry(
        cleared ? Optional.empty() : Optional.of(Fields.time("expires_at", text)));
  }

  private static ObjectNode metadata(Fields body) {
    var metadata = body.optionalObject("metadata");
    return metadata == null ? Json.object() : metadata.deepCopy();
  }

  static void checkScope(ObjectNode metadata) {
    var scope = metadata.get("scope");
    if (scope == null || scope.isNull()) return;
    if (!scope.isString()) throw new Invalid("metadata.scope must be a string");
    Rules.scope(scope.asString());
  }

  private @Nullable Instant expiry(Fields body) {
    var expiresAt = body.optionalTime("expires_at");
    if (expiresAt != null && !expiresAt.isAfter(wallClock.instant())) {
      throw new Invalid("expires_at must be in the future");
    }
    return expiresAt;
  }

  private static Provenance provenance(Fields body) {
    var citations = body.optionalObjects("citations");
    var sourceUri = body.optionalText("source_uri");
    var sourceSpan = body.optionalObject("source_span");
    if (citations == null && sourceUri == null && sourceSpan == null) return Provenance.PLAIN;
    return new Provenance(
        MemoryKind.OBSERVATION,
        0,
        null,
        null,
        citations == null ? "[]" : Citations.check(citations),
        sourceUri == null ? null : Citations.uri("source_uri", sourceUri),
        sourceSpan == null ? null : Citations.span(sourceSpan),
        Provenance.CALLER_PROVIDED,
        null,
        null);
  }
}
