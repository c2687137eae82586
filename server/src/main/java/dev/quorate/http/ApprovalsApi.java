package dev.quorate.http;

import static dev.quorate.http.transport.Parameter.Type.STRING;

import dev.quorate.http.transport.Parameter;
import dev.quorate.http.transport.Route;
import java.util.List;

/// The route of the event stream of approvals.
final class ApprovalsApi {
  private ApprovalsApi() {}

  static List<Route> routes(ApprovalRoutes approvals) {
    return List.of(
        Api.read(
            "/approvals/stream",
            Api.doc("What is held for approval and what is decided, as server-sent events")
                .with(
                    Parameter.query(
                        "after", STRING, "the id of an event of any node; now without it"),
                    Parameter.query("namespace", STRING, "only actions about this namespace"),
                    Parameter.query(
                        "as_agent", STRING, "only what is visible from this namespace position"),
                    Parameter.header(
                        Requester.HEADER,
                        "only what this agent requested or may approve; everything without it"),
                    Parameter.header("Last-Event-ID", "the id to go on from, before after"))
                .withAnswer(200, "events approval_requested, approval_decided and lagged")
                .withAnswer(503, "too many listen, or this node lacks what the cursor has"),
            approvals::stream));
  }
}
