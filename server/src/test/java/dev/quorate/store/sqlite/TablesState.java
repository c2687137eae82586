package dev.quorate.store.sqlite;

import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Hash;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.store.Shown;
import dev.quorate.store.State;
import dev.quorate.store.View;
import dev.quorate.time.Stamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Reads everything that SQLite tables hold, past the queries that the program uses where it can.
final class TablesState {
  private TablesState() {}

  static State of(Statements sql, SqliteTables tables) {
    var registers = new ArrayList<Register>();
    each(sql, "contents", id -> tables.content(id).ifPresent(registers::add));
    each(sql, "lifecycles", id -> tables.lifecycle(id).ifPresent(registers::add));
    each(sql, "pendings", id -> tables.pending(id).ifPresent(registers::add));
    each(sql, "embeddings", id -> tables.embedding(id).ifPresent(registers::add));
    for (var id : sql.all("SELECT id FROM subscriptions", row -> row.getString(1))) {
      tables.subscription(id).ifPresent(registers::add);
    }
    for (var namespace : sql.all("SELECT namespace FROM standards", row -> row.getString(1))) {
      tables.standard(namespace).ifPresent(registers::add);
    }
    for (var pending : sql.all("SELECT DISTINCT pending_id FROM votes", row -> row.getString(1))) {
      registers.addAll(tables.votes(pending));
    }
    sql.all(
            "SELECT first, second FROM aliases",
            row -> tables.alias(row.getString(1), row.getString(2)).orElseThrow())
        .forEach(registers::add);
    sql.all(
            "SELECT source, target, relation FROM links",
            row -> tables.link(row.getString(1), row.getString(2), row.getString(3)).orElseThrow())
        .forEach(registers::add);
    former(sql, true).forEach(content -> registers.add(new LostContent(content)));
    var views = new TreeMap<String, View>();
    each(sql, "contents", id -> view(sql, id).ifPresent(view -> views.put(id, view)));
    var changes =
        sql.all(
            "SELECT lane, key FROM changes ORDER BY sequence",
            row -> Lane.of(row.getInt(1)) + " " + row.getString(2));
    return new State(State.byKey(registers), views, new HashSet<>(former(sql, false)), changes);
  }

  private static Optional<View> view(Statements sql, String id) {
    return sql.one(
        """
        SELECT public_id, shown, expires_ms, archived_ms, archive_reason FROM contents
        WHERE id = ?\
        """,
        row ->
            new View(
                row.getString(1),
                Shown.of(row.getInt(2)),
                row.getLong(3),
                row.getLong(4),
                row.getString(5)),
        id);
  }

  private static List<ContentRegister> former(Statements sql, boolean lost) {
    return sql.all(
        "SELECT id, time, origin, seen, body, hash FROM history WHERE lost = ?",
        row ->
            new ContentRegister(
                row.getString(1),
                new Stamp(row.getLong(2), row.getString(3)),
                Seen.parse(row.getString(4)),
                row.getString(5),
                Hash.ofBytes(row.getBytes(6))),
        lost ? 1 : 0);
  }

  private static void each(Statements sql, String table, Consumer<String> visitor) {
    sql.all("SELECT id FROM " + table, row -> row.getString(1)).forEach(visitor);
  }
}
