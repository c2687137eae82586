package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/// Storing, reading and revising memories.
class MemoriesTest extends NodeTest {
  @Test
  void aStoredMemoryIsReadBackAsItWasStored() {
    var sent =
        memory("Deploy rule", "Use blue/green — 日本語 العربية 👩‍🚀 e\u0301")
            .put("namespace", "ops/web");
    sent.put("priority", 8).put("confidence", 0.25).put("tier", "long").put("scope", "team");
    sent.putArray("tags").add("deploy").add("x y");
    sent.putObject("metadata").put("topic", "deploy").putObject("nested").put("n", 1.5);
    var created = answered(201, client.post(MEMORIES, sent, "X-Agent-Id", "ai:alice"));
    assertThat(created.get("agent_id").asString()).isEqualTo("ai:alice");
    assertThat(created.get("quorum_acks").asInt()).isEqualTo(1);
    assertThat(created.get("quorum").get("nodes").get(0).asString()).isEqualTo(node.id());
    var memory = memoryOf(client.get(MEMORIES + "/" + created.get("id").asString()));
    for (var name : sent.propertyNames()) {
      if (name.equals("metadata") || name.equals("scope")) continue;
      assertThat(memory.get(name).toString()).as(name).isEqualTo(sent.get(name).toString());
    }
    assertThat(memory.get("metadata").get("scope").asString()).isEqualTo("team");
    assertThat(memory.get("metadata").get("nested").get("n").asDouble()).isEqualTo(1.5);
    assertThat(memory.get("metadata").get("agent_id").asString()).isEqualTo("ai:alice");
    assertThat(memory.get("version").asInt()).isEqualTo(1);
    assertThat(memory.get("memory_kind").asString()).isEqualTo("observation");
    assertThat(memory.has("expires_at")).isFalse();
    assertThat(memory.get("updated_at").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}\\+00:00");
  }

  @Test
  void aTakenTitleIsAConflictUnlessThePolicySaysOtherwise() {
    var id = store("Rule", "first");
    var conflict = answered(409, client.post(MEMORIES, memory("Rule", "second")));
    assertThat(conflict.get("code").asString()).isEqualTo("CONFLICT");
    assertThat(conflict.get("existing_id").asString()).isEqualTo(id);

    var merge = memory("Rule", "third").put("on_conflict", "merge").put("priority", 2);
    assertThat(answered(201, client.post(MEMORIES, merge)).get("id").asString()).isEqualTo(id);
    var merged = memoryOf(client.get(MEMORIES + "/" + id));
    assertThat(merged.get("content").asString()).isEqualTo("third");
    assertThat(merged.get("priority").asInt()).as("a merge keeps the maximum").isEqualTo(5);
    assertThat(merged.get("version").asInt()).isEqualTo(2);

    var version = memory("Rule", "fourth").put("on_conflict", "version");
    var numbered = answered(201, client.post(MEMORIES, version));
    assertThat(numbered.get("title").asString()).isEqualTo("Rule (2)");
    assertThat(numbered.get("id").asString()).isNotEqualTo(id);
  }

  @Test
  void anIdIsFoundByAUniquePrefixOnly() {
    var ids = new ArrayList<String>();
    for (var i = 0; i < 40; i++) ids.add(store("Memory " + i, "content"));
    var id = ids.getFirst();
    assertThat(memoryOf(client.get(MEMORIES + "/" + id.substring(0, 20))).get("id").asString())
        .isEqualTo(id);
    // Forty ids begin with at most sixteen digits.
    var firstDigits = new HashSet<String>();
    var shared =
        ids.stream().map(i -> i.substring(0, 1)).filter(d -> !firstDigits.add(d)).findAny();
    refused(400, client.get(MEMORIES + "/" + shared.orElseThrow()), "ambiguous ID prefix");
    refused(404, client.get(MEMORIES + "/zzz"));
  }

  @Test
  void anUpdateChangesWhatItNamesAndAnswersTheBareMemory() {
    var id = store(memory("Rule", "old").put("priority", 9).put("tier", "long"));
    var edit = Json.object().put("content", "new").put("priority", 3).put("tier", "short");
    var bare = ok(client.put(MEMORIES + "/" + id, edit));
    assertThat(bare.get("id").asString()).isEqualTo(id);
    assertThat(bare.get("content").asString()).isEqualTo("new");
    assertThat(bare.get("title").asString()).isEqualTo("Rule");
    assertThat(bare.get("priority").asInt()).as("an update may lower it").isEqualTo(3);
    assertThat(bare.get("tier").asString()).isEqualTo("short");
    assertThat(bare.has("expires_at")).as("a short tier expires").isTrue();
    var cleared = ok(client.put(MEMORIES + "/" + id, Json.object().put("expires_at", "")));
    assertThat(cleared.has("expires_at")).isFalse();

    store("Other", "content");
    refused(409, client.put(MEMORIES + "/" + id, Json.object().put("title", "Other")));
  }

