package dev.quorate.memories;

import dev.quorate.memory.Rules;
import dev.quorate.store.Transaction;
import java.util.LinkedHashMap;

/// How many bytes agents hold, counted anew only where that can matter: since it was counted last,
/// no agent can hold more than every change made since could have added. Thread-safe.
final class HeldBytes {
  /// What one change can add to anybody's bytes: title, content and metadata of one memory.
  private static final long CHANGE_BYTES_MAX =
      4L * Rules.TITLE_CHARACTERS_MAX + Rules.CONTENT_BYTES_MAX + Rules.METADATA_BYTES_MAX;

  /// Of how many agents it is remembered; the one counted first is forgotten first.
  private static final int AGENTS_MAX = 10_000;

  private final LinkedHashMap<String, Counted> counted = new LinkedHashMap<>();

  /// @param sequence the last change that was there
  private record Counted(long bytes, long sequence) {}

  /// What the agent holds, or something above it that leaves it room for more.
  ///
  /// @param more how much it wants to add
  /// @param max how much it may hold
  synchronized long of(Transaction transaction, String agent, long more, long max) {
    var sequence = transaction.changes().lastSequence();
    var before = counted.get(agent);
    if (before != null) {
      var changes = Math.max(0, sequence - before.sequence());
      var most = before.bytes() + changes * CHANGE_BYTES_MAX;
      if (most + more <= max) return most;
    }
    var bytes = transaction.usages().liveBytes(agent);
    // What is not committed may yet be taken back, and with it what made the count low.
    if (sequence != transaction.committedSequence()) return bytes;
    counted.remove(agent);
    counted.put(agent, new Counted(bytes, sequence));
    if (counted.size() > AGENTS_MAX) counted.pollFirstEntry();
    return bytes;
  }
}
