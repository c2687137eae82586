package dev.quorate.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one agent has made and holds, as far as this node has heard.
///
/// @param memoriesMade how many of the memories that are here it made since the day began, archived
///   ones too
/// @param liveBytes bytes of title, content and metadata of its live memories
/// @param linksMade how many of the links that are here it made since the day began
/// @param since when the first memory that it holds was made, absent where it holds none
public record Usage(
    String agentId, long memoriesMade, long liveBytes, long linksMade, @Nullable Instant since) {}
