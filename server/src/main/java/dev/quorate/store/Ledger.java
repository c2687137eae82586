package dev.quorate.store;

import dev.quorate.governance.Action;
import dev.quorate.memory.Body;
import dev.quorate.memory.Memory;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.AliasGroup;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Hash;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.subscriptions.Event;
import dev.quorate.time.HybridClock;
import dev.quorate.time.Stamp;
import dev.quorate.time.Timestamps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Applies registers to the tables of an engine: merges each with what is there, records it in the
/// sequence of changes, and derives what readers are shown. Local edits and changes from elsewhere
/// take the same way, so that every node comes to the same state. One instance serves one mutation.
public final class Ledger {
  private final Tables tables;
  private final HybridClock clock;
  private final long nowMillis;

  /// Memories whose title may now stand twice.
  private final Map<String, Memory> twinCandidates = new LinkedHashMap<>();

  /// Memories whose lifecycle has been recorded.
  private final Set<String> turned = new HashSet<>();

  private final List<Made> made = new ArrayList<>();
  private final Debts debts;
  private final Standings standings;
  private final ApprovedActions approved;
  private @Nullable String together;

  /// Where the register that is being applied was made; absent for here.
  private @Nullable Origin origin;

  private int recorded;

  /// Sees what users change here; absent where nobody is told of it.
  private final @Nullable Witness witness;

  private boolean receiving;

  public Ledger(Tables tables, HybridClock clock, long nowMillis) {
    this.tables = tables;
    this.clock = clock;
    this.nowMillis = nowMillis;
    this.debts = new Debts(tables, made);
    this.standings = new Standings(tables);
    this.approved = new ApprovedActions(tables, standings, nowMillis, this::applyHere);
    this.witness = tables.hasSubscriptions() ? new Witness(tables) : null;
  }

  /// What happened in this mutation that subscribers can be told of. What came from elsewhere is
  /// told where it was made.
  public List<Event> events() {
    return witness == null ? List.of() : witness.events();
  }

  private Optional<Witness> witness() {
    return receiving ? Optional.empty() : Optional.ofNullable(witness);
  }

  /// Everything recorded from here on belongs to one operation and is shipped together.
  public void beginTogether() {
    if (together == null) together = UUID.randomUUID().toString();
  }

  /// How many changes were recorded.
  public int recorded() {
    return recorded;
  }

  /// What was changed here, that is, excluding what came from elsewhere, and what was found as it
  /// was to be; in the order of the numbers.
  public List<Made> made() {
    return made;
  }

  /// The mutation found a register as it was to make it, and answers for it as if it had: where
  /// another node made it, this one hands it on.
  public void found(Register register) {
    debts.answerFor(register);
  }

  /// The same for a memory, whether it is there or deleted.
  public void foundMemory(String id) {
    debts.answerForMemory(id);
  }

  /// Merges a register that was made elsewhere.
  ///
  /// @param from where it was made, absent for one that this node adopts
  /// @param memory what the body of a content says, absent where nobody has read it yet
  /// @param with the operation it belongs to
  public Effect receive(
      Register register, @Nullable Memory memory, @Nullable Origin from, @Nullable String with) {
    origin = from;
    together = with;
    receiving = true;
    try {
      if (!apply(register, memory)) return Effect.NOOP;
      return waits(register) ? Effect.PARKED : Effect.APPLIED;
    } finally {
      origin = null;
      together = null;
      receiving = false;
    }
  }

  /// The same for a register whose body, if it has one, nobody has read yet.
  public Effect receive(Register register, @Nullable Origin from, @Nullable String with) {
    return receive(register, null, from, with);
  }

  /// Whether the register names something that is not here.
  private boolean waits(Register register) {
    return switch (register) {
      case ContentRegister _, AliasFact _, PendingAction _, LostContent _, SubscriptionRegister _ ->
          false;
      case LifecycleRegister lifecycle -> !lifecycle.deleted() && absent(lifecycle.id());
      case LinkRegister link ->
          link.present() && (absent(link.sourceId()) || absent(link.targetId()));
      case StandardRegister standard ->
          standard.standardId() != null && absent(standard.standardId());
      case Vote vote -> tables.pending(vote.pendingId()).isEmpty();
      case EmbeddingRegister embedding -> absent(embedding.id());
    };
  }

