package dev.quorate.store.sqlite;

import java.util.List;
import java.util.Optional;

/// Which ids are of one memory, in one look. Not thread-safe.
class SqliteAliases {
  private final Statements sql;
  private Optional<Boolean> any = Optional.empty();

  SqliteAliases(Statements sql) {
    this.sql = sql;
  }

  /// Whether any memory has more than one id. Few stores have such, and looking for them costs more
  /// than most looks. Read once: a look sees one state.
  boolean any() {
    if (any.isEmpty()) {
      any = Optional.of(sql.one("SELECT 1 FROM aliases LIMIT 1", _ -> true).orElse(false));
    }
    return any.get();
  }

  /// All ids of the memory with this id, itself included.
  final List<String> members(String id) {
    if (!any()) return List.of(id);
    return sql.all(
        """
        WITH RECURSIVE member (id) AS (
          SELECT ?1
          UNION SELECT a.second FROM aliases a JOIN member m ON a.first = m.id
          UNION SELECT a.first FROM aliases a JOIN member m ON a.second = m.id)
        SELECT id FROM member\
        """,
        row -> row.getString(1),
        id);
  }
}
