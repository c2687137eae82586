package dev.quorate.memories;

import dev.quorate.failure.RequestFailure;
import dev.quorate.memory.Body;
import dev.quorate.memory.FullMemory;
import dev.quorate.memory.Link;
import dev.quorate.memory.Memory;
import dev.quorate.memory.MemoryId;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Seen;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Transaction;
import dev.quorate.time.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Taking in memories that already have ids. Thread-safe; runs inside a transaction of its caller.
public final class Importing {
  private final String nodeId;
  private final Remembering remembering;
  private final Linking linking;

  /// Imports for one node.
  ///
  /// @param nodeId the node that stamps what it imports
  public Importing(String nodeId, Remembering remembering, Linking linking) {
    this.nodeId = nodeId;
    this.remembering = remembering;
    this.linking = linking;
  }

  /// A memory to take in.
  ///
  /// @param updatedAt when its content was made
  public record Item(Memory memory, Instant updatedAt, long accessCount) {
    public static Item of(FullMemory full) {
      return new Item(full.memory(), full.updatedAt(), full.accessCount());
    }
  }

  /// What became of an import.
  ///
  /// @param remapped ids that came in under another one, because theirs was deleted here or their
  ///   title lives under another id
  public record Report(int imported, List<String> errors, Map<String, String> remapped) {}

  /// Takes in memories and the links between them. What is older than what is here changes nothing,
  /// and running it twice ends as running it once.
  public Report take(Transaction transaction, List<Item> items, List<Link> links) {
    var imported = 0;
    var errors = new ArrayList<String>();
    var remapped = new LinkedHashMap<String, String>();
    for (var item : items) {
      try {
        var id = take(transaction, item);
        if (!id.equals(item.memory().id())) remapped.put(item.memory().id(), id);
        imported++;
      } catch (RequestFailure e) {
        errors.add(item.memory().id() + ": " + e.getMessage());
      }
    }
    for (var link : links) {
      try {
        linking.link(
            transaction,
            remapped.getOrDefault(link.sourceId(), link.sourceId()),
            remapped.getOrDefault(link.targetId(), link.targetId()),
            link.relation(),
            link.validFrom(),
            link.validUntil());
      } catch (RequestFailure e) {
        errors.add(link.sourceId() + " -> " + link.targetId() + ": " + e.getMessage());
      }
    }
    return new Report(imported, errors, remapped);
  }

  /// Returns the id under which the memory is now here.
  private String take(Transaction transaction, Item item) {
    var memory = item.memory();
    var twin = transaction.liveByTitle(memory.namespace(), memory.title());
    var present = transaction.memory(memory.id());
    if (present.isPresent()) {
      if (twin.isPresent() && !twin.get().id().equals(present.get().id())) {
        throw Remembering.titleTaken(memory.title(), memory.namespace(), twin.get().id());
      }
      return update(transaction, present.get(), item);
    }
    if (twin.isPresent()) {
      var newer = item.updatedAt().isAfter(twin.get().stamp().instant());
      if (newer) return remembering.merge(transaction, twin.get(), draft(memory)).id();
      transaction.found(twin.get().id());
      return twin.get().id();
    }
    var id =
        transaction.deleted(memory.id()) ? MemoryId.fresh(transaction.nowMillis()) : memory.id();
    add(transaction, item, memory.withId(id));
    return id;
  }

  private static String update(Transaction transaction, StoredMemory present, Item item) {
    var newer = item.updatedAt().isAfter(present.stamp().instant());
    if (newer) transaction.save(asEditOf(present.memory(), item.memory()));
    if (!present.liveOrExpired()) transaction.revive(present.id());
    if (!newer) transaction.found(present.id());
    return present.id();
  }

  /// The imported content under the id that is here. When a memory was created and who stored it
  /// first never change.
  private static Memory asEditOf(Memory there, Memory imported) {
    return new Memory(
        there.id(),
        imported.namespace(),
        imported.title(),
        imported.content(),
        imported.tier(),
        imported.tags(),
        imported.priority(),
        imported.confidence(),
        imported.source(),
        there.createdAt(),
        imported.expiresAt(),
        Remembering.withAgentOf(there, imported.metadata()),
        imported.provenance(),
        imported.version());
  }

  /// Keeps the time the content was made, so that it loses to what was edited since on other nodes.
  private void add(Transaction transaction, Item item, Memory memory) {
    var now = transaction.stamp();
    var made = Stamp.at(item.updatedAt(), nodeId);
    var stamp = made.isAfter(now) ? now : made;
    transaction.merge(ContentRegister.of(memory.id(), stamp, Seen.NOTHING, Body.write(memory)));
    if (item.accessCount() > 0) {
      transaction.recordAccess(memory.id(), item.accessCount(), stamp.millis());
    }
  }

  private static Draft draft(Memory memory) {
    return new Draft(
        memory.title(),
        memory.content(),
        memory.tier(),
        memory.namespace(),
        memory.tags(),
        memory.priority(),
        memory.confidence(),
        memory.source(),
        memory.expiresAt(),
        null,
        memory.metadata(),
        memory.provenance());
  }
}
