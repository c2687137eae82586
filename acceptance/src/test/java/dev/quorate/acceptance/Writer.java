package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.Client;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A client that stores, changes and deletes memories of its own, and remembers what it was
/// answered. Every content begins with a word that no other has.
final class Writer {
  private static final int OLD_CHECKED = 20;

  private final String namespace;
  private final SplittableRandom random;
  private final Semaphore answered;
  private final Map<String, String> kept = new HashMap<>();
  private final List<String> recent = new ArrayList<>();
  private final Set<String> gone = new HashSet<>();
  private int words;
  private @Nullable Unanswered unanswered;

  Writer(String namespace, SplittableRandom random, Semaphore answered) {
    this.namespace = namespace;
    this.random = random;
    this.answered = answered;
  }

  /// A write that may or may not have happened.
  ///
  /// @param id of the memory that it was to change; absent for a new one
  /// @param content what it was to become; absent for a delete
  private record Unanswered(@Nullable String id, @Nullable String content) {}

  String namespace() {
    return namespace;
  }

  int kept() {
    return kept.size();
  }

  void write(Client client) {
    recent.clear();
    try {
      while (true) {
        var choice = random.nextInt(10);
        var answeredWell =
            (choice < 6 || kept.isEmpty())
                ? store(client)
                : (choice < 9 ? change(client, any()) : delete(client, any()));
        if (!answeredWell) return;
        answered.release();
      }
    } catch (UncheckedIOException e) {
      // The node is gone; what was asked of it last stays open.
    }
  }

  private boolean store(Client client) {
    var content = content();
    unanswered = new Unanswered(null, content);
    var memory = Json.object().put("title", "Memory " + words).put("content", content);
    memory.put("namespace", namespace);
    var answer = client.post("/api/v1/memories", memory);
    if (!isDone(answer.status(), 201)) return false;
    keep(answer.json().get("id").asString(), content);
    return true;
  }

  private boolean change(Client client, String id) {
    var content = content();
    unanswered = new Unanswered(id, content);
    var answer = client.put("/api/v1/memories/" + id, Json.object().put("content", content));
    if (!isDone(answer.status(), 200)) return false;
    gone.add(word(kept.get(id)));
    keep(id, content);
    return true;
  }

  private boolean delete(Client client, String id) {
    unanswered = new Unanswered(id, null);
    if (!isDone(client.delete("/api/v1/memories/" + id).status(), 200)) return false;
    gone.add(word(kept.remove(id)));
    unanswered = null;
    return true;
  }

  /// Whether a write was answered well. A node that is stopping refuses, and then did nothing.
  private boolean isDone(int status, int expected) {
    if (status == 503) unanswered = null;
    else assertThat(status).isEqualTo(expected);
    return status == expected;
  }

  private void keep(String id, String content) {
    kept.put(id, content);
    recent.add(id);
    unanswered = null;
  }

  private String any() {
    var ids = kept.keySet().stream().sorted().toList();
    return ids.get(random.nextInt(ids.size()));
  }

  private String content() {
    return "%sword%d %s".formatted(namespace, words++, "and so on ".repeat(random.nextInt(200)));
  }

  private static String word(@Nullable String content) {
    return content == null ? "" : content.substring(0, content.indexOf(' '));
  }

  /// Asserts that what is there is what was answered, but for the one write that was not; takes
  /// over what became of that.
  void check(Map<String, String> there, String as) {
    var expected = new HashMap<>(kept);
    var open = unanswered;
    if (open != null && open.id() != null) {
      var content = there.get(open.id());
      var before = word(expected.get(open.id()));
      assertThat(word(content)).as("%s: open write", as).isIn(before, word(open.content()));
      if (content == null) expected.remove(open.id());
      else expected.put(open.id(), content);
      if (!word(content).equals(before)) gone.add(before);
    } else if (open != null) {
      there.forEach((id, content) -> {
        if (content.equals(open.content())) expected.put(id, content);
      });
    }
    assertThat(there).as("%s: %s", as, namespace).isEqualTo(expected);
    kept.clear();
    kept.putAll(expected);
    recent.retainAll(kept.keySet());
    unanswered = null;
  }

  /// Asserts that each memory of the last round, and some older ones, are found by their word, and
  /// that words that were changed or deleted find nothing.
  void checkSearch(Function<String, List<String>> search, String as) {
    var checked = new HashSet<>(recent);
    for (var i = 0; i < OLD_CHECKED && !kept.isEmpty(); i++) checked.add(any());
    for (var id : checked) {
      var word = word(kept.get(id));
      assertThat(search.apply(word)).as("%s: search for %s", as, word).containsExactly(id);
    }
    for (var word : gone) {
      assertThat(search.apply(word)).as("%s: search for %s, which is gone", as, word).isEmpty();
    }
    gone.clear();
  }
}
