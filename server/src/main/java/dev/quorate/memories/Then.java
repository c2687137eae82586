package dev.quorate.memories;

import dev.quorate.search.Filter;
import dev.quorate.store.ListQuery;
import dev.quorate.store.PageEnd;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import dev.quorate.time.Stamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// What a store knows of the memories that were live at a moment. Not thread-safe, and valid only
/// inside the look at the store.
final class Then {
  private static final int PRIORITY_MIN = 1;

  private final Snapshot snapshot;
  private final Instant moment;
  private final Stamp latest;
  private final Map<String, StoredMemory> memories = new LinkedHashMap<>();
  private final LookRoom room = new LookRoom();
  private boolean complete;

  Then(Snapshot snapshot, Instant moment) {
    this.snapshot = snapshot;
    this.moment = moment;
    this.latest = Stamp.at(moment, "\uffff");
  }

  /// @param memories as they were, by id
  /// @param complete whether nothing is known to be missing
  record Past(Map<String, StoredMemory> memories, boolean complete) {}

  /// The memories that are, or were archived, in the namespaces of a filter, each as it was.
  Past read(Filter filter) {
    // A delete takes the history with it.
    complete = !snapshot.deletedAfter(moment);
    var namespaces = filter.namespaces();
    if (namespaces.isEmpty()) {
      pages(offset -> snapshot.list(live(null, offset)));
      pages(offset -> snapshot.archived(null, LookRoom.PAGE, offset));
    }
    for (var namespace : namespaces) {
      pages(offset -> snapshot.list(live(namespace, offset)));
      pages(offset -> snapshot.archived(namespace, LookRoom.PAGE, offset));
    }
    return new Past(memories, complete);
  }

  private static ListQuery live(@Nullable String namespace, int offset) {
    return new ListQuery(
        namespace, null, PRIORITY_MIN, null, null, null, null, null, LookRoom.PAGE, offset);
  }

  private void pages(IntFunction<List<StoredMemory>> page) {
    for (var offset = 0; ; ) {
      var memories = page.apply(offset);
      for (var memory : memories) {
        if (!room.take(memory)) {
          complete = false;
          return;
        }
        if (LookRoom.isReadable(memory)) lookAt(memory);
        else complete = false;
      }
      if (!PageEnd.mayGoOn(memories, LookRoom.PAGE)) return;
      offset += memories.size();
    }
  }

  private void lookAt(StoredMemory memory) {
    var archived = memory.archived();
    if (archived != null && !archived.at().isAfter(moment)) return;
    if (memory.stamp().compareTo(latest) <= 0) {
      keep(memory, memory.stamp(), memory.body());
      return;
    }
    var was =
        snapshot.history(memory.id()).stream()
            .filter(version -> !version.lost() && version.stamp().compareTo(latest) <= 0)
            .findFirst();
    if (was.isPresent()) {
      keep(memory, was.get().stamp(), was.get().body());
    } else if (!memory.memory().createdAt().isAfter(moment)) {
      // It was there, but what it said is not known any more.
      complete = false;
    }
  }

  private void keep(StoredMemory memory, Stamp stamp, String body) {
    if (!room.lengthen(body.length() - memory.body().length())) {
      complete = false;
      return;
    }
    var was =
        new StoredMemory(
            memory.id(), stamp, body, null, memory.accessCount(), memory.lastAccessedAt());
    if (!LookRoom.isReadable(was)) {
      complete = false;
      return;
    }
    if (was.memory().createdAt().isAfter(moment)) return;
    memories.put(memory.id(), was);
  }
}
