package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.TestNode;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Agents, and the messages that they send each other.
class AgentsTest extends NodeTest {
  private static final String AGENTS = "/api/v1/agents";

  private JsonNode register(String agent, String type, String... capabilities) {
    var body = Json.object().put("agent_id", agent).put("agent_type", type);
    var list = body.putArray("capabilities");
    for (var capability : capabilities) list.add(capability);
    return answered(201, client.post(AGENTS, body));
  }

  private static ObjectNode letter(String to, String title, String content) {
    return memory(title, content).put("target_agent_id", to);
  }

  private JsonNode send(String from, ObjectNode letter) {
    return answered(201, client.post("/api/v1/notify", letter, "X-Agent-Id", from));
  }

  private JsonNode inbox(String agent, String more) {
    return ok(client.get("/api/v1/inbox?agent_id=" + agent + more));
  }

  @Test
  void anAgentIsRegisteredOnceAndRenewedAfter() {
    var done = register("ai:ann", "ai:coder-1.5", "read", "write");
    assertThat(done.get("registered").asBoolean()).isTrue();
    assertThat(done.get("agent_id").asString()).isEqualTo("ai:ann");
    assertThat(done.get("capabilities")).hasSize(2);
    var first = ok(client.get(AGENTS)).get("agents").get(0);
    assertThat(register("ai:ann", "human").get("id")).isEqualTo(done.get("id"));
    register("ai:bob", "system");
    var all = ok(client.get(AGENTS));
    assertThat(all.get("count").asInt()).isEqualTo(2);
    for (var agent : all.get("agents")) {
      if (!agent.get("agent_id").asString().equals("ai:ann")) continue;
      assertThat(agent.get("agent_type").asString()).isEqualTo("human");
      assertThat(agent.get("capabilities")).isEmpty();
      assertThat(agent.get("registered_at")).isEqualTo(first.get("registered_at"));
      assertThat(agent.get("last_seen_at").asString())
          .isGreaterThan(first.get("last_seen_at").asString());
    }
    var row = memoryOf(client.get(MEMORIES + "/" + done.get("id").asString()));
    assertThat(row.get("namespace").asString()).isEqualTo("_agents");
    assertThat(row.get("title").asString()).isEqualTo("agent:ai:ann");
  }

  @Test
  void aMessageIsDeliveredAndReadOnce() {
    var sent = send("ai:ann", letter("ai:bob", "ping", "hello"));
    assertThat(sent.get("from").asString()).isEqualTo("ai:ann");
    assertThat(sent.get("to").asString()).isEqualTo("ai:bob");
    assertThat(sent.get("namespace").asString()).isEqualTo("_messages/ai:bob");
    assertThat(sent.get("tier").asString()).isEqualTo("mid");
    var inbox = inbox("ai:bob", "");
    assertThat(inbox.get("agent_id").asString()).isEqualTo("ai:bob");
    assertThat(inbox.get("namespace").asString()).isEqualTo("_messages/ai:bob");
    assertThat(inbox.get("count").asInt()).isEqualTo(1);
    assertThat(inbox.get("unread_only").asBoolean()).isFalse();
    var message = inbox.get("messages").get(0);
    assertThat(message.get("id")).isEqualTo(sent.get("id"));
    assertThat(message.get("from").asString()).isEqualTo("ai:ann");
    assertThat(message.get("title").asString()).isEqualTo("ping");
    assertThat(message.get("payload").asString()).isEqualTo("hello");
    assertThat(message.get("priority").asInt()).isEqualTo(5);
    assertThat(message.get("created_at")).isEqualTo(sent.get("delivered_at"));
    assertThat(message.get("read").asBoolean()).isFalse();
    assertThat(inbox("ai:bob", "").get("messages").get(0).get("read").asBoolean()).isTrue();
    assertThat(inbox("ai:bob", "&unread_only=true").get("count").asInt()).isZero();
    send("ai:ann", letter("ai:bob", "pong", "hello"));
    var unread = inbox("ai:bob", "&unread_only=true").get("messages");
    assertThat(unread).hasSize(1);
    assertThat(unread.get(0).get("title").asString()).isEqualTo("pong");
    assertThat(inbox("ai:cy", "").get("count").asInt()).isZero();
  }

  @Test
  void twoMessagesOfOneTitleAreTwoMessages() {
    for (var content : new String[] {"one", "two", "three"}) {
      send("ai:ann", letter("ai:bob", "t".repeat(512), content));
    }
    var messages = inbox("ai:bob", "").get("messages");
    var contents = new HashSet<String>();
    for (var message : messages) {
      contents.add(message.get("payload").asString());
      assertThat(message.get("title").asString()).isEqualTo("t".repeat(512));
    }
    assertThat(contents).containsExactlyInAnyOrder("one", "two", "three");
  }

  @Test
  void whatWasReadStaysReadAndInItsOrder() {
    for (var title : new String[] {"a", "b", "c"}) {
      send("ai:ann", letter("ai:bob", title, "words"));
    }
    send("ai:ann", letter("ai:bob", "urgent", "words").put("priority", 9));
    var before = inbox("ai:bob", "").get("messages");
    assertThat(before.valueStream().map(message -> message.get("title").asString()))
        .containsExactly("urgent", "c", "b", "a");
    node.close();
    node = TestNode.start(data);
    client = node.client();
    var after = inbox("ai:bob", "").get("messages");
    for (var i = 0; i < 4; i++) {
      assertThat(after.get(i).get("id")).isEqualTo(before.get(i).get("id"));
      assertThat(after.get(i).get("read").asBoolean()).isTrue();
    }
    assertThat(inbox("ai:bob", "&limit=2").get("messages")).hasSize(2);
  }

  @Test
  void thePayloadMayHaveItsOldNameAndTheSenderStandInTheBody() {
    var letter = Json.object().put("target_agent_id", "ai:bob").put("title", "t");
    send("ai:ann", letter.put("payload", "p").put("agent_id", "ai:cy").put("tier", "short"));
    var message = inbox("ai:bob", "").get("messages").get(0);
    assertThat(message.get("from").asString()).isEqualTo("ai:cy");
    assertThat(message.get("payload").asString()).isEqualTo("p");
    assertThat(message.get("tier").asString()).isEqualTo("short");
  }

  @Test
  void aHeadRequestShowsNothingAndLeavesMessagesUnread() {
    send("ai:ann", letter("ai:bob", "ping", "hello"));
    var head = client.send("HEAD", "/api/v1/inbox?agent_id=ai:bob", null);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    assertThat(inbox("ai:bob", "").get("messages").get(0).get("read").asBoolean()).isFalse();
    assertThat(inbox("ai:bob", "").get("messages").get(0).get("read").asBoolean()).isTrue();
  }

  @Test
  void theInboxIsThatOfWhoeverAsks() {
    send("ai:ann", letter("ai:bob", "t", "c"));
    var inbox = ok(client.get("/api/v1/inbox", "X-Agent-Id", "ai:bob"));
    assertThat(inbox.get("count").asInt()).isEqualTo(1);
  }
}
