package dev.quorate.cli;

import dev.quorate.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Some hundred requests over the main routes of a node that is empty.
final class UsualWork {
  private static final int ROUNDS = 25;

  private final Client client;
  private int requests;

  UsualWork(Client client) {
    this.client = client;
  }

  /// Returns how many requests it made; each was answered with a success.
  int run() {
    get(Target.of("health"));
    for (var round = 0; round < ROUNDS; round++) oneRound(round);
    post(Target.of("gc"), Json.object());
    get(Target.of("export"));
    get(Target.of("namespaces"));
    get(Target.of("taxonomy"));
    get(Target.of("metrics"));
    return requests;
  }

  private void oneRound(int round) {
    var first = create("Rule " + round);
    var second = create("Reason " + round);
    bulk(round);
    get(Target.of("memories", first));
    get(Target.of("memories").with("namespace", "train/usual").with("limit", 10));
    get(Target.of("search").with("q", "canary rule"));
    get(Target.of("recall").with("context", "how do we deploy").with("limit", 5));
    post(Target.of("recall"), Json.object().put("context", "deploy").put("budget_tokens", 200));
    put(Target.of("memories", first), Json.object().put("content", "Use canary " + round));
    post(
        Target.of("links"),
        Json.object()
            .put("source_id", first)
            .put("target_id", second)
            .put("relation", "derived_from"));
    get(Target.of("links", first));
    var archived = Json.object().put("reason", "trained");
    archived.putArray("ids").add(second);
    post(Target.of("archive"), archived);
    get(Target.of("archive"));
    post(Target.of("archive", second, "restore"), Json.object());
    count(client.delete(Target.of("memories", second)));
    get(Target.of("stats"));
  }

  private String create(String title) {
    var body = memory(title);
    return post(Target.of("memories"), body).path("id").asString("");
  }

  private void bulk(int round) {
    var bodies = new ArrayList<ObjectNode>();
    for (var i = 0; i < 5; i++) bodies.add(memory("Bulk " + round + "." + i));
    post(Target.of("memories", "bulk"), Json.mapper().valueToTree(bodies));
  }

  private static ObjectNode memory(String title) {
    var memory =
        Json.object()
            .put("title", title)
            .put("content", "Deploy with blue/green, then watch the canary for an hour.")
            .put("namespace", "train/usual")
            .put("tier", "mid");
    memory.putArray("tags").add("deploy").add("train");
    return memory;
  }

  private void get(Target target) {
    count(client.get(target));
  }

  private JsonNode post(Target target, JsonNode body) {
    return count(client.post(target, body)).json();
  }

  private void put(Target target, JsonNode body) {
    var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    count(client.send("PUT", target, bytes).orFail());
  }

  private Reply count(Reply reply) {
    requests++;
    return reply;
  }
}
