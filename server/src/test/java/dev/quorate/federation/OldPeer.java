package dev.quorate.federation;

import dev.quorate.json.Json;
import dev.quorate.memory.Memory;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Plain;
import dev.quorate.wire.PushBody;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A node without our protocol: it knows no greeting, takes plain bodies list by list, keeps one
/// row a title, carries out what is approved as a row of its own, and of what it skips it says only
/// how much it was (wire.md 4). Thread-safe.
final class OldPeer implements Transport {
  private static final URI ADDRESS = URI.create("http://127.0.0.1:2");

  private final Set<String> disliked = new CopyOnWriteArraySet<>();
  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Map<String, Row> archive = new HashMap<>();
  private final Map<String, Plain.PlainPending> asked = new HashMap<>();
  private final Map<String, Boolean> decided = new TreeMap<>();
  private final Set<String> links = new TreeSet<>();
  private int reads;
  private volatile @Nullable String shown;
  private int minted;
  private int skipped;
  private volatile boolean drifting;

  /// What it has of a memory.
  record Row(String id, String namespace, String title, String content, Instant updatedAt) {
    static Row of(Memory memory, Instant updatedAt) {
      return new Row(memory.id(), memory.namespace(), memory.title(), memory.content(), updatedAt);
    }

    private boolean named(Row other) {
      return namespace.equals(other.namespace) && title.equals(other.title);
    }

    private Row under(String otherId) {
      return new Row(otherId, namespace, title, content, updatedAt);
    }
  }

  URI address() {
    return ADDRESS;
  }

  /// It skips this memory from now on.
  void dislike(String id) {
    disliked.add(id);
  }

  /// It says from now on that it has stored something else than it was sent.
  void drift() {
    drifting = true;
  }

  /// Ids of its live memories.
  synchronized Set<String> held() {
    return Set.copyOf(rows.keySet());
  }

  /// Content by id of its live memories.
  synchronized Map<String, String> contents() {
    var contents = new TreeMap<String, String>();
    rows.forEach((id, row) -> contents.put(id, row.content()));
    return contents;
  }

  /// Ids of its archived memories.
  synchronized Set<String> archived() {
    return Set.copyOf(archive.keySet());
  }

  /// Its links as `source target`.
  synchronized Set<String> links() {
    return Set.copyOf(links);
  }

  /// What it was asked for, by id; absent ones it does not know.
  synchronized Map<String, Plain.PlainPending> asked() {
    return Map.copyOf(asked);
  }

  /// Whether what it was asked for was approved, for those that were decided.
  synchronized Map<String, Boolean> decided() {
    return Map.copyOf(decided);
  }

  /// Every body that came in.
  List<String> texts() {
    return texts;
  }

  @Override
  public synchronized Reply exchange(
      URI target, Map<String, String> headers, byte[] body, long timeoutMillis) {
    if (target.getPath().equals(SinceCatchup.PATH)) return since(target.getRawQuery());
    if (!target.getPath().equals("/api/v1/sync/push")) {
      return new Reply(404, Json.utf8(Json.object().put("error", "not found")), 0);
    }
    texts.add(new String(body, StandardCharsets.UTF_8));
    skipped = 0;
    for (var arrival : PushBody.read(body).arrivals()) take(arrival);
    var answer = Json.object().put("applied", 1).put("noop", 0).put("skipped", skipped);
    if (drifting) answer.putArray("ids").add("another");
    return new Reply(200, Json.utf8(answer), 0);
  }

  /// Somebody stores this at the peer, and the peer pushes it to nobody.
  synchronized void makes(String id, String title, String content, Instant updatedAt) {
    makes(id, title, content, updatedAt, "global");
  }

  synchronized void makes(
      String id, String title, String content, Instant updatedAt, String namespace) {
    rows.put(id, new Row(id, namespace, title, content, updatedAt));
  }

  /// It shows only rows of this namespace, and cuts its pages before it looks (wire.md 2.3).
  void showsOnly(String namespace) {
    shown = namespace;
  }

  /// How often it was read.
  synchronized int reads() {
    return reads;
  }

