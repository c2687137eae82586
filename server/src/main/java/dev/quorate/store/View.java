package dev.quorate.store;

import dev.quorate.memory.Memory;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.Standing;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a content stands to readers, derived from all registers of its memory.
///
/// @param publicId the id under which the memory is shown
/// @param expiresMillis when it expires in effect, [Long#MAX_VALUE] for never
/// @param archivedMillis when it was archived, 0 when it was not
public record View(
    String publicId, Shown shown, long expiresMillis, long archivedMillis, String archiveReason) {

  static View hidden(String publicId) {
    return new View(publicId, Shown.HIDDEN, Long.MAX_VALUE, 0, "");
  }

  static View of(String publicId, Standing standing, Memory shown) {
    if (standing.archived()) {
      var lifecycle = standing.lifecycle().orElseThrow();
      var archivedMillis = lifecycle.stamp().millis();
      return new View(publicId, Shown.ARCHIVED, Long.MAX_VALUE, archivedMillis, lifecycle.reason());
    }
    var expiry = standing.expiresMillis(millis(shown.expiresAt()));
    return new View(publicId, Shown.LIVE, expiry.orElse(Long.MAX_VALUE), 0, "");
  }

  /// How a content stands that is its memory's only one.
  static View of(ContentRegister content, Optional<LifecycleRegister> lifecycle, Memory shown) {
    return of(content.id(), new Standing(Optional.of(content), lifecycle, false), shown);
  }

  private static Optional<Long> millis(@Nullable Instant instant) {
    return Optional.ofNullable(instant).map(Instant::toEpochMilli);
  }
}
