package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Search, recall, and what recall leaves behind.
class FindingTest extends NodeTest {
  private static List<String> titles(JsonNode list) {
    var titles = new ArrayList<String>();
    list.forEach(memory -> titles.add(memory.get("title").asString()));
    return titles;
  }

  @Test
  void aSearchNeedsAllWordsAndARecallAnyOfThem() {
    store("Deploy", "blue green for the web tier");
    store("Colours", "green and red");
    var found = ok(client.get("/api/v1/search?q=green%20web"));
    assertThat(titles(found.get("results"))).containsExactly("Deploy");
    assertThat(found.get("query").asString()).isEqualTo("green web");
    var recalled = ok(client.get("/api/v1/recall?context=green+web"));
    assertThat(titles(recalled.get("memories"))).containsExactly("Deploy", "Colours");
    assertThat(recalled.get("mode").asString()).isEqualTo("keyword");
    assertThat(recalled.get("memories").get(0).get("score").asDouble()).isPositive();
    var body = Json.object().put("query", "green web").put("limit", 1);
    assertThat(titles(ok(client.post("/api/v1/recall", body)).get("memories")))
        .containsExactly("Deploy");
  }

  @Test
  void aRecallCanAskForOneTier() {
    for (var tier : List.of("short", "mid", "long")) store(memory(tier, "words").put("tier", tier));
    for (var tier : List.of("short", "mid", "long")) {
      var asked = ok(client.get("/api/v1/recall?q=words&tier=" + tier));
      assertThat(titles(asked.get("memories"))).containsExactly(tier);
      var body = Json.object().put("context", "words").put("tier", tier);
      assertThat(titles(ok(client.post("/api/v1/recall", body)).get("memories")))
          .containsExactly(tier);
    }
    assertThat(ok(client.get("/api/v1/recall?q=words")).get("count").asInt()).isEqualTo(3);
  }

  @Test
  void aRecallCanLookIntoTheArchive() {
    store("Live", "words");
    var id = store(memory("Put away", "words and words").put("priority", 9));
    var ids = Json.object().put("reason", "tidy");
    ids.putArray("ids").add(id);
    ok(client.post("/api/v1/archive", ids));
    assertThat(titles(ok(client.get("/api/v1/recall?q=words")).get("memories")))
        .containsExactly("Live");
    var only = ok(client.get("/api/v1/recall?q=words&archived=only"));
    assertThat(titles(only.get("memories"))).containsExactly("Put away");
    assertThat(only.get("archived").asString()).isEqualTo("only");
    assertThat(only.get("complete").asBoolean()).isTrue();
    assertThat(only.get("mode").asString()).isEqualTo("keyword");
    assertThat(only.get("mode_reason").asString()).contains("archived");
    var row = only.get("memories").get(0);
    assertThat(row.get("archive_reason").asString()).isEqualTo("tidy");
    assertThat(row.get("access_count").asInt()).isZero();
    var body = Json.object().put("context", "words").put("archived", "include");
    assertThat(titles(ok(client.post("/api/v1/recall", body)).get("memories")))
        .containsExactlyInAnyOrder("Live", "Put away");
    // A touch of an archived memory does nothing; that of a live one does.
    ok(client.send("POST", "/api/v1/archive/" + id + "/restore", null));
    assertThat(memoryOf(client.get(MEMORIES + "/" + id)).get("access_count").asInt()).isZero();
    assertThat(ok(client.get("/api/v1/recall?q=words&archived=only")).get("count").asInt())
        .isZero();
  }