  @Test
  void aRenameFreesTheOldTitle() {
    var id = store("Rule", "content");
    ok(client.put(MEMORIES + "/" + id, Json.object().put("title", "Renamed")));
    assertThat(store("Rule", "again")).isNotEqualTo(id);
  }

  @Test
  void whoStoredAMemoryFirstStays() {
    var id =
        answered(201, client.post(MEMORIES, memory("Rule", "x"), "X-Agent-Id", "ai:alice"))
            .get("id")
            .asString();
    var edit = Json.object();
    edit.putObject("metadata").put("agent_id", "ai:mallory").put("k", 1);
    var metadata = ok(client.put(MEMORIES + "/" + id, edit)).get("metadata");
    assertThat(metadata.get("agent_id").asString()).isEqualTo("ai:alice");
    assertThat(metadata.get("k").asInt()).isEqualTo(1);
    var merge = memory("Rule", "y").put("on_conflict", "merge");
    answered(201, client.post(MEMORIES, merge, "X-Agent-Id", "ai:bob"));
    var kept = memoryOf(client.get(MEMORIES + "/" + id)).get("metadata");
    assertThat(kept.get("agent_id").asString()).isEqualTo("ai:alice");
  }

  @Test
  void aConditionThatDoesNotHoldChangesNothing() {
    var id = store("Rule", "old");
    var etag = client.get(MEMORIES + "/" + id).header("ETag").orElseThrow();
    var edit = Json.object().put("content", "new");
    refused(412, client.put(MEMORIES + "/" + id, edit.deepCopy().put("if_version", 7)), "version");
    ok(client.put(MEMORIES + "/" + id, edit.deepCopy().put("if_version", 1)));
    refused(412, client.put(MEMORIES + "/" + id, edit, "If-Match", etag));
    refused(412, client.delete(MEMORIES + "/" + id, "If-Match", etag));
    refused(412, client.delete(MEMORIES + "/" + id + "?if_version=1"));
    var current = client.get(MEMORIES + "/" + id).header("ETag").orElseThrow();
    assertThat(current).isNotEqualTo(etag);
    ok(client.delete(MEMORIES + "/" + id, "If-Match", current));
  }

  @Test
  void aDeleteIsFinalAndDoesNotStandInTheWay() {
    var id = store("Rule", "content");
    assertThat(ok(client.delete(MEMORIES + "/" + id)).get("deleted").asBoolean()).isTrue();
    refused(404, client.get(MEMORIES + "/" + id));
    refused(404, client.delete(MEMORIES + "/" + id));
    refused(404, client.put(MEMORIES + "/" + id, Json.object().put("content", "back")));
    refused(404, client.get(MEMORIES + "/" + id + "/history"));
    assertThat(store("Rule", "again")).isNotEqualTo(id);
  }

  @Test
  void aPromotedMemoryNeverExpires() {
    var id = store(memory("Rule", "content").put("tier", "short"));
    var promoted = ok(client.post(MEMORIES + "/" + id + "/promote", ""));
    assertThat(promoted.get("promoted").asBoolean()).isTrue();
    assertThat(promoted.get("tier").asString()).isEqualTo("long");
    assertThat(memoryOf(client.get(MEMORIES + "/" + id)).has("expires_at")).isFalse();
  }

  @Test
  void aListingPagesByKeyAndByOffsetAlike() {
    for (var i = 0; i < 25; i++) store(memory("Memory " + i, "c").put("priority", i % 10 + 1));
    var byOffset = new ArrayList<String>();
    var byKey = new ArrayList<String>();
    for (var offset = 0; offset < 30; offset += 7) {
      var page = ok(client.get(MEMORIES + "?limit=7&offset=" + offset));
      page.get("memories").forEach(memory -> byOffset.add(memory.get("id").asString()));
    }
    var next = "";
    do {
      var page = ok(client.get(MEMORIES + "?limit=7" + next));
      page.get("memories").forEach(memory -> byKey.add(memory.get("id").asString()));
      next = page.has("next") ? "&after=" + page.get("next").asString() : "";
    } while (!next.isEmpty());
    assertThat(byKey).hasSize(25).doesNotHaveDuplicates().isEqualTo(byOffset);
    refused(400, client.get(MEMORIES + "?after=nonsense"), "cursor");
  }

