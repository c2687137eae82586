package dev.quorate.memory;

import dev.quorate.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a user sees of a memory except what is a fact of one node (access statistics) and its
/// `updated_at`, which is its stamp. Immutable.
///
/// @param id 1 to 128 bytes
/// @param priority 1 to 10
/// @param confidence 0 to 1
/// @param expiresAt when it expires, absent for never
/// @param metadata canonical JSON object
/// @param version 1 for the first content under this id, one more with every edit
public record Memory(
    String id,
    String namespace,
    String title,
    String content,
    Tier tier,
    List<String> tags,
    int priority,
    double confidence,
    String source,
    Instant createdAt,
    @Nullable Instant expiresAt,
    String metadata,
    Provenance provenance,
    long version) {

  public Memory {
    tags = List.copyOf(tags);
  }

  /// Who stored it, as its metadata says; absent where that says nothing.
  public @Nullable String agentId() {
    return text("agent_id");
  }

  /// For whom it is visible, as its metadata says (api.md 2.6).
  public Scope scope() {
    var scope = text("scope");
    return scope == null ? Scope.PRIVATE : Scope.of(scope).orElse(Scope.PRIVATE);
  }

  /// What it is about, as its metadata says; absent where that says nothing.
  public @Nullable String topic() {
    return text("topic");
  }

  /// How many bytes its title, content and metadata have: what of a memory counts for quotas.
  public long bytes() {
    return bytes(title) + bytes(content) + bytes(metadata);
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private @Nullable String text(String key) {
    // Most metadata is small, and most of it says nothing: look before parsing.
    if (!metadata.contains("\"" + key + "\"")) return null;
    return Json.memberText(metadata, key);
  }

  public Memory withExpiry(@Nullable Instant newExpiry) {
    return new Memory(
        id,
        namespace,
        title,
        content,
        tier,
        tags,
        priority,
        confidence,
        source,
        createdAt,
        newExpiry,
        metadata,
        provenance,
        version);
  }

  public Memory withTier(Tier newTier, @Nullable Instant newExpiry) {
    return new Memory(
        id,
        namespace,
        title,
        content,
        newTier,
        tags,
        priority,
        confidence,
        source,
        createdAt,
        newExpiry,
        metadata,
        provenance,
        version);
  }

  public Memory withPriority(int newPriority) {
    return new Memory(
        id,
        namespace,
        title,
        content,
        tier,
        tags,
        newPriority,
        confidence,
        source,
        createdAt,
        expiresAt,
        metadata,
        provenance,
        version);
  }

  public Memory withId(String newId) {
    return new Memory(
        newId,
        namespace,
        title,
        content,
        tier,
        tags,
        priority,
        confidence,
        source,
        createdAt,
        expiresAt,
        metadata,
        provenance,
        version);
  }

  public Memory withTitle(String newTitle) {
    return new Memory(
        id,
        namespace,
        newTitle,
        content,
        tier,
        tags,
        priority,
        confidence,
        source,
        createdAt,
        expiresAt,
        metadata,
        provenance,
        version);
  }

  /// The same with other metadata.
  ///
  /// @param newMetadata canonical JSON object
  public Memory withMetadata(String newMetadata) {
    return new Memory(
        id,
        namespace,
        title,
        content,
        tier,
        tags,
        priority,
        confidence,
        source,
        createdAt,
        expiresAt,
        newMetadata,
        provenance,
        version);
  }

  /// The same as the first version of a new memory.
  public Memory asNew(String newId, Instant now) {
    return new Memory(
        newId,
        namespace,
        title,
        content,
        tier,
        tags,
        priority,
        confidence,
        source,
        now,
        expiresAt,
        metadata,
        provenance,
        1);
  }

  /// The same memory under another id and time of creation.
  public Memory asCreated(String newId, Instant newCreatedAt) {
    return new Memory(
        newId,
        namespace,
        title,
        content,
        tier,
        tags,
        priority,
        confidence,
        source,
        newCreatedAt,
        expiresAt,
        metadata,
        provenance,
        version);
  }

  public Memory withProvenance(Provenance newProvenance) {
    return new Memory(
        id,
        namespace,
        title,
        content,
        tier,
        tags,
        priority,
        confidence,
        source,
        createdAt,
        expiresAt,
        metadata,
        newProvenance,
        version);
  }

  public Memory withVersion(long newVersion) {
    return new Memory(
        id,
        namespace,
        title,
        content,
        tier,
        tags,
        priority,
        confidence,
        source,
        createdAt,
        expiresAt,
        metadata,
        provenance,
        newVersion);
  }
}
