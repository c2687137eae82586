package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.NotFound;
import dev.quorate.failure.RequestFailure.Unprocessable;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.LinkTarget;
import dev.quorate.memories.Linking;
import dev.quorate.memories.PathSearch;
import dev.quorate.memories.Timeline;
import dev.quorate.memories.Traversal;
import dev.quorate.memory.Link;
import dev.quorate.memory.Relation;
import dev.quorate.memory.Rules;
import dev.quorate.store.Store;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Answers for memories and links as a graph: what is linked, since when, and by which ways.
final class GraphRoutes {
  private static final int LIMIT_DEFAULT = 200;
  private static final int LIMIT_MAX = 1_000;
  private static final int DEPTH_MAX = 5;
  private static final int PATH_LENGTH_DEFAULT = 4;
  private static final int PATH_LENGTH_MAX = 7;
  private static final int PATHS_DEFAULT = 10;
  private static final int PATHS_MAX = 50;

  private final Store store;
  private final Linking linking;
  private final Mutations mutations;

  GraphRoutes(Store store, Linking linking, Mutations mutations) {
    this.store = store;
    this.linking = linking;
    this.mutations = mutations;
  }

  Response query(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var from = body.optionalText("from");
    var source = from == null ? body.text("source_id") : body.text("source_id", from);
    var withEnded = body.optionalFlag("include_invalidated");
    var query =
        new Traversal.Query(
            Rules.id("source_id", source),
            depth(body, "max_depth", 1, DEPTH_MAX),
            body.optionalTime("valid_at"),
            agents(body),
            withEnded != null && withEnded,
            bounded(body, "limit", LIMIT_DEFAULT, LIMIT_MAX));
    var found = store.read(snapshot -> Traversal.follow(snapshot, query));
    var json = Json.object().put("source_id", source).put("max_depth", query.depthMax());
    var memories = json.putArray("memories");
    var paths = new LinkedHashSet<String>();
    for (var step : found.steps()) {
      var path = String.join("->", step.path());
      paths.add(path);
      memories.add(row(step.link(), step.target()).put("depth", step.depth()).put("path", path));
    }
    var list = json.putArray("paths");
    paths.forEach(list::add);
    json.put("count", found.steps().size()).put("truncated", found.truncated());
    return Bodies.json(200, json);
  }

  private static @Nullable Set<String> agents(Fields body) {
    var agents = body.optionalTexts("allowed_agents");
    if (agents == null) return null;
    agents.forEach(Rules::agentId);
    return new HashSet<>(agents);
  }

  Response timeline(Request request) {
    var parameters = Parameters.of(request);
    var source = parameters.text("source_id");
    if (source == null) throw new Invalid("source_id is required");
    var since = parameters.time("since");
    var until = parameters.time("until");
    var limit = parameters.whole("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
    var id = Rules.id("source_id", source);
    var timeline = store.read(snapshot -> Timeline.of(snapshot, id, since, until, limit));
    var json = Json.object().put("source_id", source);
    var events = json.putArray("events");
    timeline.events().forEach(event -> events.add(row(event.link(), event.target())));
    json.put("count", timeline.events().size()).put("truncated", timeline.truncated());
    return Bodies.json(200, json);
  }

  Response findPaths(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var source = Rules.id("source_id", body.text("source_id"));
    var target = Rules.id("target_id", body.text("target_id"));
    var length = depth(body, "max_depth", PATH_LENGTH_DEFAULT, PATH_LENGTH_MAX);
    var limit = bounded(body, "max_results", PATHS_DEFAULT, PATHS_MAX);
    var found = store.read(snapshot -> PathSearch.between(snapshot, source, target, length, limit));
    var json = Json.object();
    json.set("paths", Json.mapper().valueToTree(found.paths()));
    json.put("count", found.paths().size()).put("source_id", source).put("target_id", target);
    return Bodies.json(200, json.put("truncated", found.truncated()));
  }

  Response invalidate(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var source = Rules.id("source_id", body.text("source_id"));
    var target = Rules.id("target_id", body.text("target_id"));
    var relation = Relations.of(body.text("relation"));
    var until = body.optionalTime("valid_until");
    return mutations.run(
        request,
        transaction -> {
          var ended =
              linking
                  .end(transaction, source, target, relation, until)
                  .orElseThrow(() -> noSuchLink(source, target, relation));
          var json = Json.object().put("found", true);
          json.put("source_id", source).put("target_id", target).put("relation", relation.text());
          time(json, "valid_until", ended.link().validUntil());
          time(json, "previous_valid_until", ended.previous());
          return Outcome.of(200, Json.text(json), source, target);
        });
  }

  private static NotFound noSuchLink(String source, String target, Relation relation) {
    var details = new HashMap<String, Object>();
    details.put("found", false);
    details.put("source_id", source);
    details.put("target_id", target);
    details.put("relation", relation.text());
    return new NotFound("no such link between two live memories", details);
  }

  private static int depth(Fields body, String name, int otherwise, int max) {
    var depth = body.whole(name, otherwise);
    if (depth < 1 || depth > max) {
      throw new Unprocessable("%s must be 1..%d: %d".formatted(name, max, depth));
    }
    return (int) depth;
  }

  private static int bounded(Fields body, String name, int otherwise, int max) {
    var number = body.whole(name, otherwise);
    if (number < 1) throw new Invalid("%s must be at least 1: %d".formatted(name, number));
    return (int) Math.min(number, max);
  }

  private static ObjectNode row(Link link, LinkTarget target) {
    var row = Json.object().put("target_id", link.targetId());
    row.put("relation", link.relation().text());
    time(row, "valid_from", link.begins());
    time(row, "valid_until", link.validUntil());
    row.put("observed_by", link.observedBy());
    return row.put("title", target.title()).put("target_namespace", target.namespace());
  }

  private static void time(ObjectNode json, String name, @Nullable Instant time) {
    if (time == null) json.putNull(name);
    else json.put(name, Timestamps.render(time));
  }
}
