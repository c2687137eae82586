package dev.quorate.feed;

import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Somebody who follows the feed, at one node and then at another, and knows nothing but what it
/// was told there.
final class Consumer {
  static final String NOTHING = "nothing";

  private final Map<String, String> known = new TreeMap<>();
  private Cursor cursor = Cursor.BEGINNING;

  /// Reads one page. Returns whether there is more at once.
  boolean read(Feed feed, int limit, Wanted wanted) {
    var page = feed.page(cursor, limit, wanted);
    page.entries().forEach(this::take);
    // As it is kept by clients.
    cursor = Cursor.of(page.next().text());
    return page.more();
  }

  /// The same, but it stops before the end of the page, after some entry.
  void readPart(Feed feed, int limit, Wanted wanted, int entries) {
    var page = feed.page(cursor, limit, wanted);
    for (var entry : page.entries().subList(0, Math.min(entries, page.entries().size()))) {
      take(entry);
      cursor = Cursor.of(entry.cursor().text());
    }
  }

  private void take(Entry entry) {
    for (var name : names(entry)) known.put(name, state(entry.subject()));
    if (entry.word() == Word.DELETION && entry.subject() instanceof Subject.None) {
      // A delete leaves no history either.
      for (var id : entry.ids())
        known.keySet().removeIf(name -> name.startsWith("version " + id + " "));
    }
  }

  private static Iterable<String> names(Entry entry) {
    return switch (entry.word()) {
      case MEMORY, DELETION, ARCHIVE, RESTORE, ALIAS ->
          entry.ids().stream().map(id -> "memory " + id).toList();
      case LINK, UNLINK -> List.of("link " + String.join(" ", entry.ids()));
      case STANDARD, CLEAR -> List.of("standard " + entry.id());
      case PENDING, DECISION -> List.of("pending " + entry.id());
      case EMBEDDING -> List.of("vector " + entry.id());
      case HISTORY -> List.of("version " + entry.id() + " " + entry.stamp().text());
    };
  }

  private static String state(Subject subject) {
    return switch (subject) {
      case Subject.OfMemory(var memory) -> memory(memory);
      case Subject.OfLink _ -> "linked";
      case Subject.OfStandard standard -> standard.standardId() + " " + standard.parent();
      case Subject.OfPending(var row) ->
          row.outcome().state() + " " + row.outcome().approvals().size();
      case Subject.OfVersion(var version) -> version.stamp().text();
      case Subject.OfVector(var model, var dimension) -> model + " " + dimension;
      case Subject.None _ -> NOTHING;
      case Subject.Outside _ -> "outside";
    };
  }

  static String memory(StoredMemory memory) {
    var body = memory.memory();
    return "%s %s %s %s %s"
        .formatted(
            memory.live() ? "live" : "archived",
            memory.id(),
            memory.stamp().text(),
            body.title(),
            body.content());
  }

  /// What it knows of memories under any id, links, standards and pending actions that are there.
  Map<String, String> known() {
    return known.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(NOTHING))
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
  }

  /// What a node shows, in the same words.
  static Map<String, String> shown(Snapshot snapshot) {
    var shown = new TreeMap<String, String>();
    var wanted = Wanted.of("embedding,history,memory,link,standard,pending", null, null);
    var telling = new Telling(snapshot, wanted);
    for (var change : snapshot.changes().after(0, 100_000)) {
      var register = snapshot.register(change.lane(), change.key());
      if (register.isEmpty()) continue;
      telling
          .tell(change, register.get(), Cursor.BEGINNING)
          .filter(entry -> !(entry.subject() instanceof Subject.None))
          .ifPresent(
              entry -> names(entry).forEach(name -> shown.put(name, state(entry.subject()))));
    }
    return shown;
  }
}
