package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.governance.Mode;
import dev.quorate.json.Json;
import dev.quorate.settings.GovernanceSettings;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.TestNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Policies of namespaces, and actions that await approval.
class GovernanceTest extends NodeTest {
  private static final String PENDING = "/api/v1/pending";

  private void govern(String namespace, String policy) {
    var body = "{\"namespace\":\"%s\",\"governance\":%s}".formatted(namespace, policy);
    answered(201, client.post("/api/v1/namespaces", body));
  }

  private void register(String agent) {
    var body = "{\"agent_id\":\"%s\",\"agent_type\":\"human\"}".formatted(agent);
    answered(201, client.post("/api/v1/agents", body));
  }

  private Answer storeAs(String agent, String title, String namespace) {
    return client.post(
        MEMORIES, memory(title, "words").put("namespace", namespace), "X-Agent-Id", agent);
  }

  private Answer send(String method, String path, String agent) {
    return client.send(method, path, null, "X-Agent-Id", agent);
  }

  private Answer decide(String pendingId, String word, String agent) {
    return send("POST", PENDING + "/" + pendingId + "/" + word, agent);
  }

  /// The pending action that a request is answered with.
  private static String heldId(Answer answer, String action) {
    var json = answered(202, answer);
    assertThat(json.get("status").asString()).isEqualTo("pending");
    assertThat(json.get("action").asString()).isEqualTo(action);
    assertThat(json.get("reason").asString()).isEqualTo("governance requires approval");
    return json.get("pending_id").asString();
  }

  private JsonNode row(String pendingId) {
    for (var row : ok(client.get(PENDING)).get("pending")) {
      if (row.get("id").asString().equals(pendingId)) return row;
    }
    throw new AssertionError("no pending action " + pendingId);
  }

  @Test
  void withoutAPolicyEverythingIsAllowed() {
    var id = store("T", "c");
    ok(client.send("POST", MEMORIES + "/" + id + "/promote", null));
    ok(client.delete(MEMORIES + "/" + id));
  }

  @Test
  void onlyRegisteredAgentsWriteWhereThePolicySaysSo() {
    govern("ops", "{\"write\":\"registered\",\"delete\":\"any\"}");
    refused(403, storeAs("ai:ann", "T", "ops/web"), "store denied by governance: ", "ai:ann");
    assertThat(ok(client.get(MEMORIES + "?namespace=ops/web")).get("count").asInt()).isZero();
    register("ai:ann");
    answered(201, storeAs("ai:ann", "T", "ops/web"));
    refused(403, client.post(MEMORIES, memory("U", "c").put("namespace", "ops")), "anonymous:req-");
    answered(201, storeAs("ai:nobody", "T", "elsewhere"));
  }

  @Test
  void onlyTheOwnerDeletesByDefaultAndPromotesWhereThePolicySaysSo() {
    govern("n", "{\"write\":\"any\",\"promote\":\"owner\"}");
    var id = answered(201, storeAs("ai:ann", "T", "n")).get("id").asString();
    var path = MEMORIES + "/" + id;
    refused(403, send("DELETE", path, "ai:bob"), "delete denied by governance: ", "'ai:ann'");
    refused(403, client.delete(path), "delete denied by governance: ");
    refused(403, send("POST", path + "/promote", "ai:bob"), "promote denied by governance: ");
    ok(send("POST", path + "/promote", "ai:ann"));
    ok(send("DELETE", path, "ai:ann"));
  }

  @Test
  void theOwnerOfANamespaceIsWhoWroteItsStandard() {
    var standard = memory("Rules", "c").put("namespace", "n");
    var id = answered(201, client.post(MEMORIES, standard, "X-Agent-Id", "ai:ann")).get("id");
    var body = "{\"namespace\":\"n\",\"id\":%s,\"governance\":{\"write\":\"owner\"}}".formatted(id);
    answered(201, client.post("/api/v1/namespaces", body));
    answered(201, storeAs("ai:ann", "T", "n"));
    refused(403, storeAs("ai:bob", "U", "n"), "'ai:ann'", "'ai:bob'");
  }

  @Test
  void theNearestPolicyRulesAloneAndEverywhereIsTheLastResort() {
    govern("*", "{\"write\":\"owner\"}");
    refused(403, storeAs("ai:ann", "T", "a/b"), "denied");
    govern("a", "{\"write\":\"any\"}");
    answered(201, storeAs("ai:ann", "T", "a/b"));
    refused(403, storeAs("ai:ann", "T", "c"), "denied");
  }

