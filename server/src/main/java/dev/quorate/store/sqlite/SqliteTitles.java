package dev.quorate.store.sqlite;

import static dev.quorate.store.sqlite.SqliteMemories.LIVE;
import static dev.quorate.store.sqlite.SqliteMemories.MEMORY;

import dev.quorate.store.PageEnd;
import dev.quorate.store.StoredMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Live memories by what they are called: title, topic, name of an entity. On any one connection.
final class SqliteTitles {
  /// How many namespaces are looked at for a title.
  private static final int NAMESPACES_MAX = 10_000;

  private final Statements sql;
  private final SqliteMemories memories;
  private final long nowMillis;

  SqliteTitles(Statements sql, SqliteMemories memories, long nowMillis) {
    this.sql = sql;
    this.memories = memories;
    this.nowMillis = nowMillis;
  }

  Optional<StoredMemory> live(String namespace, String title) {
    return sql.one(
        MEMORY + "WHERE c.namespace = ? AND c.title = ? AND" + LIVE,
        memories::shown,
        namespace,
        title,
        nowMillis);
  }

  List<String> idsUnder(String namespace, String title) {
    return sql.all(
        "SELECT c.id FROM contents c WHERE c.namespace = ? AND c.title = ? AND"
            + LIVE
            + "ORDER BY c.id",
        row -> row.getString(1),
        namespace,
        title,
        nowMillis);
  }

  List<StoredMemory> entities(String name, int limit) {
    var found = new LinkedHashMap<String, StoredMemory>();
    var ids =
        sql.all(
            "SELECT id FROM entity_names WHERE name = ? ORDER BY id LIMIT ?",
            row -> row.getString(1),
            name,
            limit);
    var bytes = 0L;
    for (var id : ids) {
      if (bytes >= PageEnd.BYTES_MAX) break;
      var memory = memories.memory(id).filter(StoredMemory::live);
      if (memory.isEmpty()) continue;
      if (found.put(memory.get().id(), memory.get()) == null) bytes += PageEnd.bytes(memory.get());
    }
    return List.copyOf(found.values());
  }

  List<StoredMemory> about(String topic, @Nullable String namespace, int limit) {
    var about =
        new Selection(
                MEMORY + "WHERE c.topic IS NOT NULL AND c.topic = ? AND" + LIVE, topic, nowMillis)
            .where(" AND c.namespace = ?", namespace)
            .then(" ORDER BY c.created_at, c.id LIMIT ?", limit)
            .readUntil(PageEnd.BYTES_MAX, PageEnd::bytes, sql, memories::shown);
    var found = new LinkedHashMap<String, StoredMemory>();
    for (var memory : about) found.put(memory.id(), memory);
    for (var memory : titled(topic, namespace, limit)) found.put(memory.id(), memory);
    return found.values().stream()
        .sorted(
            Comparator.comparing((StoredMemory one) -> one.memory().createdAt())
                .thenComparing(StoredMemory::id))
        .toList();
  }

  /// Goes from namespace to namespace: the index of titles is within each.
  List<StoredMemory> titled(String title, @Nullable String namespace, int limit) {
    if (namespace != null) return live(namespace, title).stream().toList();
    var found = new ArrayList<StoredMemory>();
    var after = "";
    var bytes = 0L;
    for (var looked = 0; looked < NAMESPACES_MAX; looked++) {
      if (found.size() == limit || bytes >= PageEnd.BYTES_MAX) break;
      var next =
          sql.one(
              "SELECT min(namespace) FROM contents WHERE shown = 0 AND namespace > ?",
              row -> Optional.ofNullable(row.getString(1)),
              after);
      var name = next.flatMap(one -> one);
      if (name.isEmpty()) break;
      after = name.get();
      var memory = live(after, title);
      if (memory.isEmpty()) continue;
      found.add(memory.get());
      bytes += PageEnd.bytes(memory.get());
    }
    return found;
  }
}