  @Test
  void everySearchSeesWhatWasAnsweredBefore() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ArrayList<Future<?>>();
      for (var i = 0; i < 8; i++) {
        var who = "writer" + i;
        done.add(
            threads.submit(() -> {
              for (var n = 0; n < 25; n++) {
                var word = who + "x" + n;
                store("Title " + word, "about " + word);
                var found = ok(client.get("/api/v1/search?q=" + word));
                assertThat(found.get("count").asInt()).as(word).isEqualTo(1);
              }
            }));
      }
      for (var future : done) future.get();
    }
  }

  @Test
  void aSearchFollowsEditsDeletesAndRestores() {
    var id = store("Rule", "sapphire");
    ok(client.put(MEMORIES + "/" + id, Json.object().put("content", "emerald")));
    assertThat(count("sapphire")).isZero();
    assertThat(count("emerald")).isEqualTo(1);
    var ids = Json.object();
    ids.putArray("ids").add(id);
    ok(client.post("/api/v1/archive", ids));
    assertThat(count("emerald")).isZero();
    ok(client.post("/api/v1/archive/" + id + "/restore", ""));
    assertThat(count("emerald")).isEqualTo(1);
    ok(client.delete(MEMORIES + "/" + id));
    assertThat(count("emerald")).isZero();
  }

  private int count(String word) {
    return ok(client.get("/api/v1/search?q=" + word)).get("count").asInt();
  }

  @Test
  void aBudgetTakesWhatFitsAndAlwaysTheFirst() {
    for (var i = 0; i < 5; i++) store("Note " + i, "apple ".repeat(40));
    var all = ok(client.get("/api/v1/recall?context=apple&budget_tokens=100000"));
    assertThat(all.get("count").asInt()).isEqualTo(5);
    var each = all.get("tokens_used").asInt() / 5;
    assertThat(each).isBetween(40, 45);
    var two = ok(client.get("/api/v1/recall?context=apple&budget_tokens=" + each * 2));
    assertThat(two.get("count").asInt()).isEqualTo(2);
    assertThat(two.get("meta").get("memories_dropped").asInt()).isEqualTo(3);
    assertThat(two.get("meta").get("budget_tokens_remaining").asInt()).isZero();
    assertThat(two.get("meta").get("budget_overflow").asBoolean()).isFalse();
    var tiny = ok(client.get("/api/v1/recall?context=apple&budget_tokens=1"));
    assertThat(tiny.get("count").asInt()).isEqualTo(1);
    assertThat(tiny.get("meta").get("budget_overflow").asBoolean()).isTrue();
    var none = ok(client.get("/api/v1/recall?context=apple&budget_tokens=0"));
    assertThat(none.get("count").asInt()).isZero();
    assertThat(none.get("budget_tokens").asInt()).isZero();
  }

  @Test
  void aNestedNamespaceRecallsItsAncestorsToo() {
    store(memory("Top", "kiwi").put("namespace", "a"));
    store(memory("Mid", "kiwi").put("namespace", "a/b"));
    store(memory("Beside", "kiwi").put("namespace", "a/c"));
    assertThat(titles(ok(client.get("/api/v1/recall?context=kiwi&namespace=a/b")).get("memories")))
        .containsExactly("Mid", "Top");
    assertThat(titles(ok(client.get("/api/v1/recall?context=kiwi&namespace=a")).get("memories")))
        .containsExactly("Top");
  }

  @Test
  void visibilityFollowsTheReadersPosition() {
    store(memory("Private", "kiwi").put("namespace", "org/unit/team"));
    store(memory("Team", "kiwi").put("namespace", "org/unit/other").put("scope", "team"));
    store(memory("Everyone", "kiwi").put("namespace", "else").put("scope", "collective"));
    var search = "/api/v1/search?q=kiwi&as_agent=";
    assertThat(titles(ok(client.get(search + "org/unit/team")).get("results")))
        .containsExactlyInAnyOrder("Private", "Team", "Everyone");
    assertThat(titles(ok(client.get(search + "org/far/team")).get("results")))
        .containsExactly("Everyone");
  }

  @Test
  void recallCountsAndGetDoesNot() {
    var id = store(memory("Rule", "kiwi").put("tier", "mid"));
    for (var i = 0; i < 3; i++) ok(client.get("/api/v1/recall?context=kiwi"));
    ok(client.get("/api/v1/search?q=kiwi"));
    var memory = memoryOf(client.get(MEMORIES + "/" + id));
    assertThat(memory.get("access_count").asInt()).isEqualTo(3);
    assertThat(memory.has("last_accessed_at")).isTrue();
    assertThat(memory.get("tier").asString()).isEqualTo("mid");
    for (var i = 0; i < 2; i++) ok(client.get("/api/v1/recall?context=kiwi"));
    Await.until(
        () -> memoryOf(client.get(MEMORIES + "/" + id)).get("tier").asString().equals("long"));
    assertThat(memoryOf(client.get(MEMORIES + "/" + id)).has("expires_at")).isFalse();
    for (var i = 0; i < 5; i++) ok(client.get("/api/v1/recall?context=kiwi"));
    Await.until(() -> memoryOf(client.get(MEMORIES + "/" + id)).get("priority").asInt() == 6);
    assertThat(memoryOf(client.get(MEMORIES + "/" + id)).get("access_count").asInt()).isEqualTo(10);
  }

  @Test
  void aTouchNeverShortensAnExpiry() {
    var id = store(memory("Rule", "kiwi").put("tier", "short"));
    var before = memoryOf(client.get(MEMORIES + "/" + id));
    ok(client.get("/api/v1/recall?context=kiwi"));
    Await.until(() -> memoryOf(client.get(MEMORIES + "/" + id)).get("access_count").asInt() == 1);
    var after = memoryOf(client.get(MEMORIES + "/" + id));
    assertThat(after.get("expires_at")).isEqualTo(before.get("expires_at"));
  }

  @Test
  void aTouchExtendsAnExpiryThatIsNear() {
    var id = store(memory("Rule", "kiwi").put("tier", "short").put("ttl_secs", 600));
    var before = memoryOf(client.get(MEMORIES + "/" + id)).get("expires_at").asString();
    ok(client.get("/api/v1/recall?context=kiwi"));
    Await.until(() ->
        memoryOf(client.get(MEMORIES + "/" + id)).get("expires_at").asString().compareTo(before)
            > 0);
  }

  @Test
  void forgettingArchivesWhatMatches() {
    store(memory("A", "kiwi").put("namespace", "x"));
    store(memory("B", "melon").put("namespace", "x"));
    store(memory("C", "kiwi").put("namespace", "y"));
    var pattern = Json.object().put("pattern", "kiwi lime").put("namespace", "x");
    assertThat(ok(client.post("/api/v1/forget", pattern)).get("deleted").asInt()).isEqualTo(1);
    var archived = ok(client.get("/api/v1/archive")).get("archived");
    assertThat(titles(archived)).containsExactly("A");
    assertThat(archived.get(0).get("archive_reason").asString()).isEqualTo("forget");
    var namespace = Json.object().put("namespace", "y");
    assertThat(ok(client.post("/api/v1/forget", namespace)).get("deleted").asInt()).isEqualTo(1);
    assertThat(ok(client.get(MEMORIES)).get("count").asInt()).isEqualTo(1);
    refused(400, client.post("/api/v1/forget", Json.object()), "at least one of");
  }
}
