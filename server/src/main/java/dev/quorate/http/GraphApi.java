package dev.quorate.http;

import static dev.quorate.http.Api.AGENT;
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

  static List<Route> entities(EntityRoutes entities) {
    return List.of(
        change(
            Method.POST,
            "/entities",
            QuotaApi.limited(doc("Make an entity known by a name and aliases, or add to it"))
                .with(Parameter.query("agent_id", STRING, "who asks, before the header"), AGENT)
                .withBody(
                    Schemas.object(
                        "canonical_name*: string",
                        "namespace*: string",
                        "aliases: string[]",
                        "metadata: object",
                        "agent_id: string"))
                .withAnswer(201, "it was not known before")
                .withAnswer(200, "it was, and has all aliases of before, too")
                .withAnswer(202, "it awaits approval")
                .withAnswer(403, "the policy of the namespace refuses it")
                .withAnswer(409, "the name is the title of a memory that is no entity"),
            entities::register),
        read(
            "/entities/by_alias",
            doc("The entity that has a name or an alias; of several, the one created first")
                .with(
                    Parameter.query("alias", STRING, "the name").asRequired(),
                    Parameter.query("namespace", STRING, "only entities of this namespace"))
                .withAnswer(200, "the entity, or nulls"),
            entities::byAlias));
  }

  static List<Route> evidence(EvidenceRoutes evidence) {
    return List.of(
        read(
            "/contradictions",
            doc("Memories that contradict one another, by a link or by what they say of a topic")
                .with(
                    Parameter.query("topic", STRING, "what they are about, or their title"),
                    Parameter.query("namespace", STRING, "only memories of this namespace"),
                    limit(50, 1_000))
                .withAnswer(200, "the memories looked at, and what contradicts what"),
            evidence::contradictions),
        ask(
            "/links/verify",
            doc("What is known of a link's signature")
                .withBody(
                    Schemas.object(
                        "source_id*: string",
                        "target_id: string",
                        "relation: string",
                        "link_id: string",
                        "verification_nonce: string"))
                .withAnswer(200, "who signed it, and that it was not checked")
                .withAnswer(404, "there is no such link")
                .withAnswer(409, "the nonce was used before"),
            evidence::verify));
  }

  static List<Route> duplicates(DuplicateRoutes duplicates) {
    return List.of(
        ask(
            "/check_duplicate",
            doc("Whether a memory says this already, in the same words or in others")
                .withBody(
                    Schemas.object(
                        "title*: string",
                        "content*: string",
                        "namespace: string",
                        "threshold: number"))
                .withAnswer(
                    200, "the memory that says the very same, or else what means nearest to it")
                .withAnswer(503, "none says the very same, and meanings cannot be compared now"),
            duplicates::check));
  }

  static List<Route> sessions(SessionRoutes sessions) {
    return List.of(
        ask(
            "/session/start",
            doc("What an agent is given to begin with: standards and memories")
                .with(AGENT)
                .withBody(Schemas.object("namespace: string", "limit: integer", "agent_id: string"))
                .withAnswer(200, "standards, and the most important and newest memories"),
            sessions::start),
        modelOnly("/auto_tag", "Tags for a memory", sessions),
        modelOnly("/expand_query", "Other words for a query", sessions));
  }

  private static Route modelOnly(String path, String summary, SessionRoutes sessions) {
    return new Route(
        Method.POST,
        Api.ROOT + path,
        doc(summary + ", by a language model, which this program does not have")
            .withAnswer(200, "what the model says; never here")
            .withAnswer(503, "LLM not configured"),
        sessions::needsLanguageModel);
  }

  static List<Route> capabilities(CapabilityRoutes capabilities) {
    return List.of(
        read(
            "/capabilities",
            doc("What this node can do")
                .with(Parameter.header("Accept-Capabilities", "v1, v2 or v3; v3 without it"))
                .withAnswer(200, "features, models and tools"),
            capabilities::capabilities));
  }

  /// A question whose parameters are a body; it changes nothing.
  static Route ask(String path, RouteDoc doc, Handler handler) {
    return new Route(
        Method.POST, Api.ROOT + path, doc.withAnswer(422, "the body has a wrong shape"), handler);
  }
}
