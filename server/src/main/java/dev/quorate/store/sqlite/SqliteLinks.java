package dev.quorate.store.sqlite;

import dev.quorate.memory.Link;
import dev.quorate.memory.LinkBody;
import dev.quorate.merge.LinkRegister;
import dev.quorate.store.LinkPage;
import dev.quorate.store.LinkQuery;
import dev.quorate.store.Links;
import dev.quorate.store.StoredLink;
import dev.quorate.store.StoredMemory;
import dev.quorate.time.Stamp;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The links between memories, on any one connection.
final class SqliteLinks implements Links {
  /// How many links are in memory at a time where all are visited.
  private static final int EXPORT_PAGE = 500;

  private final Statements sql;
  private final SqliteAliases aliases;
  private final SqliteMemories memories;

  SqliteLinks(Statements sql, SqliteAliases aliases, SqliteMemories memories) {
    this.sql = sql;
    this.aliases = aliases;
    this.memories = memories;
  }

  @Override
  public List<StoredLink> of(String id) {
    var links = new ArrayList<StoredLink>();
    for (var member : aliases.members(id)) {
      links.addAll(
          sql.all(
              """
              SELECT body, time, origin FROM links WHERE source = ?1 AND present = 1
              UNION SELECT body, time, origin FROM links WHERE target = ?1 AND present = 1\
              """,
              SqliteLinks::storedLink,
              member));
    }
    return shown(links, stored -> stored).stream()
        .sorted(Comparator.comparing(StoredLink::stamp))
        .toList();
  }

  @Override
  public LinkPage page(LinkQuery query) {
    var ends = aliases.members(query.memoryId());
    var column = query.direction() == LinkQuery.Direction.FROM ? "source" : "target";
    var relation = query.relation();
    var places = String.join(", ", Collections.nCopies(ends.size(), "?"));
    var rows =
        new Selection(
                "SELECT body, time, origin FROM links WHERE present = 1 AND %s IN (%s)"
                    .formatted(column, places),
                ends.toArray())
            .where(" AND relation = ?", relation == null ? null : relation.text())
            .where(" AND since >= ?", query.since())
            .where(" AND since <= ?", query.until())
            .then(
                " ORDER BY since, source, target, relation LIMIT ? OFFSET ?",
                query.rows(),
                query.offset())
            .read(sql, SqliteLinks::storedLink);
    return new LinkPage(shown(rows, this::latestOfGroup), rows.size());
  }

  @Override
  public Optional<Link> shownBetween(String sourceId, String targetId, String relation) {
    var source = liveId(sourceId);
    var target = liveId(targetId);
    if (source.isEmpty() || target.isEmpty() || source.equals(target)) return Optional.empty();
    return latest(source.get(), target.get(), relation)
        .map(stored -> stored.link().under(source.get(), target.get()));
  }

  @Override
  public Optional<Link> between(String sourceId, String targetId, String relation) {
    return sql.one(
        """
        SELECT body FROM links
        WHERE source = ? AND target = ? AND relation = ? AND present = 1\
        """,
        row -> LinkBody.read(row.getString(1)),
        sourceId,
        targetId,
        relation);
  }

  @Override
  public void forEach(Consumer<Link> visitor) {
    var after = new String[] {"", "", ""};
    while (true) {
      var page =
          sql.all(
              """
              SELECT body, time, origin FROM links
              WHERE present = 1 AND (source, target, relation) > (?, ?, ?)
              ORDER BY source, target, relation LIMIT ?\
              """,
              SqliteLinks::storedLink,
              after[0],
              after[1],
              after[2],
              EXPORT_PAGE);
      // Of those that members of a group have, one is the latest: on whichever page it stands.
      var latest = page.stream().filter(stored -> latestOfGroup(stored).equals(stored)).toList();
      shown(latest, stored -> stored).forEach(link -> visitor.accept(link.link()));
      if (page.size() < EXPORT_PAGE) return;
      var last = page.getLast().link();
      after = new String[] {last.sourceId(), last.targetId(), last.relation().text()};
    }
  }

  /// The links as they are shown, in the order given; of those that several members of a group
  /// have, the latest.
  ///
  /// @param latest what a link is to be shown as, among those that say the same
  private List<StoredLink> shown(List<StoredLink> links, UnaryOperator<StoredLink> latest) {
    var ids = new HashMap<String, Optional<String>>();
    var shown = new LinkedHashMap<String, StoredLink>();
    for (var stored : links) {
      var source = ids.computeIfAbsent(stored.link().sourceId(), this::liveId);
      var target = ids.computeIfAbsent(stored.link().targetId(), this::liveId);
      // A link is shown while both its ends live, and are two.
      if (source.isEmpty() || target.isEmpty() || source.equals(target)) continue;
      var one = latest.apply(stored);
      var key = LinkRegister.key(source.get(), target.get(), one.link().relation().text());
      shown.merge(
          key,
          new StoredLink(one.link().under(source.get(), target.get()), one.stamp()),
          (a, b) -> a.stamp().isAfter(b.stamp()) ? a : b);
    }
    return List.copyOf(shown.values());
  }

  /// The latest of the links that say the same between members of two groups.
  private StoredLink latestOfGroup(StoredLink stored) {
    if (!aliases.any()) return stored;
    var link = stored.link();
    return latest(link.sourceId(), link.targetId(), link.relation().text()).orElse(stored);
  }

  private Optional<StoredLink> latest(String sourceId, String targetId, String relation) {
    var latest = Optional.<StoredLink>empty();
    for (var source : aliases.members(sourceId)) {
      for (var target : aliases.members(targetId)) {
        var other =
            sql.one(
                """
                SELECT body, time, origin FROM links
                WHERE source = ? AND target = ? AND relation = ? AND present = 1\
                """,
                SqliteLinks::storedLink,
                source,
                target,
                relation);
        if (other.isEmpty()) continue;
        if (latest.isEmpty() || other.get().stamp().isAfter(latest.get().stamp())) latest = other;
      }
    }
    return latest;
  }

  /// The id under which the memory is shown, while it is live.
  private Optional<String> liveId(String id) {
    return memories.memory(id).filter(StoredMemory::live).map(StoredMemory::id);
  }

  private static StoredLink storedLink(ResultSet row) throws SQLException {
    return new StoredLink(
        LinkBody.read(row.getString(1)), new Stamp(row.getLong(2), row.getString(3)));
  }
}
