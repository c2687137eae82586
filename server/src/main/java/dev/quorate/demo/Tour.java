package dev.quorate.demo;

import dev.quorate.failure.NodeFailure;
import dev.quorate.json.Json;
import dev.quorate.localmesh.LocalMesh;
import dev.quorate.localmesh.NodeCalls.Answer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One write of every lane, each on another node than the one before it, and each seen by all nodes
/// before the next.
final class Tour {
  private static final int BULK = 20;

  private final LocalMesh mesh;
  private final Look look;
  private final Receipts receipts;
  private final Board board;
  private int turn;

  Tour(LocalMesh mesh, Look look, Receipts receipts, Board board) {
    this.mesh = mesh;
    this.look = look;
    this.receipts = receipts;
    this.board = board;
  }

  /// Writes everything.
  ///
  /// @throws NodeFailure if a write is not acknowledged, or does not reach every node
  void run() {
    var rule = stored("store", memory("Deploy rule", "demo/ops"));
    write("update", "PUT", at(rule), Json.object().put("content", "Blue/green, then a canary."));
    var reason = stored("store", memory("Deploy reason", "demo/ops"));
    var ends = Json.object().put("source_id", rule).put("target_id", reason);
    write("link", "POST", "/links", ends.deepCopy().put("relation", "derived_from"));
    write("unlink", "DELETE", "/links", ends);
    archiveAndRestore(reason);
    bulk();
    consolidate();
    var gone = stored("store", memory("A mistake", "demo/ops"));
    write("delete", "DELETE", at(gone), null);
    receipts.forget(gone);
    governed();
    var letter = Json.object().put("target_agent_id", "ai:bob").put("title", "Hello");
    write("notify", "POST", "/notify", letter.put("payload", "The demo says hello."));
  }

  private void archiveAndRestore(String id) {
    var archived = Json.object().put("reason", "shown");
    archived.putArray("ids").add(id);
    write("archive", "POST", "/archive", archived);
    write("restore", "POST", "/archive/" + id + "/restore", Json.object());
  }

  private void bulk() {
    var rows = Json.mapper().createArrayNode();
    for (var i = 1; i <= BULK; i++) rows.add(memory("Row " + i, "demo/bulk"));
    write("bulk of " + BULK, "POST", "/memories/bulk", rows);
  }

  private void consolidate() {
    var first = stored("store", memory("First half", "demo/ops"));
    var second = stored("store", memory("Second half", "demo/ops"));
    var whole = Json.object().put("title", "The whole").put("summary", "Both halves in one.");
    whole.put("namespace", "demo/ops").putArray("ids").add(first).add(second);
    stored("consolidate", "/consolidate", whole);
    receipts.forget(first);
    receipts.forget(second);
  }

  /// A namespace whose standard holds every store until somebody approves it, elsewhere.
  private void governed() {
    var namespace = "demo/governed";
    var standard = Json.object().put("namespace", namespace);
    standard.putObject("governance").put("write", "approve").put("approver", "human");
    write("standard set", "POST", "/namespaces", standard);
    var held = write("governed store", "POST", "/memories", memory("Held", namespace));
    var pending = held.json().path("pending_id").asString("");
    if (pending.isEmpty()) throw new NodeFailure("a governed store was not held: " + held.text());
    var approved = write("approval", "POST", "/pending/" + pending + "/approve", Json.object());
    receipts.expect(approved.json().path("memory_id").asString(""));
    write("standard cleared", "DELETE", "/namespaces?namespace=demo%2Fgoverned", null);
  }

  private static ObjectNode memory(String title, String namespace) {
    return Json.object()
        .put("title", title)
        .put("content", "What an agent learned, kept on every node.")
        .put("namespace", namespace)
        .put("tier", "long");
  }

  private static String at(String id) {
    return "/memories/" + id;
  }

  private String stored(String lane, ObjectNode memory) {
    return stored(lane, "/memories", memory);
  }

  private String stored(String lane, String path, ObjectNode body) {
    var id = write(lane, "POST", path, body).json().path("id").asString("");
    receipts.expect(id);
    return id;
  }

  /// Writes on the next node. A write that too few nodes hold in time is kept where it is and goes
  /// on, so it is waited for as a client would.
  private Answer write(String lane, String method, String path, @Nullable JsonNode body) {
    var node = mesh.nodes().get(turn++ % mesh.nodes().size()).place();
    var answer =
        mesh.calls()
            .send(node.url(), method, "/api/v1" + path, body, "")
            .orElseThrow(() -> new NodeFailure("%s does not answer".formatted(node.id())));
    var missed = answer.json().path("error").asString("").equals("quorum_not_met");
    if (!answer.ok() && !missed) {
      throw new NodeFailure(
          "%s on %s was answered %d: %s"
              .formatted(lane, node.id(), answer.status(), answer.text()));
    }
    Condition.await(lane + " has reached every node", look::equal);
    if (answer.ok()) receipts.add(answer);
    var holders = String.join(", ", Receipts.holders(answer));
    board.say(
        "  %-24s on %s  answered %d, held by %s"
            .formatted(lane, node.id(), answer.status(), holders));
    return answer;
  }
}
