package dev.quorate.http;

import static dev.quorate.http.transport.Parameter.Type.INTEGER;
import static dev.quorate.http.transport.Parameter.Type.STRING;

import dev.quorate.http.transport.Handler;
import dev.quorate.http.transport.Method;
import dev.quorate.http.transport.Parameter;
import dev.quorate.http.transport.Route;
import dev.quorate.http.transport.RouteDoc;
import java.util.List;

/// The routes between nodes, and those about the mesh.
final class MeshApi {
  private MeshApi() {}

  static List<Route> routes(SyncRoutes sync, ClusterRoutes cluster) {
    return List.of(
        peers(
            Method.POST,
            "/sync/push",
            doc("Take in what a peer sends").withAnswer(200, "what became of it"),
            sync::push),
        peers(
            Method.GET,
            "/sync/since",
            doc("Memories that changed after a time")
                .with(
                    Parameter.query("since", STRING, "an RFC 3339 time; everything without it"),
                    Parameter.query("limit", INTEGER, "how many at most, capped at 10000")
                        .defaultingTo(500),
                    Parameter.query("peer", STRING, "who asks; taken as it is"))
                .withAnswer(200, "memories, oldest change first"),
            sync::since),
        peers(
            Method.POST,
            "/sync/pull",
            doc("What this node has and a replica lacks").withAnswer(200, "a page of changes"),
            sync::pull),
        peers(
            Method.POST,
            "/sync/digest",
            doc("Compare digests with a replica")
                .withAnswer(200, "the root, and the sums of all buckets where it differs"),
            sync::digest),
        peers(
            Method.POST,
            "/sync/fetch",
            doc("Registers by name, or of a bucket").withAnswer(200, "a page of changes"),
            sync::fetch),
        about(
            Method.GET,
            "/cluster/status",
            doc("This node, its quorum, and the link to each peer").withAnswer(200, "the mesh"),
            cluster::status),
        about(
            Method.GET,
            "/cluster/digest",
            doc("What this node holds, as one hash").withAnswer(200, "the digest"),
            cluster::digest),
        about(
            Method.POST,
            "/cluster/verify",
            doc("Compare with every peer now, and repair what differs")
                .withAnswer(200, "what was found"),
            cluster::verify),
        about(
            Method.GET,
            "/cluster/quarantine",
            doc("What peers do not take").withAnswer(200, "the changes and the reasons"),
            cluster::quarantine),
        about(
            Method.POST,
            "/cluster/quarantine/retry",
            doc("Send what was set aside again").withAnswer(200, "how many are tried"),
            cluster::retry),
        about(
            Method.GET,
            "/operations/{token}",
            doc("How durable an operation of this node is now")
                .with(Parameter.path("token", "the token of its receipt"))
                .withAnswer(200, "which nodes hold it")
                .withAnswer(404, "no operation of this node has this token"),
            cluster::operation));
  }

  private static RouteDoc doc(String summary) {
    return RouteDoc.of(summary).withAnswer(400, "the request breaks a rule; the answer says which");
  }

  private static Route peers(Method method, String path, RouteDoc doc, Handler handler) {
    return new Route(
        method,
        Api.ROOT + path,
        doc.withAnswer(401, "who asks is not proven").withAnswer(403, "it may not").asJudging(),
        handler);
  }

  private static Route about(Method method, String path, RouteDoc doc, Handler handler) {
    return new Route(method, Api.ROOT + path, doc, handler);
  }
}
