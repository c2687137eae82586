package dev.quorate.bench.load;

import dev.quorate.bench.load.Figures.Node;
import dev.quorate.bench.wire.Connection;
import dev.quorate.bench.wire.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The servers of a run and which client drives which. With as many clients as nodes or more each
/// client stays with one node, as an agent does; with fewer, each client goes round its share.
final class Nodes {
  private final List<Endpoint> endpoints;
  private final @Nullable String apiKey;
  private final List<LongAdder> succeeded = new ArrayList<>();
  private final List<LongAdder> failed = new ArrayList<>();

  Nodes(List<Endpoint> endpoints, @Nullable String apiKey) {
    this.endpoints = endpoints;
    this.apiKey = apiKey;
    for (var _ : endpoints) {
      succeeded.add(new LongAdder());
      failed.add(new LongAdder());
    }
  }

  List<NodeLink> linksOf(int client, int clients) {
    if (clients >= endpoints.size()) return List.of(link(client % endpoints.size()));
    var links = new ArrayList<NodeLink>();
    for (var node = client; node < endpoints.size(); node += clients) links.add(link(node));
    return links;
  }

  List<Node> figures() {
    var figures = new ArrayList<Node>();
    for (var node = 0; node < endpoints.size(); node++) {
      figures.add(
          new Node(
              endpoints.get(node).toString(), succeeded.get(node).sum(), failed.get(node).sum()));
    }
    return figures;
  }

  private NodeLink link(int node) {
    var connection = new Connection(endpoints.get(node), apiKey);
    return new NodeLink(connection, succeeded.get(node), failed.get(node));
  }
}
