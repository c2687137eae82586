package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Memories and links as a graph.
class GraphTest extends NodeTest {
  private static final String LINKS = "/api/v1/links";
  private static final String KG = "/api/v1/kg";

  private String link(String source, String target) {
    return link(source, target, "related_to");
  }

  private String link(String source, String target, String relation) {
    var body = Json.object().put("source_id", source).put("target_id", target);
    answered(201, client.post(LINKS, body.put("relation", relation)));
    return target;
  }

  private static ObjectNode from(String source) {
    return Json.object().put("source_id", source);
  }

  private JsonNode query(ObjectNode body) {
    return ok(client.post(KG + "/query", body));
  }

  private JsonNode paths(String source, String target, int depth) {
    var body = from(source).put("target_id", target).put("max_depth", depth);
    return ok(client.post(KG + "/find_paths", body)).get("paths");
  }

  private static List<String> targets(JsonNode answer, String list) {
    return answer.get(list).valueStream().map(row -> row.get("target_id").asString()).toList();
  }

  @Test
  void aQueryFollowsLinksAsFarAsItsDepth() {
    var a = store("A", "a");
    var b = link(a, store(memory("B", "b").put("namespace", "x/y")));
    var c = link(b, store("C", "c"), "supersedes");
    link(c, a);
    assertThat(targets(query(from(a)), "memories")).containsExactly(b);
    var deep = query(from(a).put("max_depth", 5));
    assertThat(targets(deep, "memories")).containsExactly(b, c);
    assertThat(deep.get("count").asInt()).isEqualTo(2);
    assertThat(deep.get("truncated").asBoolean()).isFalse();
    var first = deep.get("memories").get(0);
    assertThat(first.get("title").asString()).isEqualTo("B");
    assertThat(first.get("target_namespace").asString()).isEqualTo("x/y");
    assertThat(first.get("depth").asInt()).isEqualTo(1);
    assertThat(first.get("valid_until").isNull()).isTrue();
    assertThat(first.get("observed_by").isNull()).isTrue();
    var second = deep.get("memories").get(1);
    assertThat(second.get("relation").asString()).isEqualTo("supersedes");
    assertThat(second.get("path").asString()).isEqualTo(a + "->" + b + "->" + c);
    assertThat(deep.get("paths")).hasSize(2);
    assertThat(query(Json.object().put("from", a)).get("count").asInt()).isEqualTo(1);
    assertThat(query(from("nobody")).get("count").asInt()).isZero();
  }

  @Test
  void aQuerySaysWhenItsLimitCutItShort() {
    var hub = store("Hub", "h");
    for (var i = 0; i < 5; i++) link(hub, store("M" + i, "m"));
    var some = query(from(hub).put("limit", 3));
    assertThat(some.get("count").asInt()).isEqualTo(3);
    assertThat(some.get("truncated").asBoolean()).isTrue();
    assertThat(query(from(hub).put("limit", 5)).get("truncated").asBoolean()).isFalse();
  }

  @Test
  void aLimitBeyondTheGreatestCountsAsTheGreatest() {
    var hub = store("Hub", "h");
    for (var first = 0; first < 1_200; first += 600) {
      var body = Json.object();
      var memories = body.putArray("memories");
      var links = body.putArray("links");
      for (var i = first; i < first + 600; i++) {
        memories.add(TransferOperations.memory("m" + i, "M" + i));
        links.add(TransferOperations.link(hub, "m" + i));
      }
      ok(client.post("/api/v1/import", body));
    }
    var all = query(from(hub).put("limit", 5_000));
    assertThat(all.get("count").asInt()).isEqualTo(1_000);
    assertThat(all.get("truncated").asBoolean()).isTrue();
    var timeline = ok(client.get(KG + "/timeline?limit=5000&source_id=" + hub));
    assertThat(timeline.get("count").asInt()).isEqualTo(1_000);
    assertThat(timeline.get("truncated").asBoolean()).isTrue();
  }

  @Test
  void aQueryAsksAboutATimeAndWhatSomeAgentsKnow() {
    var a = store("A", "a");
    var b = store(memory("B", "b").put("agent_id", "ai:bob"));
    var c = store(memory("C", "c").put("agent_id", "ai:cy"));
    link(a, b);
    var span = from(a).put("target_id", c).put("valid_from", "2020-01-01T00:00:00Z");
    answered(201, client.post(LINKS, span.put("valid_until", "2021-01-01T00:00:00Z")));
    assertThat(targets(query(from(a)), "memories")).containsExactly(b);
    var then = from(a).put("valid_at", "2020-06-01T00:00:00Z");
    assertThat(targets(query(then), "memories")).containsExactly(c);
    var all = from(a).put("include_invalidated", true);
    assertThat(targets(query(all), "memories")).containsExactly(c, b);
    all.putArray("allowed_agents").add("ai:bob");
    assertThat(targets(query(all), "memories")).containsExactly(b);
    all.putArray("allowed_agents");
    assertThat(query(all).get("count").asInt()).isZero();
  }

