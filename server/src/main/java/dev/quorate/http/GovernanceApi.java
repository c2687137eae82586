package dev.quorate.http;

import static dev.quorate.http.Api.AGENT;
import static dev.quorate.http.Api.change;
import static dev.quorate.http.Api.doc;
import static dev.quorate.http.Api.limit;
import static dev.quorate.http.Api.read;
import static dev.quorate.http.transport.Parameter.Type.BOOLEAN;
import static dev.quorate.http.transport.Parameter.Type.STRING;

import dev.quorate.http.transport.Method;
import dev.quorate.http.transport.Parameter;
import dev.quorate.http.transport.Route;
import dev.quorate.http.transport.RouteDoc;
import java.util.List;

/// The routes of standards, of actions that await approval, of agents and their messages.
final class GovernanceApi {
  private static final Parameter TIMESTAMP =
      Parameter.header(
          ApprovalSignatures.TIMESTAMP, "seconds since 1970, where decisions are signed");
  private static final Parameter SIGNATURE =
      Parameter.header(
          ApprovalSignatures.SIGNATURE,
          "sha256= and the HMAC in hex of timestamp.METHOD.id.body, where decisions are signed");
  private static final Parameter WHOLE =
      Parameter.header(
          ApprovalSignatures.WHOLE,
          "instead of the one before, and covering the path and the agent: sha256= and the HMAC in hex of the lines 'quorate decision', timestamp, METHOD, path and X-Agent-Id, each ended by a line feed, and the body");

  private GovernanceApi() {}

  static List<Route> standards(StandardRoutes standards) {
    var path = "/namespaces/{ns}/standard";
    var namespace = Parameter.path("ns", "the namespace, its slashes as %2F");
    var inherit =
        Parameter.query("inherit", BOOLEAN, "with all that it inherits from, from the top down");
    var set =
        doc("Set the standard of a namespace, and what its policy says")
            .withAnswer(201, "which memory is the standard now");
    var clear =
        doc("Take the standard from a namespace; its memory stays")
            .withAnswer(200, "whether there was one");
    return List.of(
        change(
            Method.POST,
            "/namespaces",
            set.withBody(
                Schemas.object(
                    "namespace*: string",
                    "id: string",
                    "parent: string",
                    "governance: object",
                    "standard: object")),
            standards::set),
        change(
            Method.DELETE,
            "/namespaces",
            clear.with(Parameter.query("namespace", STRING, "the namespace").asRequired()),
            standards::clear),
        read(
            path,
            doc("The standard of a namespace")
                .with(namespace, inherit)
                .withAnswer(200, "the standard, null for none"),
            standards::get),
        change(
            Method.POST,
            path,
            set.with(namespace)
                .withBody(
                    Schemas.object(
                        "id: string", "parent: string", "governance: object", "standard: object")),
            standards::setInPath),
        change(Method.DELETE, path, clear.with(namespace), standards::clearInPath));
  }

  static List<Route> pending(PendingRoutes pending) {
    var id = Parameter.path("id", "id of the pending action");
    return List.of(
        read(
            "/pending",
            doc("List actions that await or awaited approval, newest first")
                .with(
                    Parameter.query(
                        "status", STRING, "only these: pending, approved, rejected or expired"),
                    Parameter.query("namespace", STRING, "only those about this namespace"),
                    limit(100, 1_000))
                .withAnswer(200, "the actions, with votes and decision"),
            pending::list),
        change(
            Method.POST,
            "/pending/{id}/approve",
            approval("Approve an action, which is then carried out").with(id),
            pending::approve),
        change(
            Method.POST,
            "/pending/{id}/reject",
            signed(doc("Reject an action"))
                .with(id)
                .withAnswer(200, "it is rejected")
                .withAnswer(404, "there is none, or it is decided"),
            pending::reject),
        change(
            Method.POST,
            "/approvals/{pending_id}",
            approval("Approve or reject an action")
                .with(Parameter.path("pending_id", "id of the pending action"))
                .withBody(Schemas.object("decision*: string", "remember: string"))
                .withAnswer(404, "it cannot be rejected: there is none, or it is decided"),
            pending::decide));
  }

  private static RouteDoc approval(String summary) {
    return signed(doc(summary))
        .withAnswer(200, "it is decided, and done if it was approved")
        .withAnswer(202, "the vote counts, and more are needed")
        .withAnswer(403, "there is none, it is decided, or this agent may not approve it");
  }

  private static RouteDoc signed(RouteDoc doc) {
    return doc.with(AGENT, TIMESTAMP, SIGNATURE, WHOLE)
        .withAnswer(401, "the decision is not signed as it must be");
  }

  static List<Route> agents(AgentRoutes agents, MessageRoutes messages) {
    var agent = Parameter.query("agent_id", STRING, "who asks, before the X-Agent-Id header");
    return List.of(
        change(
            Method.POST,
            "/agents",
            doc("Register an agent, or renew what is known of it")
                .withBody(
                    Schemas.object(
                        "agent_id*: string", "agent_type*: string", "capabilities: string[]"))
                .withAnswer(201, "it is registered"),
            agents::register),
        read("/agents", doc("List registered agents").withAnswer(200, "the agents"), agents::list),
        change(
            Method.POST,
            "/notify",
            doc("Send a message to an agent")
                .with(agent, AGENT)
                .withBody(
                    Schemas.object(
                        "target_agent_id*: string",
                        "title*: string",
                        "payload: string",
                        "content: string",
                        "priority: integer",
                        "tier: string",
                        "agent_id: string"))
                .withAnswer(201, "it is delivered"),
            messages::notify),
        read(
            "/inbox",
            doc("The messages of an agent, which are read from then on, also where the answer is lost on its way; HEAD leaves them unread")
                .with(
                    agent,
                    AGENT,
                    Parameter.query("unread_only", BOOLEAN, "only those that nobody read yet"),
                    limit(50, 500))
                .withAnswer(200, "the messages, and whether each was read before"),
            messages::inbox));
  }
}
