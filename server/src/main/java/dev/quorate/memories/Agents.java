package dev.quorate.memories;

import dev.quorate.json.Json;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Tier;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Transaction;
import dev.quorate.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The agents that made themselves known: each is a memory of the namespace `_agents`, and so
/// replicates as one. Thread-safe; every method runs inside a transaction or look of its caller.
public final class Agents {
  public static final String NAMESPACE = "_agents";

  private static final String TITLE = "agent:";

  private final Remembering remembering;

  public Agents(Remembering remembering) {
    this.remembering = remembering;
  }

  /// A registered agent.
  ///
  /// @param registeredAt when it registered first, as text; empty where its row does not say
  public record Agent(
      String id, String type, List<String> capabilities, String registeredAt, String lastSeenAt) {}

  /// Registers an agent, or renews what is known of it; when it registered first stays. Returns the
  /// memory that is its row.
  public Memory register(
      Transaction transaction, String agentId, String type, List<String> capabilities) {
    var now = Timestamps.render(transaction.stamp().instant());
    var there = transaction.liveByTitle(NAMESPACE, TITLE + agentId);
    var first = there.map(row -> agent(row.memory()).registeredAt()).filter(at -> !at.isEmpty());
    var metadata = Json.object();
    metadata.put("agent_id", agentId);
    metadata.put("agent_type", type);
    var list = metadata.putArray("capabilities");
    capabilities.forEach(list::add);
    metadata.put("registered_at", first.orElse(now));
    metadata.put("last_seen_at", now);
    var draft =
        new Draft(
            TITLE + agentId,
            "The agent %s of type %s".formatted(agentId, type),
            Tier.LONG,
            NAMESPACE,
            List.of(),
            5,
            1.0,
            "system",
            null,
            null,
            Json.canonical(metadata),
            Provenance.PLAIN);
    return remembering.store(transaction, draft, OnConflict.MERGE);
  }

  public List<Agent> list(Snapshot snapshot) {
    var agents = new ArrayList<Agent>();
    Listing.forEach(
        snapshot,
        NAMESPACE,
        row -> {
          var memory = row.memory();
          if (memory.title().startsWith(TITLE)) agents.add(agent(memory));
          return true;
        });
    return agents;
  }

  /// Whether an agent has made itself known.
  public static boolean registered(Snapshot snapshot, String agentId) {
    return snapshot.liveByTitle(NAMESPACE, TITLE + agentId).isPresent();
  }

  private static Agent agent(Memory row) {
    var metadata = Json.parse(row.metadata());
    var capabilities = new ArrayList<String>();
    for (var capability : metadata.path("capabilities")) {
      if (capability.isString()) capabilities.add(capability.asString());
    }
    return new Agent(
        row.title().substring(TITLE.length()),
        text(metadata, "agent_type"),
        capabilities,
        text(metadata, "registered_at"),
        text(metadata, "last_seen_at"));
  }

  private static String text(JsonNode metadata, String name) {
    var value = metadata.path(name);
    return value.isString() ? value.asString() : "";
  }
}
