package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.answered;
import static dev.quorate.acceptance.NodeTest.memory;
import static dev.quorate.acceptance.NodeTest.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.settings.ApprovalSettings;
import dev.quorate.settings.Secret;
import dev.quorate.settings.Settings;
import dev.quorate.settings.SubscriptionSettings;
import dev.quorate.testkit.Client;
import dev.quorate.testkit.Mesh;
import dev.quorate.testkit.TestNode;
import dev.quorate.testkit.WebhookReceiver;
import dev.quorate.testkit.WebhookReceiver.Manner;
import dev.quorate.testkit.WebhookReceiver.Received;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Events reach subscribers that answer well, badly, late or never.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebhookTest {
  static final String SUBSCRIPTIONS = "/api/v1/subscriptions";
  private static final String SECRET = "a secret that nobody may see";

  private final WebhookReceiver receiver = new WebhookReceiver();

  @TempDir Path data;
  private TestNode node;

  private static Settings loopback(Settings usual) {
    return usual.withSubscriptions(new SubscriptionSettings(true));
  }

  @BeforeEach
  void start() {
    node = TestNode.start(data, WebhookTest::loopback);
  }

  @AfterEach
  void stop() {
    node.close();
    receiver.close();
  }

  private Client client() {
    return node.client();
  }

  static String subscribe(Client client, String url, ObjectNode wish) {
    var body = wish.put("url", url).put("secret", SECRET);
    return answered(201, client.post(SUBSCRIPTIONS, body)).get("id").asString();
  }

  static String store(Client client, String namespace, String title) {
    var memory = memory(title, "words").put("namespace", namespace);
    return answered(201, client.post(MEMORIES, memory)).get("id").asString();
  }

  private JsonNode deadLetters() {
    return ok(client().get(SUBSCRIPTIONS + "/dead-letters"));
  }

  private JsonNode subscription(String id) {
    for (var row : ok(client().get(SUBSCRIPTIONS)).get("subscriptions")) {
      if (row.get("id").asString().equals(id)) return row;
    }
    throw new AssertionError("no subscription " + id);
  }

  private void awaitCounts(String id, int dispatched, int failed) {
    Await.until(() -> {
      var row = subscription(id);
      return row.get("dispatch_count").asInt() == dispatched
          && row.get("failure_count").asInt() == failed
          && row.get("waiting_count").asInt() == 0;
    });
  }

  @Test
  void anEventIsSentOnceAndSigned() throws GeneralSecurityException {
    var id = subscribe(client(), receiver.url(), Json.object());
    var body = memory("Rule", "words").put("namespace", "ops").put("agent_id", "ai:ann");
    var stored = answered(201, client().post(MEMORIES, body)).get("id").asString();
    awaitCounts(id, 1, 0);

    assertThat(receiver.received()).hasSize(1);
    var message = receiver.received().getFirst();
    var json = message.json();
    assertThat(json.get("event").asString()).isEqualTo("memory_store");
    assertThat(json.get("memory_id").asString()).isEqualTo(stored);
    assertThat(json.get("namespace").asString()).isEqualTo("ops");
    assertThat(json.get("agent_id").asString()).isEqualTo("ai:ann");
    assertThat(json.get("correlation_id").asString())
        .isEqualTo(message.id())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(json.has("delivered_at")).isTrue();
    assertThat(message.body()).doesNotContain("words");
    assertThat(message.signature()).isEqualTo("sha256=" + hmac(message));
    assertThat(ok(client().get(SUBSCRIPTIONS)).toString()).doesNotContain(SECRET, keyHex());
    assertThat(ok(client().get("/api/v1/export")).toString()).doesNotContain(SECRET, keyHex());
    assertThat(client().get("/metrics").text())
        .contains("ai_memory_webhook_dispatched_total 1.0")
        .contains("ai_memory_webhook_failed_total 0.0")
        .contains("ai_memory_subscriptions_active 1.0");
  }

  private static String keyHex() throws GeneralSecurityException {
    return keyHex(SECRET);
  }

  private static String keyHex(String secret) throws GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whoGaveNoSecretGetsTheSignatureOfTheNodeThatSends() throws GeneralSecurityException {
    node.close();
    var secret = "a secret of this very node";
    node =
        TestNode.start(
            data,
            usual -> loopback(usual).withApproval(new ApprovalSettings(new Secret(secret), false)));
    var wish = Json.object().put("url", receiver.url());
    var id = answered(201, client().post(SUBSCRIPTIONS, wish)).get("id").asString();
    store(client(), "app", "first");
    awaitCounts(id, 1, 0);
    var message = receiver.received().getFirst();
    assertThat(message.signature()).isEqualTo("sha256=" + hmac(message, keyHex(secret)));

    // A node that has none gives up, and says why.
    node.close();
    node = TestNode.start(data, WebhookTest::loopback);
    store(client(), "app", "second");
    awaitCounts(id, 2, 1);
    assertThat(receiver.received()).hasSize(1);
    assertThat(deadLetters().get("dead_letters").get(0).get("reason").asString())
        .contains("approval.hmac-secret");
  }

  @Test
  void whatHappensInTheServersOwnNamespacesIsToldOnlyToWhoNamesThem() {
    var agents = Json.object().put("namespace_filter", "_agents").put("secret", SECRET);
    var insider =
        answered(201, client().post(SUBSCRIPTIONS, agents.put("url", receiver.url() + "/agents")))
            .get("id")
            .asString();
    var everything = subscribe(client(), receiver.url(), Json.object());
    var agent = Json.object().put("agent_id", "ai:ann").put("agent_type", "ai:generic");
    answered(201, client().post("/api/v1/agents", agent));
    store(client(), "app", "first");
    awaitCounts(everything, 1, 0);
    awaitCounts(insider, 1, 0);
    for (var message : receiver.received()) {
      var inside = message.path().endsWith("/agents");
      assertThat(message.json().get("namespace").asString()).isEqualTo(inside ? "_agents" : "app");
    }
  }

  private static String hmac(Received message) throws GeneralSecurityException {
    return hmac(message, keyHex());
  }

  private static String hmac(Received message, String key) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(HexFormat.of().parseHex(key), "HmacSHA256"));
    var signed = message.timestamp() + "." + message.body();
    return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatASubscriptionDoesNotNameIsNullInTheList() {
    var id = subscribe(client(), receiver.url(), Json.object());
    for (var member : List.of("namespace", "agent_id", "namespace_filter", "agent_filter")) {
      assertThat(subscription(id).has(member)).as(member).isTrue();
      assertThat(subscription(id).get(member).isNull()).as(member).isTrue();
    }
  }

  @Test
  void everyKindOfChangeIsAnEvent() {
    var id = subscribe(client(), receiver.url(), Json.object().put("namespace_filter", "app/**"));
    var first = store(client(), "app", "first");
    var second = store(client(), "app/web", "second");
    store(client(), "other", "third");
    ok(client().post(MEMORIES + "/" + first + "/promote", Json.object()));
    var link = Json.object().put("source_id", first).put("target_id", second);
    answered(201, client().post("/api/v1/links", link));
    ok(client().delete("/api/v1/links", link));
    var sources = Json.object().put("title", "both").put("namespace", "app").put("summary", "s");
    sources.putArray("ids").add(first).add(second);
    var both = answered(201, client().post("/api/v1/consolidate", sources)).get("id").asString();
    ok(client().delete(MEMORIES + "/" + both));
    var policy = Json.object().put("write", "approve").put("approver", "human");
    answered(
        201,
        client()
            .post(
                "/api/v1/namespaces",
                Json.object().put("namespace", "app/held").set("governance", policy)));
    var held = memory("held", "words").put("namespace", "app/held").put("agent_id", "ai:ann");
    answered(202, client().post(MEMORIES, held));
    awaitCounts(id, 9, 0);

    assertThat(receiver.received().stream().map(it -> it.json().get("event").asString()))
        .containsExactly(
            "memory_store",
            "memory_store",
            "memory_promote",
            "memory_link_created",
            "memory_link_invalidated",
            "memory_consolidated",
            "memory_delete",
            // The standard of the namespace is a memory, too.
            "memory_store",
            "approval_requested");
    var consolidated = receiver.received().get(5).json();
    assertThat(consolidated.get("memory_id").asString()).isEqualTo(both);
    assertThat(consolidated.get("source_ids").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  void aSubscriberGetsOnlyWhatItAskedFor() {
    var wish = Json.object().put("events", "memory_delete").put("agent_filter", "ai:ann");
    var id = subscribe(client(), receiver.url(), wish);
    var mine = memory("mine", "words").put("agent_id", "ai:ann");
    var other = memory("other", "words").put("agent_id", "ai:bob");
    var mineId = answered(201, client().post(MEMORIES, mine)).get("id").asString();
    var otherId = answered(201, client().post(MEMORIES, other)).get("id").asString();
    ok(client().delete(MEMORIES + "/" + otherId));
    ok(client().delete(MEMORIES + "/" + mineId));
    awaitCounts(id, 1, 0);
    assertThat(receiver.received().getFirst().json().get("memory_id").asString()).isEqualTo(mineId);
  }

  @ParameterizedTest
  @EnumSource(names = {"ERROR", "HTML", "WRONG_ACK", "ENDLESS", "REDIRECT"})
  void whatIsNotAcknowledgedIsSentAgain(Manner manner) {
    var id = subscribe(client(), receiver.url(), Json.object());
    receiver.answer(manner);
    store(client(), "app", "first");
    store(client(), "app", "second");
    awaitCounts(id, 2, 0);

    var messages = receiver.received();
    assertThat(messages).hasSize(3).allMatch(it -> it.path().equals("/hook"));
    assertThat(messages.get(1).id()).isEqualTo(messages.get(0).id());
    assertThat(messages.get(2).id()).isNotEqualTo(messages.get(0).id());
  }

  @Test
  void anEventThatIsGivenUpCanBeSentAgain() {
    var id = subscribe(client(), receiver.url(), Json.object());
    receiver.answer(Manner.HTML, Manner.ERROR, Manner.ERROR, Manner.ERROR);
    store(client(), "app", "first");
    awaitCounts(id, 1, 1);

    var dead = deadLetters().get("dead_letters").get(0);
    assertThat(dead.get("subscription_id").asString()).isEqualTo(id);
    assertThat(dead.get("reason").asString()).isEqualTo("answered with status 500");
    assertThat(dead.get("last_status").asInt()).isEqualTo(500);
    assertThat(dead.get("attempts").asInt()).isEqualTo(4);

    var path = SUBSCRIPTIONS + "/" + id + "/redrive";
    assertThat(ok(client().post(path, Json.object())).get("redriven").asInt()).isEqualTo(1);
    awaitCounts(id, 2, 1);
    assertThat(receiver.received())
        .hasSize(5)
        .allMatch(it -> it.id().equals(dead.get("correlation_id").asString()));
    assertThat(deadLetters().get("count").asInt()).isZero();
  }

  @Test
  void aWebhookThatHangsDelaysNoOther() {
    var slow = new WebhookReceiver();
    try (slow) {
      slow.answer(Manner.HANG, Manner.HANG, Manner.HANG, Manner.HANG);
      subscribe(client(), slow.url(), Json.object());
      var id = subscribe(client(), receiver.url(), Json.object());
      var begin = System.nanoTime();
      for (var i = 0; i < 20; i++) store(client(), "app", "title " + i);
      awaitCounts(id, 20, 0);
      assertThat(System.nanoTime() - begin).isLessThan(4_000_000_000L);
      assertThat(slow.received()).hasSize(1);
      // It is cut off, and tried again.
      Await.until(() -> slow.received().size() == 2);
    }
  }

  @Test
  void aNameThatLeadsToThisMachineWhenSentToIsRefusedThen() {
    var id = subscribe(client(), receiver.url("localhost"), Json.object());
    node.close();
    node = TestNode.start(data);
    store(client(), "app", "first");
    awaitCounts(id, 1, 1);
    assertThat(receiver.received()).isEmpty();
    assertThat(deadLetters().get("dead_letters").get(0).get("reason").asString())
        .contains("this machine itself");
  }

  @Test
  void nothingIsKeptForASubscriptionThatWasRemoved() {
    receiver.answer(Manner.HANG);
    var id = subscribe(client(), receiver.url(), Json.object());
    store(client(), "app", "first");
    Await.until(() -> receiver.received().size() == 1);
    ok(client().delete(SUBSCRIPTIONS + "?id=" + id));
    store(client(), "app", "second");
    answered(404, client().post(SUBSCRIPTIONS + "/" + id + "/redrive", Json.object()));
    assertThat(deadLetters().get("count").asInt()).isZero();
  }

  @Test
  void anEventIsToldOnceWhicheverNodeWasSubscribedAt() {
    try (var mesh = Mesh.of(data.resolve("mesh"), 3).inThisProcess(WebhookTest::loopback).make()) {
      mesh.start();
      mesh.awaitConnected();
      subscribe(mesh.node(0).client(), receiver.url(), Json.object());
      mesh.awaitConverged();
      store(mesh.node(1).client(), "app", "first");
      store(mesh.node(2).client(), "app", "second");
      mesh.awaitConverged();
      // What is wrongly sent a second time is sent before the events of a later change.
      for (var number = 0; number < 3; number++) {
        store(mesh.node(number).client(), "app", "last " + number);
      }
      Await.until(() -> receiver.received().size() >= 5);
      mesh.awaitConverged();
      assertThat(receiver.received().stream().map(it -> it.json().get("memory_id").asString()))
          .hasSize(5)
          .doesNotHaveDuplicates();
    }
  }
}
