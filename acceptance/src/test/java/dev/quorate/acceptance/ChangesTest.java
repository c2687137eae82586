package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.TestNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The feed of changes of one node.
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChangesTest extends NodeTest {
  private static final String CHANGES = "/api/v1/changes";

  private JsonNode changes(String query) {
    return ok(client.get(CHANGES + query));
  }

  private static List<String> told(JsonNode page) {
    return StreamSupport.stream(page.get("changes").spliterator(), false)
        .map(change -> change.get("lane").asString() + " " + change.get("state").asString())
        .toList();
  }

  private String now() {
    return changes("?after=now").get("cursor").asString();
  }

  @Test
  void aMemoryIsToldAsTheOtherRoutesShowIt() {
    var id = store(memory("Tide", "comes in").put("namespace", "sea"));
    var page = changes("");
    assertThat(page.get("count").asInt()).isEqualTo(1);
    assertThat(page.get("more").asBoolean()).isFalse();
    assertThat(page.get("node").asString()).isEqualTo(node.id());
    assertThat(page.has("behind")).isFalse();
    var change = page.get("changes").get(0);
    assertThat(change.get("lane").asString()).isEqualTo("memory");
    assertThat(change.get("id").asString()).isEqualTo(id);
    assertThat(change.get("ids").toString()).isEqualTo("[\"" + id + "\"]");
    assertThat(change.get("namespace").asString()).isEqualTo("sea");
    assertThat(change.get("state").asString()).isEqualTo("live");
    assertThat(change.get("object")).isEqualTo(memoryOf(client.get(MEMORIES + "/" + id)));
    assertThat(change.get("stamp")).isEqualTo(change.get("object").get("updated_at"));
    assertThat(change.get("origin").asString()).startsWith(node.id() + ".");
    assertThat(change.get("cursor")).isEqualTo(page.get("cursor"));
  }

  @Test
  void everyKindOfChangeHasItsWord() {
    var one = store("One", "first");
    var two = store("Two", "second");
    var after = now();
    var ends = Json.object().put("source_id", one).put("target_id", two);
    answered(201, client.post("/api/v1/links", ends));
    assertThat(told(changes("?after=" + after))).containsExactly("link live");
    var link = changes("?after=" + after).get("changes").get(0);
    assertThat(link.get("object").get("target_id").asString()).isEqualTo(two);
    assertThat(link.get("ids").toString())
        .isEqualTo("[\"%s\",\"%s\",\"related_to\"]".formatted(one, two));
    ok(client.delete("/api/v1/links", ends));
    assertThat(told(changes("?after=" + after))).containsExactly("unlink none");

    after = now();
    var ids = Json.object();
    ids.putArray("ids").add(one);
    ok(client.post("/api/v1/archive", ids));
    var archived = changes("?after=" + after);
    assertThat(told(archived)).containsExactly("archive archived");
    assertThat(archived.get("changes").get(0).get("object").get("archive_reason").asString())
        .isEqualTo("archive");
    ok(client.post("/api/v1/archive/" + one + "/restore", Json.object()));
    assertThat(told(changes("?after=" + after))).containsExactly("restore live");

    after = now();
    answered(
        201, client.post("/api/v1/namespaces", Json.object().put("namespace", "a").put("id", two)));
    assertThat(told(changes("?after=" + after + "&lanes=standard")))
        .containsExactly("standard live");
    ok(client.delete("/api/v1/namespaces?namespace=a"));
    assertThat(told(changes("?after=" + after + "&lanes=standard,clear")))
        .containsExactly("clear none");

    after = now();
    ok(client.delete(MEMORIES + "/" + one));
    var deleted = changes("?after=" + after);
    assertThat(told(deleted)).containsExactly("deletion none");
    assertThat(deleted.get("changes").get(0).get("object").isNull()).isTrue();
    assertThat(deleted.toString()).doesNotContain("first");
    // Nothing of it is told any more from the beginning either.
    assertThat(changes("").toString()).doesNotContain("first");
  }

  @Test
  void pagesFollowOneAnother() {
    for (var i = 0; i < 5; i++) store("Title " + i, "words");
    var seen = new ArrayList<String>();
    var query = "?limit=2";
    for (var more = true; more; ) {
      var page = changes(query);
      assertThat(page.get("count").asInt()).isLessThanOrEqualTo(2);
      page.get("changes").forEach(change -> seen.add(change.get("object").get("title").asString()));
      query = "?limit=2&after=" + page.get("cursor").asString();
      more = page.get("more").asBoolean();
    }
    assertThat(seen).containsExactly("Title 0", "Title 1", "Title 2", "Title 3", "Title 4");
  }

  @Test
  void aPageIsBoundedInBytesToo() {
    for (var i = 0; i < 40; i++) store("Large " + i, "x".repeat(60_000));
    var answer = client.get(CHANGES + "?limit=1000");
    assertThat(answer.bytes().length).isLessThan(2 << 20);
    assertThat(ok(answer).get("more").asBoolean()).isTrue();
  }

  @Test
  void aWaitEndsWithTheFirstChangeAndOthersCanReadMeanwhile() throws Exception {
    var after = now();
    var waits = new ArrayList<CompletableFuture<Answer>>();
    for (var i = 0; i < 30; i++) {
      waits.add(
          CompletableFuture.supplyAsync(
              () -> client.get(CHANGES + "?wait=25&after=" + after), Thread::startVirtualThread));
    }
    assertThat(ok(client.get("/api/v1/stats")).get("total").asInt()).isZero();
    store("Woken", "words");
    for (var wait : waits) {
      assertThat(told(ok(wait.get(20, TimeUnit.SECONDS)))).containsExactly("memory live");
    }
  }

  @Test
  void aWaitWithoutAnyChangeEndsWithAnEmptyPage() {
    var page = changes("?wait=1&after=" + now());
    assertThat(page.get("count").asInt()).isZero();
    assertThat(page.get("cursor").asString()).isNotEmpty();
  }

  @Test
  void eventsComeAsTheyAreMadeAndGoOnFromTheLastId() {
    store("Before", "words");
    String last;
    try (var events = new Events(node.address(), CHANGES)) {
      assertThat(events.status()).isEqualTo(200);
      assertThat(title(events.next())).isEqualTo("Before");
      store("Heard", "words");
      assertThat(title(events.next())).isEqualTo("Heard");
      last = events.lastId();
    }
    store("Missed", "words");
    try (var events = new Events(node.address(), CHANGES + "?after=now", "Last-Event-ID", last)) {
      assertThat(title(events.next())).isEqualTo("Missed");
    }
  }

  private static String title(JsonNode change) {
    return change.get("object").get("title").asString();
  }

  @Test
  void aStreamEndsInOrderWhenTheNodeStops() throws Exception {
    try (var events = new Events(node.address(), CHANGES)) {
      store("Heard", "words");
      assertThat(title(events.next())).isEqualTo("Heard");
      var stopping = CompletableFuture.runAsync(node::close, Thread::startVirtualThread);
      assertThat(events.rest()).doesNotContain("data:");
      // Far less than the time that requests under way have to finish.
      stopping.get(8, TimeUnit.SECONDS);
    }
    startNode();
  }

  @Test
  void oneListenerTooManyIsRefusedUntilAnotherHasGone(@TempDir Path other) {
    try (var small =
        TestNode.start(other, usual -> usual.withHttp(usual.http().withListenersMax(1)))) {
      try (var first = new Events(small.address(), CHANGES + "?after=now")) {
        assertThat(first.status()).isEqualTo(200);
        try (var second = new Events(small.address(), CHANGES)) {
          assertThat(second.status()).isEqualTo(503);
          assertThat(second.rest()).contains("overloaded", "limit of 1 listeners");
        }
        refused(503, small.client().get(CHANGES + "?wait=1"), "overloaded");
        // Who does not wait takes no place.
        ok(small.client().get(CHANGES));
      }
      // A client that is gone is found out when the next change is written to it.
      Await.until(() -> {
        small.client().post(MEMORIES, memory("T" + System.nanoTime(), "words"));
        return small.client().get(CHANGES + "?wait=1").status() == 200;
      });
    }
  }

  @Test
  void onlyWhatIsAskedForIsTold() {
    store(memory("Here", "words").put("namespace", "a/b"));
    store(memory("There", "words").put("namespace", "c"));
    var alone = memory("Alone", "words").put("namespace", "c").put("scope", "private");
    store(alone);
    assertThat(titles("?namespace=a/b")).containsExactly("Here");
    assertThat(titles("?as_agent=c")).contains("Alone");
    assertThat(titles("?as_agent=a/b")).doesNotContain("Alone");
    assertThat(titles("?lanes=link")).isEmpty();
  }

  private List<String> titles(String query) {
    return StreamSupport.stream(changes(query).get("changes").spliterator(), false)
        .map(ChangesTest::title)
        .toList();
  }

  @Test
  void aCursorThatWasChangedIsRefused() {
    var cursor = now();
    var other = (cursor.charAt(3) == 'A' ? 'B' : 'A') + cursor.substring(1);
    for (var bad : List.of(other, cursor + "A", "0", "latest", "a.b.1")) {
      refused(400, client.get(CHANGES + "?after=" + bad), "after must be a cursor");
    }
    refused(400, client.get(CHANGES + "?after=" + "A".repeat(12_001)), "12000 characters");
    try (var events = new Events(node.address(), CHANGES, "Last-Event-ID", "nonsense")) {
      assertThat(events.status()).isEqualTo(400);
    }
  }

  @Test
  void theCommandPrintsALineForEachChange(@TempDir Path files) throws Exception {
    store("One", "first");
    store("Two", "second");
    var program = new Program(files);
    program.set("QUORATE_URL", node.address());
    var ended = program.run("changes");
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).hasSize(2);
    var cursor = Json.parse(ended.out().getFirst()).get("cursor").asString();
    var rest = program.run("changes", "--after", cursor);
    assertThat(rest.out()).hasSize(1).first().asString().contains("second");
  }
}