  @Test
  void aPolicyHoldsWhileItsStandardIsLive() {
    govern("n", "{\"write\":\"owner\"}");
    refused(403, storeAs("ai:ann", "T", "n"), "denied");
    ok(client.delete("/api/v1/namespaces?namespace=n"));
    answered(201, storeAs("ai:ann", "T", "n"));
  }

  @Test
  void aStoreThatIsApprovedIsStoredAsItWasRequested() {
    govern("n", "{\"write\":\"approve\"}");
    var memory = memory("Rule", "words").put("namespace", "n").put("tier", "short");
    var answer = client.post(MEMORIES, memory, "X-Agent-Id", "ai:ann");
    var pendingId = heldId(answer, "store");
    assertThat(answer.json().get("namespace").asString()).isEqualTo("n");
    assertThat(ok(client.get("/api/v1/search?q=words")).get("count").asInt()).isZero();
    var before = row(pendingId);
    assertThat(before.get("status").asString()).isEqualTo("pending");
    assertThat(before.get("action_type").asString()).isEqualTo("store");
    assertThat(before.get("memory_id").isNull()).isTrue();
    assertThat(before.get("requested_by").asString()).isEqualTo("ai:ann");
    assertThat(before.get("payload").get("content").asString()).isEqualTo("words");
    assertThat(before.get("approvals")).isEmpty();
    var done = ok(decide(pendingId, "approve", "ai:bob"));
    assertThat(done.get("approved").asBoolean()).isTrue();
    assertThat(done.get("id").asString()).isEqualTo(pendingId);
    assertThat(done.get("decided_by").asString()).isEqualTo("ai:bob");
    assertThat(done.get("executed").asBoolean()).isTrue();
    assertThat(done.has("token")).isTrue();
    var id = done.get("memory_id").asString();
    var stored = memoryOf(client.get(MEMORIES + "/" + id));
    assertThat(stored.get("title").asString()).isEqualTo("Rule");
    assertThat(stored.get("metadata").get("agent_id").asString()).isEqualTo("ai:ann");
    var after = row(pendingId);
    assertThat(after.get("status").asString()).isEqualTo("approved");
    assertThat(after.get("decided_by").asString()).isEqualTo("ai:bob");
    assertThat(after.get("memory_id").asString()).isEqualTo(id);
    assertThat(after.get("approvals").get(0).get("agent_id").asString()).isEqualTo("ai:bob");
    assertThat(stored.get("updated_at")).isEqualTo(after.get("decided_at"));
    var life =
        Duration.between(
            OffsetDateTime.parse(after.get("decided_at").asString()),
            OffsetDateTime.parse(stored.get("expires_at").asString()));
    assertThat(life).isBetween(Duration.ofHours(6).minusSeconds(1), Duration.ofHours(6));
    refused(403, decide(pendingId, "approve", "ai:cy"), "approve rejected: ", "already approved");
    refused(404, decide(pendingId, "reject", "ai:cy"), "not found or already decided");
  }

  @Test
  void aDeleteAndAPromotionAreDoneOnceTheyAreApproved() {
    var id = answered(201, storeAs("ai:ann", "T", "n")).get("id").asString();
    var path = MEMORIES + "/" + id;
    govern("n", "{\"write\":\"any\",\"delete\":\"approve\",\"promote\":\"approve\"}");
    // Also of the owner.
    var promotion = send("POST", path + "/promote", "ai:ann");
    var promotionId = heldId(promotion, "promote");
    assertThat(promotion.json().get("memory_id").asString()).isEqualTo(id);
    assertThat(memoryOf(client.get(path)).get("tier").asString()).isEqualTo("mid");
    assertThat(ok(decide(promotionId, "approve", "ai:bob")).get("memory_id").asString())
        .isEqualTo(id);
    var promoted = memoryOf(client.get(path));
    assertThat(promoted.get("tier").asString()).isEqualTo("long");
    assertThat(promoted.has("expires_at")).isFalse();
    var deletion = send("DELETE", path, "ai:ann");
    var deletionId = heldId(deletion, "delete");
    assertThat(deletion.json().get("memory_id").asString()).isEqualTo(id);
    ok(client.get(path));
    assertThat(ok(decide(deletionId, "approve", "ai:bob")).get("executed").asBoolean()).isTrue();
    refused(404, client.get(path));
  }

