package dev.quorate.http;

import static dev.quorate.http.transport.Parameter.Type.BOOLEAN;
import static dev.quorate.http.transport.Parameter.Type.INTEGER;
import static dev.quorate.http.transport.Parameter.Type.STRING;

import dev.quorate.http.transport.Handler;
import dev.quorate.http.transport.Method;
import dev.quorate.http.transport.OpenApi;
import dev.quorate.http.transport.Parameter;
import dev.quorate.http.transport.Response;
import dev.quorate.http.transport.Route;
import dev.quorate.http.transport.RouteDoc;
import dev.quorate.json.Json;
import java.util.ArrayList;
import java.util.List;

/// The table of routes: what this node answers over HTTP.
public final class Api {
  static final String ROOT = "/api/v1";

  private static final Parameter ID =
      Parameter.path("id", "id of the memory, or a prefix that no other id has");
  private static final Parameter EXACT_ID = Parameter.path("id", "id of the memory");
  private static final Parameter NAMESPACE =
      Parameter.query("namespace", STRING, "only memories of this namespace");
  private static final Parameter TIER =
      Parameter.query("tier", STRING, "only memories of this tier: short, mid or long");
  private static final Parameter MIN_PRIORITY =
      Parameter.query("min_priority", INTEGER, "only memories of this priority or a higher one");
  private static final Parameter SINCE =
      Parameter.query("since", STRING, "created at this RFC 3339 time or later");
  private static final Parameter UNTIL =
      Parameter.query("until", STRING, "created at this RFC 3339 time or earlier");
  private static final Parameter TAGS = Parameter.query("tags", STRING, "one exact tag");
  private static final Parameter AGENT_ID =
      Parameter.query("agent_id", STRING, "only memories that this agent stored");
  private static final Parameter AS_AGENT =
      Parameter.query("as_agent", STRING, "only what is visible from this namespace position");
  static final Parameter AGENT =
      Parameter.header("X-Agent-Id", "who asks; nobody in particular without it");
  private static final Parameter OFFSET =
      Parameter.query("offset", INTEGER, "how many to leave out").defaultingTo(0);
  private static final Parameter IF_VERSION =
      Parameter.query("if_version", INTEGER, "the version it must have, else 412");
  private static final Parameter IF_MATCH =
      Parameter.header("If-Match", "the entity tag it must have, else 412");

  private Api() {}

