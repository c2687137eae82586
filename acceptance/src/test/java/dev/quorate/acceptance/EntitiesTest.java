package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Entities, contradictions, signatures of links, and the start of a session.
class EntitiesTest extends NodeTest {
  private static final String ENTITIES = "/api/v1/entities";

  private static ObjectNode entity(String name, String namespace, String... aliases) {
    var body = Json.object().put("canonical_name", name).put("namespace", namespace);
    var list = body.putArray("aliases");
    for (var alias : aliases) list.add(alias);
    return body;
  }

  private JsonNode named(String query) {
    return ok(client.get(ENTITIES + "/by_alias?alias=" + query));
  }

  @Test
  void anEntityIsKnownByAllOfItsNames() {
    var body = entity("Ada Lovelace", "people", "Ada", "Countess");
    body.putObject("metadata").put("born", 1815);
    var first = answered(201, client.post(ENTITIES, body, "X-Agent-Id", "ai:bob"));
    assertThat(first.get("created").asBoolean()).isTrue();
    assertThat(first.get("quorum_acks").asInt()).isEqualTo(1);
    var id = first.get("entity_id").asString();
    var again = ok(client.post(ENTITIES, entity("Ada Lovelace", "people", "AAL", "Ada")));
    assertThat(again.get("entity_id").asString()).isEqualTo(id);
    assertThat(again.get("created").asBoolean()).isFalse();
    assertThat(again.get("aliases").valueStream().map(JsonNode::asString))
        .containsExactly("Ada", "Countess", "AAL");
    for (var name : new String[] {"Ada", "AAL", "Countess", "Ada+Lovelace"}) {
      var found = named(name + "&namespace=people");
      assertThat(found.get("found").asBoolean()).as(name).isTrue();
      assertThat(found.get("entity_id").asString()).isEqualTo(id);
      assertThat(found.get("canonical_name").asString()).isEqualTo("Ada Lovelace");
    }
    var nobody = named("ada");
    assertThat(nobody.get("found").asBoolean()).isFalse();
    assertThat(nobody.get("entity_id").isNull()).isTrue();
    assertThat(named("Ada&namespace=elsewhere").get("found").asBoolean()).isFalse();
    var memory = memoryOf(client.get(MEMORIES + "/" + id));
    assertThat(memory.get("metadata").get("born").asInt()).isEqualTo(1815);
    assertThat(memory.get("metadata").get("agent_id").asString()).isEqualTo("ai:bob");
    assertThat(memory.get("tags").get(0).asString()).isEqualTo("entity");
    assertThat(memory.get("version").asInt()).isEqualTo(2);
    var same = ok(client.post(ENTITIES, entity("Ada Lovelace", "people")));
    assertThat(same.get("aliases")).hasSize(3);
    assertThat(memoryOf(client.get(MEMORIES + "/" + id)).get("version").asInt()).isEqualTo(2);
    ok(client.delete(MEMORIES + "/" + id));
    assertThat(named("Ada").get("found").asBoolean()).isFalse();
  }

  @Test
  void aTitleOfSomethingElseIsNoEntity() {
    var id = store(memory("Rule", "r").put("namespace", "people"));
    var refused = refused(409, client.post(ENTITIES, entity("Rule", "people")), "no entity");
    assertThat(refused.get("existing_id").asString()).isEqualTo(id);
  }

  @Test
  void ofSeveralThatShareAnAliasTheFirstIsMeant() {
    var first = answered(201, client.post(ENTITIES, entity("One", "a", "it"))).get("entity_id");
    answered(201, client.post(ENTITIES, entity("Two", "b", "it")));
    assertThat(named("it").get("entity_id")).isEqualTo(first);
    assertThat(named("it&namespace=b").get("canonical_name").asString()).isEqualTo("Two");
  }

  @Test
  void aPolicyHoldsForEntities() {
    var standard = Json.object().put("namespace", "held");
    standard.putObject("governance").put("write", "approve");
    answered(201, client.post("/api/v1/namespaces", standard));
    var held = answered(202, client.post(ENTITIES, entity("Ada", "held", "A")));
    ok(client.post("/api/v1/pending/" + held.get("pending_id").asString() + "/approve", ""));
    assertThat(named("A").get("found").asBoolean()).isTrue();
  }

  @Test
  void whatContradictsWhatIsLinkedOrSaysOtherThingsOfATopic() {
    var a = store(memory("A", "north").put("namespace", "n").set("metadata", topic("pole")));
    var b = store(memory("B", "south").put("namespace", "n").set("metadata", topic("pole")));
    var c = store(memory("C", "south").put("namespace", "m").set("metadata", topic("pole")));
    var titled = store(memory("pole", "a stick").put("namespace", "o"));
    var found = ok(client.get("/api/v1/contradictions?topic=pole"));
    assertThat(found.get("memories").valueStream().map(one -> one.get("id").asString()))
        .containsExactly(a, b, c, titled);
    // Of six pairs one says the same.
    assertThat(found.get("links")).hasSize(5);
    assertThat(found.get("links").get(0).get("synthesized").asBoolean()).isTrue();
    var link = Json.object().put("source_id", b).put("target_id", a).put("relation", "contradicts");
    answered(201, client.post("/api/v1/links", link));
    var linked = ok(client.get("/api/v1/contradictions?topic=pole&namespace=n")).get("links");
    assertThat(linked).hasSize(1);
    assertThat(linked.get(0).get("synthesized").asBoolean()).isFalse();
    assertThat(linked.get(0).get("source_id").asString()).isEqualTo(b);
    assertThat(ok(client.get("/api/v1/contradictions?namespace=n")).get("links")).isEqualTo(linked);
    var cut = ok(client.get("/api/v1/contradictions?topic=pole&limit=2"));
    assertThat(cut.get("memories")).hasSize(2);
    assertThat(cut.get("truncated").asBoolean()).isTrue();
  }

