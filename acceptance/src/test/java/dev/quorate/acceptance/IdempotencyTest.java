package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.TestNode;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// A retry with the same key does nothing twice.
class IdempotencyTest extends NodeTest {
  private static final String KEY = "Idempotency-Key";
  private static final int REQUESTS = 16;

  @Test
  void theSameRequestIsAnsweredTheSameAndDoneOnce() {
    var first = answered(201, client.post(MEMORIES, memory("A", "x"), KEY, "k1"));
    var retry = client.post(MEMORIES, memory("A", "x"), KEY, "k1");
    assertThat(answered(201, retry).get("id")).isEqualTo(first.get("id"));
    assertThat(retry.header("Idempotency-Replayed")).contains("true");
    assertThat(retry.json().get("quorum_acks").asInt()).isEqualTo(1);
    assertThat(ok(client.get(MEMORIES)).get("count").asInt()).isEqualTo(1);
  }

  @Test
  void anotherBodyUnderTheSameKeyIsRefused() {
    answered(201, client.post(MEMORIES, memory("A", "x"), KEY, "k1"));
    refused(422, client.post(MEMORIES, memory("B", "x"), KEY, "k1"), "Idempotency-Key");
    refused(422, client.post(MEMORIES + "/bulk", "[]", KEY, "k1"), "Idempotency-Key");
    assertThat(ok(client.get(MEMORIES)).get("count").asInt()).isEqualTo(1);
  }

  @Test
  void aRetryAfterARestartIsStillARetry() {
    var id = answered(201, client.post(MEMORIES, memory("A", "x"), KEY, "k1")).get("id");
    node.close();
    node = TestNode.start(data);
    client = node.client();
    assertThat(answered(201, client.post(MEMORIES, memory("A", "x"), KEY, "k1")).get("id"))
        .isEqualTo(id);
  }

  @Test
  void everyMutationTakesAKey() {
    var a = store("A", "x");
    var b = store("B", "x");
    var link = Json.object().put("from", a).put("to", b);
    answered(201, client.post("/api/v1/links", link, KEY, "link"));
    answered(201, client.post("/api/v1/links", link, KEY, "link"));
    var edit = Json.object().put("content", "y");
    ok(client.put(MEMORIES + "/" + a, edit, KEY, "put"));
    var again = ok(client.put(MEMORIES + "/" + a, edit, KEY, "put"));
    assertThat(again.get("version").asInt()).isEqualTo(2);
    ok(client.delete(MEMORIES + "/" + b, KEY, "delete"));
    assertThat(ok(client.delete(MEMORIES + "/" + b, KEY, "delete")).get("deleted").asBoolean())
        .isTrue();
    var forget = Json.object().put("pattern", "y");
    assertThat(ok(client.post("/api/v1/forget", forget, KEY, "forget")).get("deleted").asInt())
        .isEqualTo(1);
    assertThat(ok(client.post("/api/v1/forget", forget, KEY, "forget")).get("deleted").asInt())
        .isEqualTo(1);
    var ids = Json.object();
    ids.putArray("ids").add(a);
    refused(404, client.post("/api/v1/archive/zz/restore", "", KEY, "restore"));
    ok(client.post("/api/v1/archive/" + a + "/restore", "", KEY, "restore2"));
    ok(client.post("/api/v1/archive/" + a + "/restore", "", KEY, "restore2"));
    assertThat(ok(client.post("/api/v1/archive", ids, KEY, "archive")).get("count").asInt())
        .isEqualTo(1);
    assertThat(ok(client.post("/api/v1/archive", ids, KEY, "archive")).get("count").asInt())
        .isEqualTo(1);
  }

  @Test
  void aRetryDoesNotBringBackWhatWasDeleted() {
    var id = answered(201, client.post(MEMORIES, memory("Secret", "x"), KEY, "k1")).get("id");
    ok(client.delete(MEMORIES + "/" + id.asString()));
    refused(409, client.post(MEMORIES, memory("Secret", "x"), KEY, "k1"), "deleted");
    assertThat(ok(client.get(MEMORIES)).get("count").asInt()).isZero();
  }

  @Test
  void ofManyRequestsAtOnceUnderOneKeyOneIsCarriedOut() throws Exception {
    for (var i = 0; i < REQUESTS; i++) store("Memory " + i, "word" + i);
    var answers = new ArrayList<Future<Answer>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var together = new CountDownLatch(REQUESTS);
      for (var i = 0; i < REQUESTS; i++) {
        var forget = Json.object().put("pattern", "word" + i);
        answers.add(
            threads.submit(() -> {
              together.countDown();
              together.await();
              return client.post("/api/v1/forget", forget, KEY, "forget");
            }));
      }
    }
    var done = 0;
    for (var answer : answers) {
      if (answer.get().status() == 200) done++;
      else refused(422, answer.get(), "Idempotency-Key");
    }
    assertThat(done).isEqualTo(1);
    assertThat(ok(client.get(MEMORIES + "?limit=100")).get("count").asInt())
        .isEqualTo(REQUESTS - 1);
  }

  @Test
  void aKeyThatIsNoKeyIsRefused() {
    refused(400, client.post(MEMORIES, memory("A", "x"), KEY, "k".repeat(256)), "1..255");
    refused(400, client.post(MEMORIES, memory("A", "x"), KEY, "a b"), "printable");
    assertThat(ok(client.get(MEMORIES)).get("count").asInt()).isZero();
  }
}
