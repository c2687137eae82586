package dev.quorate.store;

import dev.quorate.memory.Body;
import dev.quorate.memory.Memory;
import dev.quorate.time.Stamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A memory as this node holds it: live or archived, never a deleted one.
///
/// @param id the id under which every node shows it
/// @param stamp of its content; its `updated_at`
/// @param body canonical body of the content shown, under that id
/// @param archived present when the memory is archived, its expiry having passed included
/// @param accessCount how often recall returned it on this node
public record StoredMemory(
    String id,
    Stamp stamp,
    String body,
    @Nullable Archived archived,
    long accessCount,
    @Nullable Instant lastAccessedAt) {

  /// When and why a memory was archived.
  ///
  /// @param expired whether nobody archived it, but its expiry passed
  public record Archived(Instant at, String reason, boolean expired) {}

  /// Whether nobody put it away, though its expiry may have passed.
  public boolean liveOrExpired() {
    return archived == null || archived.expired();
  }

  public boolean live() {
    return archived == null;
  }

  public Memory memory() {
    return Body.read(body);
  }

  /// Strong validator of the content: unique for every edit on every node.
  public String etag() {
    return "\"" + Long.toHexString(stamp.time()) + "-" + stamp.origin() + "\"";
  }
}
