package dev.quorate.acceptance;

import dev.quorate.json.Json;
import java.util.List;
import java.util.stream.Stream;

/// The routes of webhook subscriptions.
final class SubscriptionOperations {
  private static final String PATH = "/api/v1/subscriptions";

  private static final String REDRIVE = PATH + "/{id}/redrive";

  private SubscriptionOperations() {}

  static List<Operation> all() {
    return List.of(
        subscribe(),
        Operation.read(PATH, PATH).asking(Asked.agentId("agent_id")),
        Operation.read(PATH + "/dead-letters", PATH + "/dead-letters")
            .asking(
                Asked.oneOf("subscription_id", "x".repeat(129)),
                Asked.whole("before"),
                Asked.whole("limit", "0", "-1")),
        Operation.change("POST", REDRIVE, PATH + "/" + Fixture.SUBSCRIPTION + "/redrive", 200)
            .asking(Asked.whole("number"))
            .refusing(
                Row.refused(
                    404, "an unknown subscription", Call.of("POST", PATH + "/nobody/redrive"))),
        Operation.change("DELETE", PATH, PATH + "?id=nobody", 200)
            .asking(Asked.oneOf("id"), Asked.agentId("agent_id"), Asked.namespace("namespace"))
            .refusing(
                Row.refused(400, "a long id", Call.of("DELETE", PATH + "?id=" + "x".repeat(129))),
                Row.refused(400, "nothing named", Call.of("DELETE", PATH)),
                Row.refused(400, "an agent alone", Call.of("DELETE", PATH + "?agent_id=ai:bob")),
                Row.refused(
                    400,
                    "a bad namespace",
                    Call.of("DELETE", PATH + "?agent_id=ai:bob&namespace=a//b"))));
  }

  private static Operation subscribe() {
    var good = Json.object().put("url", "https://1.1.1.1/hook").put("secret", "s");
    var call = Call.of("POST", PATH);
    return Operation.change("POST", PATH, PATH, 201)
        .taking(
            Shape.body(
                good,
                Member.of("url", Type.TEXT)
                    .not(
                        Broken.oneOfNone(
                            "1.1.1.1",
                            "ftp://1.1.1.1/",
                            "http://1.1.1.1/",
                            "https://127.0.0.1/",
                            "https://10.0.0.1/",
                            "https://169.254.169.254/",
                            "https://[fe80::1]/",
                            "https://224.0.0.1/",
                            "https://u:p@1.1.1.1/")),
                Member.of("secret", Type.TEXT).not(Broken.oneOfNone("", "s".repeat(1_025))),
                Member.of("events", Type.TEXT)
                    .not(Broken.oneOfNone("", "store", "memory_store,", "*,memory_store")),
                Member.of("namespace", Type.TEXT).not(Broken.namespace()),
                Member.of("namespace_filter", Type.TEXT).not(Broken.oneOfNone("a//b", "a/*")),
                Member.of("agent_filter", Type.TEXT).not(Broken.agentId()),
                MemoryMembers.AGENT_ID))
        .asking(Asked.agentId("agent_id"))
        .refusing(
            Stream.concat(
                    Stream.of(
                        Row.refused(400, "no secret", call.json(good.deepCopy().without("secret"))),
                        Row.refused(
                            400,
                            "neither url nor namespace",
                            call.json(good.deepCopy().without("url"))),
                        Row.refused(
                            400,
                            "a namespace alone, with loopback off",
                            call.json(good.deepCopy().put("namespace", "a").without("url")))),
                    MemoryOperations.agents(call.json(good)))
                .toArray(Row[]::new));
  }
}
