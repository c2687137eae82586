package dev.quorate.federation;

import dev.quorate.json.Json;
import dev.quorate.memory.Body;
import dev.quorate.memory.Memory;
import dev.quorate.memory.NamespacePattern;
import dev.quorate.memory.Scope;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.store.ReplicaStore;
import dev.quorate.store.ReplicaTransaction;
import dev.quorate.store.Snapshot;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Plain;
import java.util.List;
import java.util.Optional;

/// What another owner's node gets and may write: some namespaces, and never a private memory. One
/// rule for push, pull, repair and acceptance. Immutable and thread-safe.
public final class GuestScope {
  private final String guest;
  private final List<NamespacePattern> namespaces;

  /// @param guest its node id
  public GuestScope(String guest, List<NamespacePattern> namespaces) {
    this.guest = guest;
    this.namespaces = List.copyOf(namespaces);
  }

  private boolean covers(String namespace) {
    return namespaces.stream().anyMatch(pattern -> pattern.matches(namespace));
  }

  /// Whether the guest gets this register.
  public boolean mayGet(Snapshot snapshot, Register register) {
    return switch (register) {
      case ContentRegister content -> shows(Body.read(content.body()));
      case LostContent lost -> shows(Body.read(lost.content().body()));
      // A guest that has the memory must learn that it is gone, and nobody else that it was there.
      case LifecycleRegister lifecycle ->
          lifecycle.deleted()
              ? !knownIds(snapshot, lifecycle.id()).isEmpty()
              : shows(snapshot, lifecycle.id());
      case LinkRegister link ->
          shows(snapshot, link.sourceId()) && shows(snapshot, link.targetId());
      case EmbeddingRegister embedding -> shows(snapshot, embedding.id());
      case AliasFact alias -> shows(snapshot, alias.first()) && shows(snapshot, alias.second());
      case StandardRegister standard ->
          covers(standard.namespace())
              && (standard.standardId() == null || shows(snapshot, standard.standardId()));
      // What is asked for and who approved it are the affair of this mesh until it is done, and
      // who is told of it, with which key, stays that.
      case PendingAction _, Vote _, SubscriptionRegister _ -> false;
    };
  }

  private boolean shows(ReplicaSnapshot snapshot, String id) {
    return memory(snapshot, id).filter(this::shows).isPresent();
  }

  /// The ids of a memory under which the guest knows it.
  List<String> knownIds(Snapshot snapshot, String id) {
    return snapshot.members(id).stream().filter(member -> knows(snapshot, member)).toList();
  }

  /// Whether the guest was shown a memory under this id, or brought it.
  boolean knows(ReplicaSnapshot snapshot, String id) {
    return snapshot.peers().wasShown(guest, id);
  }

  /// Notes, in the transaction that takes it, that the guest brought a memory.
  void brought(ReplicaTransaction transaction, Arrival arrival) {
    switch (arrival) {
      case Plain.PlainMemory(_, var memory, _) -> knowsNow(transaction, List.of(memory.id()));
      case Arrival.Stamped stamped
          when stamped.item().register() instanceof ContentRegister content ->
          knowsNow(transaction, List.of(content.id()));
      case Arrival.Stamped _, Arrival.Bad _, Plain _ -> {}
    }
  }

  /// Keeps, on disk before it is shown, what the guest is about to be shown: it is to learn when
  /// that is deleted.
  void showing(ReplicaStore store, List<String> ids) {
    var fresh = store.look(snapshot -> ids.stream().filter(id -> !knows(snapshot, id)).toList());
    if (fresh.isEmpty()) return;
    store.replicate(transaction -> {
      knowsNow(transaction, fresh);
      return true;
    });
  }

  private void knowsNow(ReplicaTransaction transaction, List<String> ids) {
    transaction.peers().showed(guest, ids);
  }

  /// Private unless it says otherwise, or says that it may be shared (wire.md 2.3).
  boolean shows(Memory memory) {
    if (!covers(memory.namespace())) return false;
    var metadata = Json.parse(memory.metadata());
    var shared = metadata.path("federation_share");
    if (shared.isBoolean() && shared.booleanValue()) return true;
    return memory.scope() != Scope.PRIVATE;
  }

