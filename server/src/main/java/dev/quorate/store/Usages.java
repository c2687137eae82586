package dev.quorate.store;

import java.time.Instant;
import java.util.List;

/// What agents have made and hold, counted from what is stored: it is the same after a restart or a
/// restore, and speaks for the whole mesh as far as this node has heard. Not thread-safe.
public interface Usages {
  /// How many of the memories that are here the agent made at this time or later.
  long memoriesMade(String agentId, Instant since);

  /// Bytes of title, content and metadata of the agent's live memories.
  long liveBytes(String agentId);

  /// How many of the links that are here the agent made at this time or later.
  long linksMade(String agentId, Instant since);

  /// All of it for one agent.
  ///
  /// @param dayStart from when on what it made is counted
  Usage of(String agentId, Instant dayStart);

  /// The agents that hold most, at most `limit`. Reads every memory once where no quota is set.
  List<Usage> largest(Instant dayStart, int limit);
}
