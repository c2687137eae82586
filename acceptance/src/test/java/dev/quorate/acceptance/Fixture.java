package dev.quorate.acceptance;

import dev.quorate.json.Json;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.Client;
import java.util.List;

/// A small store whose memories have names that a table can speak of: `alpha`, `beta`, `delta`,
/// `long` (whose title is as long as can be), `twin-1` and `twin-2` are live, `gamma` and
/// `delta-old` are archived, and `beta` reflects on `alpha`.
final class Fixture {
  private Fixture() {}

  static void fill(Client client) {
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
  }

  private static void done(Answer answer) {
    if (answer.status() != 200 || !answer.json().path("errors").isEmpty()) {
      throw new AssertionError("the fixture was refused: " + answer);
    }
  }
}