  @Test
  void whatIsArchivedIsADeadEndAndTheWayIsBackWithIt() {
    var a = store("A", "a");
    var b = link(a, store("B", "b"));
    var c = link(b, store("C", "c"));
    var ids = Json.object();
    ids.putArray("ids").add(b);
    ok(client.post("/api/v1/archive", ids));
    assertThat(query(from(a).put("max_depth", 3)).get("count").asInt()).isZero();
    assertThat(query(from(b)).get("count").asInt()).isZero();
    assertThat(paths(a, c, 4)).isEmpty();
    ok(client.post("/api/v1/archive/" + b + "/restore", ""));
    assertThat(query(from(a).put("max_depth", 3)).get("count").asInt()).isEqualTo(2);
    assertThat(paths(a, c, 4)).hasSize(1);
  }

  @Test
  void theTimelineIsInTheOrderOfBeginnings() {
    var a = store("A", "a");
    var years = new String[] {"2022", "2020", "2024"};
    for (var year : years) {
      var body = from(a).put("target_id", store(year, "m"));
      answered(201, client.post(LINKS, body.put("valid_from", year + "-01-01T00:00:00Z")));
    }
    var all = ok(client.get(KG + "/timeline?source_id=" + a));
    assertThat(all.get("events").valueStream().map(event -> event.get("title").asString()))
        .containsExactly("2020", "2022", "2024");
    var span = "&since=2020-01-01T00:00:01Z&until=2022-01-01T00:00:00Z";
    var some = ok(client.get(KG + "/timeline?source_id=" + a + span));
    assertThat(some.get("count").asInt()).isEqualTo(1);
    assertThat(some.get("events").get(0).get("title").asString()).isEqualTo("2022");
    var first = ok(client.get(KG + "/timeline?limit=1&source_id=" + a));
    assertThat(first.get("truncated").asBoolean()).isTrue();
    assertThat(first.get("events").get(0).get("title").asString()).isEqualTo("2020");
  }

  @Test
  void anEndedLinkStaysAsAPartOfWhatWas() {
    var a = store("A", "a");
    var b = link(a, store("B", "b"), "supersedes");
    var body = from(a).put("target_id", b).put("relation", "supersedes");
    var ended = ok(client.post(KG + "/invalidate", body, "Idempotency-Key", "end"));
    assertThat(ended.get("found").asBoolean()).isTrue();
    assertThat(ended.get("previous_valid_until").isNull()).isTrue();
    assertThat(ended.get("quorum_acks").asInt()).isEqualTo(1);
    var again = ok(client.post(KG + "/invalidate", body, "Idempotency-Key", "end"));
    assertThat(again.get("valid_until")).isEqualTo(ended.get("valid_until"));
    assertThat(query(from(a)).get("count").asInt()).isZero();
    assertThat(query(from(a).put("include_invalidated", true)).get("count").asInt()).isEqualTo(1);
    assertThat(ok(client.get(KG + "/timeline?source_id=" + a)).get("count").asInt()).isEqualTo(1);
    assertThat(paths(a, b, 4)).isEmpty();
    var later = body.deepCopy().put("valid_until", "2040-01-01T00:00:00Z");
    var moved = ok(client.post(KG + "/invalidate", later));
    assertThat(moved.get("previous_valid_until")).isEqualTo(ended.get("valid_until"));
    assertThat(query(from(a)).get("count").asInt()).isEqualTo(1);
    var none = body.deepCopy().put("relation", "contradicts");
    assertThat(refused(404, client.post(KG + "/invalidate", none)).get("found").asBoolean())
        .isFalse();
  }

  @Test
  void waysAreFoundInEitherDirectionShortestFirst() {
    var a = store("A", "a");
    var b = store("B", "b");
    var c = store("C", "c");
    var d = store("D", "d");
    link(a, b);
    link(c, b);
    link(c, d);
    assertThat(paths(a, d, 2)).isEmpty();
    assertThat(paths(a, d, 3)).isEqualTo(Json.mapper().valueToTree(List.of(List.of(a, b, c, d))));
    link(a, c);
    link(d, a);
    assertThat(paths(a, d, 7).get(0)).isEqualTo(Json.mapper().valueToTree(List.of(a, d)));
    assertThat(paths(a, d, 7)).hasSize(3);
    assertThat(paths(a, a, 4)).isEqualTo(Json.mapper().valueToTree(List.of(List.of(a))));
    assertThat(paths(a, "nobody", 4)).isEmpty();
    var one = from(a).put("target_id", d).put("max_results", 1);
    var cut = ok(client.post(KG + "/find_paths", one));
    assertThat(cut.get("paths")).hasSize(1);
    assertThat(cut.get("truncated").asBoolean()).isTrue();
  }
}
