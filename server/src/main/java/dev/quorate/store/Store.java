package dev.quorate.store;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

/// The durable state of one node. Thread-safe.
public interface Store extends ReplicaStore, AutoCloseable {
  /// Runs `mutation` on the one writer and returns when what it did is synced to disk. Mutations
  /// that wait together are committed together; one that throws leaves nothing behind.
  ///
  /// @throws dev.quorate.failure.RequestFailure.Overloaded when the writer's queue is full
  /// @throws dev.quorate.failure.RequestFailure.StorageRefused when the disk refused the commit
  <T> Committed<T> write(Mutation<T> mutation);

  /// Runs `reading` against one consistent snapshot that holds everything answered before the call.
  ///
  /// @throws dev.quorate.failure.RequestFailure.Overloaded when too many readings wait
  <T> T read(Reading<T> reading);

  @Override
  default <T> T replicate(Function<ReplicaTransaction, T> edit) {
    return write(edit::apply).value();
  }

  @Override
  default <T> T look(Function<ReplicaSnapshot, T> look) {
    return read(look::apply);
  }

  /// Calls `listener` after every commit that made changes, with the new [#committedSequence], on
  /// the writer's thread: it must return at once.
  void onCommit(LongConsumer listener);

  /// Calls `listener` after every commit that has an event wait for a subscriber, on the writer's
  /// thread: it must return at once. Most nodes have no subscribers, and it is never called.
  void onNotice(Runnable listener);

  /// Writes a consistent copy of the whole store to a file that must not exist yet, while writes go
  /// on.
  void backupTo(Path file);

  @Override
  void close();

  /// A change of state, run in a transaction of its own fate.
  @FunctionalInterface
  interface Mutation<T> {
    T apply(Transaction transaction);
  }

  /// A look at one snapshot. The snapshot is valid only inside the call.
  @FunctionalInterface
  interface Reading<T> {
    T apply(Snapshot snapshot);
  }

  /// What a mutation answered.
  ///
  /// @param sequence the number up to which this store is now durable
  /// @param made what the mutation changed here, or found as it was to be
  record Committed<T>(T value, long sequence, List<Made> made) {
    /// The number of the mutation's last change, or of the store's when it made none: whoever holds
    /// everything that this node made up to it holds what the mutation did, and what it saw of
    /// that.
    public long ownSequence() {
      return made.isEmpty() ? sequence : made.getLast().sequence();
    }
  }
}
