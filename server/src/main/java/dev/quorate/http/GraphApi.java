package dev.quorate.http;

import static dev.quorate.http.Api.change;
import static dev.quorate.http.Api.doc;
import static dev.quorate.http.Api.limit;
import static dev.quorate.http.Api.read;
import static dev.quorate.http.transport.Parameter.Type.STRING;

import dev.quorate.http.transport.Handler;
import dev.quorate.http.transport.Method;
import dev.quorate.http.transport.Parameter;
import dev.quorate.http.transport.Route;
import dev.quorate.http.transport.RouteDoc;
import java.util.List;

/// The routes of memories and links as a graph.
final class GraphApi {
  private GraphApi() {}

  static List<Route> graph(GraphRoutes graph) {
    return List.of(
        ask(
            "/kg/query",
            doc("What a memory is linked to, directly and further on")
                .withBody(
                    Schemas.object(
                        "source_id: string",
                        "from: string",
                        "max_depth: integer",
                        "valid_at: string",
                        "allowed_agents: string[]",
                        "limit: integer",
                        "include_invalidated: boolean"))
                .withAnswer(200, "links with their targets, nearest first"),
            graph::query),
        read(
            "/kg/timeline",
            doc("The links from a memory in the order in which they begin to hold")
                .with(
                    Parameter.query("source_id", STRING, "id of the memory").asRequired(),
                    Parameter.query("since", STRING, "beginning at this RFC 3339 time or later"),
                    Parameter.query("until", STRING, "beginning at this RFC 3339 time or earlier"),
                    limit(200, 1_000))
                .withAnswer(200, "links, earliest first"),
            graph::timeline),
        ask(
            "/kg/find_paths",
            doc("Ways from one memory to another along links, in either direction of each")
                .withBody(
                    Schemas.object(
                        "source_id*: string",
                        "target_id*: string",
                        "max_depth: integer",
                        "max_results: integer"))
                .withAnswer(200, "lists of ids, shortest first"),
            graph::findPaths),
        change(
            Method.POST,
            "/kg/invalidate",
            doc("Set when a link ceases to hold, which is now without a time")
                .withBody(
                    Schemas.object(
                        "source_id*: string",
                        "target_id*: string",
                        "relation*: string",
                        "valid_until: string"))
                .withAnswer(200, "when it ends, and when it was to end before")
                .withAnswer(404, "there is no such link"),
            graph::invalidate));
  }

  /// A question whose parameters are a body; it changes nothing.
  static Route ask(String path, RouteDoc doc, Handler handler) {
    return new Route(
        Method.POST,
        Api.ROOT + path,
        doc.withAnswer(422, "the body has a wrong shape"),
        handler);
  }
}
