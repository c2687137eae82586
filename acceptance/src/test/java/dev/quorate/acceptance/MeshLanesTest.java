package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.answered;
import static dev.quorate.acceptance.NodeTest.memory;
import static dev.quorate.acceptance.NodeTest.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.settings.Settings;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.Client;
import dev.quorate.testkit.Mesh;
import dev.quorate.testkit.MeshNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Every kind of change reaches every one of four nodes, wherever it is made, and ends the same on
/// all. Each test has a namespace of its own in the one mesh.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MeshLanesTest {
  private static final String ARCHIVE = "/api/v1/archive";
  private static final String LINKS = "/api/v1/links";
  private static final String NAMESPACES = "/api/v1/namespaces";

  @TempDir static Path folder;
  private static Mesh mesh;

  @BeforeAll
  static void startMesh() {
    mesh = Mesh.of(folder, 4).inThisProcess(MeshLanesTest::patient).make();
    mesh.start();
    mesh.awaitConnected();
  }

  /// What matters is that the others have it, not how soon.
  private static Settings patient(Settings usual) {
    return usual.withFederation(usual.federation().withQuorumTimeoutMs(25_000));
  }

  @AfterAll
  static void stopMesh() {
    mesh.close();
  }

  private static Client at(int node) {
    return mesh.node(node).client();
  }

  private static String store(int node, ObjectNode memory) {
    return answered(201, at(node).post(MEMORIES, memory)).get("id").asString();
  }

  private static ObjectNode in(String namespace, String title) {
    return memory(title, "words").put("namespace", namespace);
  }

  /// Checks every node, once all hold the same.
  private static void everywhere(Consumer<Client> check) {
    mesh.awaitConverged();
    for (var node : mesh.nodes()) {
      try {
        check.accept(node.client());
      } catch (AssertionError e) {
        throw new AssertionError("on " + node.id() + ": " + e.getMessage(), e);
      }
    }
  }

  private static JsonNode read(Client client, String id) {
    return ok(client.get(MEMORIES + "/" + id)).get("memory");
  }

  private static void assertGone(Client client, String... ids) {
    for (var id : ids) answered(404, client.get(MEMORIES + "/" + id));
  }

  private static JsonNode archived(Client client, String namespace) {
    return ok(client.get(ARCHIVE + "?namespace=" + namespace)).get("archived");
  }

  /// The same answer on every node.
  private static JsonNode sameEverywhere(String path) {
    var answers = new HashSet<JsonNode>();
    everywhere(client -> answers.add(ok(client.get(path))));
    assertThat(answers).hasSize(1);
    return answers.iterator().next();
  }

  @Test
  void aStoreReachesEveryNodeAsItWasStored() {
    var id = store(0, in("store", "T").put("priority", 7).put("tier", "long"));
    var memory = sameEverywhere(MEMORIES + "/" + id).get("memory");
    assertThat(memory.get("title").asString()).isEqualTo("T");
    assertThat(memory.get("priority").asInt()).isEqualTo(7);
  }

  @Test
  void anotherTitleALowerPriorityAndALowerTierReachEveryNode() {
    var first = in("edit", "Before").put("priority", 9).put("tier", "long").put("confidence", 0.9);
    var id = store(0, first);
    mesh.awaitConverged();
    var edit = Json.object().put("title", "After").put("priority", 2).put("tier", "short");
    ok(at(1).put(MEMORIES + "/" + id, edit.put("confidence", 0.25)));
    var memory = sameEverywhere(MEMORIES + "/" + id).get("memory");
    assertThat(memory.get("title").asString()).isEqualTo("After");
    assertThat(memory.get("priority").asInt()).isEqualTo(2);
    assertThat(memory.get("tier").asString()).isEqualTo("short");
    assertThat(memory.get("confidence").asDouble()).isEqualTo(0.25);
    assertThat(memory.get("version").asInt()).isEqualTo(2);
    assertThat(memory.has("expires_at")).isTrue();
    everywhere(client -> {
      var rows = ok(client.get(MEMORIES + "?namespace=edit")).get("memories");
      assertThat(rows).hasSize(1);
      assertThat(ok(client.get("/api/v1/search?q=After&namespace=edit")).get("count").asInt())
          .isEqualTo(1);
    });
  }

  @Test
  void anotherNamespaceReachesEveryNode() {
    var id = store(0, in("from", "Moved"));
    mesh.awaitConverged();
    ok(at(2).put(MEMORIES + "/" + id, Json.object().put("namespace", "to")));
    var memory = sameEverywhere(MEMORIES + "/" + id).get("memory");
    assertThat(memory.get("namespace").asString()).isEqualTo("to");
  }

  @Test
  void aPromotionReachesEveryNode() {
    var id = store(0, in("promote", "T").put("tier", "short"));
    mesh.awaitConverged();
    ok(at(2).send("POST", MEMORIES + "/" + id + "/promote", null));
    var memory = sameEverywhere(MEMORIES + "/" + id).get("memory");
    assertThat(memory.get("tier").asString()).isEqualTo("long");
    assertThat(memory.has("expires_at")).isFalse();
  }

  @Test
  void aDeleteReachesEveryNode() {
    var id = store(0, in("delete", "T"));
    mesh.awaitConverged();
    ok(at(3).delete(MEMORIES + "/" + id));
    everywhere(client -> assertGone(client, id));
  }

  @Test
  void archivingAndRestoringReachEveryNode() {
    var id = store(0, in("shelf", "T"));
    mesh.awaitConverged();
    var ids = Json.object().put("reason", "tidy");
    ids.putArray("ids").add(id);
    assertThat(ok(at(1).post(ARCHIVE, ids)).get("count").asInt()).isEqualTo(1);
    everywhere(client -> {
      assertThat(archived(client, "shelf")).hasSize(1);
      assertThat(archived(client, "shelf").get(0).get("archive_reason").asString())
          .isEqualTo("tidy");
    });
    ok(at(2).send("POST", ARCHIVE + "/" + id + "/restore", null));
    everywhere(client -> {
      assertThat(archived(client, "shelf")).isEmpty();
      assertThat(read(client, id).get("title").asString()).isEqualTo("T");
    });
  }

  @Test
  void aPurgeOfTheArchiveReachesEveryNode() {
    var id = store(0, in("purge", "T"));
    mesh.awaitConverged();
    var ids = Json.object();
    ids.putArray("ids").add(id);
    ok(at(0).post(ARCHIVE, ids));
    mesh.awaitConverged();
    assertThat(ok(at(3).delete(ARCHIVE)).get("purged").asInt()).isPositive();
    everywhere(client -> {
      assertThat(archived(client, "purge")).isEmpty();
      answered(404, client.send("POST", ARCHIVE + "/" + id + "/restore", null));
    });
  }

  @Test
  void aLinkAndItsRemovalReachEveryNode() {
    var a = store(0, in("links", "A"));
    var b = store(1, in("links", "B"));
    mesh.awaitConverged();
    var link = Json.object().put("from", a).put("to", b).put("relation", "supersedes");
    answered(201, at(2).post(LINKS, link));
    var links = sameEverywhere(LINKS + "/" + a).get("links");
    assertThat(links).hasSize(1);
    assertThat(links.get(0).get("relation").asString()).isEqualTo("supersedes");
    ok(at(3).delete(LINKS, Json.object().put("from", a).put("to", b)));
    assertThat(sameEverywhere(LINKS + "/" + a).get("links")).isEmpty();
  }

  @Test
  void aLinkThatIsEndedEndsOnEveryNode() {
    var a = store(0, in("ended", "A"));
    var b = store(0, in("ended", "B"));
    answered(201, at(0).post(LINKS, Json.object().put("from", a).put("to", b)));
    mesh.awaitConverged();
    var end = Json.object().put("from", a).put("to", b).put("valid_until", "2026-01-02T00:00:00Z");
    answered(201, at(1).post(LINKS, end));
    assertThat(sameEverywhere(LINKS + "/" + a).get("links").toString())
        .contains("\"valid_until\":\"2026-01-02T00:00:00");
  }

  @Test
  void anInvalidatedLinkHasEndedOnEveryNodeAndStaysInItsTimeline() {
    var a = store(0, in("graph", "A"));
    var b = store(1, in("graph", "B"));
    mesh.awaitConverged();
    answered(201, at(1).post(LINKS, Json.object().put("from", a).put("to", b)));
    mesh.awaitConverged();
    var end = Json.object().put("source_id", a).put("target_id", b).put("relation", "related_to");
    var done = ok(at(2).post("/api/v1/kg/invalidate", end));
    assertThat(done.get("quorum_acks").asInt()).isGreaterThan(1);
    var ask = Json.object().put("source_id", a);
    everywhere(client ->
        assertThat(ok(client.post("/api/v1/kg/query", ask)).get("count").asInt()).isZero());
    var event = sameEverywhere("/api/v1/kg/timeline?source_id=" + a).get("events").get(0);
    assertThat(event.get("valid_until")).isEqualTo(done.get("valid_until"));
  }

  @Test
  void anEntityIsFoundByEveryAliasOnEveryNode() {
    for (var node = 0; node < 3; node++) {
      var entity = Json.object().put("canonical_name", "Ada").put("namespace", "entities");
      entity.putArray("aliases").add("ada-" + node);
      assertThat(at(node).post("/api/v1/entities", entity).status()).isIn(200, 201);
    }
    for (var node = 0; node < 3; node++) {
      var found = sameEverywhere("/api/v1/entities/by_alias?alias=ada-" + node);
      assertThat(found.get("aliases")).hasSize(3);
    }
  }

  @Test
  void aConsolidationReachesEveryNodeAndItsSourcesAreGone() {
    var a = store(0, in("merge", "A"));
    var b = store(1, in("merge", "B"));
    mesh.awaitConverged();
    var plan = Json.object().put("title", "Both").put("summary", "all").put("namespace", "merge");
    plan.putArray("ids").add(a).add(b);
    var made = answered(201, at(2).post("/api/v1/consolidate", plan)).get("id").asString();
    everywhere(client -> {
      assertGone(client, a, b);
      assertThat(read(client, made).get("content").asString()).isEqualTo("all");
    });
  }

  private static void govern(int node, String namespace, String policy) {
    var body = "{\"namespace\":\"%s\",\"governance\":%s}".formatted(namespace, policy);
    answered(201, at(node).post(NAMESPACES, body));
  }

  @Test
  void whatIsHeldOnOneNodeAndApprovedOnAnotherIsOneRowEverywhere() {
    govern(0, "held", "{\"write\":\"approve\"}");
    mesh.awaitConverged();
    var held = answered(202, at(1).post(MEMORIES, in("held", "T")));
    var pending = held.get("pending_id").asString();
    everywhere(client ->
        assertThat(ok(client.get("/api/v1/pending?status=pending")).get("pending").toString())
            .contains(pending));
    ok(at(2).send("POST", "/api/v1/pending/" + pending + "/approve", null));
    var rows = sameEverywhere(MEMORIES + "?namespace=held").get("memories");
    assertThat(rows).extracting(row -> row.get("title").asString()).contains("T");
    everywhere(client ->
        assertThat(ok(client.get("/api/v1/pending?status=approved")).get("pending").toString())
            .contains(pending));
  }

  @Test
  void aRejectionReachesEveryNode() {
    govern(0, "rejected", "{\"write\":\"approve\"}");
    mesh.awaitConverged();
    var held = answered(202, at(1).post(MEMORIES, in("rejected", "T")));
    var pending = held.get("pending_id").asString();
    mesh.awaitConverged();
    ok(at(3).send("POST", "/api/v1/pending/" + pending + "/reject", null));
    everywhere(client ->
        assertThat(ok(client.get("/api/v1/pending?status=rejected")).get("pending").toString())
            .contains(pending));
  }

  @Test
  void aStandardAndItsClearReachEveryNode() {
    govern(1, "ruled", "{\"write\":\"owner\"}");
    var standard = sameEverywhere(NAMESPACES + "/ruled/standard");
    assertThat(standard.toString()).contains("\"owner\"");
    ok(at(2).delete(NAMESPACES + "?namespace=ruled"));
    everywhere(client -> {
      var answer = client.get(NAMESPACES + "/ruled/standard");
      assertThat(answer.text()).doesNotContain("\"owner\"");
    });
    answered(201, at(3).post(MEMORIES, in("ruled", "T"), "X-Agent-Id", "ai:nobody"));
  }

  @Test
  void whatIsForgottenIsForgottenOnEveryNode() {
    var id = store(0, in("forget", "T"));
    mesh.awaitConverged();
    ok(at(3).post("/api/v1/forget", Json.object().put("namespace", "forget")));
    everywhere(client -> {
      assertThat(archived(client, "forget")).hasSize(1);
      assertThat(ok(client.get(MEMORIES + "?namespace=forget")).get("count").asInt()).isZero();
    });
    ok(at(0).send("POST", ARCHIVE + "/" + id + "/restore", null));
  }

  @Test
  void anImportReachesEveryNodeWithItsLinks() {
    var row =
        "{\"id\":\"%s\",\"tier\":\"long\",\"namespace\":\"import\",\"title\":\"%s\","
            + "\"content\":\"c\",\"tags\":[],\"priority\":5,\"confidence\":1.0,\"source\":\"import\","
            + "\"access_count\":0,\"created_at\":\"2026-01-01T00:00:00+00:00\","
            + "\"updated_at\":\"2026-01-01T00:00:00+00:00\"}";
    var link =
        "{\"source_id\":\"imported-1\",\"target_id\":\"imported-2\","
            + "\"relation\":\"related_to\",\"created_at\":\"2026-01-01T00:00:00+00:00\"}";
    var body =
        "{\"memories\":[%s,%s],\"links\":[%s]}"
            .formatted(row.formatted("imported-1", "A"), row.formatted("imported-2", "B"), link);
    var done = ok(at(2).post("/api/v1/import", body));
    assertThat(done.get("imported").asInt()).as(done.toString()).isEqualTo(2);
    assertThat(sameEverywhere(MEMORIES + "/imported-1").get("memory").get("title").asString())
        .isEqualTo("A");
    assertThat(sameEverywhere(LINKS + "/imported-1").get("links")).hasSize(1);
  }

  private static JsonNode rows(String namespace, int count) {
    var rows = Json.object().putArray("rows");
    IntStream.range(0, count).forEach(i -> rows.add(in(namespace, "Row " + i)));
    return rows;
  }

  private static int count(Client client, String namespace) {
    for (var one : ok(client.get(NAMESPACES)).get("namespaces")) {
      if (one.get("namespace").asString().equals(namespace)) return one.get("count").asInt();
    }
    return 0;
  }

  @Test
  void fiveHundredRowsOfFiveHundredAreOnEveryNode() {
    var answer = ok(at(0).post(MEMORIES + "/bulk", rows("bulk", 500)));
    assertThat(answer.get("created").asInt()).isEqualTo(500);
    assertThat(answer.get("errors")).isEmpty();
    assertThat(answer.get("lacking")).isEmpty();
    assertThat(answer.get("quorum").get("durability").asString()).isEqualTo("all");
    // Nothing has to come later: the answer said that all four have all of it.
    for (var node : mesh.nodes()) {
      assertThat(count(node.client(), "bulk")).as(node.id()).isEqualTo(500);
    }
    assertThat(ok(at(0).get("/api/v1/cluster/status")).get("quarantined").asInt()).isZero();
  }

  @Test
  void bulkWritesOnAllNodesAtOnceLoseNoRow() throws InterruptedException {
    var answers = new ArrayList<Answer>();
    var writers =
        mesh.nodes().stream()
            .map(node -> Thread.ofVirtual().start(() -> bulk(node, answers)))
            .toList();
    for (var writer : writers) writer.join();
    assertThat(answers).hasSize(4);
    for (var answer : answers) assertThat(ok(answer).get("created").asInt()).isEqualTo(250);
    everywhere(client -> {
      for (var node : mesh.nodes()) {
        assertThat(count(client, "crowd/" + node.id())).as(node.id()).isEqualTo(250);
      }
    });
  }

  private static void bulk(MeshNode node, List<Answer> answers) {
    var answer = node.client().post(MEMORIES + "/bulk", rows("crowd/" + node.id(), 250));
    synchronized (answers) {
      answers.add(answer);
    }
  }

  @Test
  void anAgentAndAMessageReachEveryNode() {
    var agent = Json.object().put("agent_id", "ai:reader").put("agent_type", "human");
    answered(201, at(0).post("/api/v1/agents", agent));
    var letter = Json.object().put("target_agent_id", "ai:reader").put("title", "Hello");
    answered(
        201, at(1).post("/api/v1/notify", letter.put("payload", "there"), "X-Agent-Id", "ai:w"));
    everywhere(
        client -> assertThat(ok(client.get("/api/v1/agents")).toString()).contains("ai:reader"));
    var inbox = ok(at(3).get("/api/v1/inbox?agent_id=ai:reader"));
    assertThat(inbox.get("count").asInt()).isEqualTo(1);
    assertThat(inbox.get("messages").get(0).get("title").asString()).isEqualTo("Hello");
  }

  @Test
  void twoNodesThatStoreOneTitleAtOnceMakeOneMemoryOfOneContent() throws InterruptedException {
    var answers = new ArrayList<Answer>();
    var first = Thread.ofVirtual().start(() -> twin(0, answers));
    var second = Thread.ofVirtual().start(() -> twin(1, answers));
    first.join();
    second.join();
    var rows = sameEverywhere(MEMORIES + "?namespace=twins").get("memories");
    assertThat(rows).hasSize(1);
    var stored = answers.stream().filter(answer -> answer.status() == 201).toList();
    assertThat(stored).isNotEmpty();
    // Whoever was answered finds the memory under the id it was given, and the same one.
    for (var answer : stored) {
      var id = answer.json().get("id").asString();
      everywhere(client -> assertThat(read(client, id)).isEqualTo(rows.get(0)));
    }
    assertThat(rows.get(0).get("content").asString()).isIn("of node 0", "of node 1");
  }

  private static void twin(int node, List<Answer> answers) {
    var twin = memory("One title", "of node " + node).put("namespace", "twins");
    var answer = at(node).post(MEMORIES, twin);
    synchronized (answers) {
      answers.add(answer);
    }
  }

  @Test
  void whatAPeerWroteIsFoundByWordsOnEveryNode() {
    store(2, memory("Zanzibar", "cloves and cinnamon").put("namespace", "words"));
    everywhere(client ->
        assertThat(ok(client.get("/api/v1/recall?context=cinnamon&namespace=words")).toString())
            .contains("Zanzibar"));
  }

  @Test
  void aReadWithATokenSeesTheWriteOnAnyNode() {
    var answer = at(0).post(MEMORIES, in("token", "T"));
    var id = answered(201, answer).get("id").asString();
    var token = answer.header("Quorate-Token").orElseThrow();
    for (var node : mesh.nodes()) {
      var seen = node.client().get(MEMORIES + "/" + id, "Quorate-Token", token);
      assertThat(seen.status()).as(node.id() + " " + seen).isEqualTo(200);
    }
  }
}