  @Test
  void onlyALinkThatContradictsAndHoldsNowIsAContradiction() {
    var a = store(memory("A", "north").put("namespace", "n"));
    var b = store(memory("B", "south").put("namespace", "n"));
    var link = Json.object().put("source_id", a).put("target_id", b).put("relation", "supersedes");
    answered(201, client.post("/api/v1/links", link));
    assertThat(contradictionsIn("n")).isEmpty();
    answered(201, client.post("/api/v1/links", link.put("relation", "contradicts")));
    assertThat(contradictionsIn("n")).hasSize(1);
    ok(client.post("/api/v1/kg/invalidate", link));
    assertThat(contradictionsIn("n")).isEmpty();
  }

  private JsonNode contradictionsIn(String namespace) {
    return ok(client.get("/api/v1/contradictions?namespace=" + namespace)).get("links");
  }

  private static ObjectNode topic(String topic) {
    return Json.object().put("topic", topic);
  }

  @Test
  void whatIsKnownOfASignatureIsSaid() {
    var a = store("A", "a");
    var b = store("B", "b");
    answered(201, client.post("/api/v1/links", Json.object().put("from", a).put("to", b)));
    var body = Json.object().put("source_id", a).put("verification_nonce", "n1");
    var known = ok(client.post("/api/v1/links/verify", body));
    assertThat(known.get("verified").asBoolean()).isFalse();
    assertThat(known.get("attest_level").asString()).isEqualTo("unsigned");
    assertThat(known.get("target_id").asString()).isEqualTo(b);
    assertThat(known.get("relation").asString()).isEqualTo("related_to");
    refused(409, client.post("/api/v1/links/verify", body), "nonce");
    ok(client.post("/api/v1/links/verify", body.put("verification_nonce", "n2")));
  }

  @Test
  void theVerySameTextIsADuplicate() {
    store(memory("Rule", "other words").put("namespace", "a"));
    var id = store(memory("Rule", "words").put("namespace", "b"));
    var body = memory("Rule", "words").put("threshold", 0.1);
    var found = ok(client.post("/api/v1/check_duplicate", body));
    assertThat(found.get("is_duplicate").asBoolean()).isTrue();
    assertThat(found.get("threshold").asDouble()).isEqualTo(0.5);
    assertThat(found.get("nearest").get("id").asString()).isEqualTo(id);
    assertThat(found.get("nearest").get("similarity").asDouble()).isEqualTo(1.0);
    assertThat(found.get("candidates_scanned").asInt()).isEqualTo(2);
    refused(503, client.post("/api/v1/check_duplicate", body.put("namespace", "a")), "embedder");
  }

  @Test
  void aSessionBeginsWithStandardsAndMemories() {
    var standard = Json.object().put("namespace", "n");
    var id = answered(201, client.post("/api/v1/namespaces", standard)).get("standard_id");
    var less = store(memory("Less", "words").put("namespace", "n").put("priority", 2));
    var more = store(memory("More", "words").put("namespace", "n").put("priority", 9));
    store("Elsewhere", "words");
    var body = Json.object().put("namespace", "n");
    var session = ok(client.post("/api/v1/session/start", body, "X-Agent-Id", "ai:bob"));
    assertThat(session.get("mode").asString()).isEqualTo("session_start");
    assertThat(session.get("agent_id").asString()).isEqualTo("ai:bob");
    assertThat(session.get("session_id").asString()).hasSize(36);
    assertThat(session.get("standard").get("id")).isEqualTo(id);
    assertThat(session.get("count").asInt()).isEqualTo(2);
    assertThat(session.get("memories").valueStream().map(one -> one.get("id").asString()))
        .containsExactly(more, less);
    assertThat(session.get("memories").get(0).get("score").asInt()).isZero();
    var all = ok(client.post("/api/v1/session/start", Json.object()));
    assertThat(all.has("standard")).isFalse();
    assertThat(all.get("count").asInt()).isEqualTo(4);
  }

  @Test
  void whatTakesALanguageModelIsNotDone() {
    refused(503, client.post("/api/v1/auto_tag", Json.object().put("id", "x")), "LLM");
    refused(503, client.post("/api/v1/expand_query", Json.object()), "LLM not configured");
    refused(404, client.get("/api/v1/skill/list"));
  }
}
