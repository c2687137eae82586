package dev.quorate.http;

import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.Quota;
import dev.quorate.memory.Rules;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.store.Usage;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// Answers what agents may store, and what they have stored.
final class QuotaRoutes {
  /// How many agents one answer lists.
  static final int AGENTS_MAX = 1_000;

  private final Store store;
  private final Quota quota;

  QuotaRoutes(Store store, Quota quota) {
    this.store = store;
    this.quota = quota;
  }

  Response status(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var named = body.optionalText("agent_id");
    if (named == null) return store.read(this::all);
    var agent = Rules.agentId(named);
    return store.read(snapshot -> {
      var usage = snapshot.usages().of(agent, Quota.dayStart(snapshot));
      return Bodies.json(200, row(snapshot, usage));
    });
  }

  private Response all(Snapshot snapshot) {
    var usages = snapshot.usages().largest(Quota.dayStart(snapshot), AGENTS_MAX + 1);
    var json = Json.object();
    var list = json.putArray("quotas");
    usages.stream().limit(AGENTS_MAX).forEach(usage -> list.add(row(snapshot, usage)));
    json.put("count", list.size()).put("truncated", usages.size() > AGENTS_MAX);
    return Bodies.json(200, json);
  }

  /// The counts are worked out when they are asked for, which is when they were updated.
  private ObjectNode row(Snapshot snapshot, Usage usage) {
    var dayStart = Quota.dayStart(snapshot);
    var json = limits(quota, Json.object().put("agent_id", usage.agentId()));
    json.put("current_memories_today", usage.memoriesMade());
    json.put("current_storage_bytes", usage.liveBytes());
    json.put("current_links_today", usage.linksMade());
    json.put("day_started_at", Timestamps.render(dayStart));
    json.put("created_at", Timestamps.render(Objects.requireNonNullElse(usage.since(), dayStart)));
    json.put("updated_at", Timestamps.render(Instant.ofEpochMilli(snapshot.nowMillis())));
    return json;
  }

  /// The limits of every agent, 0 for none.
  static ObjectNode limits(Quota quota, ObjectNode json) {
    return json.put("max_memories_per_day", quota.memoriesPerDay())
        .put("max_storage_bytes", quota.storageBytes())
        .put("max_links_per_day", quota.linksPerDay());
  }
}
