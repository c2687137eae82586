package dev.quorate.store;

import dev.quorate.governance.Action;
import dev.quorate.json.Json;
import dev.quorate.memory.Body;
import dev.quorate.memory.LinkBody;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Tier;
import dev.quorate.merge.AliasGroup;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.subscriptions.Event;
import dev.quorate.subscriptions.EventType;
import dev.quorate.time.Stamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;

/// Sees the registers that one mutation of a user makes here, before they replace what was there,
/// and tells what of it is an event. Each event of a memory comes once in a mutation. Not
/// thread-safe.
final class Witness {
  private final Tables tables;
  private final SequencedMap<String, Event> events = new LinkedHashMap<>();

  /// Sources of a consolidation by what they became.
  private final Map<String, TreeSet<String>> consolidated = new LinkedHashMap<>();

  Witness(Tables tables) {
    this.tables = tables;
  }

  /// A content is about to take the place of `before`.
  void content(Optional<ContentRegister> before, Memory after) {
    var was = before.map(there -> Body.read(there.body()));
    if (was.isEmpty() || !says(was.get()).equals(says(after))) {
      var details = Json.object().put("tier", after.tier().text()).put("created", was.isEmpty());
      note(EventType.MEMORY_STORE, after, details.toString());
    }
    if (was.isPresent() && was.get().tier() != Tier.LONG && after.tier() == Tier.LONG) {
      var details = Json.object().put("from_tier", was.get().tier().text());
      note(EventType.MEMORY_PROMOTE, after, details.put("tier", after.tier().text()).toString());
    }
  }

  /// What a memory says: everything that a reader sees, but for how long and how prominently it is
  /// kept.
  private static List<Object> says(Memory memory) {
    return List.of(
        memory.title(),
        memory.content(),
        memory.namespace(),
        memory.tags(),
        memory.metadata(),
        memory.confidence());
  }

  /// A lifecycle is about to take the place of `before`; what a delete erases is still there.
  void lifecycle(Optional<LifecycleRegister> before, LifecycleRegister after) {
    if (!after.deleted() || before.filter(LifecycleRegister::deleted).isPresent()) return;
    memory(after.id())
        .ifPresent(memory -> {
          if (after.waits()) {
            for (var successor : after.successors()) {
              consolidated.computeIfAbsent(successor, _ -> new TreeSet<>()).add(publicId(memory));
            }
          } else {
            note(EventType.MEMORY_DELETE, memory, "{}");
          }
        });
  }

  /// A link is about to take the place of `before`.
  void link(Optional<LinkRegister> before, LinkRegister after) {
    var was = before.filter(LinkRegister::present).map(there -> LinkBody.read(there.body()));
    var source = memory(after.sourceId());
    if (source.isEmpty()) return;
    var details = Json.object().put("target_id", after.targetId());
    details.put("relation", after.relation());
    if (!after.present()) {
      if (was.isPresent())
        link(
            EventType.MEMORY_LINK_INVALIDATED,
            after,
            source.get(),
            details.put("removed", true).toString());
      return;
    }
    var link = LinkBody.read(after.body());
    if (was.isEmpty()) {
      link(EventType.MEMORY_LINK_CREATED, after, source.get(), details.toString());
    } else if (link.validUntil() != null
        && !Objects.equals(link.validUntil(), was.get().validUntil())) {
      details.put("removed", false).put("valid_until", link.validUntil().toString());
      link(EventType.MEMORY_LINK_INVALIDATED, after, source.get(), details.toString());
    }
  }

  private void link(EventType type, LinkRegister link, Memory source, String details) {
    var event = new Event(type, publicId(source), source.namespace(), source.agentId(), details);
    events.put(type + "\n" + link.key(), event);
  }

  /// Somebody asks for what has to be approved.
  void requested(String pendingId, Action action) {
    var details = Json.object().put("action", action.what().operation().text());
    details.put("pending_id", pendingId);
    events.put(
        EventType.APPROVAL_REQUESTED + "\n" + pendingId,
        new Event(
            EventType.APPROVAL_REQUESTED,
            action.what().memoryId(),
            action.namespace(),
            action.requestedBy(),
            details));
  }

  /// An action was approved by a vote of this node; what others have done of it before is told here
  /// all the same.
  ///
  /// @param decided stamp of that vote, and of what it brings about
  void done(Action action, Stamp decided) {
    switch (action.what()) {
      case Action.Store store ->
          tables
              .content(store.memoryId())
              .filter(there -> there.stamp().equals(decided))
              .map(there -> Body.read(there.body()))
              .ifPresent(memory -> {
                var details = Json.object().put("tier", memory.tier().text()).put("created", true);
                note(EventType.MEMORY_STORE, memory, details.toString());
              });
      case Action.Delete(var id) ->
          tables
              .lifecycle(id)
              .filter(there -> there.deleted() && there.stamp().equals(decided))
              .ifPresent(_ -> {
                // Nothing is left that would say whose the memory was.
                var event = new Event(EventType.MEMORY_DELETE, id, action.namespace(), null, "{}");
                events.putIfAbsent(key(EventType.MEMORY_DELETE, id), event);
              });
      case Action.Promote(var id) ->
          tables.members(id).stream()
              .flatMap(member -> tables.content(member).stream())
              .filter(there -> there.stamp().time() == decided.time())
              .map(there -> Body.read(there.body()))
              .filter(memory -> memory.tier() == Tier.LONG)
              .findFirst()
              .ifPresent(memory -> {
                var details = Json.object().put("tier", memory.tier().text());
                note(EventType.MEMORY_PROMOTE, memory, details.toString());
              });
    }
  }

  /// What happened, in its order. A consolidation is one event, and neither the store of what it
  /// made nor the delete of what it was made of is another.
  List<Event> events() {
    var all = new LinkedHashMap<>(events);
    consolidated.forEach((successor, sources) ->
        memory(successor)
            .ifPresent(memory -> {
              all.remove(key(EventType.MEMORY_STORE, publicId(memory)));
              var details = Json.object();
              var list = details.putArray("source_ids");
              sources.forEach(list::add);
              all.put(
                  key(EventType.MEMORY_CONSOLIDATED, publicId(memory)),
                  event(EventType.MEMORY_CONSOLIDATED, memory, details.toString()));
            }));
    return new ArrayList<>(all.values());
  }

  private void note(EventType type, Memory memory, String details) {
    events.putIfAbsent(key(type, publicId(memory)), event(type, memory, details));
  }

  private Event event(EventType type, Memory memory, String details) {
    return new Event(type, publicId(memory), memory.namespace(), memory.agentId(), details);
  }

  private static String key(EventType type, String id) {
    return type + "\n" + id;
  }

  private Optional<Memory> memory(String id) {
    for (var member : tables.members(id)) {
      var content = tables.content(member);
      if (content.isPresent()) return content.map(there -> Body.read(there.body()));
    }
    return Optional.empty();
  }

  private String publicId(Memory memory) {
    return tables.group(memory.id()).map(AliasGroup::publicId).orElse(memory.id());
  }
}
