package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.testkit.Client;
import dev.quorate.testkit.NodeProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;

/// Several clients that write to a node at once until it is gone, and know what has to be there
/// when it is back.
final class Writers {
  private final List<Writer> writers = new ArrayList<>();
  private final Semaphore answered = new Semaphore(0);

  Writers(int count, SplittableRandom random) {
    for (var i = 0; i < count; i++) writers.add(new Writer("writer" + i, random.split(), answered));
  }

  /// Writes until the node no longer answers.
  ///
  /// @param enough how many answered writes to wait for before `end` is called
  void writeUntil(NodeProcess node, int enough, Runnable end) throws InterruptedException {
    answered.drainPermits();
    var threads = new ArrayList<Thread>();
    var failures = new ArrayList<Throwable>();
    for (var writer : writers) {
      threads.add(
          Thread.ofVirtual()
              .uncaughtExceptionHandler((_, failure) -> {
                synchronized (failures) {
                  failures.add(failure);
                }
                answered.release(enough);
              })
              .start(() -> writer.write(node.client())));
    }
    answered.acquire(enough);
    end.run();
    for (var thread : threads) thread.join();
    assertThat(failures).isEmpty();
  }

  /// Asserts that a node that is back has all that was answered and finds it by its words.
  void check(Client client, String as) {
    var memories = new HashMap<String, Map<String, String>>();
    var export = client.get("/api/v1/export").json();
    for (var memory : export.get("memories")) {
      memories
          .computeIfAbsent(memory.get("namespace").asString(), _ -> new HashMap<>())
          .put(memory.get("id").asString(), memory.get("content").asString());
    }
    for (var writer : writers) {
      writer.check(memories.getOrDefault(writer.namespace(), Map.of()), as);
      writer.checkSearch(word -> found(client, word), as);
    }
  }

  private static List<String> found(Client client, String word) {
    var answer = client.get("/api/v1/search?q=" + word);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    var ids = new ArrayList<String>();
    for (JsonNode memory : answer.json().get("results")) ids.add(memory.get("id").asString());
    return ids;
  }

  int kept() {
    return writers.stream().mapToInt(Writer::kept).sum();
  }
}
