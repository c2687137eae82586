package dev.quorate.acceptance;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quorate.identity.NodeKey;
import dev.quorate.identity.PeerKeys;
import dev.quorate.identity.Signing;
import dev.quorate.json.Json;
import dev.quorate.settings.PeerRole;
import dev.quorate.settings.PeerSettings;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.TestNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Another program at a peer's address. It has an id and a key, answers as the test says, and keeps
/// what it was sent. Thread-safe.
final class FakePeer implements AutoCloseable {
  private static final String PUSH = "/api/v1/sync/push";

  private final String id;
  private final NodeKey key;
  private final Signing signing;
  private final HttpServer server;
  private final List<JsonNode> pushes = new ArrayList<>();
  private volatile Reply identity = new Reply(404, "{\"error\":\"not found\"}");
  private volatile Reply since = new Reply(404, "{\"error\":\"not found\"}");
  private final List<Headers> readers = new ArrayList<>();
  private volatile Function<JsonNode, Reply> pushed = _ -> Reply.HELD;

  /// What it answers.
  ///
  /// @param headers names and values by turns
  record Reply(int status, String body, List<String> headers) {
    /// The counters of a node without our fields that took everything.
    static final Reply HELD = new Reply(200, "{\"applied\":1,\"noop\":0,\"skipped\":0}");

    Reply(int status, String body, String... headers) {
      this(status, body, List.of(headers));
    }
  }

  /// A node without our fields, until it is told otherwise.
  FakePeer(Path folder, String id) {
    this.id = id;
    this.key = NodeKey.findOrMake(folder.resolve(id));
    this.signing = new Signing(key);
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException("no port for a fake peer", e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /// Speaks our protocol from now on, with a store of this epoch that takes everything.
  FakePeer speaking(String epoch) {
    var json = Json.object().put("node", id).put("epoch", epoch);
    json.put("public_key", key.publicKey().text()).putArray("speaks").add(1);
    identity = new Reply(200, Json.text(json));
    return answering(_ -> new Reply(200, report(epoch)));
  }

  private String report(String epoch) {
    var json = Json.object().put("applied", 0).put("noop", 0).put("skipped", 0);
    var quorate = json.putObject("quorate").put("version", 1).put("node", id).put("epoch", epoch);
    quorate.putArray("speaks").add(1);
    quorate.putArray("parked");
    quorate.putArray("skipped");
    return Json.text(json);
  }

  /// Speaks as before, and deletes what expires in place of archiving it.
  FakePeer deleting() {
    var json = (ObjectNode) Json.parse(identity.body());
    identity = new Reply(200, Json.text(json.put("archive_on_gc", false)));
    return this;
  }

  /// Shows these memories to whoever reads it by time.
  FakePeer showing(JsonNode... memories) {
    var json = Json.object().put("count", memories.length).put("limit", 500);
    json.putArray("memories").addAll(List.of(memories));
    since = new Reply(200, Json.text(json));
    return this;
  }

  /// The headers of those who read it by time.
  List<Headers> readers() {
    synchronized (pushes) {
      return List.copyOf(readers);
    }
  }

  /// Answers no greeting any more.
  void silent() {
    identity = new Reply(503, "{}");
  }

  FakePeer answering(Function<JsonNode, Reply> answers) {
    pushed = answers;
    return this;
  }

  String id() {
    return id;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// As a replica in a node's settings.
  PeerSettings replica() {
    return PeerSettings.replica(address());
  }

  /// The same with its id.
  PeerSettings named() {
    return new PeerSettings(address(), PeerRole.REPLICA, List.of(), id, null, List.of());
  }

  /// Makes the node that has this data directory know its key.
  FakePeer knownTo(Path data) {
    new PeerKeys(data).enrol(id, key.publicKey(), false);
    return this;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var path = exchange.getRequestURI().getPath();
      var reply = new Reply(404, "{\"error\":\"not found\"}");
      if (path.equals("/api/v1/sync/identity")) reply = identity;
      if (path.equals("/api/v1/sync/since")) {
        synchronized (pushes) {
          readers.add(exchange.getRequestHeaders());
        }
        reply = since;
      }
      if (path.equals(PUSH)) reply = taken(Json.parse(body));
      for (var i = 0; i < reply.headers().size(); i += 2) {
        exchange.getResponseHeaders().add(reply.headers().get(i), reply.headers().get(i + 1));
      }
      var bytes = Json.utf8(reply.body());
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Reply taken(JsonNode push) {
    var reply = pushed.apply(push);
    synchronized (pushes) {
      if (reply.status() == 200) pushes.add(push);
    }
    return reply;
  }

  /// The pushes that it answered with 200.
  List<JsonNode> pushes() {
    synchronized (pushes) {
      return List.copyOf(pushes);
    }
  }

  /// The elements of one list of all pushes that it answered with 200.
  List<JsonNode> items(String list) {
    var items = new ArrayList<JsonNode>();
    for (var push : pushes()) push.path(list).forEach(items::add);
    return items;
  }

  /// The titles of the memories among them.
  List<String> titles() {
    return items("memories").stream().map(memory -> memory.get("title").asString()).toList();
  }

  /// Forgets what it was sent.
  void forget() {
    synchronized (pushes) {
      pushes.clear();
    }
  }

  /// An empty push of this peer, to put lists into.
  ObjectNode push() {
    var push = Json.object().put("sender_agent_id", id).put("dry_run", false);
    push.putArray("memories");
    return push;
  }

  /// Sends a push to a node, signed.
  Answer send(TestNode node, JsonNode push) {
    return post(node, PUSH, push);
  }

  /// Posts to a node, signed.
  Answer post(TestNode node, String path, JsonNode body) {
    var bytes = Json.utf8(body);
    var signed = signing.body(bytes);
    return node.client().send("POST", path, bytes, headers(signed));
  }

  /// Gets from a node, signed.
  Answer get(TestNode node, String path, String query) {
    var signed = signing.get(path, query);
    return node.client().send("GET", path + "?" + query, null, headers(signed));
  }

  /// Headers that show these as its own.
  String[] headers(Signing.Signed signed) {
    return new String[] {
      "x-peer-id", id, "x-memory-sig", signed.signature(), "x-memory-nonce", signed.nonce()
    };
  }

  Signing signing() {
    return signing;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
