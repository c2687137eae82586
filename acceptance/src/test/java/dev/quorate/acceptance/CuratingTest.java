package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Links, archive, consolidation, namespaces.
class CuratingTest extends NodeTest {
  private static final String LINKS = "/api/v1/links";
  private static final String ARCHIVE = "/api/v1/archive";

  private static ObjectNode link(String source, String target) {
    return Json.object().put("source_id", source).put("target_id", target);
  }

  private static ObjectNode ids(String... ids) {
    var body = Json.object();
    var array = body.putArray("ids");
    for (var id : ids) array.add(id);
    return body;
  }

  @Test
  void aLinkIsSeenFromBothEnds() {
    var a = store("A", "a");
    var b = store("B", "b");
    var link = link(a, b).put("relation", "supersedes");
    assertThat(answered(201, client.post(LINKS, link)).get("attest_level").asString())
        .isEqualTo("unsigned");
    answered(201, client.post(LINKS, link));
    for (var id : new String[] {a, b}) {
      var links = ok(client.get(LINKS + "/" + id));
      assertThat(links.get("links")).hasSize(1);
      assertThat(links.get("links").get(0).get("relation").asString()).isEqualTo("supersedes");
      assertThat(ok(client.get(MEMORIES + "/" + id)).get("links")).hasSize(1);
    }
    answered(201, client.post(LINKS, Json.object().put("from", a).put("to", b)));
    assertThat(ok(client.get(LINKS + "/" + a)).get("links")).hasSize(2);
    assertThat(ok(client.delete(LINKS, link(a, b))).get("deleted").asBoolean()).isTrue();
    assertThat(ok(client.get(LINKS + "/" + a)).get("links")).isEmpty();
    assertThat(ok(client.delete(LINKS, link(a, b))).get("deleted").asBoolean()).isFalse();
  }

  @Test
  void aLinkMayEnd() {
    var a = store("A", "a");
    var b = store("B", "b");
    answered(201, client.post(LINKS, link(a, b)));
    var until = "2030-01-01T00:00:00.000000000+00:00";
    answered(201, client.post(LINKS, link(a, b).put("valid_until", until)));
    var links = ok(client.get(LINKS + "/" + a)).get("links");
    assertThat(links).hasSize(1);
    assertThat(links.get(0).get("valid_until").asString()).isEqualTo(until);
  }

  @Test
  void linksThatCannotBeAreRefused() {
    var a = store("A", "a");
    var b = store("B", "b");
    refused(400, client.post(LINKS, link(a, a)), "itself");
    refused(404, client.post(LINKS, link(a, "nowhere")), "nowhere");
    var unknown =
        refused(400, client.post(LINKS, link(a, b).put("colour", "red")), "unknown_field");
    assertThat(unknown.get("fields").get(0).asString()).isEqualTo("colour");
    var invalid = refused(400, client.post(LINKS, link(a, b).put("relation", "likes")), "invalid");
    assertThat(invalid.get("got").asString()).isEqualTo("likes");
    assertThat(invalid.get("allowed")).hasSize(5);
    answered(201, client.post(LINKS, link(a, b).put("relation", "reflects_on")));
    refused(409, client.post(LINKS, link(b, a).put("relation", "reflects_on")), "circle");
    assertThat(ok(client.get(LINKS + "/" + a)).get("links")).hasSize(1);
  }

  @Test
  void anArchivedMemoryIsOutOfSightWithItsLinksAndComesBackWithThem() {
    var a = store(memory("A", "a").put("tier", "short"));
    var b = store("B", "b");
    var expiry = memoryOf(client.get(MEMORIES + "/" + a)).get("expires_at");
    answered(201, client.post(LINKS, link(a, b)));
    var done = ok(client.post(ARCHIVE, ids(a, "zzz").put("reason", "cleanup")));
    assertThat(done.get("archived")).hasSize(1);
    assertThat(done.get("missing").get(0).asString()).isEqualTo("zzz");
    assertThat(done.get("count").asInt()).isEqualTo(1);
    refused(404, client.get(MEMORIES + "/" + a));
    assertThat(ok(client.get(LINKS + "/" + b)).get("links")).isEmpty();
    var row = ok(client.get(ARCHIVE)).get("archived").get(0);
    assertThat(row.get("tags").asString()).isEqualTo("[]");
    assertThat(row.get("archive_reason").asString()).isEqualTo("cleanup");
    assertThat(row.has("archived_at")).isTrue();
    assertThat(row.get("last_accessed_at").isNull()).isTrue();
    assertThat(ok(client.get(ARCHIVE + "/stats")).get("archived_total").asInt()).isEqualTo(1);

    assertThat(ok(client.post(ARCHIVE + "/" + a + "/restore", "")).get("restored").asBoolean())
        .isTrue();
    assertThat(memoryOf(client.get(MEMORIES + "/" + a)).get("expires_at")).isEqualTo(expiry);
    assertThat(ok(client.get(LINKS + "/" + b)).get("links")).hasSize(1);
    refused(409, client.post(ARCHIVE + "/" + a + "/restore", ""), "already active");
    refused(404, client.post(ARCHIVE + "/zzz/restore", ""), "not found in archive");
  }