  private boolean absent(String id) {
    return tables.content(id).isEmpty();
  }

  /// Makes the register part of the state. Returns whether it changed anything.
  public boolean apply(Register register) {
    return apply(register, null);
  }

  private boolean apply(Register register, @Nullable Memory memory) {
    clock.observe(register.stamp());
    return switch (register) {
      case ContentRegister content ->
          applyContent(content, memory != null ? memory : Body.read(content.body()));
      case LifecycleRegister lifecycle -> applyLifecycle(lifecycle);
      case AliasFact alias -> applyAlias(alias);
      case LinkRegister link -> applyLink(link);
      case StandardRegister standard -> applyStandard(standard);
      case PendingAction pending -> applyPending(pending);
      case Vote vote -> applyVote(vote);
      case EmbeddingRegister embedding -> applyEmbedding(embedding);
      case SubscriptionRegister subscription -> applySubscription(subscription);
      case LostContent lost -> !erased(lost.content().id()) && tables.add(lost) && recordNew(lost);
    };
  }

  private boolean applyContent(ContentRegister incoming, Memory memory) {
    return applyContent(incoming, memory, tables.content(incoming.id()));
  }

  /// Merges a content whose memory has already been read from its body.
  ///
  /// @param held what the tables hold under its id at this moment
  public boolean applyContent(
      ContentRegister incoming, Memory memory, Optional<ContentRegister> held) {
    var id = incoming.id();
    var present = held.filter(Register::intact);
    var lifecycle = tables.lifecycle(id);
    var alone = tables.group(id).isEmpty();
    if (present.isEmpty() && (!alone || lifecycle.isPresent()) && erased(id)) return false;
    if (present.isPresent()) {
      var merged = ContentRegister.merge(present.get(), incoming);
      var lost = merged.lost().map(LostContent::new);
      var news = lost.isPresent() && applyHere(lost.get());
      if (merged.winner().hash().equals(present.get().hash())) return news;
      // Somebody else may have kept it as lost before; whoever made it owes it all the same.
      if (tables.recordedHere(Lane.CONTENT, id)) lost.ifPresent(debts::owe);
      if (merged.lost().isEmpty()) tables.keepReplaced(present.get());
    }
    witness().ifPresent(it -> it.content(present, memory));
    tables.put(incoming, memory, View.of(incoming, lifecycle.filter(l -> !l.deleted()), memory));
    recordChange(incoming, hash(held), incoming);
    if (!alone) derive(List.of(id));
    if (present.isEmpty()) derive(tables.deletedFor(id));
    twinCandidates.put(id, memory);
    approved.promote(id);
    return true;
  }

  private boolean applyLifecycle(LifecycleRegister incoming) {
    var held = tables.lifecycle(incoming.id());
    var present = held.filter(Register::intact);
    var merged = present.map(there -> LifecycleRegister.merge(there, incoming)).orElse(incoming);
    if (present.isPresent() && merged.hash().equals(present.get().hash())) return false;
    witness().ifPresent(it -> it.lifecycle(present, merged));
    tables.put(merged);
    recordChange(merged, hash(held), incoming);
    derive(List.of(incoming.id()));
    return true;
  }

  private boolean applyAlias(AliasFact incoming) {
    var held = tables.alias(incoming.first(), incoming.second());
    var present = held.filter(Register::intact);
    var merged = present.map(there -> AliasFact.merge(there, incoming)).orElse(incoming);
    if (present.isPresent() && merged.hash().equals(present.get().hash())) return false;
    tables.put(merged);
    recordChange(merged, hash(held), incoming);
    derive(List.of(merged.first()));
    approved.promote(merged.first());
    return true;
  }

  private boolean applyLink(LinkRegister incoming) {
    var held = tables.link(incoming.sourceId(), incoming.targetId(), incoming.relation());
    var present = held.filter(Register::intact);
    if (present.isPresent() && !incoming.isLaterThan(present.get())) return false;
    witness().ifPresent(it -> it.link(present, incoming));
    tables.put(incoming);
    return recordChange(incoming, hash(held), incoming);
  }

