package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.ok;
import static dev.quorate.acceptance.WebhookTest.SUBSCRIPTIONS;
import static dev.quorate.acceptance.WebhookTest.store;
import static dev.quorate.acceptance.WebhookTest.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.NodeProcess;
import dev.quorate.testkit.WebhookReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Webhooks that are reached by https, and show certificates of all kinds. The node is a process of
/// its own, since whom it trusts is a matter of its JVM.
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebhookTlsIT {
  @TempDir Path folder;

  private Certificates authority(String name) throws Exception {
    return new Certificates(Files.createDirectories(folder.resolve(name)));
  }

  @Test
  void aTrustedCertificateIsEnoughAndAnyOtherGetsNothingButADeadLetter() throws Exception {
    var trusted = authority("trusted");
    trusted.issue("good");
    trusted.issue("elsewhere", "san=dns:hook.example");
    trusted.issue("old", "san=ip:127.0.0.1", "-startdate", "-3d", "-validity", "1");
    var stranger = authority("stranger");
    stranger.issue("unknown");
    var environment =
        Map.of(
            "QUORATE_SUBSCRIPTIONS_ALLOW_LOOPBACK", "true", "JDK_JAVA_OPTIONS", trusted.trusting());
    try (var good = new WebhookReceiver(trusted.tls("good"));
        var elsewhere = new WebhookReceiver(trusted.tls("elsewhere"));
        var old = new WebhookReceiver(trusted.tls("old"));
        var unknown = new WebhookReceiver(stranger.tls("unknown"));
        var node = NodeProcess.start(folder.resolve("node"), environment)) {
      subscribe(node.client(), good.url(), Json.object());
      var reasons = new HashMap<String, String>();
      var away = subscribe(node.client(), elsewhere.url(), Json.object());
      reasons.put(away, "its certificate is for another host");
      reasons.put(subscribe(node.client(), old.url(), Json.object()), "its certificate has ended");
      reasons.put(
          subscribe(node.client(), unknown.url(), Json.object()),
          "its certificate is not trusted: nobody whom this machine trusts vouches for it");
      store(node.client(), "app", "first");

      Await.until(() -> good.received().size() == 1);
      assertThat(good.received().getFirst().json().get("event").asString())
          .isEqualTo("memory_store");
      Await.until(() -> deadLetters(node).size() == reasons.size());
      for (var dead : deadLetters(node)) {
        assertThat(dead.get("reason").asString())
            .isEqualTo(reasons.get(dead.get("subscription_id").asString()));
        assertThat(dead.get("attempts").asInt()).isEqualTo(4);
        assertThat(dead.get("last_status").isNull()).isTrue();
      }
      for (var refused : new WebhookReceiver[] {elsewhere, old, unknown}) {
        assertThat(refused.received()).isEmpty();
      }
      assertThat(node.output()).doesNotContain("hook.example", "Exception");
    }
  }

  private static JsonNode deadLetters(NodeProcess node) {
    return ok(node.client().get(SUBSCRIPTIONS + "/dead-letters")).get("dead_letters");
  }
}
