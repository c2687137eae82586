package dev.quorate.store.sqlite;

import dev.quorate.merge.Lane;
import dev.quorate.store.NonceRow;
import dev.quorate.store.Origin;
import dev.quorate.store.PeerBook;
import dev.quorate.store.Position;
import dev.quorate.store.Quarantined;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What this node keeps of its peers, on any one connection.
final class SqlitePeers implements PeerBook {
  private static final String QUARANTINE =
      "SELECT peer, lane, key, reason, retry_ms, since_ms FROM quarantine";

  private final Statements sql;

  SqlitePeers(Statements sql) {
    this.sql = sql;
  }

  @Override
  public List<Origin> holdings() {
    return sql.all(
        "SELECT node, epoch, sequence FROM holdings ORDER BY node, epoch",
        row -> new Origin(row.getString(1), row.getString(2), row.getLong(3)));
  }

  @Override
  public Optional<Position> pushed(String peer, String epoch) {
    return sql.one(
        "SELECT peer, epoch, sequence FROM pushed WHERE peer = ? AND epoch = ?",
        SqlitePeers::position,
        peer,
        epoch);
  }

  @Override
  public Optional<Position> pulled(String peer) {
    return sql.one(
        "SELECT peer, epoch, sequence FROM pulled WHERE peer = ?", SqlitePeers::position, peer);
  }

  private static Position position(ResultSet row) throws SQLException {
    return new Position(row.getString(1), row.getString(2), row.getLong(3));
  }

  @Override
  public List<Quarantined> quarantine(String peer) {
    return sql.all(
        QUARANTINE + " WHERE peer = ? ORDER BY since_ms, lane, key",
        SqlitePeers::quarantined,
        peer);
  }

  @Override
  public List<Quarantined> quarantine() {
    return sql.all(QUARANTINE + " ORDER BY peer, since_ms, lane, key", SqlitePeers::quarantined);
  }

  private static Quarantined quarantined(ResultSet row) throws SQLException {
    return new Quarantined(
        row.getString(1),
        Lane.of(row.getInt(2)),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        row.getLong(6));
  }

  @Override
  public boolean wasShown(String guest, String id) {
    return sql.one(
            "SELECT 1 FROM shown_to_guests WHERE peer = ? AND id = ?",
            row -> row.getInt(1),
            guest,
            id)
        .isPresent();
  }

  @Override
  public List<NonceRow> nonces() {
    return sql.all(
        "SELECT peer, key, value FROM nonces",
        row -> new NonceRow(row.getString(1), row.getString(2), row.getString(3)));
  }

  @Override
  public void hold(Origin upTo) {
    sql.run(
        """
        INSERT INTO holdings (node, epoch, sequence) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET sequence = max(sequence, excluded.sequence)\
        """,
        upTo.node(),
        upTo.epoch(),
        upTo.sequence());
  }

  @Override
  public void pushed(Position position) {
    sql.run(
        """
        INSERT INTO pushed (peer, epoch, sequence) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET sequence = max(sequence, excluded.sequence)\
        """,
        position.peer(),
        position.epoch(),
        position.sequence());
  }

  @Override
  public void pulled(Position position) {
    sql.run(
        """
        INSERT INTO pulled (peer, epoch, sequence) VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET sequence = iif(epoch = ?2, max(sequence, ?3), ?3), epoch = ?2\
        """,
        position.peer(),
        position.epoch(),
        position.sequence());
  }

  @Override
  public void quarantine(Quarantined item) {
    sql.run(
        """
        INSERT INTO quarantine (peer, lane, key, reason, retry_ms, since_ms)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET reason = excluded.reason, retry_ms = excluded.retry_ms\
        """,
        item.peer(),
        item.lane().code(),
        item.key(),
        item.reason(),
        item.retryMillis(),
        item.sinceMillis());
  }

  @Override
  public void release(Quarantined item) {
    sql.run(
        "DELETE FROM quarantine WHERE peer = ? AND lane = ? AND key = ?",
        item.peer(),
        item.lane().code(),
        item.key());
  }

  @Override
  public void showed(String guest, Collection<String> ids) {
    for (var id : ids) {
      sql.run("INSERT OR IGNORE INTO shown_to_guests (peer, id) VALUES (?, ?)", guest, id);
    }
  }

  @Override
  public void keep(NonceRow row) {
    if (row.value() == null) {
      sql.run("DELETE FROM nonces WHERE peer = ? AND key = ?", row.peer(), row.key());
      return;
    }
    sql.run(
        "INSERT OR REPLACE INTO nonces (peer, key, value) VALUES (?, ?, ?)",
        row.peer(),
        row.key(),
        row.value());
  }
}