  private boolean applyStandard(StandardRegister incoming) {
    var held = tables.standard(incoming.namespace());
    var present = held.filter(Register::intact);
    if (present.isPresent() && !incoming.isLaterThan(present.get())) return false;
    tables.put(incoming);
    return recordChange(incoming, hash(held), incoming);
  }

  private boolean applySubscription(SubscriptionRegister incoming) {
    var held = tables.subscription(incoming.id());
    var present = held.filter(Register::intact);
    var merged = present.map(there -> SubscriptionRegister.merge(there, incoming)).orElse(incoming);
    if (present.isPresent() && merged.hash().equals(present.get().hash())) return false;
    tables.put(merged);
    return recordChange(merged, hash(held), incoming);
  }

  private boolean applyPending(PendingAction incoming) {
    var action = Action.read(incoming.payload());
    if (action.isPresent() && asksForErased(action.get())) return false;
    var held = tables.pending(incoming.id());
    var present = held.filter(Register::intact);
    if (present.isPresent() && !present.get().isLaterThan(incoming)) return false;
    if (present.isEmpty() && action.isPresent()) {
      witness().ifPresent(it -> it.requested(incoming.id(), action.get()));
    }
    tables.put(incoming, action.map(Action::what).orElse(null));
    recordChange(incoming, hash(held), incoming);
    action.ifPresent(it -> approved.carryOut(incoming, it));
    return true;
  }

  /// A delete leaves nothing of a memory, and so not the request to store it.
  private boolean asksForErased(Action action) {
    return action.what() instanceof Action.Store store && erased(store.memoryId());
  }

  private boolean applyVote(Vote vote) {
    var pending = tables.pending(vote.pendingId());
    var open = pending.filter(it -> approved.decided(it).isEmpty()).isPresent();
    if (!tables.add(vote)) return false;
    recordNew(vote);
    if (pending.isEmpty()) return true;
    var decided = approved.decided(pending.get());
    if (receiving && open && decided.filter(this::isOurs).isPresent()) {
      carryOutAsOurs(pending.get(), decided.get());
    } else {
      approved.carryOut(pending.get());
    }
    return true;
  }

  private boolean isOurs(Stamp stamp) {
    return stamp.origin().equals(clock.origin());
  }

  /// A vote that was cast here decides now that an earlier one has come from elsewhere. What it
  /// brings about is this node's to tell, also where others have done it before.
  private void carryOutAsOurs(PendingAction pending, Stamp decided) {
    receiving = false;
    try {
      var action = Action.read(pending.payload());
      if (action.isPresent()) witness().ifPresent(it -> it.done(action.get(), decided));
      approved.carryOut(pending);
    } finally {
      receiving = true;
    }
  }

  private boolean applyEmbedding(EmbeddingRegister incoming) {
    if (erased(incoming.id())) return false;
    var held = tables.embedding(incoming.id());
    var present = held.filter(Register::intact);
    if (present.isPresent() && !incoming.isLaterThan(present.get())) return false;
    tables.put(incoming);
    return recordChange(incoming, hash(held), incoming);
  }

  /// Joins live memories that share a title and namespace, looked for once at the end of a
  /// mutation: what a change brings in its first part another part may take away again.
  public void joinTwins() {
    while (!twinCandidates.isEmpty()) {
      var candidates = List.copyOf(twinCandidates.values());
      twinCandidates.clear();
      candidates.forEach(memory -> joinTwins(memory.namespace(), memory.title()));
    }
  }

  private void joinTwins(String namespace, String title) {
    var live = tables.liveUnder(namespace, title, nowMillis);
    while (live.size() > 1 && join(live.get(0).id(), live.get(1).id())) {
      live = tables.liveUnder(namespace, title, nowMillis);
    }
  }

  private boolean join(String one, String other) {
    return applyHere(AliasFact.of(one, created(one), other, created(other), clock.next(nowMillis)));
  }

  private String created(String id) {
    return Timestamps.render(Body.read(tables.content(id).orElseThrow().body()).createdAt());
  }

  /// Whether a delete of the memory is in effect: it waits for nothing, or a successor is known
  /// here.
  public boolean erased(String id) {
    return standings.erased(id);
  }

