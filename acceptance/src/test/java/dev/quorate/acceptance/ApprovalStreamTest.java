package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.Client;
import dev.quorate.testkit.Mesh;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The event stream of approvals.
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ApprovalStreamTest extends NodeTest {
  private static final String STREAM = "/api/v1/approvals/stream";

  private static void govern(Client client, String policy) {
    var body = "{\"namespace\":\"n\",\"governance\":%s}".formatted(policy);
    answered(201, client.post("/api/v1/namespaces", body));
  }

  private static String hold(Client client, String title, String agent) {
    var memory = memory(title, "words").put("namespace", "n");
    var held = answered(202, client.post(MEMORIES, memory, "X-Agent-Id", agent));
    return held.get("pending_id").asString();
  }

  private static void decide(Client client, String id, String decision, String agent) {
    var body = Json.object().put("decision", decision);
    var answer = client.post("/api/v1/approvals/" + id, body, "X-Agent-Id", agent);
    assertThat(answer.status()).as(answer.toString()).isBetween(200, 202);
  }

  private static JsonNode told(Events events, String name, String id) {
    var data = events.next();
    assertThat(events.name()).isEqualTo(name);
    assertThat(data.get("id").asString()).isEqualTo(id);
    return data;
  }

  @Test
  void aRequestAndItsDecisionAreToldAsTheListShowsThem() {
    govern(client, "{\"write\":\"approve\"}");
    try (var events = new Events(node.address(), STREAM)) {
      assertThat(events.status()).isEqualTo(200);
      var id = hold(client, "T", "ai:ann");
      var requested = told(events, "approval_requested", id);
      assertThat(requested.get("status").asString()).isEqualTo("pending");
      assertThat(requested.get("requested_by").asString()).isEqualTo("ai:ann");
      assertThat(requested).isEqualTo(ok(client.get("/api/v1/pending")).get("pending").get(0));
      decide(client, id, "approve", "ai:bob");
      var decided = told(events, "approval_decided", id);
      assertThat(decided.get("status").asString()).isEqualTo("approved");
      assertThat(decided.get("decided_by").asString()).isEqualTo("ai:bob");
      var other = hold(client, "U", "ai:ann");
      told(events, "approval_requested", other);
      decide(client, other, "deny", "ai:bob");
      assertThat(told(events, "approval_decided", other).get("status").asString())
          .isEqualTo("rejected");
    }
  }

  @Test
  void aVoteThatDoesNotDecideIsNotTold() {
    govern(client, "{\"write\":\"approve\",\"approver\":{\"consensus\":2}}");
    for (var agent : new String[] {"ai:bob", "ai:cy"}) {
      var body = Json.object().put("agent_id", agent).put("agent_type", "human");
      answered(201, client.post("/api/v1/agents", body));
    }
    try (var events = new Events(node.address(), STREAM)) {
      var id = hold(client, "T", "ai:ann");
      told(events, "approval_requested", id);
      decide(client, id, "approve", "ai:bob");
      decide(client, id, "approve", "ai:cy");
      assertThat(told(events, "approval_decided", id).get("approvals")).hasSize(2);
    }
  }

  @Test
  void aConsumerGoesOnWhereItStopped() {
    govern(client, "{\"write\":\"approve\"}");
    hold(client, "Before", "ai:ann");
    String last;
    try (var events = new Events(node.address(), STREAM)) {
      told(events, "approval_requested", hold(client, "Heard", "ai:ann"));
      last = events.lastId();
    }
    var missed = hold(client, "Missed", "ai:ann");
    decide(client, missed, "deny", "ai:bob");
    for (var from : new String[][] {{STREAM, "Last-Event-ID"}, {STREAM + "?after=" + last, "X"}}) {
      try (var events = new Events(node.address(), from[0], from[1], last)) {
        told(events, "approval_requested", missed);
        told(events, "approval_decided", missed);
        assertThat(events.lastId()).isNotEqualTo(last);
      }
    }
  }

  @Test
  void whatConcernedAPrivateMemoryStaysHiddenWhenThatIsDeleted() {
    govern(client, "{\"write\":\"any\",\"delete\":\"approve\"}");
    String begun;
    try (var events = new Events(node.address(), STREAM)) {
      begun = events.firstId();
    }
    var secret = memory("Secret", "words").put("namespace", "n").put("scope", "private");
    decide(client, holdDelete(secret), "approve", "ai:bob");
    var open = memory("Open", "words").put("namespace", "n").put("scope", "collective");
    var visible = holdDelete(open);
    try (var events =
        new Events(node.address(), STREAM + "?as_agent=elsewhere", "Last-Event-ID", begun)) {
      told(events, "approval_requested", visible);
    }
  }

  private String holdDelete(ObjectNode memory) {
    var id = answered(201, client.post(MEMORIES, memory)).get("id").asString();
    return answered(202, client.delete(MEMORIES + "/" + id)).get("pending_id").asString();
  }

  @Test
  void whoIsCutOffBeforeAnyEventGoesOnFromThere() {
    govern(client, "{\"write\":\"approve\"}");
    String begun;
    try (var events = new Events(node.address(), STREAM)) {
      begun = events.firstId();
    }
    var missed = hold(client, "Missed", "ai:ann");
    try (var events = new Events(node.address(), STREAM, "Last-Event-ID", begun)) {
      told(events, "approval_requested", missed);
    }
  }

  @Test
  void anAgentIsToldOfWhatItRequestedOrMayApprove() {
    govern(client, "{\"write\":\"approve\",\"approver\":{\"agent\":\"ai:bob\"}}");
    try (var bob = new Events(node.address(), STREAM, "X-Agent-Id", "ai:bob");
        var ann = new Events(node.address(), STREAM, "X-Agent-Id", "ai:ann");
        var cy = new Events(node.address(), STREAM, "X-Agent-Id", "ai:cy")) {
      var hers = hold(client, "T", "ai:ann");
      var other = hold(client, "U", "ai:dan");
      govern(client, "{\"approver\":\"human\"}");
      var open = hold(client, "V", "ai:dan");
      told(bob, "approval_requested", hers);
      told(bob, "approval_requested", other);
      told(bob, "approval_requested", open);
      told(ann, "approval_requested", hers);
      told(ann, "approval_requested", open);
      told(cy, "approval_requested", open);
    }
  }

  @Test
  void whatIsRequestedAndDecidedOnOtherNodesIsToldOnEveryNode(@TempDir Path folder) {
    try (var mesh = Mesh.of(folder, 3).inThisProcess(usual -> usual).make()) {
      mesh.start();
      mesh.awaitConnected();
      govern(mesh.node(0).client(), "{\"write\":\"approve\"}");
      mesh.awaitConverged();
      String last;
      String id;
      try (var events = new Events(mesh.node(2).address(), STREAM)) {
        id = hold(mesh.node(0).client(), "T", "ai:ann");
        told(events, "approval_requested", id);
        last = events.lastId();
        mesh.awaitConverged();
        decide(mesh.node(1).client(), id, "approve", "ai:bob");
        told(events, "approval_decided", id);
      }
      // The position is worth as much at another node.
      try (var events = new Events(mesh.node(1).address(), STREAM, "Last-Event-ID", last)) {
        assertThat(told(events, "approval_decided", id).get("decided_by").asString())
            .isEqualTo("ai:bob");
      }
    }
  }
}
