package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.answered;
import static dev.quorate.acceptance.NodeTest.memory;
import static dev.quorate.acceptance.NodeTest.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.memory.NamespacePattern;
import dev.quorate.settings.FederationSettings;
import dev.quorate.settings.PeerRole;
import dev.quorate.settings.PeerSettings;
import dev.quorate.testkit.TestNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a guest, another owner's node, gets and may write: its namespaces `team` and below, and
/// nothing private. It speaks our protocol, which makes no difference.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuestTest {
  @TempDir Path folder;
  private FakePeer guest;
  private TestNode node;

  @BeforeEach
  void start() {
    guest = new FakePeer(folder, "host:guest").knownTo(folder.resolve("node")).speaking("e");
    startNode();
  }

  private void startNode() {
    var namespaces = List.of(new NamespacePattern("team/**"));
    var peer =
        new PeerSettings(guest.address(), PeerRole.GUEST, namespaces, guest.id(), null, List.of());
    var federation = FederationSettings.DEFAULT.withPeers(List.of(peer));
    node = TestNode.start(folder.resolve("node"), usual -> usual.withFederation(federation));
  }

  @AfterEach
  void end() {
    node.close();
    guest.close();
  }

  private static ObjectNode shared(String namespace, String title) {
    var memory = memory(title, "words").put("namespace", namespace);
    memory.putObject("metadata").put("scope", "team");
    return memory;
  }

  private String store(ObjectNode memory) {
    return answered(201, node.client().post(MEMORIES, memory)).get("id").asString();
  }

  /// Returns when the guest has everything that was made so far and that it may get.
  private void awaitSent() {
    store(shared("team", "Marker"));
    Await.until(() -> guest.titles().contains("Marker"));
  }

  private int found(String id) {
    return node.client().get(MEMORIES + "/" + id).status();
  }

  private JsonNode push(String list, JsonNode item) {
    var push = guest.push();
    push.withArray(list).add(item);
    return ok(guest.send(node, push));
  }

  private void assertSkipped(String list, JsonNode item) {
    var report = push(list, item);
    assertThat(report.get("skipped").asInt()).as(list + " " + report).isOne();
  }

  private static ObjectNode row(String id, String namespace) {
    var row = Json.object().put("id", id).put("tier", "long").put("namespace", namespace);
    row.put("title", "Row " + id).put("content", "c").put("priority", 5).put("confidence", 1.0);
    row.put("source", "api").put("access_count", 0);
    row.put("created_at", "2026-06-01T12:00:00+00:00");
    row.put("updated_at", "2026-06-01T12:00:00+00:00");
    row.putArray("tags");
    return row;
  }

  @Test
  void aGuestGetsItsNamespacesAndNothingPrivate() {
    store(shared("team", "Ours"));
    store(shared("team/web", "Below"));
    store(shared("other", "Elsewhere"));
    store(shared("teams", "Alike"));
    store(memory("Private", "words").put("namespace", "team"));
    var told = memory("Told", "words").put("namespace", "team");
    told.putObject("metadata").put("scope", "private").put("federation_share", true);
    store(told);
    awaitSent();
    assertThat(guest.titles()).containsExactlyInAnyOrder("Ours", "Below", "Told", "Marker");
    assertThat(guest.pushes()).noneMatch(push -> push.has("quorate"));
  }

  @Test
  void aLinkGoesToAGuestThatGetsBothEnds() {
    var a = store(shared("team", "A"));
    var b = store(shared("team", "B"));
    var c = store(shared("other", "C"));
    var links = "/api/v1/links";
    answered(201, node.client().post(links, Json.object().put("from", a).put("to", b)));
    answered(201, node.client().post(links, Json.object().put("from", a).put("to", c)));
    awaitSent();
    Await.until(() -> !guest.items("links").isEmpty());
    assertThat(guest.items("links")).hasSize(1);
    assertThat(guest.items("links").getFirst().get("target_id").asString()).isEqualTo(b);
  }

  @Test
  void whatIsAskedForAndDecidedStaysInTheMesh() {
    var policy = "{\"namespace\":\"team\",\"governance\":{\"write\":\"approve\"}}";
    answered(201, node.client().post("/api/v1/namespaces", policy));
    var held = answered(202, node.client().post(MEMORIES, shared("team", "Held")));
    var path = "/api/v1/pending/" + held.get("pending_id").asString() + "/approve";
    ok(node.client().send("POST", path, null));
    Await.until(() -> guest.titles().contains("Held"));
    assertThat(guest.items("pendings")).isEmpty();
    assertThat(guest.items("pending_decisions")).isEmpty();
  }

  @Test
  void aGuestPullsOnlyByTheRouteThatIsFiltered() {
    store(shared("team", "Ours"));
    store(memory("Private", "words").put("namespace", "team"));
    store(shared("other", "Elsewhere"));
    var page = ok(guest.get(node, "/api/v1/sync/since", "limit=10"));
    assertThat(page.get("scope_status").asString()).isEqualTo("scoped");
    assertThat(page.get("memories")).hasSize(1);
    assertThat(page.get("memories").get(0).get("title").asString()).isEqualTo("Ours");
    assertPullsAreRefused();
  }

  @Test
  void whatAGuestMayNotGetDoesNotHideWhatIsBehindIt() {
    for (var i = 0; i < 20; i++) store(shared("other", "Elsewhere " + i));
    store(shared("team", "Ours"));
    for (var i = 0; i < 20; i++) store(shared("other", "Elsewhere too " + i));
    store(shared("team", "Ours, too"));
    var since = "1970-01-01T00:00:00Z";
    for (var title : List.of("Ours", "Ours, too")) {
      var page = ok(guest.get(node, "/api/v1/sync/since", "limit=1&since=" + since));
      assertThat(page.get("memories")).hasSize(1);
      assertThat(page.get("memories").get(0).get("title").asString()).isEqualTo(title);
      assertThat(page.get("excluded_for_scope").asInt()).isEqualTo(20);
      since = page.get("latest_updated_at").asString().replace("+", "%2B").replace(":", "%3A");
    }
  }

  private void assertPullsAreRefused() {
    for (var route : List.of("pull", "digest", "fetch")) {
      var answer = guest.post(node, "/api/v1/sync/" + route, Json.object());
      assertThat(answered(403, answer).get("error").asString()).as(route).isEqualTo("guest");
    }
  }

  @Test
  void aGuestIsAGuestBeforeItWasEverReached() {
    node.close();
    guest.answering(_ -> new FakePeer.Reply(503, "{}"));
    guest.silent();
    startNode();
    assertPullsAreRefused();
    assertSkipped("memories", row("m", "other"));
    assertThat(found("m")).isEqualTo(404);
  }

  @Test
  void aGuestWritesIntoItsNamespaces() {
    assertThat(push("memories", row("m", "team/web")).get("applied").asInt()).isOne();
    assertThat(found("m")).isEqualTo(200);
    assertThat(push("deletions", Json.parse("\"m\"")).get("deleted").asInt()).isOne();
    assertThat(found("m")).isEqualTo(404);
  }

  @Test
  void aGuestWritesNowhereElse() {
    var foreign = store(shared("other", "Elsewhere"));
    var id = Json.parse("\"" + foreign + "\"");
    assertSkipped("memories", row("m", "other"));
    // Nor does it move one over.
    assertSkipped("memories", row(foreign, "team"));
    assertSkipped("deletions", id);
    assertSkipped("archives", id);
    assertSkipped("restores", id);
    var link = Json.object().put("source_id", foreign).put("target_id", "x");
    link.put("relation", "related_to").put("created_at", "2026-06-01T12:00:00+00:00");
    assertSkipped("links", link);
    var standard = Json.object().put("namespace", "team").put("standard_id", foreign);
    assertSkipped("namespace_meta", standard);
    assertSkipped("namespace_meta_clears", Json.parse("\"other\""));
    assertThat(found("m")).isEqualTo(404);
    assertThat(found(foreign)).isEqualTo(200);
  }

  @Test
  void aGuestNeitherAsksForAnActionNorDecidesOne() {
    var pending = Json.object().put("id", "p").put("action_type", "store").put("namespace", "team");
    pending.putNull("memory_id").put("requested_by", "ai:ann").put("status", "pending");
    pending.put("requested_at", "2026-06-01T12:00:00+00:00").set("payload", row("h", "team"));
    var decision = Json.object().put("id", "p").put("approved", true).put("decider", "ai:bob");
    var push = guest.push();
    push.withArray("pendings").add(pending);
    push.withArray("pending_decisions").add(decision);
    assertThat(ok(guest.send(node, push)).get("skipped").asInt()).isEqualTo(2);
    assertThat(found("h")).isEqualTo(404);
  }

  @Test
  void aDeleteHereReachesTheGuest() {
    var id = store(shared("team", "Ours"));
    awaitSent();
    ok(node.client().delete(MEMORIES + "/" + id));
    Await.until(() -> guest.items("deletions").toString().contains(id));
  }

  private void delete(String id) {
    ok(node.client().delete(MEMORIES + "/" + id));
  }

  @Test
  void aGuestLearnsNoIdOfWhatItNeverGot() {
    var foreign = store(shared("other", "Elsewhere"));
    var hidden = store(memory("Private", "words").put("namespace", "team"));
    var ours = store(shared("team", "Ours"));
    awaitSent();
    for (var id : List.of(foreign, hidden, ours)) delete(id);
    Await.until(() -> guest.items("deletions").toString().contains(ours));
    assertThat(guest.items("deletions")).hasSize(1);
    assertThat(guest.pushes().toString()).doesNotContain(foreign).doesNotContain(hidden);
  }

  @Test
  void aGuestLearnsThatWhatItBroughtIsDeleted() {
    push("memories", row("m", "team/web"));
    delete("m");
    Await.until(() -> guest.items("deletions").toString().contains("\"m\""));
  }

  @Test
  void aGuestLearnsThatWhatItPulledIsDeletedThoughItWasNeverPushedToIt() {
    node.close();
    guest.silent();
    startNode();
    var ours = store(shared("team", "Ours"));
    ok(guest.get(node, "/api/v1/sync/since", "limit=10"));
    delete(ours);
    guest.speaking("e");
    Await.until(() -> guest.items("deletions").toString().contains(ours));
    assertThat(guest.titles()).isEmpty();
  }

  @Test
  void aGuestLearnsOfADeleteThatBeganUnderAnotherId() {
    push("memories", row("young", "team").put("title", "T"));
    var hidden =
        row("old", "team").put("title", "T").put("created_at", "2020-06-01T12:00:00+00:00");
    hidden.putObject("metadata").put("scope", "private");
    push("memories", hidden);
    awaitSent();
    delete("old");
    Await.until(() -> guest.items("deletions").toString().contains("young"));
  }

  @Test
  void whatAGuestLearnedIsKnownAfterARestart() {
    var ours = store(shared("team", "Ours"));
    var foreign = store(shared("other", "Elsewhere"));
    awaitSent();
    node.close();
    startNode();
    delete(foreign);
    delete(ours);
    Await.until(() -> guest.items("deletions").toString().contains(ours));
    assertThat(guest.items("deletions").toString()).doesNotContain(foreign);
  }

  @Test
  void whatWasSetAsideForAGuestIsHeldToWhatItMayGet() {
    guest.answering(push ->
        push.path("memories").isEmpty()
            ? new FakePeer.Reply(200, "{\"applied\":0,\"noop\":0,\"skipped\":0}")
            : new FakePeer.Reply(200, "{\"applied\":0,\"noop\":0,\"skipped\":1}"));
    var ours = store(shared("team", "Ours"));
    var quarantine = "/api/v1/cluster/quarantine";
    Await.until(() -> ok(node.client().get(quarantine)).get("count").asInt() == 1);
    var hidden = Json.object();
    hidden.putObject("metadata").put("scope", "private");
    ok(node.client().send("PUT", MEMORIES + "/" + ours, Json.utf8(hidden)));
    guest.forget();
    ok(node.client().send("POST", quarantine + "/retry", null));
    Await.until(() -> ok(node.client().get(quarantine)).get("count").asInt() == 0);
    assertThat(guest.titles()).isEmpty();
  }
}
