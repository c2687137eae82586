package dev.quorate.store;

import dev.quorate.memory.Tier;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which memories a listing holds; absent filters let everything pass. Newest and most important
/// first: priority, then stamp, both descending.
///
/// @param minPriority 1 to 10
/// @param since earliest `created_at`, inclusive
/// @param until latest `created_at`, inclusive
/// @param tag one exact tag
/// @param after keyset position of the last memory of the page before
public record ListQuery(
    @Nullable String namespace,
    @Nullable Tier tier,
    int minPriority,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable String tag,
    @Nullable String agentId,
    @Nullable Position after,
    int limit,
    int offset) {

  /// Where a page ended.
  public record Position(int priority, long time, String id) {}
}
