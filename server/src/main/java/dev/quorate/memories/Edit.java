package dev.quorate.memories;

import dev.quorate.memory.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is to change of a memory; what is absent stays. Every value keeps the rules of
/// [dev.quorate.memory.Rules].
///
/// @param metadata canonical JSON object
public record Edit(
    @Nullable String title,
    @Nullable String content,
    @Nullable Tier tier,
    @Nullable String namespace,
    @Nullable List<String> tags,
    @Nullable Integer priority,
    @Nullable Double confidence,
    @Nullable NewExpiry expiry,
    @Nullable String metadata) {

  public static final Edit NOTHING = new Edit(null, null, null, null, null, null, null, null, null);

  /// An expiry to set, or an empty one to clear it.
  public record NewExpiry(Optional<Instant> at) {}
}