  @Test
  void aListingIsFiltered() {
    var tagged = memory("A", "c").put("namespace", "a/b").put("tier", "long").put("priority", 9);
    tagged.putArray("tags").add("red").add("green");
    var id = answered(201, client.post(MEMORIES, tagged, "X-Agent-Id", "ai:alice")).get("id");
    store("B", "c");
    for (var filter :
        new String[] {
          "namespace=a/b", "tier=long", "min_priority=9", "tags=red", "agent_id=ai:alice"
        }) {
      var page = ok(client.get(MEMORIES + "?" + filter));
      assertThat(page.get("count").asInt()).as(filter).isEqualTo(1);
      assertThat(page.get("memories").get(0).get("id")).isEqualTo(id);
    }
    assertThat(ok(client.get(MEMORIES + "?tags=re")).get("count").asInt()).isZero();
    var created = memoryOf(client.get(MEMORIES + "/" + id.asString())).get("created_at").asString();
    var since = created.replace("+", "%2B");
    assertThat(ok(client.get(MEMORIES + "?since=" + since)).get("count").asInt()).isEqualTo(2);
    assertThat(ok(client.get(MEMORIES + "?until=" + since)).get("count").asInt()).isEqualTo(1);
  }

  @Test
  void aBulkStoreTellsWhatItDidNotStore() {
    var rows = Json.mapper().createArrayNode();
    rows.add(memory("b-0", "x").put("namespace", "n"));
    rows.add(memory("", "y"));
    rows.add(memory("b-0", "again").put("namespace", "n"));
    var answer = ok(client.post(MEMORIES + "/bulk", rows));
    assertThat(answer.get("created").asInt()).isEqualTo(2);
    assertThat(answer.get("errors")).hasSize(1);
    assertThat(answer.get("errors").get(0).asString()).isEqualTo(": title cannot be empty");
    var stored = ok(client.get(MEMORIES + "?namespace=n"));
    assertThat(stored.get("count").asInt()).isEqualTo(1);
    assertThat(stored.get("memories").get(0).get("content").asString()).isEqualTo("again");
  }

  @Test
  void theHistoryHoldsFormerContents() {
    var id = store("Rule", "one");
    ok(client.put(MEMORIES + "/" + id, Json.object().put("content", "two")));
    ok(client.put(MEMORIES + "/" + id, Json.object().put("content", "three")));
    var history = ok(client.get(MEMORIES + "/" + id + "/history"));
    assertThat(history.get("versions"))
        .extracting(v -> v.get("content").asString())
        .containsExactly("three", "two", "one");
    assertThat(history.get("versions"))
        .extracting(v -> v.get("state").asString())
        .containsExactly("current", "replaced", "replaced");
    assertThat(history.get("complete").asBoolean()).isTrue();
    assertThat(history.get("node").asString()).isEqualTo(node.id());
  }

  @Test
  void expiryHidesAMemoryAndShowsItInTheArchive() {
    var soon = memory("Rule", "content").put("ttl_secs", 1);
    var id = store(soon);
    Await.until(() -> ok(client.get(MEMORIES)).get("count").asInt() == 0);
    var expired = memoryOf(client.get(MEMORIES + "/" + id));
    assertThat(expired.get("archive_reason").asString()).isEqualTo("ttl_expired");
    var archived = ok(client.get("/api/v1/archive"));
    assertThat(archived.get("archived").get(0).get("archive_reason").asString())
        .isEqualTo("ttl_expired");
    assertThat(store(memory("Rule", "free again"))).isNotEqualTo(id);
    assertThat(ok(client.post("/api/v1/gc", "")).get("expired_deleted").asInt()).isEqualTo(1);
    assertThat(ok(client.post("/api/v1/gc", "")).get("expired_deleted").asInt()).isZero();
    assertThat(ok(client.get("/api/v1/archive")).get("count").asInt()).isEqualTo(1);
    refused(409, client.post("/api/v1/archive/" + id + "/restore", ""), "already exists");
  }

  @Test
  void anEditRevivesWhatHasExpired() {
    var id = store(memory("Rule", "content").put("ttl_secs", 1));
    Await.until(() -> ok(client.get(MEMORIES)).get("count").asInt() == 0);
    ok(client.put(MEMORIES + "/" + id, Json.object().put("content", "again")));
    assertThat(ok(client.get(MEMORIES)).get("count").asInt()).isEqualTo(1);
  }
}
