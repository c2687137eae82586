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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// More clients than a slow peer can serve in time.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeldBackTest {
  private static final int CLIENTS = 24;
  private static final int MORE_THAN_MAY_WAIT = 400;
  private static final int RETRIES = 20;
  private static final int TIMEOUT_MILLIS = 2_000;

  /// More than half of the timeout, so that every quorum is late and none is missed for that alone.
  private static final Duration SLOW = Duration.ofMillis(1_200);

  private static final Pattern SOME_WAIT = Pattern.compile("quorate_quorum_queued [1-9]");

  @TempDir Path folder;

  @Test
  void clientsWaitInFrontOfANodeWhosePeerIsSlowAndAreAnsweredAsEver() throws InterruptedException {
    try (var mesh = slowMesh()) {
      var crowd = new Crowd(mesh, CLIENTS);
      Await.until(() -> SOME_WAIT.matcher(mesh.node(0).client().get("/metrics").text()).find());
      crowd.disperse();
      assertThat(crowd.answers).isNotEmpty().allMatch(HeldBackTest::stored);
      mesh.awaitConverged();
    }
  }

  /// It has been written before, so there is nothing to hold back.
  @Test
  void aRetryOfWhatWasDoneIsAnsweredWhileNewWritesAreTurnedAway() throws InterruptedException {
    try (var mesh = slowMesh()) {
      var client = mesh.node(0).client();
      String[] key = {"Idempotency-Key", "before-the-crowd"};
      var first = client.post(MEMORIES, memory("of the first", "text"), key);
      assertThat(first).matches(HeldBackTest::stored);
      var crowd = new Crowd(mesh, MORE_THAN_MAY_WAIT);
      for (var retry = 0; retry < RETRIES; retry++) {
        Await.until(() -> crowd.answers.stream().anyMatch(HeldBackTest::turnedAway));
        crowd.answers.clear();
        var again = client.post(MEMORIES, memory("of the first", "text"), key);
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
      }
      crowd.disperse();
    }
  }

  private Mesh slowMesh() {
    var mesh = Mesh.of(folder, 2).withProxies().inThisProcess(HeldBackTest::settings).make();
    mesh.start();
    mesh.awaitConnected();
    mesh.isolate(1, new Fault.Delay(Duration.ZERO, SLOW));
    return mesh;
  }

  /// Clients of the first node that store one memory after the other.
  private static final class Crowd {
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private final Mesh mesh;
    private volatile boolean enough;

    Crowd(Mesh mesh, int size) {
      this.mesh = mesh;
      for (var number = 0; number < size; number++) {
        var title = "of client " + number + ", write ";
        clients.add(Thread.ofVirtual().start(() -> storeUntilEnough(title)));
      }
    }

    private void storeUntilEnough(String title) {
      for (var write = 0; !enough; write++) {
        answers.add(mesh.node(0).client().post(MEMORIES, memory(title + write, "text")));
      }
    }

    void disperse() throws InterruptedException {
      enough = true;
      mesh.heal();
      for (var client : clients) client.join();
    }
  }

  /// Taken by both, or by the one with word of it: never turned away while there is room to wait.
  private static boolean stored(Answer answer) {
    return answer.status() == 201 || answer.json().path("durability").asString("").equals("local");
  }

  private static boolean turnedAway(Answer answer) {
    return answer.status() == 503 && answer.json().path("error").asString("").equals("overloaded");
  }

  private static Settings settings(Settings usual) {
    return usual.withFederation(usual.federation().withQuorumTimeoutMs(TIMEOUT_MILLIS));
  }
}
