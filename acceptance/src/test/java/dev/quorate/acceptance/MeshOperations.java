package dev.quorate.acceptance;

import java.util.List;

/// The routes between nodes, as whoever is no peer finds them, and those about the mesh.
final class MeshOperations {
  private static final String ROOT = "/api/v1";

  private MeshOperations() {}

  static List<Operation> all() {
    return List.of(
        sync("POST", "/sync/push"),
        sync("GET", "/sync/since")
            .asking(Asked.freeText("since"), Asked.freeText("limit"), Asked.freeText("peer")),
        sync("POST", "/sync/pull"),
        sync("POST", "/sync/digest"),
        sync("POST", "/sync/fetch"),
        Operation.read(ROOT + "/cluster/status", ROOT + "/cluster/status"),
        Operation.read(ROOT + "/cluster/digest", ROOT + "/cluster/digest"),
        order("/cluster/verify"),
        Operation.read(ROOT + "/cluster/quarantine", ROOT + "/cluster/quarantine"),
        order("/cluster/quarantine/retry"),
        operation());
  }

  /// Nothing of such a request is read before it is proven who asks.
  private static Operation sync(String method, String path) {
    return Operation.change(method, ROOT + path, ROOT + path, 401).withoutKey();
  }

  private static Operation order(String path) {
    return Operation.change("POST", ROOT + path, ROOT + path, 200).withoutKey();
  }

  private static Operation operation() {
    var path = ROOT + "/operations/{token}";
    return Operation.read(path, ROOT + "/operations/" + Fixture.TOKEN)
        .refusing(
            Row.refused(400, "no token", Call.of("GET", ROOT + "/operations/alpha")),
            Row.refused(400, "no number", Call.of("GET", ROOT + "/operations/n.e.x")),
            Row.refused(400, "below zero", Call.of("GET", ROOT + "/operations/n.e.-1")),
            Row.refused(404, "another node's", Call.of("GET", ROOT + "/operations/n.e.1")));
  }
}
