package dev.quorate.search;

import dev.quorate.memory.Memory;
import dev.quorate.memory.MemoryKind;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Scope;
import dev.quorate.memory.Tier;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A memory in the making, with nothing special about it but what a test says.
final class Sketch {
  static final Instant CREATED = Instant.parse("2026-03-01T12:00:00Z");

  private final String id;
  private String namespace = "global";
  private String title;
  private String content = "content";
  private Tier tier = Tier.MID;
  private List<String> tags = List.of();
  private int priority = 5;
  private double confidence = 1;
  private Instant createdAt = CREATED;
  private @Nullable Instant expiresAt;
  private String metadata = "{}";
  private MemoryKind kind = MemoryKind.OBSERVATION;
  private String citations = "[]";
  private @Nullable String sourceUri;

  private Sketch(String id) {
    this.id = id;
    this.title = "title of " + id;
  }

  static Sketch of(String id) {
    return new Sketch(id);
  }

  Sketch namespace(String value) {
    namespace = value;
    return this;
  }

  Sketch title(String value) {
    title = value;
    return this;
  }

  Sketch content(String value) {
    content = value;
    return this;
  }

  Sketch tier(Tier value) {
    tier = value;
    return this;
  }

  Sketch tags(String... values) {
    tags = List.of(values);
    return this;
  }

  Sketch priority(int value) {
    priority = value;
    return this;
  }

  Sketch confidence(double value) {
    confidence = value;
    return this;
  }

  Sketch createdAt(Instant value) {
    createdAt = value;
    return this;
  }

  Sketch expiresAt(Instant value) {
    expiresAt = value;
    return this;
  }

  Sketch agent(String value) {
    metadata = "{\"agent_id\":\"%s\"}".formatted(value);
    return this;
  }

  Sketch scope(Scope value) {
    metadata = "{\"scope\":\"%s\"}".formatted(value.text());
    return this;
  }

  Sketch kind(MemoryKind value) {
    kind = value;
    return this;
  }

  Sketch cited() {
    citations = "[{\"uri\":\"doc:1\"}]";
    return this;
  }

  Sketch sourceUri(String value) {
    sourceUri = value;
    return this;
  }

  Memory memory() {
    var provenance =
        new Provenance(
            kind,
            0,
            null,
            null,
            citations,
            sourceUri,
            null,
            Provenance.CALLER_PROVIDED,
            null,
            null);
    return new Memory(
        id,
        namespace,
        title,
        content,
        tier,
        tags,
        priority,
        confidence,
        "api",
        createdAt,
        expiresAt,
        metadata,
        provenance,
        1);
  }
}
