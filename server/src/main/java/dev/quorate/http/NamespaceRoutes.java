package dev.quorate.http;

import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Json;
import dev.quorate.memories.Taxonomy;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import tools.jackson.databind.node.ObjectNode;

/// Answers for namespaces: the list and the tree.
final class NamespaceRoutes {
  private static final int DEPTH_MAX = 8;
  private static final int LIMIT_MAX = 10_000;
  private static final int LIMIT_DEFAULT = 1_000;

  private final Store store;
  private final StandardRoutes standards;

  NamespaceRoutes(Store store, StandardRoutes standards) {
    this.store = store;
    this.standards = standards;
  }

  /// All namespaces, or the standard of the one that the query names.
  Response list(Request request) {
    var parameters = Parameters.of(request);
    var one = parameters.namespace("namespace");
    if (one != null) return standards.get(request, one);
    var _ = parameters.flag("inherit");
    var counts = store.read(Snapshot::namespaces);
    var json = Json.object();
    json.set("namespaces", Counts.json("namespace", counts));
    return Bodies.json(200, json);
  }

  Response taxonomy(Request request) {
    var parameters = Parameters.of(request);
    var prefix = parameters.namespace("prefix");
    if (prefix == null) prefix = parameters.namespace("root");
    var depth = parameters.whole("depth", DEPTH_MAX, 0, DEPTH_MAX);
    var limit = parameters.whole("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
    var taxonomy = Taxonomy.of(store.read(Snapshot::namespaces), prefix, depth, limit);
    var json = Json.object();
    json.set("tree", tree(taxonomy.root()));
    json.put("total_count", taxonomy.total());
    json.put("truncated", taxonomy.truncated());
    return Bodies.json(200, json);
  }

  private static ObjectNode tree(Taxonomy.Node node) {
    var json = Json.object();
    json.put("namespace", node.namespace());
    json.put("name", node.name());
    json.put("count", node.count());
    json.put("subtree_count", node.subtreeCount());
    var children = json.putArray("children");
    node.children().forEach(child -> children.add(tree(child)));
    return json;
  }
}
