package dev.quorate.acceptance;

import static dev.quorate.acceptance.WebhookTest.store;
import static dev.quorate.acceptance.WebhookTest.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.NodeProcess;
import dev.quorate.testkit.WebhookReceiver;
import dev.quorate.testkit.WebhookReceiver.Manner;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Events of a node that is killed before they are acknowledged.
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebhookCrashIT {
  private static final Map<String, String> LOOPBACK =
      Map.of("QUORATE_SUBSCRIPTIONS_ALLOW_LOOPBACK", "true");

  private final WebhookReceiver receiver = new WebhookReceiver();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void anEventThatWasNotAcknowledgedSurvivesSigkill() {
    receiver.answer(Manner.HANG);
    try (var node = NodeProcess.start(folder, LOOPBACK)) {
      subscribe(node.client(), receiver.url(), Json.object());
      store(node.client(), "app", "first");
      store(node.client(), "app", "second");
      Await.until(() -> receiver.received().size() == 1);
      node.kill();
      assertThat(node.output()).doesNotContain("a secret that nobody may see");
    }
    try (var _ = NodeProcess.start(folder, LOOPBACK)) {
      Await.until(() -> receiver.received().size() == 3);
      var messages = receiver.received();
      assertThat(messages.get(1).id()).isEqualTo(messages.get(0).id());
      assertThat(messages.get(2).id()).isNotEqualTo(messages.get(0).id());
    }
  }
}
