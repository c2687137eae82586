package dev.quorate.federation;

import dev.quorate.governance.Action;
import dev.quorate.memory.Body;
import dev.quorate.memory.Link;
import dev.quorate.memory.LinkBody;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.PendingOutcome;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import dev.quorate.time.Stamp;
import dev.quorate.wire.EncodedItem;
import dev.quorate.wire.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Says in the words of a node without our fields what has changed here, so that its state becomes
/// ours: a memory of several ids goes under the one that stands, an approval with what it made. Of
/// one batch and one look; not thread-safe.
final class PlainTelling {
  private final Snapshot snapshot;
  private final String self;
  private final String epoch;
  private final String peer;
  private final Optional<GuestScope> guest;
  private final PlainWaves waves = new PlainWaves();
  private final Set<String> told = new HashSet<>();

  private final List<EncodedItem> restores = new ArrayList<>();
  private final List<EncodedItem> actions = new ArrayList<>();
  private final List<EncodedItem> memories = new ArrayList<>();
  private final List<EncodedItem> turns = new ArrayList<>();

  /// What becomes visible only with a memory waits until the memories are told.
  private final List<EncodedItem> attached = new ArrayList<>();

  /// @param self this node, whose store has this epoch
  /// @param peer the node that is told
  /// @param guest what it may get, if it is a guest
  PlainTelling(
      Snapshot snapshot, String self, String epoch, String peer, Optional<GuestScope> guest) {
    this.snapshot = snapshot;
    this.self = self;
    this.epoch = epoch;
    this.peer = peer;
    this.guest = guest;
  }

  /// Takes up a change. Returns false for one that such a node cannot be told.
  boolean tell(EncodedItem item) {
    return switch (item.item().register()) {
      case ContentRegister _, AliasFact _ -> memories.add(item);
      // A restore finds nothing to do where its memory came first.
      case LifecycleRegister lifecycle ->
          (lifecycle.state() == State.LIVE ? restores : turns).add(item);
      case LinkRegister link -> link.present() && attached.add(item);
      case StandardRegister _, EmbeddingRegister _ -> attached.add(item);
      case PendingAction _ -> item.isPlain() && actions.add(item);
      case Vote vote -> decides(vote) && actions.add(item);
      case LostContent _, SubscriptionRegister _ -> false;
    };
  }

  private boolean decides(Vote vote) {
    return snapshot.pending(vote.pendingId()).filter(it -> encoded(it).isPlain()).isPresent();
  }

  /// What goes into each body, in the order in which the bodies are sent. Asked once.
  List<List<EncodedItem>> waves() {
    for (var items : List.of(restores, actions, memories, turns)) items.forEach(this::put);
    // Telling a memory may add to what is attached.
    for (var i = 0; i < attached.size(); i++) put(attached.get(i));
    return waves.waves();
  }

  private void put(EncodedItem item) {
    switch (item.item().register()) {
      case ContentRegister content -> content(content, item);
      case LifecycleRegister lifecycle -> turn(lifecycle, item);
      case AliasFact alias -> group(alias.first());
      case LinkRegister link -> link(LinkBody.read(link.body()), link.stamp());
      case StandardRegister standard -> standard(standard);
      case EmbeddingRegister embedding -> embedding(embedding);
      case PendingAction action -> pending(action);
      case Vote vote -> snapshot.pending(vote.pendingId()).ifPresent(this::vote);
      case LostContent _, SubscriptionRegister _ ->
          throw new IllegalStateException("it was refused");
    }
  }

  private void content(ContentRegister content, EncodedItem item) {
    var id = content.id();
    if (grouped(id)) {
      group(id);
    } else if (!content.stamp().origin().equals(peer) && told.add("row " + id)) {
      // What it made itself it has, and perhaps with more than it served of it.
      memory(id, item);
      // Such a node stores what it has archived as a live one beside that.
      if (turned(id)) snapshot.memory(id).ifPresent(this::archiveAgain);
    }
  }

