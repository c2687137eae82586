package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.answered;
import static dev.quorate.acceptance.NodeTest.memory;
import static dev.quorate.acceptance.NodeTest.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.settings.FederationSettings;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.TestNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a node takes from a peer that knows nothing of stamps, in whatever order it comes, and what
/// it does not take from anybody.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PushGateTest {
  private static final String PUSH = "/api/v1/sync/push";

  @TempDir Path folder;
  private FakePeer peer;
  private TestNode node;

  @BeforeEach
  void start() {
    peer = new FakePeer(folder, "host:peer").knownTo(data());
    node = startNode();
  }

  private TestNode startNode() {
    var federation = FederationSettings.DEFAULT.withPeers(List.of(peer.named())).withWriteQuorum(1);
    return TestNode.start(data(), usual -> usual.withFederation(federation));
  }

  @AfterEach
  void end() {
    node.close();
    peer.close();
  }

  private Path data() {
    return folder.resolve("node");
  }

  private static ObjectNode row(String id, String title, String content, String updatedAt) {
    var row = Json.object().put("id", id).put("tier", "long").put("namespace", "n");
    row.put("title", title).put("content", content).put("priority", 5).put("confidence", 1.0);
    row.put("source", "api").put("access_count", 0);
    row.put("created_at", "2026-06-01T12:00:00+00:00").put("updated_at", updatedAt);
    row.putArray("tags");
    row.putObject("metadata");
    return row;
  }

  private JsonNode push(String list, JsonNode... items) {
    var push = peer.push();
    var elements = push.putArray(list);
    for (var item : items) elements.add(item);
    return ok(peer.send(node, push));
  }

  private JsonNode push(String list, String id) {
    var push = peer.push();
    push.putArray(list).add(id);
    return ok(peer.send(node, push));
  }

  private Answer get(String id) {
    return node.client().get(MEMORIES + "/" + id);
  }

  private String content(String id) {
    return ok(get(id)).get("memory").get("content").asString();
  }

  private void refusedWith(int status, String tag, Answer answer) {
    assertThat(answered(status, answer).get("error").asString()).isEqualTo(tag);
    assertThat(get("m").status()).isEqualTo(404);
  }

  private JsonNode pushOfM() {
    var push = peer.push();
    push.withArray("memories").add(row("m", "T", "c", "2026-06-01T12:00:00+00:00"));
    return push;
  }

  @Test
  void aPushWithoutASignatureIsRefused() {
    var bytes = Json.utf8(pushOfM());
    refusedWith(
        401,
        "x_memory_sig_missing",
        node.client().send("POST", PUSH, bytes, "x-peer-id", peer.id()));
    refusedWith(
        401, "peer_not_enrolled", node.client().send("POST", PUSH, bytes, "x-peer-id", "host:x"));
    refusedWith(401, "peer_not_enrolled", node.client().send("POST", PUSH, bytes));
  }

  @Test
  void aPullWithoutASignatureIsRefused() {
    for (var path : new String[] {"/api/v1/sync/pull", "/api/v1/sync/digest", PUSH}) {
      assertThat(node.client().post(path, "{}").status()).as(path).isEqualTo(401);
    }
    assertThat(node.client().get("/api/v1/sync/since").status()).isEqualTo(401);
    assertThat(node.client().get("/api/v1/sync/since", "x-peer-id", peer.id()).status())
        .isEqualTo(401);
  }

  @Test
  void aSignedPullIsAnsweredWithRows() {
    push("memories", row("m", "T", "c", "2026-06-01T12:00:00+00:00"));
    var page = ok(peer.get(node, "/api/v1/sync/since", "limit=10"));
    assertThat(page.get("count").asInt()).isEqualTo(1);
    var later = "since=2026-06-02T00%3A00%3A00%2B00%3A00";
    assertThat(ok(peer.get(node, "/api/v1/sync/since", later)).get("count").asInt()).isZero();
  }

  @Test
  void aPullByTimeLeavesOutNoRowOfThePageBefore() {
    var times = List.of("12:00:00", "13:00:00", "13:00:00", "13:00:00", "14:00:00");
    for (var i = 0; i < times.size(); i++) {
      push("memories", row("m" + i, "T" + i, "c", "2026-06-01T" + times.get(i) + "+00:00"));
    }
    var seen = new ArrayList<String>();
    var since = "1970-01-01T00%3A00%3A00Z";
    while (true) {
      var page = ok(peer.get(node, "/api/v1/sync/since", "limit=2&since=" + since));
      if (page.get("count").asInt() == 0) break;
      page.get("memories").forEach(memory -> seen.add(memory.get("id").asString()));
      since = page.get("latest_updated_at").asString().replace("+", "%2B").replace(":", "%3A");
    }
    assertThat(seen).containsExactly("m0", "m1", "m2", "m3", "m4");
  }

  @Test
  void aPushThatComesTwiceIsRefusedEvenAfterARestart() {
    var bytes = Json.utf8(pushOfM());
    var headers = peer.headers(peer.signing().body(bytes));
    ok(node.client().send("POST", PUSH, bytes, headers));
    var tag = "x_memory_nonce_replay";
    assertThat(answered(401, node.client().send("POST", PUSH, bytes, headers)).get("error"))
        .hasToString("\"" + tag + "\"");
    node.close();
    node = startNode();
    assertThat(answered(401, node.client().send("POST", PUSH, bytes, headers)).get("error"))
        .hasToString("\"" + tag + "\"");
  }

  @Test
  void aPullThatComesTwiceIsRefusedEvenAfterARestart() {
    var path = "/api/v1/sync/since";
    var signed = peer.signing().get(path, "limit=1");
    var headers =
        new String[] {
          "x-peer-id",
          peer.id(),
          "x-memory-sig",
          signed.signature(),
          "x-memory-nonce",
          signed.nonce()
        };
    ok(node.client().send("GET", path + "?limit=1", null, headers));
    refusedWith(
        401, "x_memory_nonce_replay", node.client().send("GET", path + "?limit=1", null, headers));
    node.close();
    node = TestNode.start(data());
    refusedWith(
        401, "x_memory_nonce_replay", node.client().send("GET", path + "?limit=1", null, headers));
  }

  @Test
  void approvalsOfWhatIsPendingAtThePeerAreTooFew() {
    var pending = Json.object().put("id", "p").put("action_type", "store").put("namespace", "n");
    pending.putNull("memory_id").put("requested_by", "ai:ann").put("status", "pending");
    var now = Instant.now().toString();
    pending.put("requested_at", now).set("payload", row("h", "T", "c", now));
    var approval = pending.putArray("approvals").addObject();
    approval.put("agent_id", "ai:bob").put("approved_at", now);
    push("pendings", pending);
    assertThat(get("h").status()).isEqualTo(404);
    push("pendings", pending.put("status", "approved"));
    assertThat(get("h").status()).isEqualTo(200);
  }

  @Test
  void aPushThatWasChangedOnTheWayIsRefused() {
    var bytes = Json.utf8(pushOfM());
    var headers = peer.headers(peer.signing().body(bytes));
    bytes[bytes.length / 2] ^= 1;
    refusedWith(
        401, "x_memory_sig_bad_signature", node.client().send("POST", PUSH, bytes, headers));
  }

  @Test
  void aPushInAnotherNodesNameIsRefused() {
    var push = ((ObjectNode) pushOfM()).put("sender_agent_id", "host:other");
    refusedWith(403, "sender_agent_id_mismatch", peer.send(node, push));
  }

  @Test
  void aDeletedRowComesBackByNoPush() {
    var row = row("m", "T", "c", "2026-06-01T12:00:00+00:00");
    push("memories", row);
    ok(node.client().delete(MEMORIES + "/m"));
    push("memories", row);
    push("memories", row("m", "T", "newer", "2026-06-01T13:00:00+00:00"));
    push("restores", "m");
    push("archives", "m");
    push("restores", "m");
    assertThat(get("m").status()).isEqualTo(404);
  }

  @Test
  void anArchivedRowIsNotBroughtBackByTheSameRow() {
    var row = row("m", "T", "c", "2026-06-01T12:00:00+00:00");
    push("memories", row);
    push("archives", "m");
    push("memories", row);
    assertThat(ok(node.client().get(MEMORIES + "?namespace=n")).get("count").asInt()).isZero();
    push("restores", "m");
    assertThat(ok(node.client().get(MEMORIES + "?namespace=n")).get("count").asInt()).isOne();
  }

  @Test
  void aDeleteThatOvertakesItsRowKeepsItOut() {
    assertThat(push("deletions", "m").get("skipped").asInt()).isZero();
    push("memories", row("m", "T", "c", "2026-06-01T12:00:00+00:00"));
    assertThat(get("m").status()).isEqualTo(404);
  }

  @Test
  void aLinkThatOvertakesItsMemoriesIsThereOnceTheyAre() {
    var link = Json.object().put("source_id", "a").put("target_id", "b");
    link.put("relation", "related_to").put("created_at", "2026-06-01T12:00:00+00:00");
    assertThat(push("links", link).get("skipped").asInt()).isZero();
    push("memories", row("b", "B", "c", "2026-06-01T12:00:00+00:00"));
    push("memories", row("a", "A", "c", "2026-06-01T12:00:00+00:00"));
    var links = ok(node.client().get("/api/v1/links/a")).get("links");
    assertThat(links).hasSize(1);
  }

  @Test
  void theSignatureOfALinkIsToldAndNeverCountsAsVerified() {
    for (var id : List.of("a", "b")) push("memories", row(id, id, "c", "2026-06-01T12:00:00Z"));
    var link = Json.object().put("source_id", "a").put("target_id", "b");
    link.put("relation", "related_to").put("created_at", "2026-06-01T12:00:00+00:00");
    var signature = link.put("observed_by", "ai:ann").putArray("signature");
    for (var number = 0; number < 64; number++) signature.add(number);
    assertThat(push("links", link).get("skipped").asInt()).isZero();
    var asked = Json.object().put("source_id", "a");
    var known = ok(node.client().post("/api/v1/links/verify", asked));
    assertThat(known.get("signature_present").asBoolean()).isTrue();
    assertThat(known.get("verified").asBoolean()).isFalse();
    assertThat(known.get("attest_level").asString()).isEqualTo("self_signed");
    assertThat(known.get("observed_by").asString()).isEqualTo("ai:ann");
    assertThat(known.get("findings").get(0).asString()).contains("ai:ann", "not checked");
  }

  @Test
  void aStandardThatOvertakesItsMemoryHoldsOnceItIsThere() {
    var entry = Json.object().put("namespace", "ruled").put("standard_id", "s");
    assertThat(push("namespace_meta", entry).get("skipped").asInt()).isZero();
    var standard = row("s", "Rules", "c", "2026-06-01T12:00:00+00:00");
    standard.set("metadata", Json.parse("{\"governance\":{\"write\":\"registered\"}}"));
    push("memories", standard);
    var answer = node.client().post(MEMORIES, memory("T", "c").put("namespace", "ruled"));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
  }

  @Test
  void anotherTitleOfAKnownRowIsTaken() {
    push("memories", row("m", "Before", "c", "2026-06-01T12:00:00+00:00"));
    var report = push("memories", row("m", "After", "c", "2026-06-01T13:00:00+00:00"));
    assertThat(report.get("applied").asInt()).isOne();
    assertThat(ok(get("m")).get("memory").get("title").asString()).isEqualTo("After");
  }

  @Test
  void anOlderRowChangesNothingNotEvenTheExpiry() {
    push("memories", row("m", "T", "newer", "2026-06-01T13:00:00+00:00"));
    var older = row("m", "T", "older", "2026-06-01T12:00:00+00:00").put("tier", "short");
    push("memories", older.put("expires_at", "2026-06-01T14:00:00+00:00").put("priority", 10));
    var memory = ok(get("m")).get("memory");
    assertThat(memory.get("content").asString()).isEqualTo("newer");
    assertThat(memory.get("tier").asString()).isEqualTo("long");
    assertThat(memory.get("priority").asInt()).isEqualTo(5);
    assertThat(memory.has("expires_at")).isFalse();
  }

  @Test
  void timesAreComparedAsTimesHoweverTheyAreWritten() {
    push("memories", row("m", "T", "quarter", "2026-06-01T12:00:00.25+00:00"));
    push("memories", row("m", "T", "half", "2026-06-01T12:00:00.5Z"));
    assertThat(content("m")).isEqualTo("half");
    push("memories", row("m", "T", "earlier", "2026-06-01T13:00:00+02:00"));
    assertThat(content("m")).isEqualTo("half");
  }

  @Test
  void twoRowsOfOneTitleAreOneMemoryWithTheContentOfOneOfThem() {
    push("memories", row("m", "T", "first", "2026-06-01T12:00:00+00:00").put("priority", 9));
    var second = row("k", "T", "second", "2026-06-01T13:00:00+00:00").put("priority", 1);
    push("memories", second.put("created_at", "2026-06-01T12:30:00+00:00"));
    assertThat(ok(get("k")).get("memory")).isEqualTo(ok(get("m")).get("memory"));
    assertThat(content("m")).isEqualTo("second");
    assertThat(ok(get("m")).get("memory").get("priority").asInt()).isOne();
    ok(node.client().delete(MEMORIES + "/k"));
    assertThat(get("m").status()).isEqualTo(404);
  }

  @Test
  void oneBadItemIsSkippedAloneAndNamed() {
    var bad = row("bad", "T", "c", "2026-06-01T12:00:00+00:00").put("priority", 11);
    var report = push("memories", bad, row("m", "U", "c", "2026-06-01T12:00:00+00:00"));
    assertThat(report.get("applied").asInt()).isOne();
    assertThat(report.get("skipped").asInt()).isOne();
    assertThat(get("m").status()).isEqualTo(200);
  }

  @Test
  void whatIsStampedFarAheadIsNotTakenYet() {
    var report = push("memories", row("m", "T", "c", "2126-06-01T12:00:00+00:00"));
    assertThat(report.get("applied").asInt()).isZero();
    assertThat(report.get("skipped").asInt()).isOne();
    assertThat(get("m").status()).isEqualTo(404);
  }

  @Test
  void aVectorThatIsNoneHarmsNothing() {
    push("memories", row("m", "T", "c", "2026-06-01T12:00:00+00:00"));
    var zero = Json.parse("{\"memory_id\":\"m\",\"model\":\"x\",\"dim\":2,\"vector\":[0,0]}");
    var shorter = Json.parse("{\"memory_id\":\"m\",\"model\":\"x\",\"dim\":3,\"vector\":[1,0]}");
    var huge = Json.parse("{\"memory_id\":\"m\",\"model\":\"x\",\"dim\":2,\"vector\":[1e300,1]}");
    assertThat(push("embeddings", zero, shorter, huge).get("skipped").asInt()).isEqualTo(3);
    assertThat(content("m")).isEqualTo("c");
  }

  @Test
  void manyRowsOfOneAuthorAreNoReasonToRefuseThePush() {
    for (var batch = 0; batch < 3; batch++) {
      var push = peer.push();
      var rows = push.withArray("memories");
      for (var i = 0; i < 500; i++) {
        var id = "m" + batch + "-" + i;
        rows.add(row(id, "Title " + id, "c", "2026-06-01T12:00:00+00:00"));
      }
      assertThat(ok(peer.send(node, push)).get("applied").asInt()).isEqualTo(500);
    }
  }

  @Test
  void whatWasDecidedIsNotMadePendingAgain() {
    var pending = Json.object().put("id", "p").put("action_type", "store").put("namespace", "n");
    pending.putNull("memory_id").put("requested_by", "ai:ann").put("status", "pending");
    pending.put("requested_at", Instant.now().toString());
    pending.set("payload", row("held", "Held", "c", "2026-06-01T12:00:00+00:00"));
    push("pendings", pending);
    var no = Json.object().put("id", "p").put("approved", false).put("decider", "ai:bob");
    push("pending_decisions", no);
    push("pendings", pending);
    assertThat(ok(node.client().get("/api/v1/pending?status=rejected")).get("count").asInt())
        .isOne();
    assertThat(ok(node.client().get("/api/v1/pending?status=pending")).get("count").asInt())
        .isZero();
  }

  @Test
  void aNodeThatNoSettingNamesMayNothingThoughItsKeyIsKnown() {
    try (var stranger = new FakePeer(folder, "host:stranger").knownTo(data())) {
      var push = stranger.push();
      push.withArray("deletions").add("m");
      assertNotNamed(stranger.send(node, push));
      for (var route : List.of("pull", "digest", "fetch")) {
        assertNotNamed(stranger.post(node, "/api/v1/sync/" + route, Json.object()));
      }
      var page = ok(stranger.get(node, "/api/v1/sync/since", "limit=10"));
      assertThat(page.get("scope_status").asString()).isEqualTo("no_allowlist_default_deny");
    }
  }

  private static void assertNotNamed(Answer answer) {
    assertThat(answered(403, answer).get("error").asString()).isEqualTo("peer_not_named");
  }

  @Test
  void aNodeThatIsNamedByItsAddressIsMetWhenItComes() {
    node.close();
    peer.speaking("e");
    var federation =
        FederationSettings.DEFAULT.withPeers(List.of(peer.replica())).withWriteQuorum(1);
    node = TestNode.start(data(), usual -> usual.withFederation(federation));
    ok(peer.send(node, peer.push()));
  }
}
