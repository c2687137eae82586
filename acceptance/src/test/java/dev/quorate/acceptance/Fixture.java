package dev.quorate.acceptance;

import dev.quorate.json.Json;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.Client;
import java.util.List;

/// A small store whose memories have names that a table can speak of: `alpha`, `beta`, `delta`,
/// `long` (whose title is as long as can be), `twin-1` and `twin-2` are live, `gamma` and
/// `delta-old` are archived, and `beta` reflects on `alpha`. The namespace `held` has a standard by
/// which stores need approval, and one awaits it. There is one subscription, to what never happens.
final class Fixture {
  /// Stands in a request's target for the id of the action that awaits approval.
  static final String PENDING = "the-pending-action";

  /// Stands there for the token of an operation of this node.
  static final String TOKEN = "the-token-of-a-receipt";

  /// Stands there for the id of a subscription to what never happens.
  static final String SUBSCRIPTION = "the-subscription";

  private final String pendingId;
  private final String token;
  private final String subscriptionId;

  private Fixture(String pendingId, String token, String subscriptionId) {
    this.pendingId = pendingId;
    this.token = token;
    this.subscriptionId = subscriptionId;
  }

  /// The request with the ids and the token that this store has.
  Call named(Call call) {
    var target = call.target().replace(PENDING, pendingId).replace(TOKEN, token);
    target = target.replace(SUBSCRIPTION, subscriptionId);
    return new Call(call.method(), target, call.body(), call.headers());
  }

  static Fixture fill(Client client) {
    var body = Json.object();
    var memories = body.putArray("memories");
    memories.add(TransferOperations.memory("alpha", "Alpha").put("namespace", "a/b"));
    memories.add(TransferOperations.memory("delta-old", "Delta"));
    for (var id : List.of("beta", "gamma", "twin-1", "twin-2")) {
      memories.add(TransferOperations.memory(id, id));
    }
    memories.add(TransferOperations.memory("long", "d".repeat(512)));
    body.putArray("links")
        .add(TransferOperations.link("beta", "alpha").put("relation", "reflects_on"));
    done(client.post("/api/v1/import", body));
    var archived = Json.object();
    archived.putArray("ids").add("gamma").add("delta-old");
    done(client.post("/api/v1/archive", archived));
    body.removeAll();
    body.putArray("memories").add(TransferOperations.memory("delta", "Delta"));
    done(client.post("/api/v1/import", body));
    var held = held(client).json();
    return new Fixture(
        held.get("pending_id").asString(), held.get("token").asString(), subscribed(client));
  }

  private static String subscribed(Client client) {
    var wish = Json.object().put("url", "https://1.1.1.1/hook").put("secret", "s");
    wish.put("agent_filter", "nobody-is-called-so");
    return client.post("/api/v1/subscriptions", wish).json().get("id").asString();
  }

  /// A store that awaits approval.
  private static Answer held(Client client) {
    var standard = Json.object().put("namespace", "held");
    standard.putObject("governance").put("write", "approve");
    if (client.post("/api/v1/namespaces", standard).status() != 201) {
      throw new AssertionError("the fixture's standard was refused");
    }
    var memory = Json.object().put("title", "Held").put("content", "words");
    return client.post("/api/v1/memories", memory.put("namespace", "held"));
  }

  private static void done(Answer answer) {
    if (answer.status() != 200 || !answer.json().path("errors").isEmpty()) {
      throw new AssertionError("the fixture was refused: " + answer);
    }
  }
}
