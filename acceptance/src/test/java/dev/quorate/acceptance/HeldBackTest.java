package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.memory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.settings.Settings;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.Fault;
import dev.quorate.testkit.Mesh;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// More clients than a slow peer can serve in time.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeldBackTest {
  private static final int CLIENTS = 24;
  private static final int TIMEOUT_MILLIS = 2_000;

  /// More than half of the timeout, so that every quorum is late and none is missed for that alone.
  private static final Duration SLOW = Duration.ofMillis(1_200);

  private static final Pattern SOME_WAIT = Pattern.compile("quorate_quorum_queued [1-9]");

  @TempDir Path folder;

  @Test
  void clientsWaitInFrontOfANodeWhosePeerIsSlowAndAreAnsweredAsEver() throws InterruptedException {
    try (var mesh = Mesh.of(folder, 2).withProxies().inThisProcess(HeldBackTest::settings).make()) {
      mesh.start();
      mesh.awaitConnected();
      mesh.isolate(1, new Fault.Delay(Duration.ZERO, SLOW));
      var enough = new AtomicBoolean();
      var answers = new ConcurrentLinkedQueue<Answer>();
      var clients = new ArrayList<Thread>();
      for (var number = 0; number < CLIENTS; number++) {
        var title = "of client " + number + ", write ";
        clients.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (var write = 0; !enough.get(); write++) {
                    answers.add(
                        mesh.node(0).client().post(MEMORIES, memory(title + write, "text")));
                  }
                }));
      }
      Await.until(() -> SOME_WAIT.matcher(mesh.node(0).client().get("/metrics").text()).find());
      enough.set(true);
      mesh.heal();
      for (var client : clients) client.join();
      assertThat(answers).isNotEmpty().allMatch(HeldBackTest::stored);
      mesh.awaitConverged();
    }
  }

  /// Taken by both, or by the one with word of it: never turned away while there is room to wait.
  private static boolean stored(Answer answer) {
    return answer.status() == 201 || answer.json().path("durability").asString("").equals("local");
  }

  private static Settings settings(Settings usual) {
    return usual.withFederation(usual.federation().withQuorumTimeoutMs(TIMEOUT_MILLIS));
  }
}
