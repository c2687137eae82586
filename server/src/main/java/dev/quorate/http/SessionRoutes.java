package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.SessionStart;
import dev.quorate.memory.Rules;
import dev.quorate.store.PageEnd;
import dev.quorate.store.Store;
import java.util.UUID;

/// Answers for the start of an agent's session, and for what takes a language model.
final class SessionRoutes {
  private static final int LIMIT_DEFAULT = 10;
  private static final int LIMIT_MAX = 50;

  private final Store store;
  private final Rendering rendering;

  SessionRoutes(Store store, Rendering rendering) {
    this.store = store;
    this.rendering = rendering;
  }

  Response start(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var given = body.optionalText("namespace");
    var namespace = given == null ? null : Rules.namespace(given);
    var limit = body.whole("limit", LIMIT_DEFAULT);
    if (limit < 1) throw new Invalid("limit must be at least 1: " + limit);
    var agent = body.optionalText("agent_id");
    var named = agent == null ? request.header(Requester.HEADER).orElse(null) : agent;
    if (named != null) Rules.agentId(named);
    var bounded = (int) Math.min(limit, LIMIT_MAX);
    var session =
        Lists.read(
            store,
            request,
            snapshot -> SessionStart.begin(snapshot, namespace, bounded),
            begun -> PageEnd.bytes(begun.memories()) + PageEnd.bytes(begun.standards()));
    var more = new StringBuilder(",\"mode\":\"session_start\",\"session_id\":");
    more.append(Rendering.quote(UUID.randomUUID().toString()));
    if (named != null) more.append(",\"agent_id\":").append(Rendering.quote(named));
    var standards = session.standards();
    if (standards.size() == 1) {
      more.append(",\"standard\":").append(rendering.memory(standards.getFirst()));
    } else if (!standards.isEmpty()) {
      more.append(",\"standards\":").append(Rendering.array(standards, rendering::memory));
    }
    more.append(Lists.truncated(PageEnd.cut(session.memories(), bounded)));
    return Lists.of(
        "memories", session.memories(), memory -> rendering.scored(memory, 0), more.toString());
  }

  /// What only a language model can do is not done: this program has none.
  Response needsLanguageModel(Request request) {
    return Bodies.json(503, Json.object().put("error", "LLM not configured"));
  }
}