  private void turn(LifecycleRegister lifecycle, EncodedItem item) {
    var id = lifecycle.id();
    if (grouped(id)) {
      group(id);
    } else if (lifecycle.state() != State.ARCHIVED || told.add("archive " + id)) {
      memory(id, item);
    }
  }

  private boolean grouped(String id) {
    return snapshot.members(id).size() > 1;
  }

  private void memory(String id, EncodedItem item) {
    waves.add(List.of(memoryObject(id)), List.of(), List.of(item));
  }

  /// Tells a memory of several ids, once: those that lost are deleted before the one that stands is
  /// stored, since under one title such a node has one row, whichever id came first.
  private void group(String id) {
    var members = snapshot.members(id).stream().sorted().toList();
    if (!told.add("group " + members.getFirst())) return;
    var shown = snapshot.memory(id);
    if (shown.isEmpty()) {
      if (members.stream().anyMatch(this::deleted)) members.forEach(this::deletion);
      return;
    }
    var stands = shown.get();
    for (var member : members) if (!member.equals(stands.id())) deletion(member);
    if (!gets(stands)) return;
    // Under its former title such a node would not store it anew.
    if (renamed(stands)) deletion(stands.id());
    if (stands.live() && members.stream().anyMatch(this::turned)) {
      memory(stands.id(), encoded(turned(stands.id(), State.LIVE)));
    }
    waves.add(
        members.stream().map(PlainTelling::memoryObject).toList(), List.of(), List.of(row(stands)));
    archiveAgain(stands);
    attach(stands, members);
  }

  /// What such a node forgets with the ids that lost.
  private void attach(StoredMemory stands, List<String> members) {
    for (var stored : snapshot.links().of(stands.id())) {
      var register = register(stored.link(), stored.stamp());
      if (guest.map(scope -> scope.mayGet(snapshot, register)).orElse(true)) {
        attached.add(encoded(register));
      }
    }
    snapshot
        .standard(stands.memory().namespace())
        .filter(standard -> members.contains(standard.standardId()))
        .ifPresent(standard -> attached.add(encoded(standard)));
    for (var member : members) {
      snapshot
          .register(Lane.EMBEDDING, member)
          .ifPresent(register -> attached.add(encoded(register)));
    }
  }

  private boolean renamed(StoredMemory stands) {
    var now = stands.memory();
    return snapshot.history(stands.id()).stream()
        .map(version -> Body.read(version.body()))
        .filter(former -> former.id().equals(now.id()))
        .anyMatch(former ->
            !former.title().equals(now.title()) || !former.namespace().equals(now.namespace()));
  }

  private boolean turned(String id) {
    return snapshot.lifecycle(id).isPresent();
  }

  private boolean deleted(String id) {
    return snapshot.lifecycle(id).filter(LifecycleRegister::deleted).isPresent();
  }

  private boolean gets(StoredMemory memory) {
    return guest.map(scope -> scope.shows(memory.memory())).orElse(true);
  }

  private void deletion(String id) {
    if (guest.filter(scope -> !scope.knows(snapshot, id)).isPresent()) return;
    memory(id, encoded(turned(id, State.DELETED)));
  }

  private void archiveAgain(StoredMemory stands) {
    if (stands.liveOrExpired() || !told.add("archive " + stands.id())) return;
    memory(stands.id(), encoded(turned(stands.id(), State.ARCHIVED)));
  }

  /// Only its id and its state are sent.
  private static LifecycleRegister turned(String id, State state) {
    return LifecycleRegister.of(id, Stamp.NEVER, state, "", List.of());
  }

  private EncodedItem row(StoredMemory memory) {
    return encoded(ContentRegister.of(memory.id(), memory.stamp(), Seen.NOTHING, memory.body()));
  }

  /// An action that is decided goes with its decision, for storing it makes such a node ask again.
  private void pending(PendingAction action) {
    if (!told.add("action " + action.id())) return;
    var outcome = outcome(action);
    var item = EncodedItem.asked(change(action), outcome.approvals(), self, epoch);
    waves.add(List.of(pendingObject(action.id())), List.of(), List.of(item));
    decision(action, outcome);
  }