  /// All routes, over the handlers that answer them.
  public static List<Route> routes(Handlers handlers, String version) {
    var routes = new ArrayList<Route>();
    routes.addAll(memories(handlers.memories()));
    routes.addAll(search(handlers.search()));
    routes.addAll(links(handlers.links()));
    routes.addAll(GraphApi.graph(handlers.graph()));
    routes.addAll(GraphApi.entities(handlers.entities()));
    routes.addAll(GraphApi.evidence(handlers.evidence()));
    routes.addAll(GraphApi.duplicates(handlers.duplicates()));
    routes.addAll(GraphApi.sessions(handlers.sessions()));
    routes.addAll(GraphApi.capabilities(handlers.capabilities()));
    routes.addAll(QuotaApi.routes(handlers.quotas()));
    routes.addAll(archive(handlers.archive()));
    routes.addAll(transfer(handlers.transfer()));
    routes.addAll(namespaces(handlers.namespaces()));
    routes.addAll(GovernanceApi.standards(handlers.standards()));
    routes.addAll(GovernanceApi.pending(handlers.pending()));
    routes.addAll(ApprovalsApi.routes(handlers.approvals()));
    routes.addAll(SubscriptionApi.routes(handlers.subscriptions()));
    routes.addAll(GovernanceApi.agents(handlers.agents(), handlers.messages()));
    routes.add(
        change(
            Method.POST,
            "/consolidate",
            doc("Make one memory out of 2 to 100, which are deleted")
                .withBody(
                    Schemas.object(
                        "ids*: string[]",
                        "title*: string",
                        "summary: string",
                        "namespace: string",
                        "tier: string",
                        "agent_id: string"))
                .withAnswer(201, "the new memory")
                .withAnswer(404, "a source is not live")
                .withAnswer(409, "the title is taken"),
            handlers.consolidate()::consolidate));
    routes.addAll(ChangesApi.routes(handlers.changes()));
    routes.addAll(system(handlers.system()));
    routes.addAll(EmbeddingApi.routes(handlers.embedding()));
    var awaiting = new ArrayList<Route>();
    for (var route : routes) awaiting.add(awaitingToken(route, handlers.freshness()));
    routes.clear();
    routes.addAll(awaiting);
    routes.addAll(MeshApi.routes(handlers.sync(), handlers.cluster()));
    // The document describes the table it stands in, its own route included.
    var open = new ArrayList<Route>();
    var document =
        new Route(
            Method.GET,
            "/openapi.json",
            doc("This document").withAnswer(200, "an OpenAPI 3.1 document").asOpen(),
            _ -> Response.json(200, OpenApi.document(open, "Quorate", version)));
    routes.add(document);
    routes.add(
        read(
            "/tools/list",
            doc("What this node does for agents, as definitions of tools")
                .withAnswer(200, "name, description, input and route of each"),
            _ -> {
              var tools = Json.object();
              tools.set("tools", Tools.definitions(open));
              return Response.json(200, tools);
            }));
    routes.add(new Route(Method.GET, ROOT + "/openapi.json", document.doc(), document.handler()));
    open.addAll(routes);
    return routes.stream().map(Api::readingTheQuery).toList();
  }

  /// Whoever reads with the token of a receipt sees what it wrote, on whichever node.
  private static Route awaitingToken(Route route, Freshness freshness) {
    if (route.doc().mutating()) return route;
    return new Route(
        route.method(), route.path(), route.doc(), freshness.awaiting(route.handler()));
  }

  /// A query that cannot be read is refused even where nothing is wanted of it.
  private static Route readingTheQuery(Route route) {
    return new Route(
        route.method(),
        route.path(),
        route.doc(),
        request -> {
          var _ = request.queryNames();
          return route.handler().handle(request);
        });
  }

