package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.answered;
import static dev.quorate.acceptance.NodeTest.memory;
import static dev.quorate.acceptance.NodeTest.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.acceptance.FakePeer.Reply;
import dev.quorate.json.Json;
import dev.quorate.settings.FederationSettings;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.Client;
import dev.quorate.testkit.TestNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// A write that missed its quorum is driven on by sending the same request again. The one peer asks
/// to be left alone for longer than the test lasts, so that nothing but the retry can move the
/// write.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DrivenOnTest {
  private static final String ARCHIVE = "/api/v1/archive";

  @TempDir Path folder;
  private FakePeer peer;
  private TestNode node;
  private Client client;

  @BeforeEach
  void start() {
    var data = folder.resolve("node");
    peer = new FakePeer(folder, "peer").knownTo(data);
    var federation = FederationSettings.DEFAULT.withPeers(List.of(peer.replica()));
    assertThat(federation.writeQuorum()).isEqualTo(2);
    node = TestNode.start(data, usual -> usual.withFederation(federation));
    client = node.client();
  }

  @AfterEach
  void end() {
    node.close();
    peer.close();
  }

  /// Misses while the peer refuses, and is sent again when it would take it.
  private Answer drivenOn(Supplier<Answer> request) {
    peer.answering(_ -> new Reply(429, "{\"error\":\"QUOTA_EXCEEDED\"}", "Retry-After", "600"));
    var missed = answered(503, request.get());
    assertThat(missed.get("error").asString()).isEqualTo("quorum_not_met");
    assertThat(missed.get("reason").asString()).isEqualTo("refused");
    peer.answering(_ -> Reply.HELD);
    return request.get();
  }

  private String stored() {
    return answered(201, client.post(MEMORIES, memory("T", "c"))).get("id").asString();
  }

  @Test
  void aStoreIsDrivenOnUnderItsId() {
    var made = answered(201, drivenOn(() -> storeAs("ai:ann", "c")));
    assertThat(ok(client.get(MEMORIES)).get("count").asInt()).isOne();
    assertThat(peer.items("memories")).hasSize(1);
    assertThat(peer.items("memories").getFirst().get("id")).isEqualTo(made.get("id"));
    // From then on the title is taken as ever.
    assertThat(storeAs("ai:ann", "c").status()).isEqualTo(409);
  }

  @Test
  void whatAnotherAgentStoresOrWhatSaysSomethingElseIsNoRetry() {
    peer.answering(_ -> new Reply(429, "{}", "Retry-After", "600"));
    answered(503, storeAs("ai:ann", "c"));
    peer.answering(_ -> Reply.HELD);
    assertThat(storeAs("ai:bob", "c").status()).isEqualTo(409);
    assertThat(storeAs("ai:ann", "d").status()).isEqualTo(409);
    assertThat(peer.items("memories")).isEmpty();
  }

  private Answer storeAs(String agent, String content) {
    return client.post(MEMORIES, memory("T", content), "X-Agent-Id", agent);
  }

  @Test
  void aDeleteIsDrivenOn() {
    var id = stored();
    ok(drivenOn(() -> client.delete(MEMORIES + "/" + id)));
    assertThat(peer.items("deletions").toString()).contains(id);
    assertThat(client.delete(MEMORIES + "/" + id).status()).isEqualTo(404);
  }

  @Test
  void anArchiveIsDrivenOn() {
    var id = stored();
    var ids = Json.object();
    ids.putArray("ids").add(id);
    var json = ok(drivenOn(() -> client.post(ARCHIVE, ids)));
    assertThat(json.get("archived").toString()).contains(id);
    assertThat(json.get("missing")).isEmpty();
    assertThat(peer.items("archives").toString()).contains(id);
    assertThat(ok(client.post(ARCHIVE, ids)).get("missing").toString()).contains(id);
  }

  private String held() {
    return held("{\"write\":\"approve\"}");
  }

  private String held(String governance) {
    var policy = "{\"namespace\":\"n\",\"governance\":%s}".formatted(governance);
    answered(201, client.post("/api/v1/namespaces", policy));
    var held = client.post(MEMORIES, memory("Held", "c").put("namespace", "n"));
    return answered(202, held).get("pending_id").asString();
  }

  private Answer decide(String pendingId, String decision, String agent) {
    var path = "/api/v1/pending/" + pendingId + "/" + decision;
    return client.send("POST", path, null, "X-Agent-Id", agent);
  }

  @Test
  void anApprovalIsDrivenOn() {
    var pendingId = held();
    var done = ok(drivenOn(() -> decide(pendingId, "approve", "ai:bob")));
    assertThat(done.get("approved").asBoolean()).isTrue();
    assertThat(done.get("executed").asBoolean()).isTrue();
    assertThat(peer.items("pending_decisions")).hasSize(1);
    assertThat(peer.titles()).contains("Held");
    assertThat(decide(pendingId, "approve", "ai:bob").status()).isEqualTo(403);
    assertThat(decide(pendingId, "approve", "ai:cy").status()).isEqualTo(403);
  }

  @Test
  void aRejectionIsDrivenOn() {
    var pendingId = held();
    var done = ok(drivenOn(() -> decide(pendingId, "reject", "ai:bob")));
    assertThat(done.get("rejected").asBoolean()).isTrue();
    assertThat(peer.items("pending_decisions")).hasSize(1);
    assertThat(decide(pendingId, "reject", "ai:bob").status()).isEqualTo(404);
  }

  @Test
  void aRejectionByANameInUpperCaseIsDrivenOnWhereCaseDoesNotCount() {
    var pendingId = held("{\"write\":\"approve\",\"approver\":{\"consensus\":2}}");
    var done = ok(drivenOn(() -> decide(pendingId, "reject", "AI:Bob")));
    assertThat(done.get("rejected").asBoolean()).isTrue();
    assertThat(peer.items("pending_decisions")).hasSize(1);
    assertThat(decide(pendingId, "reject", "ai:cy").status()).isEqualTo(404);
  }

  @Test
  void aConsolidationIsDrivenOnUnderItsId() {
    var body = Json.object().put("title", "Both").put("namespace", "n");
    var ids = body.putArray("ids");
    for (var title : List.of("A", "B")) {
      var one = client.post(MEMORIES, memory(title, "words of " + title));
      ids.add(answered(201, one).get("id").asString());
    }
    var made = answered(201, drivenOn(() -> consolidate(body)));
    assertThat(peer.titles()).contains("Both");
    assertThat(peer.items("memories").getLast().get("id")).isEqualTo(made.get("id"));
    assertThat(consolidate(body).status()).isEqualTo(404);
  }

  private Answer consolidate(ObjectNode body) {
    return client.post("/api/v1/consolidate", body, "X-Agent-Id", "ai:ann");
  }

  @Test
  void aRestoreIsDrivenOn() {
    var id = stored();
    var ids = Json.object();
    ids.putArray("ids").add(id);
    ok(client.post(ARCHIVE, ids));
    ok(drivenOn(() -> client.send("POST", ARCHIVE + "/" + id + "/restore", null)));
    assertThat(peer.items("restores").toString()).contains(id);
  }
}
