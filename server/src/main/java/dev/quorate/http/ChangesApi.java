package dev.quorate.http;

import static dev.quorate.http.transport.Parameter.Type.INTEGER;
import static dev.quorate.http.transport.Parameter.Type.STRING;

import dev.quorate.http.transport.Parameter;
import dev.quorate.http.transport.Route;
import java.util.List;

/// The route of the feed.
final class ChangesApi {
  private ChangesApi() {}

  static List<Route> routes(ChangeRoutes changes) {
    return List.of(
        Api.read(
            "/changes",
            Api.doc("What changed, in the order in which this node took it in")
                .with(
                    Parameter.query(
                        "after",
                        STRING,
                        "the cursor of an answer of any node, or now; everything without it"),
                    Api.limit(ChangeRoutes.LIMIT_DEFAULT, ChangeRoutes.LIMIT_MAX),
                    Parameter.query(
                            "wait",
                            INTEGER,
                            "how many seconds to wait for a change, capped at "
                                + ChangeRoutes.WAIT_SECS_MAX)
                        .defaultingTo(0),
                    Parameter.query(
                        "lanes",
                        STRING,
                        "only these, separated by commas; all but embedding without it"),
                    Parameter.query(
                        "namespace", STRING, "only what belongs to this namespace, and deletions"),
                    Parameter.query(
                        "as_agent", STRING, "only what is visible from this namespace position"),
                    Parameter.header(
                        "Accept", "text/event-stream for server-sent events instead of a page"),
                    Parameter.header(
                        "Last-Event-ID", "with events, the cursor to go on from, before after"))
                .withAnswer(200, "changes, and the cursor behind them; or a stream of events")
                .withAnswer(503, "too many listen, or this node lacks what the cursor has"),
            changes::changes));
  }
}