  private static List<Route> memories(MemoryRoutes memories) {
    var create =
        Schemas.object(
            "title*: string",
            "content*: string",
            "tier: string",
            "namespace: string",
            "tags: string[]",
            "priority: integer",
            "confidence: number",
            "source: string",
            "expires_at: string",
            "ttl_secs: integer",
            "metadata: object",
            "agent_id: string",
            "scope: string",
            "on_conflict: string",
            "citations: object[]",
            "source_uri: string",
            "source_span: object");
    return List.of(
        change(
            Method.POST,
            "/memories",
            QuotaApi.limited(doc("Store a memory"))
                .with(AGENT)
                .withBody(create)
                .withAnswer(201, "what was stored, under which id, and how durable it is")
                .withAnswer(202, "it awaits approval")
                .withAnswer(403, "the policy of the namespace refuses it")
                .withAnswer(409, "the title is taken in this namespace"),
            memories::create),
        read(
            "/memories",
            doc("List live memories, most important and newest first")
                .with(
                    NAMESPACE,
                    TIER,
                    MIN_PRIORITY,
                    SINCE,
                    UNTIL,
                    TAGS,
                    AGENT_ID,
                    OFFSET,
                    limit(20, 1_000),
                    Parameter.query(
                        "after", STRING, "the next of the page before, instead of an offset"))
                .withAnswer(200, "memories, their count, and next where there may be more"),
            memories::list),
        change(
            Method.POST,
            "/memories/bulk",
            doc("Store up to 1000 memories; one whose title is taken becomes its next version")
                .withBody(Schemas.list(create))
                .withAnswer(200, "how many were stored, and why the others were not"),
            memories::bulk),
        read(
            "/memories/{id}",
            doc("Get a memory with its links")
                .with(
                    ID,
                    Parameter.query(
                        "consistency", STRING, "local, or quorum for every acknowledged write"))
                .withAnswer(200, "the memory")
                .withAnswer(404, "there is none"),
            memories::get),
        change(
            Method.PUT,
            "/memories/{id}",
            doc("Change a memory; what is left out stays")
                .with(ID, IF_VERSION, IF_MATCH)
                .withBody(
                    Schemas.object(
                        "title: string",
                        "content: string",
                        "tier: string",
                        "namespace: string",
                        "tags: string[]",
                        "priority: integer",
                        "confidence: number",
                        "expires_at: string",
                        "metadata: object",
                        "if_version: integer"))
                .withAnswer(200, "the memory as it is now")
                .withAnswer(404, "there is none")
                .withAnswer(409, "the title is taken in this namespace")
                .withAnswer(412, "it has changed since"),
            memories::update),
        change(
            Method.DELETE,
            "/memories/{id}",
            doc("Delete a memory for good, with its history")
                .with(ID, IF_VERSION, IF_MATCH, AGENT)
                .withAnswer(200, "it is deleted")
                .withAnswer(202, "that awaits approval")
                .withAnswer(403, "the policy of its namespace refuses it")
                .withAnswer(404, "there is none")
                .withAnswer(412, "it has changed since"),
            memories::delete),
        change(
            Method.POST,
            "/memories/{id}/promote",
            doc("Make a memory long-term, without expiry")
                .with(ID, AGENT)
                .withAnswer(200, "it is long-term")
                .withAnswer(202, "that awaits approval")
                .withAnswer(403, "the policy of its namespace refuses it")
                .withAnswer(404, "there is none"),
            memories::promote),
        read(
            "/memories/{id}/history",
            doc("Former contents of a memory, newest first")
                .with(ID)
                .withAnswer(200, "the versions this node knows")
                .withAnswer(404, "there is none"),
            memories::history));
  }

