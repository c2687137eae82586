package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.TestNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Namespace standards: set, get with what is inherited, clear.
class StandardsTest extends NodeTest {
  private static final String NAMESPACES = "/api/v1/namespaces";

  private static ObjectNode governance(String json) {
    return (ObjectNode) Json.parse(json);
  }

  private JsonNode set(String json) {
    return answered(201, client.post(NAMESPACES, json));
  }

  private JsonNode get(String namespace) {
    return ok(client.get(NAMESPACES + "?namespace=" + namespace));
  }

  private JsonNode layers(String namespace) {
    return ok(client.get(NAMESPACES + "?namespace=" + namespace + "&inherit=true"));
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  @Test
  void aStandardIsSetAndShownWithWhatItInherits() {
    var policy =
        governance(
            """
            {"write":"approve","promote":"any","delete":"owner","approver":{"agent":"ai:bob"}}\
            """);
    var body = Json.object().put("namespace", "ops");
    body.putObject("standard").set("governance", policy);
    var done = answered(201, client.post(NAMESPACES, body));
    assertThat(done.get("set").asBoolean()).isTrue();
    assertThat(done.get("namespace").asString()).isEqualTo("ops");
    assertThat(done.get("governance")).isEqualTo(policy);
    assertThat(done.has("parent")).isFalse();
    assertThat(done.get("quorum_acks").asInt()).isEqualTo(1);
    var id = done.get("standard_id").asString();
    var layers = layers("ops/web");
    assertThat(texts(layers.get("chain"))).containsExactly("*", "ops", "ops/web");
    assertThat(layers.get("count").asInt()).isEqualTo(1);
    var one = layers.get("standards").get(0);
    assertThat(one.get("namespace").asString()).isEqualTo("ops");
    assertThat(one.get("standard_id").asString()).isEqualTo(id);
    assertThat(one.get("title").asString()).isEqualTo("_standard:ops");
    assertThat(one.get("priority").asInt()).isEqualTo(5);
    assertThat(one.get("governance")).isEqualTo(policy.deepCopy().put("inherit", true));
    assertThat(get("ops")).isEqualTo(one);
    assertThat(get("ops/web"))
        .isEqualTo(Json.parse("{\"namespace\":\"ops/web\",\"standard_id\":null}"));
    var memory = memoryOf(client.get(MEMORIES + "/" + id));
    assertThat(memory.get("metadata").get("agent_id").asString()).isEqualTo("system");
    assertThat(memory.get("tier").asString()).isEqualTo("long");
  }

  @Test
  void aLaterPolicyChangesWhatItNamesAndKeepsTheRest() {
    var first = set("{\"namespace\":\"n\",\"governance\":{\"write\":\"owner\",\"x\":1}}");
    var second = set("{\"namespace\":\"n\",\"governance\":{\"delete\":\"any\"}}");
    assertThat(second.get("standard_id")).isEqualTo(first.get("standard_id"));
    assertThat(get("n").get("governance"))
        .isEqualTo(
            Json.parse(
                """
                {"write":"owner","promote":"any","delete":"any","approver":"human",
                 "inherit":true,"x":1}\
                """));
  }

  @Test
  void anyLiveMemoryCanBeAStandardOfAnyNamespace() {
    var id = store(memory("Rules", "be kind").put("namespace", "elsewhere"));
    set("{\"namespace\":\"*\",\"id\":\"%s\"}".formatted(id));
    assertThat(get("*").get("content").asString()).isEqualTo("be kind");
    assertThat(get("*").get("governance").get("write").asString()).isEqualTo("any");
    assertThat(layers("a/b").get("standards").get(0).get("standard_id").asString()).isEqualTo(id);
    assertThat(layers("a/b").get("standards").get(0).has("governance")).isFalse();
    assertThat(texts(layers("*").get("chain"))).containsExactly("*");
  }

  @Test
  void theParentIsTheOneGivenOrTheOneThatTheNameSuggests() {
    set("{\"namespace\":\"a\"}");
    assertThat(set("{\"namespace\":\"a-b-c\"}").get("parent").asString()).isEqualTo("a");
    assertThat(set("{\"namespace\":\"x-y\"}").has("parent")).isFalse();
    assertThat(set("{\"namespace\":\"x-y\",\"parent\":\"nowhere\"}").get("parent").asString())
        .isEqualTo("nowhere");
    assertThat(texts(layers("a-b-c/d").get("chain"))).containsExactly("*", "a", "a-b-c", "a-b-c/d");
    // A parent below the root of a path is kept and not followed.
    set("{\"namespace\":\"p/c\",\"parent\":\"a\"}");
    assertThat(texts(layers("p/c").get("chain"))).containsExactly("*", "p", "p/c");
    // Not asked again later: a parent that comes to be afterwards changes nothing.
    set("{\"namespace\":\"x\"}");
    assertThat(texts(layers("x-y").get("chain"))).containsExactly("*", "nowhere", "x-y");
  }

  @Test
  void aStandardHoldsWhileItsMemoryIsLive() {
    var id = set("{\"namespace\":\"n\"}").get("standard_id").asString();
    var ids = Json.object();
    ids.putArray("ids").add(id);
    ok(client.post("/api/v1/archive", ids));
    assertThat(get("n").get("standard_id").asString()).isEqualTo(id);
    assertThat(get("n").get("warning").asString()).contains("archived");
    assertThat(layers("n").get("standards")).isEmpty();
    ok(client.send("POST", "/api/v1/archive/" + id + "/restore", null));
    assertThat(get("n").has("warning")).isFalse();
    assertThat(layers("n").get("count").asInt()).isEqualTo(1);
    ok(client.delete(MEMORIES + "/" + id));
    assertThat(get("n").get("warning").asString()).contains("not here");
    assertThat(layers("n").get("standards")).isEmpty();
    assertThat(set("{\"namespace\":\"n\"}").get("standard_id").asString()).isNotEqualTo(id);
  }

  @Test
  void aClearedStandardIsGoneAndItsMemoryStays() {
    var id = set("{\"namespace\":\"n\"}").get("standard_id").asString();
    assertThat(ok(client.delete(NAMESPACES + "?namespace=n")).get("cleared").asBoolean()).isTrue();
    assertThat(get("n").get("standard_id").isNull()).isTrue();
    assertThat(ok(client.delete(NAMESPACES + "?namespace=n")).get("cleared").asBoolean()).isFalse();
    ok(client.get(MEMORIES + "/" + id));
  }

  @Test
  void theNamespaceMayStandInThePath() {
    var path = NAMESPACES + "/a%2Fb/standard";
    var done = answered(201, client.post(path, "{\"governance\":{\"write\":\"any\"}}"));
    assertThat(done.get("namespace").asString()).isEqualTo("a/b");
    assertThat(ok(client.get(path))).isEqualTo(get("a/b"));
    assertThat(ok(client.get(path + "?inherit=true"))).isEqualTo(layers("a/b"));
    assertThat(ok(client.delete(path)).get("cleared").asBoolean()).isTrue();
    assertThat(get("a/b").get("standard_id").isNull()).isTrue();
  }

  @Test
  void aNamespaceOfAnyLengthCanHaveAStandard() {
    var namespace = "n".repeat(512);
    set("{\"namespace\":\"%s\"}".formatted(namespace));
    assertThat(get(namespace).get("title").asString()).hasSize(512);
  }

  @Test
  void theListKeepsItsShape() {
    store(memory("T", "c").put("namespace", "n"));
    set("{\"namespace\":\"n\"}");
    assertThat(ok(client.get(NAMESPACES)))
        .isEqualTo(Json.parse("{\"namespaces\":[{\"namespace\":\"n\",\"count\":2}]}"));
  }

  @Test
  void standardsOutliveTheNode() {
    set("{\"namespace\":\"n\",\"governance\":{\"write\":\"owner\"}}");
    var before = get("n");
    node.close();
    node = TestNode.start(data);
    client = node.client();
    assertThat(get("n")).isEqualTo(before);
  }
}
