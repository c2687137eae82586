package dev.quorate.testkit;

import dev.quorate.node.Node;
import dev.quorate.settings.EmbeddingSettings;
import dev.quorate.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// A node in this process, on a loopback port of its own, with a client that speaks to it.
public final class TestNode implements AutoCloseable {
  private final Node node;
  private final Client client;

  private TestNode(Node node) {
    this.node = node;
    this.client = new Client(node.address());
  }

  public static TestNode start(Path data) {
    return start(data, settings -> settings);
  }

  /// Starts a node with changed settings. It makes no vectors unless these say so.
  public static TestNode start(Path data, UnaryOperator<Settings> change) {
    var usual = Settings.defaults(data);
    var onAnyPort = usual.withHttp(usual.http().withPort(0)).withEmbedding(EmbeddingSettings.OFF);
    return new TestNode(Node.start(change.apply(onAnyPort)));
  }

  public Client client() {
    return client;
  }

  public URI address() {
    return node.address();
  }

  public String id() {
    return node.id();
  }

  @Override
  public void close() {
    client.close();
    node.close();
  }
}
