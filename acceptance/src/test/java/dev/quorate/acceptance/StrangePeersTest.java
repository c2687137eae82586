package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.answered;
import static dev.quorate.acceptance.NodeTest.memory;
import static dev.quorate.acceptance.NodeTest.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.acceptance.FakePeer.Reply;
import dev.quorate.json.Json;
import dev.quorate.settings.FederationSettings;
import dev.quorate.settings.PeerSettings;
import dev.quorate.settings.Settings;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.TestNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A node beside a peer that answers in odd ways: what counts as held, what is sent again, and what
/// is set aside.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("NullAway.Init") // each test begins with a peer and a node of its own kind
class StrangePeersTest {
  private static final String QUARANTINE = "/api/v1/cluster/quarantine";

  @TempDir Path folder;
  private FakePeer peer;
  private TestNode node;

  @AfterEach
  void end() {
    if (node != null) node.close();
    if (peer != null) peer.close();
  }

  private Path data() {
    return folder.resolve("node");
  }

  private static Settings with(Settings usual, int writes, List<PeerSettings> peers) {
    var federation = FederationSettings.DEFAULT.withPeers(peers).withWriteQuorum(writes);
    return usual.withNodeId("node").withFederation(federation);
  }

  private void start(int writes, PeerSettings... peers) {
    node = TestNode.start(data(), usual -> with(usual, writes, List.of(peers)));
  }

  /// A node with one peer that has none of our fields.
  private void startBesidePlain(int writes) {
    peer = new FakePeer(folder, "strange").knownTo(data());
    start(writes, peer.replica());
  }

  private Answer store(String title) {
    return node.client().post(MEMORIES, memory(title, "words"));
  }

  private String stored(String title) {
    return answered(201, store(title)).get("id").asString();
  }

  private void missed(Answer answer, String reason) {
    var json = answered(503, answer);
    assertThat(json.get("error").asString()).isEqualTo("quorum_not_met");
    assertThat(json.get("reason").asString()).isEqualTo(reason);
    assertThat(json.get("durability").asString()).isEqualTo("local");
    assertThat(json.get("got").asInt()).isEqualTo(1);
  }

  private JsonNode quarantine() {
    return ok(node.client().get(QUARANTINE)).get("quarantine");
  }

  private JsonNode link() {
    return ok(node.client().get("/api/v1/cluster/status")).get("peers").get(0);
  }

  @Test
  void aPeerThatTakesEverythingIsCounted() {
    startBesidePlain(2);
    assertThat(answered(201, store("T")).get("quorum").get("durability").asString())
        .isEqualTo("all");
    assertThat(peer.pushes().getFirst().has("quorate")).isFalse();
  }

  @Test
  void whatAPeerMadeAndDidNotPushIsRead() {
    peer = new FakePeer(folder, "strange").knownTo(data());
    var row = Json.object().put("id", "theirs").put("tier", "long").put("namespace", "global");
    row.put("title", "Theirs").put("content", "words").put("priority", 5).put("confidence", 1.0);
    row.put("source", "api").put("access_count", 0).putArray("tags");
    row.put("created_at", "2026-06-01T12:00:00+00:00");
    row.put("updated_at", "2026-06-01T12:00:00+00:00");
    peer.showing(row);
    start(1, peer.replica());
    Await.until(() -> node.client().get(MEMORIES + "/theirs").status() == 200);
    assertThat(peer.readers().getFirst())
        .containsKeys("X-memory-sig", "X-memory-nonce", "X-peer-id");
    stored("Ours");
    Await.until(() -> peer.titles().contains("Ours"));
    // It would come back to it without what it does not show.
    assertThat(peer.titles()).doesNotContain("Theirs");
  }

  @Test
  void anApprovalGoesToAPeerWithWhatItMade() {
    startBesidePlain(1);
    var policy = "{\"namespace\":\"team\",\"governance\":{\"write\":\"approve\"}}";
    answered(201, node.client().post("/api/v1/namespaces", policy));
    var held = memory("Held", "words").put("namespace", "team");
    var asked = answered(202, node.client().post(MEMORIES, held)).get("pending_id").asString();
    ok(node.client().send("POST", "/api/v1/pending/" + asked + "/approve", null));
    Await.until(() -> !peer.items("pending_decisions").isEmpty());
    assertThat(peer.items("pendings")).hasSize(1);
    assertThat(peer.pushes())
        .filteredOn(push -> push.has("pending_decisions"))
        .singleElement()
        .satisfies(push ->
            assertThat(push.get("memories").get(0).get("title").asString()).isEqualTo("Held"));
  }