  private static List<Route> search(SearchRoutes search) {
    var recall =
        doc("Find memories by words and by meaning, best first, within a budget of tokens")
            .withAnswer(200, "memories with scores, the tokens used, and the mode truly used")
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
                .withAnswer(200, "memories with scores"),
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
            doc("Archive every live memory of a namespace, of a tier, or with any of some words")
                .withBody(Schemas.object("namespace: string", "pattern: string", "tier: string"))
                .withAnswer(200, "how many"),
            search::forget));
  }

  private static List<Route> links(LinkRoutes links) {
    var ends =
        new String[] {"source_id: string", "from: string", "target_id: string", "to: string"};
    return List.of(
        change(
            Method.POST,
            "/links",
            QuotaApi.limited(doc("Link two memories"))
                .with(AGENT)
                .withBody(
                    Schemas.object(
                        ends[0],
                        ends[1],
                        ends[2],
                        ends[3],
                        "relation: string",
                        "rel_type: string",
                        "valid_from: string",
                        "valid_until: string"))
                .withAnswer(201, "they are linked")
                .withAnswer(404, "one of them is not live")
                .withAnswer(409, "a reflection would reflect on itself"),
            links::create),
        change(
            Method.DELETE,
            "/links",
            doc("Remove every relation from one memory to another")
                .withBody(Schemas.object(ends))
                .withAnswer(200, "whether there was one"),
            links::delete),
        read(
            "/links/{id}",
            doc("Links from and to a memory").with(EXACT_ID).withAnswer(200, "the links"),
            links::list));
  }

  private static List<Route> archive(ArchiveRoutes archive) {
    return List.of(
        read(
            "/archive",
            doc("List archived memories, newest first")
                .with(NAMESPACE, OFFSET, limit(50, 1_000))
                .withAnswer(200, "archived memories"),
            archive::list),
        change(
            Method.POST,
            "/archive",
            doc("Archive memories")
                .withBody(Schemas.object("ids*: string[]", "reason: string"))
                .withAnswer(200, "which were archived and which are not live"),
            archive::add),
        change(
            Method.DELETE,
            "/archive",
            doc("Delete archived memories for good")
                .with(
                    Parameter.query("older_than_days", INTEGER, "only what has been there as long"))
                .withAnswer(200, "how many"),
            archive::purge),
        change(
            Method.POST,
            "/archive/{id}/restore",
            doc("Make an archived memory live again")
                .with(EXACT_ID)
                .withAnswer(200, "it is live")
                .withAnswer(404, "it is not in the archive")
                .withAnswer(409, "it is live already, or its title is taken"),
            archive::restore),
        read(
            "/archive/stats",
            doc("Count archived memories").withAnswer(200, "counts"),
            archive::stats));
  }

  private static List<Route> transfer(TransferRoutes transfer) {
    return List.of(
        read(
            "/export",
            doc("Everything live, earliest first, as one stream")
                .withAnswer(200, "memories and links"),
            transfer::export),
        change(
            Method.POST,
            "/import",
            doc("Take in up to 1000 whole memories, and links between them")
                .withBody(Schemas.object("memories*: object[]", "links: object[]"))
                .withAnswer(200, "how many, which not and why, and ids that changed"),
            transfer::importAll),
        read(
            "/backup",
            doc("A consistent copy of the store as a SQLite file").withAnswer(200, "the file"),
            transfer::backup));
  }

  private static List<Route> namespaces(NamespaceRoutes namespaces) {
    return List.of(
        read(
            "/namespaces",
            doc("Namespaces and how many live memories each has, or the standard of one")
                .with(
                    Parameter.query("namespace", STRING, "whose standard to answer instead"),
                    Parameter.query(
                        "inherit", BOOLEAN, "with all that it inherits from, from the top down"))
                .withAnswer(200, "counts, or the standard"),
            namespaces::list),
        read(
            "/taxonomy",
            doc("Namespaces as a tree")
                .with(
                    Parameter.query("prefix", STRING, "the root of the tree; root is the same"),
                    Parameter.query("root", STRING, "the same as prefix"),
                    Parameter.query("depth", INTEGER, "how many levels, at most 8").defaultingTo(8),
                    limit(1_000, 10_000))
                .withAnswer(200, "the tree"),
            namespaces::taxonomy));
  }

  private static List<Route> system(SystemRoutes system) {
    return List.of(
        read(
            "/health",
            doc("Whether this node serves").withAnswer(200, "it does").asOpen(),
            system::health),
        read(
            "/sync/identity",
            doc("Id and public key of this node").withAnswer(200, "what a peer enrols").asOpen(),
            system::identity),
        read("/stats", doc("Counts of this node").withAnswer(200, "counts"), system::stats),
        change(
            Method.POST,
            "/gc",
            doc("Collect what has expired").withAnswer(200, "how many memories expired"),
            system::gc),
        read(
            "/metrics",
            doc("Metrics in Prometheus' text format").withAnswer(200, "metrics"),
            system::metrics),
        new Route(
            Method.GET,
            "/metrics",
            doc("Metrics in Prometheus' text format").withAnswer(200, "metrics"),
            system::metrics));
  }

  static RouteDoc doc(String summary) {
    return RouteDoc.of(summary).withAnswer(400, "the request breaks a rule; the answer says which");
  }

  static Parameter limit(int otherwise, int max) {
    return Parameter.query("limit", INTEGER, "how many at most, capped at " + max)
        .defaultingTo(otherwise);
  }

  static Route read(String path, RouteDoc doc, Handler handler) {
    return new Route(Method.GET, ROOT + path, doc, handler);
  }

  static Route change(Method method, String path, RouteDoc doc, Handler handler) {
    return new Route(method, ROOT + path, doc.asMutating(), handler);
  }
}
