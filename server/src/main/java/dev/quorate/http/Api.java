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

/// The table of routes, what this node answers over HTTP, and the words in which they are written.
public final class Api {
  static final String ROOT = "/api/v1";

  static final Parameter AGENT =
      Parameter.header("X-Agent-Id", "who asks; nobody in particular without it");

  private Api() {}

  /// All routes, over the handlers that answer them.
  public static List<Route> routes(Handlers handlers, String version) {
    var routes = new ArrayList<Route>();
    routes.addAll(MemoryApi.memories(handlers.memories()));
    routes.addAll(SearchApi.routes(handlers.search()));
    routes.addAll(MemoryApi.links(handlers.links()));
    routes.addAll(GraphApi.graph(handlers.graph()));
    routes.addAll(GraphApi.entities(handlers.entities()));
    routes.addAll(GraphApi.evidence(handlers.evidence()));
    routes.addAll(GraphApi.duplicates(handlers.duplicates()));
    routes.addAll(GraphApi.sessions(handlers.sessions()));
    routes.addAll(GraphApi.capabilities(handlers.capabilities()));
    routes.addAll(QuotaApi.routes(handlers.quotas()));
    routes.addAll(MemoryApi.archive(handlers.archive()));
    routes.addAll(transfer(handlers.transfer()));
    routes.addAll(namespaces(handlers.namespaces()));
    routes.addAll(GovernanceApi.standards(handlers.standards()));
    routes.addAll(GovernanceApi.pending(handlers.pending()));
    routes.addAll(ApprovalsApi.routes(handlers.approvals()));
    routes.addAll(SubscriptionApi.routes(handlers.subscriptions()));
    routes.addAll(GovernanceApi.agents(handlers.agents(), handlers.messages()));
    routes.add(MemoryApi.consolidate(handlers.consolidate()));
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