  @Test
  void twoMemoriesOfOneTitleAreOneForAPeer() {
    peer = new FakePeer(folder, "strange").knownTo(data());
    start(1, peer.named());
    var ours = stored("T");
    Await.until(() -> peer.titles().contains("T"));
    var row = peer.items("memories").getFirst().deepCopy();
    var push = peer.push();
    var younger = ((ObjectNode) row).put("id", "younger").put("content", "newer");
    younger.put("created_at", "2027-01-01T00:00:00+00:00");
    push.withArray("memories").add(younger);
    peer.forget();
    ok(peer.send(node, push));
    Await.until(() -> !peer.items("deletions").isEmpty() && !peer.items("memories").isEmpty());
    assertThat(peer.items("deletions").toString()).contains("younger").doesNotContain(ours);
    assertThat(peer.items("memories").getLast().get("id").asString()).isEqualTo(ours);
    assertThat(quarantine()).isEmpty();
  }

  @Test
  void aReplicaThatDeletesWhatThisNodeArchivesIsRefusedAndShown() {
    peer = new FakePeer(folder, "strange").knownTo(data()).speaking("e").deleting();
    start(2, peer.replica());
    missed(store("T"), "refused");
    assertThat(link().get("trouble").asString()).contains("gc.archive-on-gc");
    assertThat(peer.pushes()).isEmpty();
    peer.speaking("e");
    Await.until(() -> peer.titles().contains("T"));
  }

  @Test
  void anItemThatThePeerSkippedIsNotHeldByIt() {
    startBesidePlain(2);
    peer.answering(_ -> new Reply(200, "{\"applied\":0,\"noop\":0,\"skipped\":1}"));
    missed(store("T"), "refused");
    Await.until(() -> quarantine().size() == 1);
    assertThat(quarantine().get(0).get("lane").asString()).isEqualTo("content");
  }

  @Test
  void anItemThatThePeersStoreIgnoresIsNotHeldByIt() {
    startBesidePlain(2);
    peer.answering(_ ->
        new Reply(200, "{\"applied\":0,\"noop\":0,\"skipped\":0,\"unsupported_on_postgres\":1}"));
    missed(store("T"), "refused");
  }

  @Test
  void anAnswerThatMakesNoSenseIsNoAcknowledgement() {
    startBesidePlain(2);
    peer.answering(_ -> new Reply(200, "fine"));
    missed(store("T"), "refused");
    assertThat(quarantine()).isEmpty();
  }

  @Test
  void anAcknowledgementOfOtherIdsIsToldAsThat() {
    startBesidePlain(2);
    peer.answering(_ -> new Reply(200, "{\"applied\":1,\"skipped\":0,\"ids\":[\"another\"]}"));
    missed(store("T"), "id_drift");
  }

  @Test
  void aPeerThatIsNotThereIsToldAsUnreachable() {
    peer = new FakePeer(folder, "strange").knownTo(data());
    var address = peer.replica();
    peer.close();
    start(2, address);
    missed(store("T"), "unreachable");
  }

