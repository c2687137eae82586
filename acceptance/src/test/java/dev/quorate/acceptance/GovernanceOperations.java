package dev.quorate.acceptance;

import dev.quorate.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The routes of actions that await approval, of agents and of their messages.
final class GovernanceOperations {
  private static final String PENDING = "/api/v1/pending";
  private static final String APPROVALS = "/api/v1/approvals";
  private static final String AGENTS = "/api/v1/agents";
  private static final String NOTIFY = "/api/v1/notify";
  private static final String INBOX = "/api/v1/inbox";

  private GovernanceOperations() {}

  static List<Operation> all() {
    return List.of(
        Operation.read(PENDING, PENDING)
            .asking(
                Asked.oneOf("status", "open", "Pending", " "),
                Asked.namespace("namespace"),
                Asked.whole("limit", "-1")),
        decision("approve", 403),
        decision("reject", 404),
        approvals(),
        stream(),
        quota(),
        register(),
        Operation.read(AGENTS, AGENTS),
        notification(),
        Operation.read(INBOX, INBOX)
            .asking(
                Asked.agentId("agent_id"), Asked.flag("unread_only"), Asked.whole("limit", "-1"))
            .refusing(MemoryOperations.agents(Call.of("GET", INBOX)).toArray(Row[]::new)));
  }

  private static Operation decision(String word, int unknown) {
    var target = PENDING + "/" + Fixture.PENDING + "/" + word;
    var nobody = Call.of("POST", PENDING + "/nobody/" + word);
    return Operation.change("POST", PENDING + "/{id}/" + word, target, 200)
        .refusing(
            Stream.concat(
                    Stream.of(Row.refused(unknown, "unknown id", nobody)),
                    MemoryOperations.agents(Call.of("POST", target)))
                .toArray(Row[]::new));
  }

  private static Operation approvals() {
    var good = Json.object().put("decision", "approve");
    var target = APPROVALS + "/" + Fixture.PENDING;
    var nobody = Call.of("POST", APPROVALS + "/nobody");
    return Operation.change("POST", APPROVALS + "/{pending_id}", target, 200)
        .taking(
            Shape.body(
                good,
                Member.of("decision", Type.TEXT)
                    .not(Broken.oneOfNone("reject", "Approve", "maybe"))
                    .needed(),
                Member.of("remember", Type.TEXT).not(Broken.oneOfNone("session", "forever"))))
        .refusing(
            Stream.concat(
                    Stream.of(
                        Row.refused(403, "unknown id to approve", nobody.json(good)),
                        Row.refused(
                            404,
                            "unknown id to deny",
                            nobody.json(Json.object().put("decision", "deny")))),
                    MemoryOperations.agents(Call.of("POST", target).json(good)))
                .toArray(Row[]::new));
  }

  private static Operation stream() {
    var target = APPROVALS + "/stream";
    var call = Call.of("GET", target);
    return Operation.read(target, target)
        .asking(
            Asked.oneOf("after", "x", "0", "NOW", "AAAA", "A".repeat(12_001)),
            Asked.namespace("namespace"),
            Asked.namespace("as_agent"))
        .refusing(
            Stream.concat(
                    Stream.of(
                        Row.refused(
                            400,
                            "Last-Event-ID that is no cursor",
                            call.header("Last-Event-ID", "nonsense"))),
                    MemoryOperations.agents(call))
                .toArray(Row[]::new));
  }

  private static Operation quota() {
    var path = "/api/v1/quota/status";
    return Operation.change("POST", path, path, 200)
        .taking(Shape.body(Json.object().put("agent_id", "ai:bob"), MemoryMembers.AGENT_ID))
        .withoutKey();
  }

  private static Operation register() {
    var good = Json.object().put("agent_id", "ai:bob").put("agent_type", "ai:coder-1.5");
    var capabilities =
        List.of(
            Sample.texts("51", IntStream.range(0, 51).mapToObj(n -> "c" + n)),
            Sample.texts("129 bytes", Stream.of("c".repeat(129))),
            Sample.texts("an empty one", Stream.of("c", "")),
            Sample.texts("a blank one", Stream.of(" ")));
    return Operation.change("POST", AGENTS, AGENTS, 201)
        .taking(
            Shape.body(
                good,
                Member.of("agent_id", Type.TEXT).not(Broken.agentId()).needed(),
                Member.of("agent_type", Type.TEXT)
                    .not(
                        Broken.oneOfNone(
                            "robot", "ai:", "ai:a b", "AI:x", "human ", "ai:" + "x".repeat(62)))
                    .needed(),
                Member.of("capabilities", Type.TEXTS).not(capabilities)));
  }

  private static Operation notification() {
    var good = Json.object().put("target_agent_id", "ai:bob").put("title", "ping");
    good.put("content", "hello");
    var targets = new ArrayList<>(Broken.agentId());
    for (var text : List.of("/a", "a/", "a//b", "a/../b", "1/2/3/4/5/6/7/8")) {
      targets.add(Sample.text("'" + text + "'", text));
    }
    var call = Call.of("POST", NOTIFY);
    return Operation.change("POST", NOTIFY, NOTIFY, 201)
        .taking(
            Shape.body(
                good,
                Member.of("target_agent_id", Type.TEXT).not(targets).needed(),
                MemoryMembers.TITLE.needed(),
                Member.of("payload", Type.TEXT).not(Broken.content()),
                MemoryMembers.CONTENT.needed(),
                MemoryMembers.PRIORITY,
                MemoryMembers.TIER,
                MemoryMembers.AGENT_ID))
        .asking(Asked.agentId("agent_id"))
        .refusing(MemoryOperations.agents(call.json(good)).toArray(Row[]::new));
  }
}
