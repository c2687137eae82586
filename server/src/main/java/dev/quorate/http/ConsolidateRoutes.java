package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.NotFound;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.Consolidating;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Rules;
import java.util.HashSet;
import java.util.List;

/// Answers for making one memory out of several.
final class ConsolidateRoutes {
  private final Consolidating consolidating;
  private final Mutations mutations;
  private final Retries retries;
  private final String defaultNamespace;

  ConsolidateRoutes(
      Consolidating consolidating, Mutations mutations, Retries retries, String defaultNamespace) {
    this.retries = retries;
    this.consolidating = consolidating;
    this.mutations = mutations;
    this.defaultNamespace = defaultNamespace;
  }

  Response consolidate(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var ids = body.texts("ids");
    checkIds(ids);
    var title = Rules.title(body.text("title"));
    var summary = body.optionalText("summary");
    var agentId = Drafts.agentId(body.optionalText("agent_id"), null, request.header("X-Agent-Id"));
    var plan =
        new Consolidating.Plan(
            ids,
            title,
            summary == null || summary.isBlank() ? null : Rules.content(summary),
            Rules.namespace(body.text("namespace", defaultNamespace)),
            Rules.tier(body.text("tier", "long")),
            agentId);
    try {
      return mutations.run(
          request,
          transaction -> outcome(consolidating.consolidate(transaction, plan), ids.size()));
    } catch (NotFound e) {
      return retries
          .consolidated(ids.getFirst(), plan::made, memory -> outcome(memory, ids.size()))
          .orElseThrow(() -> e);
    }
  }

  private static void checkIds(List<String> ids) {
    if (ids.size() < Consolidating.SOURCES_MIN || ids.size() > Consolidating.SOURCES_MAX) {
      throw new Invalid(
          "ids must name %d..%d memories: %d"
              .formatted(Consolidating.SOURCES_MIN, Consolidating.SOURCES_MAX, ids.size()));
    }
    if (new HashSet<>(ids).size() < ids.size()) {
      throw new Invalid("ids must be distinct");
    }
    ids.forEach(Rules::id);
  }

  private static Outcome outcome(Memory memory, int sources) {
    var json = Json.object();
    json.put("id", memory.id());
    json.put("consolidated", sources);
    json.put("summary", memory.content());
    json.put("content", memory.content());
    json.putObject("memory")
        .put("id", memory.id())
        .put("title", memory.title())
        .put("content", memory.content())
        .put("namespace", memory.namespace());
    return Outcome.of(201, Json.text(json), memory.id());
  }
}