  @Test
  void aPeerThatDoesNotAnswerIsToldAsTimeout() throws InterruptedException {
    startBesidePlain(2);
    var over = new CountDownLatch(1);
    peer.answering(_ -> {
      try {
        over.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      return Reply.HELD;
    });
    missed(store("T"), "timeout");
    // What was on its way is not given up, and counts when it is answered after all.
    over.countDown();
    Await.until(() -> link().get("lag").asInt() == 0);
    assertThat(peer.titles()).containsExactly("T");
  }

  @Test
  void metricsTellHowQuorumsEnded() {
    startBesidePlain(2);
    stored("A");
    peer.answering(_ -> new Reply(429, "{}", "Retry-After", "600"));
    missed(store("B"), "refused");
    var metrics = node.client().get("/api/v1/metrics").text();
    assertThat(metrics)
        .contains("quorate_quorum_total{result=\"met\"} 1")
        .contains("quorate_quorum_total{result=\"refused\"} 1")
        .contains("ai_memory_federation_fanout_dropped_total{reason=\"peer_fail\"}");
  }

  @Test
  void whatEveryLaneOwesIsSentUntilItIsTaken() {
    startBesidePlain(1);
    var broken = new AtomicInteger();
    peer.answering(_ -> {
      broken.incrementAndGet();
      return new Reply(500, "{\"error\":\"broken\"}");
    });
    var a = stored("A");
    var b = stored("B");
    var c = stored("C");
    var gone = stored("Gone");
    answered(201, node.client().post("/api/v1/links", Json.object().put("from", a).put("to", b)));
    ok(node.client().delete(MEMORIES + "/" + gone));
    var ids = Json.object();
    ids.putArray("ids").add(c);
    ok(node.client().post("/api/v1/archive", ids));
    var standard = "{\"namespace\":\"n\",\"governance\":{\"write\":\"any\"}}";
    answered(201, node.client().post("/api/v1/namespaces", standard));
    Await.until(() -> broken.get() > 2);
    peer.answering(_ -> Reply.HELD);
    Await.until(() -> link().get("lag").asInt() == 0);
    assertThat(peer.titles()).contains("A", "B", "C");
    assertThat(peer.items("links")).hasSize(1);
    assertThat(peer.items("deletions").toString()).contains(gone);
    assertThat(peer.items("archives").toString()).contains(c);
    assertThat(peer.items("namespace_meta")).hasSize(1);
    assertThat(quarantine()).isEmpty();
  }

  @Test
  void aRefusedSenderKeepsItsPositionAndLosesNothing() {
    startBesidePlain(1);
    peer.answering(_ -> new Reply(401, "{\"error\":\"x_memory_sig_no_enrolled_key\"}"));
    stored("A");
    Await.until(() -> link().get("trouble").asString("").contains("x_memory_sig_no_enrolled_key"));
    peer.answering(_ -> Reply.HELD);
    Await.until(() -> peer.titles().contains("A"));
    assertThat(quarantine()).isEmpty();
  }

  @Test
  void aThrottledPeerIsLeftAloneAndThenGetsTheRest() {
    startBesidePlain(1);
    var asked = new AtomicInteger();
    peer.answering(_ -> {
      asked.incrementAndGet();
      return new Reply(429, "{\"error\":\"QUOTA_EXCEEDED\"}", "Retry-After", "1");
    });
    stored("A");
    Await.until(() -> asked.get() == 1);
    peer.answering(_ -> Reply.HELD);
    Await.until(() -> peer.titles().contains("A"));
    assertThat(asked.get()).isEqualTo(1);
    assertThat(quarantine()).isEmpty();
  }

  @Test
  void theNumber429InATextOfThePeerIsNothingButText() {
    startBesidePlain(2);
    peer.answering(_ -> new Reply(400, "{\"error\":\"429 of 429 items skipped, 429\"}"));
    missed(store("T"), "refused");
    Await.until(() -> quarantine().size() == 1);
    assertThat(quarantine().get(0).get("retry_at").isNull()).isTrue();
    assertThat(link().get("failures").asInt()).isZero();
  }

  @Test
  void oneItemThatThePeerCannotReadHoldsUpNothingBehindIt() {
    startBesidePlain(1);
    var refused = new Reply(400, "{\"error\":\"malformed\"}");
    peer.answering(push -> push.toString().contains("Poison") ? refused : Reply.HELD);
    for (var i = 0; i < 20; i++) stored(i == 7 ? "Poison" : "T" + i);
    Await.until(() -> link().get("lag").asInt() == 0);
    assertThat(peer.titles()).hasSize(19).doesNotContain("Poison");
    assertThat(quarantine()).hasSize(1);
    assertThat(quarantine().get(0).get("reason").asString()).isEqualTo("malformed");
    // Once it can, nothing but a word is needed.
    peer.answering(_ -> Reply.HELD);
    ok(node.client().send("POST", QUARANTINE + "/retry", null));
    Await.until(() -> peer.titles().contains("Poison"));
    Await.until(() -> quarantine().isEmpty());
  }

  @Test
  void whatWasOwedIsSentInItsNewestState() {
    startBesidePlain(1);
    var last = new AtomicReference<String>("");
    peer.answering(push -> {
      last.set(push.toString());
      return new Reply(503, "{}");
    });
    var id = stored("First title");
    Await.until(() -> link().get("failures").asInt() > 0);
    ok(node.client().put(MEMORIES + "/" + id, Json.object().put("title", "Second title")));
    ok(node.client().put(MEMORIES + "/" + id, Json.object().put("title", "Third title")));
    Await.until(() -> last.get().contains("Third title"));
    peer.answering(_ -> Reply.HELD);
    Await.until(() -> link().get("lag").asInt() == 0);
    assertThat(peer.titles()).containsExactly("Third title");
  }

  @Test
  void aRestoreThatCameAfterADelayedArchiveIsWhatThePeerGets() {
    startBesidePlain(1);
    peer.answering(_ -> new Reply(503, "{}"));
    var id = stored("T");
    var ids = Json.object();
    ids.putArray("ids").add(id);
    ok(node.client().post("/api/v1/archive", ids));
    ok(node.client().send("POST", "/api/v1/archive/" + id + "/restore", null));
    peer.answering(_ -> Reply.HELD);
    Await.until(() -> link().get("lag").asInt() == 0);
    assertThat(peer.items("archives")).isEmpty();
    assertThat(peer.items("restores")).hasSize(1);
  }

  @Test
  void whatThePeerHasNoListForIsSetAsideAndNotCounted() {
    startBesidePlain(2);
    var a = stored("A");
    var b = stored("B");
    var ends = Json.object().put("from", a).put("to", b);
    answered(201, node.client().post("/api/v1/links", ends));
    missed(node.client().delete("/api/v1/links", ends), "refused");
    Await.until(() -> quarantine().size() == 1);
    assertThat(quarantine().get(0).get("reason").asString()).isEqualTo("unsupported");
    assertThat(quarantine().get(0).get("lane").asString()).isEqualTo("link");
    stored("what is behind it is held");
  }

  @Test
  void aPositionBelongsToANodeAndItsStoreAndNotToAnAddress() {
    peer = new FakePeer(folder, "first").knownTo(data()).speaking("e1");
    start(2, peer.replica());
    stored("A");
    assertThat(peer.titles()).containsExactly("A");
    node.close();
    // Another node at another place in the list is sent everything.
    try (var other = new FakePeer(folder, "second").knownTo(data()).speaking("e2")) {
      start(3, other.replica(), peer.replica());
      stored("B");
      Await.until(() -> other.titles().contains("A") && other.titles().contains("B"));
      assertThat(peer.titles()).containsExactly("A", "B");
      node.close();
      // The first one came back with an older store: an epoch of its own, and nothing taken for
      // granted.
      peer.forget();
      peer.speaking("e3");
      start(2, peer.replica());
      Await.until(() -> peer.titles().contains("A") && peer.titles().contains("B"));
    }
  }

  @Test
  void aNodeAtTwoAddressesCountsOnce() {
    peer = new FakePeer(folder, "twice").knownTo(data()).speaking("e");
    var other = new FakePeer(folder, "twice").speaking("e");
    try (other) {
      start(3, peer.replica(), other.replica());
      var json = answered(503, store("T"));
      assertThat(json.get("got").asInt()).isEqualTo(2);
      assertThat(ok(node.client().get("/api/v1/cluster/status")).get("peers").toString())
          .contains("its id is that of another peer");
    }
  }

  @Test
  void aPeerWithAnotherKeyThanTheEnrolledOneGetsNothing() {
    new FakePeer(folder.resolve("elsewhere"), "known").knownTo(data()).close();
    peer = new FakePeer(folder, "known").speaking("e");
    start(2, peer.replica());
    missed(store("T"), "refused");
    assertThat(link().get("trouble").asString()).contains("its key is not the one enrolled");
    assertThat(peer.pushes()).isEmpty();
  }

  @Test
  void theLagOfAPeerAndWhatIsInItsWayAreShown() {
    startBesidePlain(1);
    peer.answering(_ -> new Reply(500, "{\"error\":\"broken\"}"));
    stored("A");
    stored("B");
    Await.until(() -> link().get("failures").asInt() > 0);
    assertThat(link().get("lag").asInt()).isPositive();
    assertThat(link().get("state").asString()).isEqualTo("resting");
    assertThat(link().get("trouble").asString()).contains("500 broken");
    peer.answering(_ -> Reply.HELD);
    Await.until(() -> link().get("lag").asInt() == 0);
    assertThat(link().get("state").asString()).isEqualTo("connected");
    assertThat(link().get("heard_at").asString()).isNotEmpty();
  }

  @Test
  void aStopSaysNothingIsLostAndTheNextStartGoesOn() {
    startBesidePlain(1);
    peer.answering(_ -> new Reply(503, "{}"));
    stored("A");
    Await.until(() -> link().get("failures").asInt() > 0);
    node.close();
    peer.answering(_ -> Reply.HELD);
    start(1, peer.replica());
    Await.until(() -> peer.titles().contains("A"));
  }
}
