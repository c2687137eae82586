package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.memories.Among;
import dev.quorate.memories.RecallMode;
import dev.quorate.memories.Recalling;
import dev.quorate.memories.Recalling.Question;
import dev.quorate.memories.Sweeping;
import dev.quorate.memory.MemoryKind;
import dev.quorate.memory.Rules;
import dev.quorate.metrics.Meters;
import dev.quorate.search.Filter;
import dev.quorate.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Answers for finding and forgetting by words: search, recall, forget.
final class SearchRoutes {
  private final String node;
  private static final int SEARCH_MAX = 1_000;
  private static final int RECALL_MAX = 50;
  private static final int RECALL_DEFAULT = 10;

  private final Recalling recalling;
  private final Sweeping sweeping;
  private final Mutations mutations;
  private final Rendering rendering;
  private final Meters meters;

  /// @param node the id of this node, whose knowledge of the past is its own
  SearchRoutes(
      String node,
      Recalling recalling,
      Sweeping sweeping,
      Mutations mutations,
      Rendering rendering,
      Meters meters) {
    this.node = node;
    this.recalling = recalling;
    this.sweeping = sweeping;
    this.mutations = mutations;
    this.rendering = rendering;
    this.meters = meters;
  }

  Response search(Request request) {
    var parameters = Parameters.of(request);
    var words = parameters.text("q");
    if (words == null || words.isBlank()) throw new Invalid("query is required");
    var filter =
        new Filter(
            parameters.namespace("namespace"),
            false,
            parameters.tier("tier"),
            Math.max(1, parameters.whole("min_priority", 1, Integer.MIN_VALUE, Integer.MAX_VALUE)),
            parameters.tag("tags"),
            parameters.time("since"),
            parameters.time("until"),
            parameters.agentId("agent_id"),
            parameters.namespace("as_agent"),
            Set.of(),
            false,
            null);
    var found =
        recalling.search(
            words, filter, parameters.whole("limit", 20, 0, SEARCH_MAX), request::willAnswer);
    return Lists.of(
        "results",
        found.memories(),
        hit -> rendering.scored(hit.memory(), hit.score()),
        ",\"query\":" + Rendering.quote(words) + Lists.truncated(found.truncated()));
  }

  Response recallByQuery(Request request) {
    var parameters = Parameters.of(request);
    var context = parameters.text("context");
    if (context == null) context = parameters.text("query");
    if (context == null) context = parameters.text("q");
    var kinds = parameters.text("kinds");
    var filter =
        new Filter(
            parameters.namespace("namespace"),
            true,
            parameters.tier("tier"),
            1,
            parameters.tag("tags"),
            parameters.time("since"),
            parameters.time("until"),
            null,
            parameters.namespace("as_agent"),
            kinds == null ? Set.of() : kinds(List.of(kinds.split(",", -1))),
            parameters.flag("has_citations"),
            parameters.text("source_uri_prefix"));
    var limit = parameters.whole("limit", RECALL_DEFAULT, 0, RECALL_MAX);
    var budget =
        parameters.text("budget_tokens") == null
            ? null
            : parameters.whole("budget_tokens", 0, 0, Integer.MAX_VALUE);
    var mode = parameters.text("mode");
    return recall(
        request,
        context,
        filter,
        limit,
        budget,
        mode,
        parameters.time("as_of"),
        parameters.text("archived"),
        parameters.flag("explain"));
  }

  Response recallByBody(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var words = body.text("query", body.text("q", ""));
    var context = body.text("context", words);
    var namespace = body.optionalText("namespace");
    var tier = body.optionalText("tier");
    var tag = body.optionalText("tags");
    var asAgent = body.optionalText("as_agent");
    var hasCitations = body.optionalFlag("has_citations");
    var filter =
        new Filter(
            namespace == null ? null : Rules.namespace(namespace),
            true,
            tier == null ? null : Rules.tier(tier),
            1,
            tag == null ? null : Rules.tag(tag),
            body.optionalTime("since"),
            body.optionalTime("until"),
            null,
            asAgent == null ? null : Rules.namespace(asAgent),
            kinds(body),
            hasCitations != null && hasCitations,
            body.optionalText("source_uri_prefix"));
    var limit = bounded("limit", body.whole("limit", RECALL_DEFAULT), RECALL_MAX);
    var budget = body.optionalWhole("budget_tokens");
    return recall(
        request,
        context,
        filter,
        limit,
        budget == null ? null : bounded("budget_tokens", budget, Integer.MAX_VALUE),
        body.optionalText("mode"),
        body.optionalTime("as_of"),
        body.optionalText("archived"),
        Boolean.TRUE.equals(body.optionalFlag("explain")));
  }