  /// Any vote is told by what the votes come to: such a node would take each for the decision.
  private void vote(PendingAction action) {
    var outcome = outcome(action);
    switch (outcome.state()) {
      case APPROVED, REJECTED -> decision(action, outcome);
      case PENDING, EXPIRED -> pending(action);
    }
  }

  private PendingOutcome outcome(PendingAction action) {
    return PendingOutcome.of(action, snapshot.votes(action.id()), snapshot.nowMillis());
  }

  /// An approved store goes as memory and decision in one body: alone, the decision would make such
  /// a node store a memory of its own under another id.
  private void decision(PendingAction action, PendingOutcome outcome) {
    var deciding = outcome.deciding();
    if (deciding == null || !told.add("decision " + action.id())) return;
    var decided = encoded(deciding);
    var made =
        outcome.state() == PendingOutcome.State.APPROVED
            ? Action.read(action.payload())
                .map(Action::what)
                .filter(what -> what instanceof Action.Store)
                .map(Action.What::memoryId)
            : Optional.<String>empty();
    if (made.isEmpty()) {
      waves.add(List.of(pendingObject(action.id())), List.of(), List.of(decided));
      return;
    }
    var memory = snapshot.memory(made.get());
    // What is deleted by now would come back by its approval.
    if (memory.isEmpty()) return;
    var stands = memory.get();
    waves.add(
        List.of(pendingObject(action.id()), memoryObject(stands.id())),
        List.of(),
        List.of(row(stands), decided));
    told.add("row " + stands.id());
    archiveAgain(stands);
  }

  private void link(Link link, Stamp stamp) {
    var source = publicId(link.sourceId());
    var target = publicId(link.targetId());
    var relation = link.relation().text();
    if (source.equals(target)) return;
    if (!told.add("link " + LinkRegister.key(source, target, relation))) return;
    waves.add(
        List.of(),
        List.of(memoryObject(source), memoryObject(target)),
        List.of(encoded(register(link.between(source, target), stamp))));
  }

  private static LinkRegister register(Link link, Stamp stamp) {
    var body = LinkBody.write(link);
    return LinkRegister.of(
        link.sourceId(), link.targetId(), link.relation().text(), stamp, true, body);
  }

  private void standard(StandardRegister standard) {
    var id = standard.standardId();
    if (!told.add("standard " + standard.namespace())) return;
    var stands = id == null ? null : publicId(id);
    waves.add(
        List.of("standard " + standard.namespace()),
        stands == null ? List.of() : List.of(memoryObject(stands)),
        List.of(
            encoded(
                StandardRegister.of(
                    standard.namespace(), standard.stamp(), stands, standard.parent()))));
  }

  /// In a group the vector of what is shown is the memory's, and no other one.
  private void embedding(EmbeddingRegister embedding) {
    var id = embedding.id();
    var stands = publicId(id);
    if (grouped(id)) {
      var shown = snapshot.memory(id).map(StoredMemory::stamp);
      if (shown.filter(embedding.contentStamp()::equals).isEmpty()) return;
    }
    if (!told.add("vector " + stands)) return;
    waves.add(
        List.of(),
        List.of(memoryObject(stands)),
        List.of(
            encoded(
                EmbeddingRegister.of(
                    stands,
                    embedding.contentStamp(),
                    embedding.stamp(),
                    embedding.model(),
                    embedding.dimension(),
                    embedding.vector()))));
  }

  private String publicId(String id) {
    return grouped(id) ? snapshot.memory(id).map(StoredMemory::id).orElse(id) : id;
  }

  private EncodedItem encoded(Register register) {
    return EncodedItem.of(change(register), self, epoch);
  }

  /// What such a node reads of a change has neither number nor origin.
  private Item change(Register register) {
    return new Item(register, self, epoch, 1, 1, null);
  }

  private static String memoryObject(String id) {
    return "memory " + id;
  }

  private static String pendingObject(String id) {
    return "pending " + id;
  }
}
