package dev.quorate.http;

import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.Agents;
import dev.quorate.memory.Rules;
import dev.quorate.store.Store;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Answers for agents: register, list.
final class AgentRoutes {
  private final Store store;
  private final Agents agents;
  private final Mutations mutations;

  AgentRoutes(Store store, Agents agents, Mutations mutations) {
    this.store = store;
    this.agents = agents;
    this.mutations = mutations;
  }

  Response register(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var agentId = Rules.agentId(body.text("agent_id"));
    var type = Rules.agentType(body.text("agent_type"));
    var given = body.optionalTexts("capabilities");
    var capabilities = Rules.capabilities(given == null ? List.of() : given);
    return mutations.run(
        request,
        transaction -> {
          var row = agents.register(transaction, agentId, type, capabilities);
          var json = Json.object().put("registered", true).put("id", row.id());
          json.put("agent_id", agentId).put("agent_type", type);
          add(json, capabilities);
          return Outcome.of(201, Json.text(json), row.id());
        });
  }

  Response list(Request request) {
    var all = store.read(agents::list);
    var json = Json.object().put("count", all.size());
    var list = json.putArray("agents");
    for (var agent : all) {
      var row = list.addObject().put("agent_id", agent.id()).put("agent_type", agent.type());
      add(row, agent.capabilities());
      row.put("registered_at", agent.registeredAt()).put("last_seen_at", agent.lastSeenAt());
    }
    return Bodies.json(200, json);
  }

  private static void add(ObjectNode json, List<String> capabilities) {
    var array = json.putArray("capabilities");
    capabilities.forEach(array::add);
  }
}