  /// Works out how the memories of these ids are shown. One whose delete is in effect is known, and
  /// may bring into effect the deletes that wait for it, and those the ones that wait for them.
  private void derive(List<String> ids) {
    var asked = new HashSet<String>();
    var left = new ArrayDeque<>(ids);
    while (!left.isEmpty()) {
      var id = left.remove();
      if (!asked.add(id) || !derive(id)) continue;
      for (var member : tables.members(id)) left.addAll(tables.deletedFor(member));
    }
  }

  /// Works out how the memory of this id is shown, from its registers alone. Returns whether it is
  /// deleted.
  private boolean derive(String id) {
    var group = tables.group(id);
    var members = group.<Set<String>>map(g -> g.createdById().keySet()).orElse(Set.of(id));
    var publicId = group.map(AliasGroup::publicId).orElse(id);
    var standing = standings.of(members);
    if (standing.deleted()) {
      erase(members);
      return true;
    }
    for (var member : members) {
      if (standing.shown().map(ContentRegister::id).filter(member::equals).isPresent()) {
        var memory = Body.read(tables.content(member).orElseThrow().body());
        tables.show(member, View.of(publicId, standing, memory));
        if (!standing.archived()) twinCandidates.put(member, memory);
      } else {
        tables.show(member, View.hidden(publicId));
      }
    }
    return false;
  }

  /// Removes what a delete leaves nothing of. Its deletes are numbered anew, for who follows the
  /// changes may have seen them when they were not in effect. Where peers still wait for something
  /// of it that was made here, this node owes them the delete instead, and what extends it to each
  /// member, whoever made that: they may not hear of it from there.
  private void erase(Set<String> members) {
    var deletes =
        members.stream()
            .flatMap(member -> tables.lifecycle(member).stream())
            .filter(LifecycleRegister::deleted)
            .toList();
    // A guest that was shown what another node made learns from this one that it is gone.
    var owed =
        members.stream().anyMatch(id -> tables.owesContentOf(id) || tables.isKnownToGuests(id));
    var shown = members.stream().anyMatch(member -> tables.content(member).isPresent());
    for (var id : members) {
      for (var gone : tables.erase(id)) tables.tally(gone.lane(), gone.key(), gone.hash(), null);
    }
    if (!erased(members.iterator().next())) {
      deletes.forEach(this::pin);
    } else if (shown) {
      for (var delete : deletes) {
        if (turned.add(delete.id())) tables.renumber(delete.lane(), delete.key());
      }
    }
    if (!owed) return;
    for (var id : members) {
      tables.lifecycle(id).ifPresent(debts::oweDelete);
      if (members.size() > 1) tables.aliases(id).forEach(debts::owe);
    }
  }

  /// In a circle of deletes only what was erased just now made a successor known. What was in
  /// effect stays so, here and everywhere: such a delete waits for nothing any more.
  private void pin(LifecycleRegister delete) {
    var pinned = delete.withoutWaiting();
    tables.put(pinned);
    record(pinned, delete.hash(), null);
  }

  /// Applies what this node itself finds while it merges something from elsewhere.
  private boolean applyHere(Register register) {
    var outer = origin;
    origin = null;
    try {
      return apply(register);
    } finally {
      origin = outer;
    }
  }

  /// The hash that a register counts with in the digest, though it may be damaged.
  private static @Nullable Hash hash(Optional<? extends Register> held) {
    return held.map(Register::hash).orElse(null);
  }

  private boolean recordNew(Register register) {
    return recordChange(register, null, register);
  }

  /// @param before hash of what the register held, absent when it was not there
  /// @param incoming what was merged into it; where the result is another one, neither node had it,
  ///   and so it was made here
  private boolean recordChange(Register register, @Nullable Hash before, Register incoming) {
    record(register, before, register.hash().equals(incoming.hash()) ? origin : null);
    return true;
  }

  private void record(Register register, @Nullable Hash before, @Nullable Origin from) {
    var sequence = tables.record(register.lane(), register.key(), from, together);
    if (from == null) made.add(Made.of(register, sequence));
    tables.tally(register.lane(), register.key(), before, register.hash());
    if (register instanceof LifecycleRegister lifecycle) turned.add(lifecycle.id());
    recorded++;
  }
}
