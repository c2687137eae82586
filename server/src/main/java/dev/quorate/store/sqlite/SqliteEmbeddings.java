package dev.quorate.store.sqlite;

import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Lane;
import dev.quorate.store.Embeddings;
import dev.quorate.store.UnembeddedPage;
import dev.quorate.store.VectorCount;
import dev.quorate.store.VectorSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Which memories have their vector, on any one connection.
final class SqliteEmbeddings implements Embeddings {
  private static final String LACKING =
      """
      SELECT ch.sequence, c.id, c.time, c.origin, c.seen, c.body, c.hash
      FROM changes ch JOIN contents c ON %s
      LEFT JOIN embeddings e ON e.id = c.id
      WHERE ch.sequence > ?1 AND ch.sequence <= ?2 AND ch.lane IN (?3, ?4)
        AND c.shown = 0 AND c.expires_ms > ?5
        AND (e.id IS NULL OR e.model <> ?6 OR e.dimension <> ?7
          OR (e.content_time, e.content_origin) < (c.time, c.origin))\
      """;

  private final Statements sql;
  private final SqliteAliases aliases;
  private final long nowMillis;

  SqliteEmbeddings(Statements sql, SqliteAliases aliases, long nowMillis) {
    this.sql = sql;
    this.aliases = aliases;
    this.nowMillis = nowMillis;
  }

  @Override
  public long held(String model) {
    return sql.one(
            """
            SELECT count(*) FROM embeddings e JOIN contents c ON c.id = e.id
            WHERE e.model = ? AND c.shown = 0 AND c.expires_ms > ?\
            """,
            row -> row.getLong(1),
            model,
            nowMillis)
        .orElse(0L);
  }

  @Override
  public Optional<String> sample(String model) {
    return sql.one(
        """
        SELECT c.id FROM embeddings e JOIN contents c
          ON c.id = e.id AND c.time = e.content_time AND c.origin = e.content_origin
        WHERE e.model = ? AND c.shown = 0 AND c.expires_ms > ? LIMIT 1\
        """,
        row -> row.getString(1),
        model,
        nowMillis);
  }

  @Override
  public UnembeddedPage lacking(VectorSpace space, long after, int changes) {
    var upTo =
        sql.one(
                """
                SELECT max(sequence) FROM (
                  SELECT sequence FROM changes WHERE sequence > ? ORDER BY sequence LIMIT ?)\
                """,
                row -> row.getLong(1),
                after,
                changes)
            .orElse(0L);
    // Without a change the maximum is null, which is read as 0.
    if (upTo <= after) return new UnembeddedPage(List.of(), after);
    return new UnembeddedPage(lacking(space, after, upTo), upTo);
  }

  /// The live contents without a vector that changes between two numbers concern, each once.
  private List<ContentRegister> lacking(VectorSpace space, long after, long upTo) {
    var alone = LACKING.formatted("c.id = ch.key");
    var member = LACKING.formatted("c.public_id = ch.key AND c.public_id <> c.id");
    // A memory of more than one id may have its lifecycle under another one than its content.
    var query = (aliases.any() ? alone + " UNION ALL " + member : alone) + " ORDER BY 1";
    var found =
        sql.all(
            "SELECT id, time, origin, seen, body, hash FROM (" + query + ")",
            SqliteRegisters::content,
            after,
            upTo,
            Lane.CONTENT.code(),
            Lane.LIFECYCLE.code(),
            nowMillis,
            space.model(),
            space.dimension());
    var once = new LinkedHashMap<String, ContentRegister>();
    for (var content : found) once.putIfAbsent(content.id(), content);
    return List.copyOf(once.values());
  }

  @Override
  public VectorCount count(VectorSpace space) {
    return sql.one(
            """
            SELECT count(*), count(e.id) FROM contents c
            LEFT JOIN embeddings e ON e.id = c.id AND e.model = ? AND e.dimension = ?
              AND (e.content_time, e.content_origin) >= (c.time, c.origin)
            WHERE c.shown = 0 AND c.expires_ms > ?\
            """,
            row -> new VectorCount(row.getLong(1), row.getLong(2)),
            space.model(),
            space.dimension(),
            nowMillis)
        .orElse(new VectorCount(0, 0));
  }
}