  @Test
  void aPromotionOfWhatWasDeletedInBetweenDoesNothingAndSaysSo() {
    var id = answered(201, storeAs("ai:ann", "T", "n")).get("id").asString();
    govern("n", "{\"write\":\"any\",\"delete\":\"any\",\"promote\":\"approve\"}");
    var pendingId = heldId(send("POST", MEMORIES + "/" + id + "/promote", "ai:ann"), "promote");
    ok(client.delete(MEMORIES + "/" + id));
    assertThat(ok(decide(pendingId, "approve", "ai:bob")).get("executed").asBoolean()).isFalse();
    refused(404, client.get(MEMORIES + "/" + id));
  }

  @Test
  void aRejectedActionIsNotDone() {
    govern("n", "{\"write\":\"approve\"}");
    var pendingId = heldId(storeAs("ai:ann", "T", "n"), "store");
    assertThat(ok(decide(pendingId, "reject", "ai:bob")).get("rejected").asBoolean()).isTrue();
    refused(403, decide(pendingId, "approve", "ai:cy"), "already rejected");
    refused(404, decide(pendingId, "reject", "ai:cy"), "already decided");
    var row = row(pendingId);
    assertThat(row.get("status").asString()).isEqualTo("rejected");
    assertThat(row.get("decided_by").asString()).isEqualTo("ai:bob");
    assertThat(row.get("rejections").get(0).get("overruled").asBoolean()).isFalse();
    assertThat(ok(client.get(MEMORIES + "?namespace=n")).get("count").asInt()).isEqualTo(1);
  }

  @Test
  void onlyTheAgentThatIsNamedApproves() {
    govern("n", "{\"write\":\"approve\",\"approver\":{\"agent\":\"ai:bob\"}}");
    var pendingId = heldId(storeAs("ai:ann", "T", "n"), "store");
    refused(403, decide(pendingId, "approve", "ai:ann"), "approve rejected: ", "'ai:bob'");
    // The rule stands in the action: another policy changes nothing for it.
    govern("n", "{\"approver\":{\"agent\":\"ai:ann\"}}");
    refused(403, decide(pendingId, "approve", "ai:ann"), "approve rejected: ");
    ok(decide(pendingId, "approve", "ai:bob"));
  }

  @Test
  void aConsensusCountsEachRegisteredVoterOnce() {
    govern("n", "{\"write\":\"approve\",\"approver\":{\"consensus\":2}}");
    var pendingId = heldId(storeAs("ai:ann", "T", "n"), "store");
    refused(403, decide(pendingId, "approve", "ai:bob"), "approve rejected: ", "registered");
    register("ai:bob");
    register("ai:cy");
    for (var voter : new String[] {"ai:bob", "ai:bob", "AI:Bob"}) {
      var counted = answered(202, decide(pendingId, "approve", voter));
      assertThat(counted.get("approved").asBoolean()).isFalse();
      assertThat(counted.get("status").asString()).isEqualTo("pending");
      assertThat(counted.get("votes").asInt()).isEqualTo(1);
      assertThat(counted.get("quorum").asInt()).isEqualTo(2);
    }
    assertThat(ok(decide(pendingId, "approve", "ai:cy")).get("executed").asBoolean()).isTrue();
    assertThat(row(pendingId).get("approvals")).hasSize(2);
  }

  @Test
  void bothDecisionsCanBeMadeByOneRoute() {
    govern("n", "{\"write\":\"approve\"}");
    var one = heldId(storeAs("ai:ann", "T", "n"), "store");
    var other = heldId(storeAs("ai:ann", "U", "n"), "store");
    var path = "/api/v1/approvals/";
    var approve = Json.object().put("decision", "approve");
    var done = ok(client.post(path + one, approve, "X-Agent-Id", "ai:bob"));
    assertThat(done.get("executed").asBoolean()).isTrue();
    assertThat(done.get("remember").asString()).isEqualTo("once");
    refused(400, client.post(path + other, approve.put("remember", "forever")), "remember");
    var denied = ok(client.post(path + other, Json.object().put("decision", "deny")));
    assertThat(denied.get("rejected").asBoolean()).isTrue();
  }

