package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.answered;
import static dev.quorate.acceptance.NodeTest.memory;
import static dev.quorate.acceptance.NodeTest.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.Client;
import dev.quorate.testkit.Mesh;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A write that too few nodes held in time: what its writer is told, and what becomes of it. Node 0
/// of three is alone when it takes the write, and the other two come back afterwards.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MissedQuorumTest {
  @TempDir Path folder;
  private Mesh mesh;
  private Client client;

  @BeforeEach
  void start() {
    mesh = Mesh.of(folder, 3).inThisProcess(usual -> usual).make();
    mesh.start();
    mesh.awaitConnected();
    client = mesh.node(0).client();
  }

  @AfterEach
  void end() {
    mesh.close();
  }

  private void alone() {
    mesh.awaitConverged();
    mesh.node(1).stop();
    mesh.node(2).stop();
  }

  private static String stored(Answer answer) {
    return answered(201, answer).get("id").asString();
  }

  private static JsonNode missed(Answer answer) {
    var json = answered(503, answer);
    assertThat(json.get("error").asString()).isEqualTo("quorum_not_met");
    assertThat(json.get("got").asInt()).isEqualTo(1);
    assertThat(json.get("needed").asInt()).isEqualTo(2);
    assertThat(json.get("peers")).hasSize(2);
    assertThat(answer.header("Retry-After")).contains("2");
    return json;
  }

  private int found(int node, String id) {
    return mesh.node(node).client().get(MEMORIES + "/" + id).status();
  }

  @Test
  void aMissNamesWhoWasNotReachedAndWhatWasKept() {
    alone();
    var answer = client.post(MEMORIES, memory("T", "c"));
    var json = missed(answer);
    assertThat(json.get("reason").asString()).isEqualTo("unreachable");
    assertThat(json.get("durability").asString()).isEqualTo("local");
    var id = json.get("id").asString();
    assertThat(found(0, id)).isEqualTo(200);
    var operation = "/api/v1/operations/" + json.get("token").asString();
    assertThat(ok(client.get(operation)).get("quorum_met").asBoolean()).isFalse();
    // Without another word it reaches the others once they are back.
    mesh.start();
    mesh.awaitConverged();
    assertThat(found(1, id)).isEqualTo(200);
    assertThat(found(2, id)).isEqualTo(200);
    Await.until(() -> ok(client.get(operation)).get("quorum_met").asBoolean());
  }

  @Test
  void aConsolidationThatMissedIsCompletedEverywhere() {
    var a = stored(client.post(MEMORIES, memory("A", "c")));
    var b = stored(client.post(MEMORIES, memory("B", "c")));
    alone();
    var plan = Json.object().put("title", "Both").put("summary", "all");
    plan.putArray("ids").add(a).add(b);
    var made = missed(client.post("/api/v1/consolidate", plan)).get("id").asString();
    mesh.start();
    mesh.awaitConverged();
    for (var node = 0; node < 3; node++) {
      assertThat(found(node, a)).isEqualTo(404);
      assertThat(found(node, b)).isEqualTo(404);
      assertThat(found(node, made)).isEqualTo(200);
    }
  }

  @Test
  void aRetryUnderAnIdempotencyKeyIsAnsweredWithWhatIsTrueThen() {
    alone();
    var key = new String[] {"Idempotency-Key", "one"};
    missed(client.post(MEMORIES, memory("T", "c"), key));
    mesh.start();
    mesh.awaitConverged();
    var answer = client.post(MEMORIES, memory("T", "c"), key);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    assertThat(answer.header("Idempotency-Replayed")).contains("true");
    assertThat(answer.json().get("quorum_acks").asInt()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void rowsOfABulkThatNobodyElseHasAreToldAndFollow() {
    alone();
    var rows = Json.object().putArray("rows").add(memory("A", "c")).add(memory("B", "c"));
    var json = ok(client.post(MEMORIES + "/bulk", rows));
    assertThat(json.get("created").asInt()).isEqualTo(2);
    assertThat(json.get("errors")).hasSize(2);
    assertThat(json.get("lacking")).hasSize(2);
    mesh.start();
    mesh.awaitConverged();
    assertThat(ok(mesh.node(2).client().get(MEMORIES)).get("count").asInt()).isEqualTo(2);
  }
}
