package dev.quorate.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A directed, typed tie between two memories.
///
/// @param validUntil when it stopped or stops to hold, absent for never
/// @param observedBy who made it, as it claims or by its signature; absent for nobody in particular
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

  /// When it begins to hold.
  public Instant begins() {
    return validFrom == null ? createdAt : validFrom;
  }

  /// Whether it holds at this moment.
  public boolean holdsAt(Instant moment) {
    return !begins().isAfter(moment) && !hasEndedAt(moment);
  }

  /// Whether it has ceased to hold at this moment.
  public boolean hasEndedAt(Instant moment) {
    return validUntil != null && !validUntil.isAfter(moment);
  }

  /// The same with another end, which its signature says nothing of.
  public Link ending(@Nullable Instant until) {
    return new Link(sourceId, targetId, relation, createdAt, validFrom, until, claimedBy(), null);
  }

  /// Who made it, where no signature vouches for that: what stays when something of it changes.
  private @Nullable String claimedBy() {
    return signature == null ? observedBy : null;
  }

  /// The same under other ids of the same two memories.
  public Link under(String shownSourceId, String shownTargetId) {
    return new Link(
        shownSourceId,
        shownTargetId,
        relation,
        createdAt,
        validFrom,
        validUntil,
        observedBy,
        signature);
  }

  /// The same between two other memories, which its signature says nothing of.
  public Link between(String newSourceId, String newTargetId) {
    if (newSourceId.equals(sourceId) && newTargetId.equals(targetId)) return this;
    return new Link(
        newSourceId, newTargetId, relation, createdAt, validFrom, validUntil, claimedBy(), null);
  }
}