  @Test
  void theListIsNewestFirstAndCanBeNarrowed() {
    govern("n", "{\"write\":\"approve\"}");
    govern("m", "{\"write\":\"approve\"}");
    var first = heldId(storeAs("ai:ann", "T", "n"), "store");
    var second = heldId(storeAs("ai:ann", "U", "m"), "store");
    ok(decide(first, "reject", "ai:bob"));
    var all = ok(client.get(PENDING));
    assertThat(all.get("count").asInt()).isEqualTo(2);
    assertThat(all.get("pending").get(0).get("id").asString()).isEqualTo(second);
    assertThat(ok(client.get(PENDING + "?limit=1")).get("pending")).hasSize(1);
    var open = ok(client.get(PENDING + "?status=pending")).get("pending");
    assertThat(open).hasSize(1);
    assertThat(open.get(0).get("id").asString()).isEqualTo(second);
    assertThat(ok(client.get(PENDING + "?namespace=n")).get("count").asInt()).isEqualTo(1);
  }

  @Test
  void aTakenTitleIsRefusedBeforeAnybodyIsAskedAndAMergeBecomesOneMemory() {
    var there = answered(201, storeAs("ai:ann", "T", "n")).get("id").asString();
    govern("n", "{\"write\":\"approve\"}");
    refused(409, storeAs("ai:ann", "T", "n"));
    var merge = memory("T", "new words").put("namespace", "n").put("on_conflict", "merge");
    var pendingId = heldId(client.post(MEMORIES, merge), "store");
    var id = ok(decide(pendingId, "approve", "ai:bob")).get("memory_id").asString();
    for (var one : new String[] {there, id}) {
      var memory = memoryOf(client.get(MEMORIES + "/" + one));
      assertThat(memory.get("id").asString()).isEqualTo(there);
      assertThat(memory.get("content").asString()).isEqualTo("new words");
    }
  }

  @Test
  void aDeleteLeavesNothingOfTheRequest() {
    govern("n", "{\"write\":\"approve\",\"delete\":\"any\"}");
    var pendingId = heldId(storeAs("ai:ann", "T", "n"), "store");
    var id = ok(decide(pendingId, "approve", "ai:bob")).get("memory_id").asString();
    ok(client.delete(MEMORIES + "/" + id));
    assertThat(ok(client.get(PENDING)).get("count").asInt()).isZero();
  }

  @Test
  void aRetryOfAHeldStoreIsTheSameRequest() {
    govern("n", "{\"write\":\"approve\"}");
    var memory = memory("T", "c").put("namespace", "n");
    var first = client.post(MEMORIES, memory, "Idempotency-Key", "k");
    var again = client.post(MEMORIES, memory, "Idempotency-Key", "k");
    assertThat(heldId(again, "store")).isEqualTo(heldId(first, "store"));
    assertThat(ok(client.get(PENDING)).get("count").asInt()).isEqualTo(1);
  }

  @Test
  void whatIsNotGovernedIsNotHeld() {
    govern("n", "{\"write\":\"approve\",\"delete\":\"approve\",\"promote\":\"approve\"}");
    var rows = Json.mapper().createArrayNode().add(memory("T", "c").put("namespace", "n"));
    assertThat(ok(client.post(MEMORIES + "/bulk", rows)).get("created").asInt()).isEqualTo(1);
    var id = ok(client.get(MEMORIES + "?namespace=n")).get("memories").get(0).get("id").asString();
    ok(client.put(MEMORIES + "/" + id, Json.object().put("content", "other")));
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"ADVISORY", "OFF"})
  void aNodeThatDoesNotEnforceLetsEverythingPass(Mode mode, @TempDir Path elsewhere) {
    node.close();
    node =
        TestNode.start(
            elsewhere, settings -> settings.withGovernance(new GovernanceSettings(mode)));
    client = node.client();
    govern("n", "{\"write\":\"owner\",\"delete\":\"approve\"}");
    var id = answered(201, storeAs("ai:ann", "T", "n")).get("id").asString();
    ok(client.delete(MEMORIES + "/" + id));
  }

  @Test
  void pendingActionsOutliveTheNode() {
    govern("n", "{\"write\":\"approve\"}");
    var pendingId = heldId(storeAs("ai:ann", "T", "n"), "store");
    node.close();
    node = TestNode.start(data);
    client = node.client();
    var id = ok(decide(pendingId, "approve", "ai:bob")).get("memory_id").asString();
    ok(client.get(MEMORIES + "/" + id));
  }
}
