package dev.quorate.acceptance;

import java.util.List;

/// The routes of namespaces and of the node itself.
final class NodeOperations {
  private static final String ROOT = "/api/v1";

  private NodeOperations() {}

  static List<Operation> all() {
    return List.of(
        plain(ROOT + "/namespaces").asking(Asked.namespace("namespace"), Asked.flag("inherit")),
        plain(ROOT + "/taxonomy")
            .asking(
                Asked.namespace("prefix"),
                Asked.namespace("root"),
                Asked.whole("depth", "-1"),
                Asked.whole("limit", "0", "-1")),
        plain(ROOT + "/changes")
            .asking(
                Asked.oneOf("after", "x", "0", "NOW", "n.e.1", "AAAA", "A".repeat(12_001)),
                Asked.whole("limit", "0", "-1"),
                Asked.whole("wait", "-1"),
                Asked.oneOf("lanes", "memories", "memory,dream", ",", "Memory"),
                Asked.namespace("namespace"),
                Asked.namespace("as_agent")),
        plain(ROOT + "/health"),
        plain(ROOT + "/sync/identity"),
        plain(ROOT + "/stats"),
        Operation.change("POST", ROOT + "/gc", ROOT + "/gc", 200),
        plain(ROOT + "/embedding"),
        Operation.change("POST", ROOT + "/reindex", ROOT + "/reindex", 503),
        plain(ROOT + "/capabilities"),
        plain(ROOT + "/tools/list"),
        plain(ROOT + "/metrics"),
        plain("/metrics"),
        plain(ROOT + "/openapi.json"),
        plain("/openapi.json"));
  }

  private static Operation plain(String path) {
    return Operation.read(path, path);
  }
}