  /// Why the guest may not write this; empty when it may.
  Optional<String> refusal(ReplicaSnapshot snapshot, Arrival arrival) {
    var allowed =
        switch (arrival) {
          // What is wrong with it anyway is told by its own reason.
          case Arrival.Bad _ -> true;
          case Arrival.Stamped stamped -> mayWrite(snapshot, stamped.item().register());
          case Plain plain -> mayWrite(snapshot, plain);
        };
    return allowed ? Optional.empty() : Optional.of("outside the namespaces of this guest");
  }

  private boolean mayWrite(ReplicaSnapshot snapshot, Register register) {
    return switch (register) {
      case ContentRegister content -> mayWrite(snapshot, Body.read(content.body()));
      case LostContent lost -> mayBring(snapshot, Body.read(lost.content().body()));
      case LifecycleRegister lifecycle -> reaches(snapshot, lifecycle.id());
      case LinkRegister link ->
          reaches(snapshot, link.sourceId()) && reaches(snapshot, link.targetId());
      case EmbeddingRegister embedding -> reaches(snapshot, embedding.id());
      case AliasFact alias -> reaches(snapshot, alias.first()) && reaches(snapshot, alias.second());
      case StandardRegister standard -> mayWrite(snapshot, standard);
      case PendingAction _, Vote _, SubscriptionRegister _ -> false;
    };
  }

  private boolean mayWrite(ReplicaSnapshot snapshot, Plain plain) {
    return switch (plain) {
      case Plain.PlainMemory arrived -> mayWrite(snapshot, arrived.memory());
      case Plain.PlainDeletion arrived -> reaches(snapshot, arrived.id());
      case Plain.PlainArchive arrived -> reaches(snapshot, arrived.id());
      case Plain.PlainRestore arrived -> reaches(snapshot, arrived.id());
      case Plain.PlainLink arrived ->
          reaches(snapshot, arrived.link().sourceId())
              && reaches(snapshot, arrived.link().targetId());
      case Plain.PlainStandard arrived ->
          covers(arrived.namespace()) && reaches(snapshot, arrived.standardId());
      case Plain.PlainClear arrived -> covers(arrived.namespace());
      case Plain.PlainEmbedding arrived -> reaches(snapshot, arrived.memoryId());
      case Plain.PlainPending _, Plain.PlainDecision _ -> false;
    };
  }

  /// A memory may neither be made outside nor be moved in from there, nor take a title under which
  /// it would become one with a memory that is not the guest's to touch.
  private boolean mayWrite(ReplicaSnapshot snapshot, Memory memory) {
    return mayBring(snapshot, memory)
        && snapshot.shownUnder(memory.namespace(), memory.title()).stream()
            .allMatch(twin -> reaches(snapshot, twin));
  }

  private boolean mayBring(ReplicaSnapshot snapshot, Memory memory) {
    return covers(memory.namespace())
        && memory(snapshot, memory.id()).map(there -> mayTouch(snapshot, there)).orElse(true);
  }

  private boolean mayWrite(ReplicaSnapshot snapshot, StandardRegister standard) {
    var id = standard.standardId();
    return covers(standard.namespace()) && (id == null || reaches(snapshot, id));
  }

  private boolean reaches(ReplicaSnapshot snapshot, String id) {
    return memory(snapshot, id).filter(there -> mayTouch(snapshot, there)).isPresent();
  }

  /// What it gets it may change, and what it brought or once got; what is private here is not its
  /// to overwrite, though it may have heard of the id.
  private boolean mayTouch(ReplicaSnapshot snapshot, Memory there) {
    return covers(there.namespace()) && (shows(there) || knows(snapshot, there.id()));
  }

  private static Optional<Memory> memory(ReplicaSnapshot snapshot, String id) {
    return snapshot
        .register(Lane.CONTENT, id)
        .map(ContentRegister.class::cast)
        .map(content -> Body.read(content.body()));
  }
}
