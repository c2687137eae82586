package dev.quorate.http;

import dev.quorate.http.transport.Route;
import dev.quorate.http.transport.RouteDoc;
import java.util.List;

/// The route of quotas, and how others say that they refuse what exceeds one.
final class QuotaApi {
  private QuotaApi() {}

  static List<Route> routes(QuotaRoutes quotas) {
    return List.of(
        GraphApi.ask(
            "/quota/status",
            Api.doc(
                    "What an agent may store and has stored; without one, the agents that hold most")
                .withBody(Schemas.object("agent_id: string"))
                .withAnswer(200, "limits, 0 for none, and what is used; at most 1000 agents"),
            quotas::status));
  }

  static RouteDoc limited(RouteDoc doc) {
    return doc.withAnswer(
        429, "the agent's quota is used up; the answer says which, and until when");
  }
}