  private static int bounded(String name, long number, int max) {
    if (number < 0) throw new Invalid("%s must be at least 0: %d".formatted(name, number));
    return (int) Math.min(number, max);
  }

  private static Set<MemoryKind> kinds(Fields body) {
    JsonNode value = body.value("kinds");
    if (value == null) return Set.of();
    if (value.isString()) return kinds(List.of(value.asString().split(",", -1)));
    var texts = body.optionalTexts("kinds");
    return texts == null ? Set.of() : kinds(texts);
  }

  /// The kinds named; none, which is no filter, for "all".
  private static Set<MemoryKind> kinds(List<String> texts) {
    if (texts.contains("all")) return Set.of();
    var kinds = EnumSet.noneOf(MemoryKind.class);
    texts.forEach(text -> kinds.add(Rules.kind(text.strip())));
    return kinds;
  }

  private Response recall(
      Request request,
      @Nullable String context,
      Filter filter,
      int limit,
      @Nullable Integer budget,
      @Nullable String mode,
      @Nullable Instant asOf,
      @Nullable String archived,
      boolean explain) {
    if (context == null || context.isBlank()) throw new Invalid("context (or query) is required");
    var wanted = mode == null ? null : RecallMode.of(mode);
    var among = Among.of(archived);
    var begun = System.nanoTime();
    var recalled =
        recalling.recall(
            new Question(context, filter, limit, budget, wanted, asOf, among), request::willAnswer);
    var by = recalled.by().mode().text();
    meters.recalled(by, Duration.ofNanos(System.nanoTime() - begun));
    var more = new StringBuilder(",\"tokens_used\":").append(recalled.tokensUsed());
    more.append(",\"mode\":\"").append(by).append('"');
    var reason = recalled.by().reason();
    if (reason != null) more.append(",\"mode_reason\":").append(Rendering.quote(reason));
    if (asOf != null) {
      more.append(
          ",\"as_of\":\"%s\",\"node\":%s,\"complete\":%s"
              .formatted(Timestamps.render(asOf), Rendering.quote(node), recalled.complete()));
    }
    if (archived != null) {
      more.append(",\"archived\":\"%s\",\"complete\":%s".formatted(archived, recalled.complete()));
    }
    budget(recalled.budget(), more);
    more.append(Lists.truncated(recalled.truncated()));
    return Lists.of(
        "memories",
        recalled.memories(),
        hit -> explain ? rendering.explained(hit) : rendering.scored(hit.memory(), hit.score()),
        more.toString());
  }

  private static void budget(Recalling.@Nullable Budget within, StringBuilder more) {
    if (within == null) return;
    more.append(",\"budget_tokens\":").append(within.tokens());
    more.append(
        ",\"meta\":{\"budget_tokens_used\":%d,\"budget_tokens_remaining\":%d,\"memories_dropped\":%d,\"budget_overflow\":%s}"
            .formatted(
                within.used(),
                Math.max(0, within.tokens() - within.used()),
                within.dropped(),
                within.overflow()));
  }

  Response forget(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var namespace = body.optionalText("namespace");
    var pattern = body.optionalText("pattern");
    var tier = body.optionalText("tier");
    if (namespace == null && tier == null && (pattern == null || pattern.isBlank())) {
      throw new Invalid("at least one of namespace, pattern or tier is required");
    }
    var filter =
        new Filter(
            namespace == null ? null : Rules.namespace(namespace),
            false,
            tier == null ? null : Rules.tier(tier),
            1,
            null,
            null,
            null,
            null,
            null,
            Set.of(),
            false,
            null);
    return mutations.runInSteps(
        request,
        () -> Outcome.of(200, "{\"deleted\":%d}".formatted(sweeping.forget(pattern, filter))));
  }
}
