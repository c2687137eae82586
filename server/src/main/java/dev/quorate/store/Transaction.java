package dev.quorate.store;

import dev.quorate.memory.Link;
import dev.quorate.memory.Memory;
import dev.quorate.merge.Lane;
import dev.quorate.merge.Register;
import dev.quorate.time.Stamp;
import org.jspecify.annotations.Nullable;

/// The writes of one mutation. Everything is stamped by this node's clock, recorded in the sequence
/// of changes, and visible to the reads of the same transaction at once. Not thread-safe.
public interface Transaction extends Snapshot, ReplicaTransaction {
  @Override
  NoticeBook notices();

  /// The number of the last change that is committed: less than [Changes#lastSequence] once this
  /// transaction, or one that is committed with it, has changed anything.
  long committedSequence();

  /// Stores a content: a new memory, or a later edit of the one with this id.
  Stamp save(Memory memory);

  /// Moves a memory into the archive.
  void archive(String id, String reason);

  /// Brings an archived memory back, with the content it has.
  void revive(String id);

  /// Deletes a memory for good: content, history, vectors and recorded outcomes are erased, and a
  /// tombstone stays.
  ///
  /// @param successor the memory it was consolidated into, if so
  void delete(String id, @Nullable String successor);

  /// Whether a memory with this id was deleted here.
  boolean deleted(String id);

  void link(Link link);

  void unlink(String sourceId, String targetId, String relation);

  /// Merges a register that was made here or elsewhere. Returns whether it changed anything.
  boolean merge(Register register);

  /// This mutation found a register as it was to make it, and has nothing to do. Its receipt names
  /// only who holds the register: one that another node made is handed on like what was made here,
  /// for numbers of this node's own changes say nothing of it. Nothing happens where there is none.
  void found(Lane lane, String key);

  /// The same for a memory as it stands, live, archived or deleted, with its twins.
  void found(String memoryId);

  /// Marks live memories whose expiry has passed as expired, at most `limit`. It changes no
  /// register: every node shows the same by itself. Returns how many it marked.
  int collectExpired(int limit);

  /// Adds to the access statistics of a memory, which are a fact of this node alone.
  void recordAccess(String id, long count, long lastMillis);

  /// The number of the last change that this mutation made so far, or of the store's when it made
  /// none.
  long ownSequence();

  void recordOutcome(String key, RecordedOutcome outcome);

  /// Forgets recorded outcomes older than `millis`.
  void forgetOutcomesBefore(long millis);

  /// What this mutation does from here on belongs together: a peer takes all of it or none.
  void together();
}
