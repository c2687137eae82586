package dev.quorate.store;

import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A consistent look at the state of a node. Ids may be any that a memory ever had; answers carry
/// the id under which every node shows it. What is a purpose of its own is a room that is reached
/// from here. Not thread-safe.
public interface Snapshot extends ReplicaSnapshot {
  /// The memory with this id, live or archived; empty when there is none or it was deleted.
  Optional<StoredMemory> memory(String id);

  /// All ids of the memory with this id, itself included.
  List<String> members(String id);

  /// Former contents of the memory, newest first.
  default List<Version> history(String id) {
    return history(id, Long.MAX_VALUE);
  }

  /// The same, at least as many of the newest as are so many bytes long together, where there are.
  List<Version> history(String id, long bytes);

  /// Ids that begin with `prefix`, of memories that nobody archived, at most `limit`.
  List<String> idsWithPrefix(String prefix, int limit);

  /// The live memory of this title in this namespace.
  Optional<StoredMemory> liveByTitle(String namespace, String title);

  /// Live memories of this title, at most `limit`, those of the first namespaces by name. Ends as
  /// [PageEnd] says.
  List<StoredMemory> titled(String title, @Nullable String namespace, int limit);

  /// Live memories whose topic is this, or their title, at most `limit` of each; earliest created
  /// first. Ends as [PageEnd] says.
  List<StoredMemory> aboutTopic(String topic, @Nullable String namespace, int limit);

  /// Live memories that are known as entities by this name, or were; at most `limit`.
  List<StoredMemory> entitiesNamed(String name, int limit);

  /// Live memories; a page of them ends as [PageEnd] says.
  List<StoredMemory> list(ListQuery query);

  /// Visits every live memory, earliest created first.
  void forEachLive(Consumer<StoredMemory> visitor);

  /// Archived memories, newest archived first; a page of them ends as [PageEnd] says.
  List<StoredMemory> archived(@Nullable String namespace, int limit, int offset);

  /// Ids of memories archived at or before `before`, oldest first, at most `limit`.
  List<String> archivedBefore(Instant before, int limit);

  /// Ids of collected memories whose expiry passed, at most `limit`.
  List<String> expired(int limit);

  /// Whether this node knows of a memory that was deleted after `moment`.
  boolean deletedAfter(Instant moment);

  /// Contents of live memories whose stamp's time is greater than `time`, earliest first, at most
  /// `limit` and those that share the last one's time.
  List<ContentRegister> contentsAfter(long time, int limit);

  /// The links between memories.
  Links links();

  /// Which memories have their vector.
  Embeddings embeddings();

  /// What agents have made and hold.
  Usages usages();

  /// The events that are on their way from this node to subscribers, and those given up.
  Notices notices();

  Totals totals();

  /// Live memories per namespace, most first.
  List<Totals.Count> namespaces();

  List<Totals.Count> archivedByNamespace();

  /// The standard of a namespace as it was set last, or the tombstone of a cleared one.
  Optional<StandardRegister> standard(String namespace);

  /// The pending action with this id, whatever has become of it.
  Optional<PendingAction> pending(String id);

  /// Pending actions, newest first, whatever has become of them.
  ///
  /// @param before only those that come after this one in that order; absent for all
  List<PendingAction> pendings(@Nullable PendingAction before, int limit);

  /// The subscriptions that were not removed and are undamaged, earliest first.
  List<SubscriptionRegister> subscriptions();

  /// The outcome recorded under an idempotency key, however old, while it is kept.
  Optional<RecordedOutcome> recordedOutcome(String key);

  /// The version of the tables in which all of this is kept.
  int schemaVersion();
}