  @Test
  void aRestoreDoesNotPushAsideWhoTookTheTitle() {
    var old = store("Rule", "old");
    ok(client.post(ARCHIVE, ids(old)));
    store("Rule", "new");
    refused(409, client.post(ARCHIVE + "/" + old + "/restore", ""), "already exists");
  }

  @Test
  void aRestoredMemoryThatExpiredLivesOn() {
    var id = store(memory("Rule", "content").put("tier", "short").put("ttl_secs", 1));
    Await.until(() -> ok(client.get(MEMORIES)).get("count").asInt() == 0);
    ok(client.post(ARCHIVE + "/" + id + "/restore", ""));
    assertThat(ok(client.get(MEMORIES)).get("count").asInt()).isEqualTo(1);
    var expiry = memoryOf(client.get(MEMORIES + "/" + id)).get("expires_at").asString();
    assertThat(OffsetDateTime.parse(expiry).toInstant())
        .isAfter(Instant.now().plusSeconds(5 * 3600));
  }

  @Test
  void aPurgeDeletesTheArchiveForGood() {
    var id = store("Rule", "content");
    ok(client.post(ARCHIVE, ids(id)));
    assertThat(ok(client.delete(ARCHIVE + "?older_than_days=1")).get("purged").asInt()).isZero();
    assertThat(ok(client.delete(ARCHIVE)).get("purged").asInt()).isEqualTo(1);
    assertThat(ok(client.get(ARCHIVE)).get("count").asInt()).isZero();
    refused(404, client.post(ARCHIVE + "/" + id + "/restore", ""));
    refused(400, client.delete(ARCHIVE + "?older_than_days=-1"), "older_than_days");
  }

  @Test
  void aConsolidationReplacesItsSources() {
    var a = store(memory("A", "first").put("priority", 9));
    var b = store("B", "second");
    var plan = ids(a, b).put("title", "Both").put("summary", "one and two");
    var made = answered(201, client.post("/api/v1/consolidate", plan, "X-Agent-Id", "ai:bob"));
    assertThat(made.get("consolidated").asInt()).isEqualTo(2);
    assertThat(made.get("memory").get("title").asString()).isEqualTo("Both");
    refused(404, client.get(MEMORIES + "/" + a));
    refused(404, client.get(MEMORIES + "/" + b));
    var memory = memoryOf(client.get(MEMORIES + "/" + made.get("id").asString()));
    assertThat(memory.get("content").asString()).isEqualTo("one and two");
    assertThat(memory.get("tier").asString()).isEqualTo("long");
    assertThat(memory.get("priority").asInt()).isEqualTo(9);
    assertThat(memory.get("metadata").get("agent_id").asString()).isEqualTo("ai:bob");
    assertThat(memory.get("metadata").get("derived_from")).hasSize(2);
  }

  @Test
  void aConsolidationMakesItsOwnSummaryAndMayTakeASourcesTitle() {
    var a = store("A", "é".repeat(30_000));
    var b = store("B", "second");
    var made = answered(201, client.post("/api/v1/consolidate", ids(a, b).put("title", "A")));
    assertThat(made.get("content").asString()).contains("A: é").contains("B: second");
    assertThat(ok(client.get(MEMORIES)).get("count").asInt()).isEqualTo(1);
  }

  @Test
  void aConsolidationThatCannotBeChangesNothing() {
    var a = store("A", "a");
    var b = store("B", "b");
    store("Taken", "t");
    refused(404, client.post("/api/v1/consolidate", ids(a, "zzz").put("title", "T")), "zzz");
    refused(409, client.post("/api/v1/consolidate", ids(a, b).put("title", "Taken")));
    refused(400, client.post("/api/v1/consolidate", ids(a).put("title", "T")), "2..100");
    refused(400, client.post("/api/v1/consolidate", ids(a, a).put("title", "T")), "distinct");
    assertThat(ok(client.get(MEMORIES)).get("count").asInt()).isEqualTo(3);
  }

  @Test
  void namespacesAreCountedAndMakeATree() {
    store(memory("1", "x").put("namespace", "a"));
    store(memory("2", "x").put("namespace", "a/b"));
    store(memory("3", "x").put("namespace", "a/b"));
    store(memory("4", "x").put("namespace", "z"));
    var namespaces = ok(client.get("/api/v1/namespaces")).get("namespaces");
    assertThat(namespaces.get(0).get("namespace").asString()).isEqualTo("a/b");
    assertThat(namespaces.get(0).get("count").asInt()).isEqualTo(2);
    var tree = ok(client.get("/api/v1/taxonomy"));
    assertThat(tree.get("total_count").asInt()).isEqualTo(4);
    assertThat(tree.get("truncated").asBoolean()).isFalse();
    var below = ok(client.get("/api/v1/taxonomy?prefix=a&depth=1")).get("tree");
    assertThat(below.get("namespace").asString()).isEqualTo("a");
    assertThat(below.get("count").asInt()).isEqualTo(1);
    assertThat(below.get("subtree_count").asInt()).isEqualTo(3);
    assertThat(below.get("children").get(0).get("name").asString()).isEqualTo("b");
    assertThat(ok(client.get("/api/v1/taxonomy?limit=1")).get("truncated").asBoolean()).isTrue();
  }
}
