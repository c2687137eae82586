package dev.quorate.store;

import dev.quorate.memory.Body;
import dev.quorate.memory.Memory;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.AliasGroup;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.Standing;
import dev.quorate.merge.Vote;
import dev.quorate.time.HybridClock;
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

  private @Nullable String together;
  private int recorded;

  public Ledger(Tables tables, HybridClock clock, long nowMillis) {
    this.tables = tables;
    this.clock = clock;
    this.nowMillis = nowMillis;
  }

  /// Everything recorded from here on belongs to one operation and is shipped together.
  public void beginTogether() {
    if (together == null) together = UUID.randomUUID().toString();
  }

  /// How many changes were recorded.
  public int recorded() {
    return recorded;
  }

  /// Makes the register part of the state. Returns whether it changed anything.
  public boolean apply(Register register) {
    clock.observe(register.stamp());
    return switch (register) {
      case ContentRegister content -> applyContent(content, Body.read(content.body()));
      case LifecycleRegister lifecycle -> applyLifecycle(lifecycle);
      case AliasFact alias -> applyAlias(alias);
      case LinkRegister link -> applyLink(link);
      case StandardRegister standard -> applyStandard(standard);
      case PendingAction pending -> applyPending(pending);
      case Vote vote -> tables.add(vote) && recordChange(vote);
      case EmbeddingRegister embedding -> applyEmbedding(embedding);
      case LostContent lost ->
          !erased(lost.content().id()) && tables.add(lost) && recordChange(lost);
    };
  }

  /// Merges a content whose memory has already been read from its body.
  public boolean applyContent(ContentRegister incoming, Memory memory) {
    var id = incoming.id();
    var present = tables.content(id);
    var lifecycle = tables.lifecycle(id);
    var alone = group(id).isEmpty();
    if (present.isEmpty() && (!alone || lifecycle.isPresent()) && erased(id)) return false;
    if (present.isPresent()) {
      var merged = ContentRegister.merge(present.get(), incoming);
      var lost = merged.lost().isPresent() && apply(new LostContent(merged.lost().get()));
      if (merged.winner().hash().equals(present.get().hash())) return lost;
      if (merged.lost().isEmpty()) tables.keepReplaced(present.get());
    }
    tables.put(incoming, memory, View.of(incoming, lifecycle.filter(l -> !l.deleted()), memory));
    recordChange(incoming);
    if (!alone) derive(List.of(id));
    if (present.isEmpty()) derive(tables.deletedFor(id));
    twinCandidates.put(id, memory);
    return true;
  }

  private boolean applyLifecycle(LifecycleRegister incoming) {
    var present = tables.lifecycle(incoming.id());
    var merged = present.map(there -> LifecycleRegister.merge(there, incoming)).orElse(incoming);
    if (present.isPresent() && merged.hash().equals(present.get().hash())) return false;
    tables.put(merged);
    recordChange(merged);
    derive(List.of(incoming.id()));
    return true;
  }

  private boolean applyAlias(AliasFact incoming) {
    var present = tables.alias(incoming.first(), incoming.second());
    var merged = present.map(there -> AliasFact.merge(there, incoming)).orElse(incoming);
    if (present.isPresent() && merged.hash().equals(present.get().hash())) return false;
    tables.put(merged);
    recordChange(merged);
    derive(List.of(merged.first()));
    return true;
  }

  private boolean applyLink(LinkRegister incoming) {
    var present = tables.link(incoming.sourceId(), incoming.targetId(), incoming.relation());
    if (present.isPresent() && !incoming.isLaterThan(present.get())) return false;
    tables.put(incoming);
    return recordChange(incoming);
  }

  private boolean applyStandard(StandardRegister incoming) {
    var present = tables.standard(incoming.namespace());
    if (present.isPresent() && !incoming.isLaterThan(present.get())) return false;
    tables.put(incoming);
    return recordChange(incoming);
  }

  private boolean applyPending(PendingAction incoming) {
    var present = tables.pending(incoming.id());
    if (present.isPresent() && !present.get().isLaterThan(incoming)) return false;
    tables.put(incoming);
    return recordChange(incoming);
  }

  private boolean applyEmbedding(EmbeddingRegister incoming) {
    if (erased(incoming.id())) return false;
    var present = tables.embedding(incoming.id());
    if (present.isPresent() && !incoming.isLaterThan(present.get())) return false;
    tables.put(incoming);
    return recordChange(incoming);
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
    return apply(AliasFact.of(one, created(one), other, created(other), clock.next(nowMillis)));
  }

  private String created(String id) {
    return Timestamps.render(Body.read(tables.content(id).orElseThrow().body()).createdAt());
  }

  /// Whether a delete of the memory is in effect: it waits for nothing, or a successor is known
  /// here. One is known by its content or by a delete of it that is in effect, so that deletes
  /// which wait for each other in a circle bring nothing into effect by themselves.
  public boolean erased(String id) {
    var asked = new HashSet<String>();
    var left = new ArrayDeque<>(List.of(id));
    while (!left.isEmpty()) {
      for (var member : members(left.remove())) {
        if (!asked.add(member)) continue;
        var delete = tables.lifecycle(member).filter(LifecycleRegister::deleted);
        if (delete.isEmpty()) continue;
        if (!delete.get().waits()) return true;
        for (var successor : delete.get().successors()) {
          if (tables.content(successor).isPresent()) return true;
          left.add(successor);
        }
      }
    }
    return false;
  }

  private boolean known(String id) {
    return tables.content(id).isPresent() || erased(id);
  }

  private Optional<AliasGroup> group(String id) {
    if (!tables.hasAliases()) return Optional.empty();
    var facts = tables.aliases(id);
    return facts.isEmpty() ? Optional.empty() : Optional.of(AliasGroup.of(facts));
  }

  private Set<String> members(String id) {
    return group(id).map(group -> group.createdById().keySet()).orElse(Set.of(id));
  }

  private Standing standing(Set<String> members) {
    var contents = new ArrayList<ContentRegister>(members.size());
    var lifecycles = new ArrayList<LifecycleRegister>(members.size());
    for (var member : members) {
      tables.content(member).ifPresent(contents::add);
      tables.lifecycle(member).ifPresent(lifecycles::add);
    }
    return Standing.of(contents, lifecycles, this::known);
  }

  /// Works out how the memories of these ids are shown. One whose delete is in effect is known, and
  /// may bring into effect the deletes that wait for it, and those the ones that wait for them.
  private void derive(List<String> ids) {
    var asked = new HashSet<String>();
    var left = new ArrayDeque<>(ids);
    while (!left.isEmpty()) {
      var id = left.remove();
      if (!asked.add(id) || !derive(id)) continue;
      for (var member : members(id)) left.addAll(tables.deletedFor(member));
    }
  }

  /// Works out how the memory of this id is shown, from its registers alone. Returns whether it is
  /// deleted.
  private boolean derive(String id) {
    var group = group(id);
    var members = group.<Set<String>>map(g -> g.createdById().keySet()).orElse(Set.of(id));
    var publicId = group.map(AliasGroup::publicId).orElse(id);
    var standing = standing(members);
    if (standing.deleted()) {
      eraseAll(members);
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

  /// Erases a memory. Its deletes are recorded once more, for who follows the changes may have seen
  /// them when they were not in effect.
  private void eraseAll(Set<String> members) {
    var deletes =
        members.stream()
            .flatMap(member -> tables.lifecycle(member).stream())
            .filter(LifecycleRegister::deleted)
            .toList();
    var shown = members.stream().anyMatch(member -> tables.content(member).isPresent());
    members.forEach(this::erase);
    if (!erased(members.iterator().next())) {
      // In a circle of deletes only what was erased just now made a successor known. What was in
      // effect stays so, here and everywhere: these deletes wait for nothing any more.
      deletes.stream().map(LifecycleRegister::withoutWaiting).forEach(this::recordDelete);
    } else if (shown) {
      deletes.stream().filter(delete -> !turned.contains(delete.id())).forEach(this::recordChange);
    }
  }

  private void recordDelete(LifecycleRegister delete) {
    tables.put(delete);
    recordChange(delete);
  }

  private void erase(String id) {
    tables.erase(id);
    tables.forget(Lane.CONTENT, id);
    tables.forget(Lane.EMBEDDING, id);
  }

  private boolean recordChange(Register register) {
    tables.record(register.lane(), register.key(), together);
    if (register instanceof LifecycleRegister lifecycle) turned.add(lifecycle.id());
    recorded++;
    return true;
  }
}
