package dev.quorate.feed;

import dev.quorate.governance.Action;
import dev.quorate.memories.PendingRow;
import dev.quorate.memory.Body;
import dev.quorate.memory.LinkBody;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.store.Change;
import dev.quorate.store.Origin;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Version;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts one change into words: what it is about as that is now, which may be newer than the change.
/// Serves one look at the store.
final class Telling {
  private final Snapshot snapshot;
  private final Wanted wanted;

  Telling(Snapshot snapshot, Wanted wanted) {
    this.snapshot = snapshot;
    this.wanted = wanted;
  }

  /// The change as an entry; empty when it is not asked for.
  Optional<Entry> tell(Change change, Register register, Cursor cursor) {
    return tell(register)
        .map(told ->
            new Entry(
                told.word(),
                told.id(),
                told.ids(),
                told.namespace(),
                told.successors(),
                told.subject(),
                register.stamp(),
                new Origin(change.origin(), change.originEpoch(), change.originSequence()),
                cursor));
  }

  private record Told(
      Word word,
      String id,
      List<String> ids,
      @Nullable String namespace,
      List<String> successors,
      Subject subject) {
    Told(Word word, String id, @Nullable String namespace, Subject subject) {
      this(word, id, List.of(id), namespace, List.of(), subject);
    }
  }

  private Optional<Told> tell(Register register) {
    return switch (register) {
      case ContentRegister content -> memory(Word.MEMORY, content.id(), List.of());
      case LifecycleRegister lifecycle ->
          memory(word(lifecycle), lifecycle.id(), lifecycle.successors());
      case AliasFact alias -> memory(Word.ALIAS, alias.first(), List.of());
      case LinkRegister link -> link(link);
      case StandardRegister standard -> standard(standard);
      case PendingAction pending -> pending(Word.PENDING, pending.id());
      case Vote vote -> pending(Word.DECISION, vote.pendingId());
      case EmbeddingRegister embedding -> embedding(embedding);
      case LostContent lost -> version(lost.content());
      // Who is told of what, and with which key, is no affair of who reads the feed.
      case SubscriptionRegister _ -> Optional.empty();
    };
  }

  private static Word word(LifecycleRegister lifecycle) {
    return switch (lifecycle.state()) {
      case LIVE -> Word.RESTORE;
      case ARCHIVED -> Word.ARCHIVE;
      case DELETED -> Word.DELETION;
    };
  }

  private Optional<Told> memory(Word word, String id, List<String> successors) {
    if (!wanted.wants(word)) return Optional.empty();
    var ids = snapshot.members(id);
    var shown = snapshot.memory(id);
    if (shown.isEmpty()) {
      return Optional.of(new Told(word, id, ids, null, successors, new Subject.None()));
    }
    var memory = shown.get().memory();
    if (wanted.wants(memory)) {
      var subject = new Subject.OfMemory(shown.get());
      return Optional.of(
          new Told(word, shown.get().id(), ids, memory.namespace(), successors, subject));
    }
    // One that was edited may have been among what was asked for before.
    if (memory.version() <= 1) return Optional.empty();
    return Optional.of(
        new Told(word, shown.get().id(), ids, null, successors, new Subject.Outside()));
  }

  private Optional<Told> link(LinkRegister register) {
    var word = register.present() ? Word.LINK : Word.UNLINK;
    if (!wanted.wants(word)) return Optional.empty();
    var source = snapshot.memory(register.sourceId());
    var target = snapshot.memory(register.targetId());
    if (isOutside(source) || isOutside(target)) return Optional.empty();
    var namespace = source.map(memory -> memory.memory().namespace()).orElse(null);
    Subject subject = new Subject.None();
    if (register.present()) {
      var link = LinkBody.read(register.body());
      subject =
          new Subject.OfLink(
              link.under(
                  source.map(StoredMemory::id).orElse(link.sourceId()),
                  target.map(StoredMemory::id).orElse(link.targetId())));
    }
    var key = List.of(register.sourceId(), register.targetId(), register.relation());
    return Optional.of(new Told(word, register.sourceId(), key, namespace, List.of(), subject));
  }

  private boolean isOutside(Optional<StoredMemory> end) {
    return end.map(StoredMemory::memory).filter(memory -> !wanted.wants(memory)).isPresent();
  }

  private Optional<Told> standard(StandardRegister register) {
    var standardId = register.standardId();
    var word = standardId == null ? Word.CLEAR : Word.STANDARD;
    if (!wanted.wants(word) || !wanted.wantsNamespace(register.namespace())) {
      return Optional.empty();
    }
    var subject =
        standardId == null
            ? new Subject.None()
            : new Subject.OfStandard(register.namespace(), standardId, register.parent());
    return Optional.of(new Told(word, register.namespace(), register.namespace(), subject));
  }

  private Optional<Told> pending(Word word, String id) {
    if (!wanted.wants(word)) return Optional.empty();
    var row = snapshot.pending(id).flatMap(pending -> PendingRow.of(snapshot, pending));
    if (row.isEmpty()) return Optional.of(new Told(word, id, null, new Subject.None()));
    var action = row.get().action();
    if (!wanted.wantsNamespace(action.namespace()) || isHidden(row.get())) {
      return Optional.empty();
    }
    return Optional.of(new Told(word, id, action.namespace(), new Subject.OfPending(row.get())));
  }

  /// Whether what it asks for concerns a memory that the reader may not see.
  private boolean isHidden(PendingRow row) {
    return switch (row.action().what()) {
      case Action.Store store -> !wanted.wants(store.memory());
      case Action.Delete(var id) -> isOutsideOrGone(id);
      case Action.Promote(var id) -> isOutsideOrGone(id);
    };
  }

  /// Of a memory that is gone nobody can say any more who might see it.
  private boolean isOutsideOrGone(String id) {
    var memory = snapshot.memory(id);
    return isOutside(memory) || (memory.isEmpty() && wanted.asAgent() != null);
  }

  private Optional<Told> embedding(EmbeddingRegister register) {
    if (!wanted.wants(Word.EMBEDDING)) return Optional.empty();
    var memory = snapshot.memory(register.id());
    if (isOutside(memory)) return Optional.empty();
    var namespace = memory.map(shown -> shown.memory().namespace()).orElse(null);
    var subject = new Subject.OfVector(register.model(), register.dimension());
    return Optional.of(new Told(Word.EMBEDDING, register.id(), namespace, subject));
  }

  private Optional<Told> version(ContentRegister lost) {
    if (!wanted.wants(Word.HISTORY)) return Optional.empty();
    var memory = Body.read(lost.body());
    if (!wanted.wants(memory)) return Optional.empty();
    var subject = new Subject.OfVersion(new Version(lost.stamp(), lost.body(), true));
    return Optional.of(new Told(Word.HISTORY, lost.id(), memory.namespace(), subject));
  }
}
