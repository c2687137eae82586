package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.settings.QuotaSettings;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.Client;
import dev.quorate.testkit.Fault;
import dev.quorate.testkit.Mesh;
import dev.quorate.testkit.TestNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What an agent may store, and how it is refused.
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuotaTest extends NodeTest {
  private static final String STATUS = "/api/v1/quota/status";

  private void limit(QuotaSettings quota) {
    node.close();
    node = TestNode.start(data, settings -> settings.withQuota(quota));
    client = node.client();
  }

  private static Answer storeAs(Client at, String agent, String title) {
    return at.post(MEMORIES, memory(title, "words"), "X-Agent-Id", agent);
  }

  private JsonNode status(String agent) {
    return ok(client.post(STATUS, Json.object().put("agent_id", agent)));
  }

  @Test
  void withoutAQuotaNothingIsRefusedAndTheStatusStillTells() {
    answered(201, storeAs(client, "ai:ann", "A"));
    var status = status("ai:ann");
    assertThat(status.get("max_memories_per_day").asInt()).isZero();
    assertThat(status.get("current_memories_today").asInt()).isEqualTo(1);
    assertThat(status.get("current_storage_bytes").asInt()).isPositive();
    var quota = ok(client.get("/api/v1/capabilities")).get("quota");
    assertThat(quota.get("enabled").asBoolean()).isFalse();
  }

  @Test
  void whoHasUsedUpItsQuotaIsToldWhichAndUntilWhen() {
    limit(new QuotaSettings(2, 0, 0));
    answered(201, storeAs(client, "ai:ann", "A"));
    answered(201, storeAs(client, "ai:ann", "B"));
    var before = Instant.now();
    var answer = storeAs(client, "ai:ann", "C");
    var refusal = refused(429, answer, "'ai:ann'", "at most 2");
    assertThat(refusal.get("code").asString()).isEqualTo("QUOTA_EXCEEDED");
    assertThat(refusal.get("limit").asString()).isEqualTo("memories_per_day");
    assertThat(refusal.get("current").asInt()).isEqualTo(2);
    assertThat(refusal.get("max").asInt()).isEqualTo(2);
    assertThat(refusal.get("agent_id").asString()).isEqualTo("ai:ann");
    assertThat(answer.header("x-quota-limit")).contains("memories_per_day");
    var reset = Instant.parse(answer.header("x-quota-reset-at").orElseThrow());
    assertThat(reset).isAfter(before).isBefore(before.plus(Duration.ofDays(1).plusSeconds(1)));
    assertThat(reset.getEpochSecond() % 86_400).isZero();
    var wait = Long.parseLong(answer.header("Retry-After").orElseThrow());
    assertThat(wait).isBetween(1L, 86_400L);
    // Nothing of it was kept, and others are not affected.
    assertThat(ok(client.get("/api/v1/stats")).get("total").asInt()).isEqualTo(2);
    answered(201, storeAs(client, "ai:bob", "C"));
    // Nobody in particular has no quota to use up.
    for (var i = 0; i < 4; i++) store("T" + i, "words");
    var status = status("ai:ann");
    assertThat(status.get("max_memories_per_day").asInt()).isEqualTo(2);
    assertThat(status.get("current_memories_today").asInt()).isEqualTo(2);
    assertThat(status.get("day_started_at").asString()).contains("T00:00:00.000000000+00:00");
    var all = ok(client.post(STATUS, Json.object()));
    assertThat(all.get("count").asInt()).isEqualTo(all.get("quotas").size()).isEqualTo(6);
    var quota = ok(client.get("/api/v1/capabilities")).get("quota");
    assertThat(quota.get("enabled").asBoolean()).isTrue();
    assertThat(quota.get("max_memories_per_day").asInt()).isEqualTo(2);
  }

  @Test
  void theCountOutlivesTheNode() {
    limit(new QuotaSettings(1, 0, 0));
    answered(201, storeAs(client, "ai:ann", "A"));
    limit(new QuotaSettings(1, 0, 0));
    refused(429, storeAs(client, "ai:ann", "B"));
    var again = client.post(MEMORIES, memory("A", "words"), "X-Agent-Id", "ai:ann");
    assertThat(again.status()).isEqualTo(409);
  }

  @Test
  void bulkAndEditsAreNotHeldToIt() {
    limit(new QuotaSettings(1, 30, 0));
    var row = memory("A", "words");
    row.putObject("metadata").put("agent_id", "ai:ann");
    var rows = Json.mapper().createArrayNode().add(row).add(row.deepCopy().put("title", "B"));
    assertThat(ok(client.post(MEMORIES + "/bulk", rows)).get("created").asInt()).isEqualTo(2);
    var id = ok(client.get(MEMORIES)).get("memories").get(0).get("id").asString();
    ok(client.put(MEMORIES + "/" + id, Json.object().put("content", "many more words")));
    refused(429, storeAs(client, "ai:ann", "C"));
  }

  @Test
  void storageIsThatOfLiveMemories() {
    limit(new QuotaSettings(0, 100, 0));
    var id = answered(201, storeAs(client, "ai:ann", "A")).get("id").asString();
    var large = memory("B", "x".repeat(100));
    var refusal = refused(429, client.post(MEMORIES, large, "X-Agent-Id", "ai:ann"));
    assertThat(refusal.get("limit").asString()).isEqualTo("storage_bytes");
    var small = memory("B", "x".repeat(60));
    refused(429, client.post(MEMORIES, small, "X-Agent-Id", "ai:ann"));
    ok(client.delete(MEMORIES + "/" + id));
    answered(201, client.post(MEMORIES, small, "X-Agent-Id", "ai:ann"));
  }

  @Test
  void linksAreCountedForWhoMakesThem() {
    limit(new QuotaSettings(0, 0, 1));
    var a = store("A", "words");
    var b = store("B", "words");
    var c = store("C", "words");
    var first = Json.object().put("source_id", a).put("target_id", b);
    var second = Json.object().put("source_id", a).put("target_id", c);
    answered(201, client.post("/api/v1/links", first, "X-Agent-Id", "ai:ann"));
    var refusal = refused(429, client.post("/api/v1/links", second, "X-Agent-Id", "ai:ann"));
    assertThat(refusal.get("limit").asString()).isEqualTo("links_per_day");
    assertThat(ok(client.get("/api/v1/links/" + a)).get("links")).hasSize(1);
    answered(201, client.post("/api/v1/links", first, "X-Agent-Id", "ai:ann"));
    answered(201, client.post("/api/v1/links", second, "X-Agent-Id", "ai:bob"));
    assertThat(status("ai:ann").get("current_links_today").asInt()).isEqualTo(1);
    var rows = ok(client.post("/api/v1/kg/query", Json.object().put("source_id", a)));
    assertThat(rows.get("memories").get(0).get("observed_by").asString()).isEqualTo("ai:ann");
  }

  @Test
  void whatWasStoredElsewhereCountsAndIsNeverRefused(@TempDir Path folder) {
    try (var mesh =
        Mesh.of(folder, 2)
            .withProxies()
            .writeQuorum(1)
            .inThisProcess(usual -> usual.withQuota(new QuotaSettings(2, 0, 0)))
            .make()) {
      mesh.start();
      mesh.awaitConnected();
      mesh.isolate(1, new Fault.Cut());
      for (var at = 0; at < 2; at++) {
        for (var title : new String[] {"A", "B"}) {
          answered(201, storeAs(mesh.node(at).client(), "ai:ann", title + at));
        }
      }
      mesh.heal();
      mesh.awaitConverged();
      for (var member : mesh.nodes()) {
        assertThat(ok(member.client().get("/api/v1/stats")).get("total").asInt()).isEqualTo(4);
        var refusal = refused(429, storeAs(member.client(), "ai:ann", "C"));
        assertThat(refusal.get("current").asInt()).isEqualTo(4);
      }
    }
  }
}
