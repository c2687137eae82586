package dev.quorate.http;

import static dev.quorate.http.Api.ROOT;
import static dev.quorate.http.Api.change;
import static dev.quorate.http.Api.doc;
import static dev.quorate.http.Api.limit;
import static dev.quorate.http.Api.read;
import static dev.quorate.http.Filters.AGENT_ID;
import static dev.quorate.http.Filters.MIN_PRIORITY;
import static dev.quorate.http.Filters.NAMESPACE;
import static dev.quorate.http.Filters.SINCE;
import static dev.quorate.http.Filters.TAGS;
import static dev.quorate.http.Filters.TIER;
import static dev.quorate.http.Filters.UNTIL;
import static dev.quorate.http.transport.Parameter.Type.BOOLEAN;
import static dev.quorate.http.transport.Parameter.Type.INTEGER;
import static dev.quorate.http.transport.Parameter.Type.STRING;

import dev.quorate.http.transport.Method;
import dev.quorate.http.transport.Parameter;
import dev.quorate.http.transport.Route;
import java.util.List;

/// The routes that find memories, and the one that archives what it finds.
final class SearchApi {
  private static final Parameter AS_AGENT =
      Parameter.query("as_agent", STRING, "only what is visible from this namespace position");

  private SearchApi() {}

  static List<Route> routes(SearchRoutes search) {
    var recall =
        doc("Find memories by words and by meaning, best first, within a budget of tokens")
            .withAnswer(
                200,
                "memories with scores, the tokens used, and the mode truly used; truncated where not all fitted")
            .withAnswer(503, "meaning alone was asked for, and no embedder is ready");
    return List.of(
        read(
            "/search",
            doc("Find memories that have all the words, best first")
                .with(
                    Parameter.query("q", STRING, "the words").asRequired(),
                    NAMESPACE,
                    TIER,
                    MIN_PRIORITY,
                    SINCE,
                    UNTIL,
                    TAGS,
                    AGENT_ID,
                    AS_AGENT,
                    limit(20, 1_000))
                .withAnswer(200, "memories with scores; truncated where not all fitted"),
            search::search),
        read(
            "/recall",
            recall.with(
                Parameter.query("context", STRING, "the words; query and q are the same"),
                Parameter.query("query", STRING, "the same as context"),
                Parameter.query("q", STRING, "the same as context"),
                Parameter.query(
                    "namespace", STRING, "this namespace, and those above a nested one"),
                TIER,
                TAGS,
                SINCE,
                UNTIL,
                AS_AGENT,
                limit(10, 50),
                Parameter.query("budget_tokens", INTEGER, "how many cl100k tokens of content"),
                Parameter.query("kinds", STRING, "kinds separated by commas, or all"),
                Parameter.query("has_citations", BOOLEAN, "only memories that cite something"),
                Parameter.query("source_uri_prefix", STRING, "only memories from there"),
                Parameter.query(
                    "mode", STRING, "hybrid, keyword or vector; the best that can be had"),
                Parameter.query("explain", BOOLEAN, "every signal of every result"),
                Parameter.query("as_of", STRING, "what this node knows of an earlier moment"),
                Parameter.query(
                    "archived", STRING, "include, only; live memories alone without it")),
            search::recallByQuery),
        new Route(
            Method.POST,
            ROOT + "/recall",
            recall.withBody(
                Schemas.object(
                    "context: string",
                    "query: string",
                    "q: string",
                    "namespace: string",
                    "tier: string",
                    "tags: string",
                    "since: string",
                    "until: string",
                    "as_agent: string",
                    "limit: integer",
                    "budget_tokens: integer",
                    "kinds: any",
                    "has_citations: boolean",
                    "source_uri_prefix: string",
                    "mode: string",
                    "explain: boolean",
                    "as_of: string",
                    "archived: string")),
            search::recallByBody),
        change(
            Method.POST,
            "/forget",
            doc("Archive every live memory of a namespace, of a tier, or with any of some words; delete it, where gc.archive-on-gc is false")
                .withBody(Schemas.object("namespace: string", "pattern: string", "tier: string"))
                .withAnswer(200, "how many"),
            search::forget));
  }
}
