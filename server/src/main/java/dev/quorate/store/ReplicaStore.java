package dev.quorate.store;

import java.util.function.Function;

/// A store as far as replication needs it. Thread-safe.
public interface ReplicaStore {
  /// The id of the node that this store belongs to; the origin of every stamp made here.
  String nodeId();

  /// A random id that is new whenever the store is created or restored from a backup: a reader that
  /// knows another epoch must start again from zero.
  String epoch();

  /// Runs `edit` as [Store#write] does.
  <T> T replicate(Function<ReplicaTransaction, T> edit);

  /// Runs `look` against one snapshot as [Store#read] does.
  <T> T look(Function<ReplicaSnapshot, T> look);

  /// The greatest sequence number that is durable.
  long committedSequence();

  /// The greatest number of a change that this node has to bring to its peers, durable like the
  /// other one; 0 when there never was any.
  long owedSequence();
}