  private Reply since(String query) {
    reads++;
    var asked = new HashMap<String, String>();
    for (var pair : query.split("&", -1)) {
      var parts = pair.split("=", 2);
      asked.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    var after = Instant.parse(asked.get("since"));
    var page =
        rows.values().stream()
            .filter(row -> row.updatedAt().isAfter(after))
            .sorted(Comparator.comparing(Row::updatedAt))
            .limit(Integer.parseInt(asked.get("limit")))
            .toList();
    var visible =
        page.stream().filter(row -> shown == null || row.namespace().equals(shown)).toList();
    var answer = Json.object().put("count", visible.size());
    answer.put("excluded_for_scope", page.size() - visible.size());
    var memories = answer.putArray("memories");
    visible.forEach(row -> memories.add(oldest(row)));
    return new Reply(200, Json.utf8(answer), 0);
  }

  /// The members that such a node shows.
  private static ObjectNode oldest(Row row) {
    var json = Json.object().put("id", row.id()).put("namespace", row.namespace());
    json.put("title", row.title()).put("content", row.content()).put("tier", "mid");
    json.put("priority", 5).put("confidence", 1.0).put("source", "api").put("access_count", 3);
    json.put("created_at", "2026-01-01T00:00:00+00:00");
    json.put("updated_at", Timestamps.render(row.updatedAt()));
    json.putArray("tags");
    json.putObject("metadata");
    return json;
  }

  private void take(Arrival arrival) {
    switch (arrival) {
      case Plain.PlainMemory(_, var memory, var updatedAt) -> {
        if (disliked.contains(memory.id()) || !put(Row.of(memory, updatedAt))) skipped++;
      }
      case Plain.PlainDeletion(_, var id) -> forget(id);
      case Plain.PlainArchive(_, var id) -> {
        var row = rows.get(id);
        if (row != null) archive.put(id, row);
        forget(id);
      }
      case Plain.PlainRestore(_, var id) -> restore(id);
      case Plain.PlainLink(_, var link) -> {
        if (rows.containsKey(link.sourceId()) && rows.containsKey(link.targetId())) {
          links.add(link.sourceId() + " " + link.targetId());
        } else {
          skipped++;
        }
      }
      case Plain.PlainPending pending -> {
        asked.put(pending.id(), pending);
        decided.remove(pending.id());
      }
      case Plain.PlainDecision(_, var id, var approved, _) -> decide(id, approved);
      case Plain.PlainStandard _, Plain.PlainClear _, Plain.PlainEmbedding _ -> {}
      case Arrival.Stamped _, Arrival.Bad _ -> skipped++;
    }
  }

  /// One row a title: another id is merged into the row that is there.
  private boolean put(Row row) {
    for (var there : new ArrayList<>(rows.values())) {
      if (!there.named(row)) continue;
      if (row.updatedAt().isAfter(there.updatedAt())) rows.put(there.id(), row.under(there.id()));
      return true;
    }
    // The key is taken by a row of another title.
    if (rows.containsKey(row.id())) return false;
    rows.put(row.id(), row);
    return true;
  }

  private void forget(String id) {
    rows.remove(id);
    links.removeIf(link -> List.of(link.split(" ", -1)).contains(id));
  }

  private void restore(String id) {
    if (!archive.containsKey(id)) return;
    if (rows.containsKey(id)) {
      skipped++;
      return;
    }
    rows.put(id, archive.remove(id));
  }

  private void decide(String id, boolean approved) {
    var pending = asked.get(id);
    if (pending == null || decided.containsKey(id)) return;
    decided.put(id, approved);
    if (!approved) return;
    switch (pending.actionType()) {
      case "store" -> {
        var memory = Json.parse(pending.payload());
        put(
            new Row(
                "minted-" + ++minted,
                memory.get("namespace").asString(),
                memory.get("title").asString(),
                memory.get("content").asString(),
                Instant.now()));
      }
      case "delete" -> forget(Objects.requireNonNull(pending.memoryId()));
      default -> {}
    }
  }

  /// Ids that stand more than once in one body, in lists of memories.
  Set<String> changedTwiceInOneBody() {
    var twice = new HashSet<String>();
    for (var text : texts) {
      var body = Json.parse(text);
      var once = new HashSet<String>();
      for (var list : List.of("memories", "deletions", "archives", "restores")) {
        for (var item : body.path(list)) {
          var id = item.isString() ? item.asString() : item.get("id").asString();
          if (!once.add(id)) twice.add(id);
        }
      }
    }
    return twice;
  }

  @Override
  public void close() {}
}
