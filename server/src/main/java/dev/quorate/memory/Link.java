package dev.quorate.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A directed, typed tie between two memories.
///
/// @param validUntil when it stopped or stops to hold, absent for never
/// @param observedBy who signed it, absent when unsigned
/// @param signature 64 bytes as lower-case hex, absent when unsigned
public record Link(
    String sourceId,
    String targetId,
    Relation relation,
    Instant createdAt,
    @Nullable Instant validFrom,
    @Nullable Instant validUntil,
    @Nullable String observedBy,
    @Nullable String signature) {

  public Link withValidUntil(@Nullable Instant until) {
    return new Link(
        sourceId, targetId, relation, createdAt, validFrom, until, observedBy, signature);
  }

  /// The same between two other memories, which its signature says nothing of.
  public Link between(String newSourceId, String newTargetId) {
    if (newSourceId.equals(sourceId) && newTargetId.equals(targetId)) return this;
    return new Link(
        newSourceId, newTargetId, relation, createdAt, validFrom, validUntil, null, null);
  }
}
