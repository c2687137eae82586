package dev.quorate.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.quorate.json.Json;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// The routes of namespace standards.
final class StandardOperations {
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String STANDARD = NAMESPACES + "/{ns}/standard";
  private static final String HELD = NAMESPACES + "/held/standard";

  private StandardOperations() {}

  static List<Operation> all() {
    return List.of(
        set(),
        clear(),
        Operation.read(STANDARD, HELD).asking(Asked.flag("inherit")),
        setInPath(),
        Operation.change("DELETE", STANDARD, HELD, 200));
  }

  private static Operation set() {
    var call = Call.of("POST", NAMESPACES);
    var good = good().put("namespace", "a/b");
    return Operation.change("POST", NAMESPACES, NAMESPACES, 201)
        .taking(
            Shape.body(
                good, members(Member.of("namespace", Type.TEXT).not(Broken.namespace()).needed())))
        .refusing(
            rows(call, good)
                .add(
                    Row.refused(
                        400, "its own parent", call.json(good.deepCopy().put("parent", "a/b"))))
                .build()
                .toArray(Row[]::new));
  }

  private static Operation setInPath() {
    var call = Call.of("POST", HELD);
    return Operation.change("POST", STANDARD, HELD, 201)
        .taking(Shape.body(good(), members()))
        .refusing(
            rows(call, good())
                .add(Row.refused(400, "its own parent", call.json(good().put("parent", "held"))))
                .build()
                .toArray(Row[]::new));
  }

  private static Operation clear() {
    var rows = new ArrayList<Row>();
    rows.add(Row.refused(400, "no namespace", Call.of("DELETE", NAMESPACES)));
    for (var sample : Broken.namespace()) {
      var encoded = URLEncoder.encode(sample.value().asString(), UTF_8);
      var call = Call.of("DELETE", NAMESPACES + "?namespace=" + encoded);
      rows.add(Row.refused(400, "namespace " + sample.label(), call));
    }
    return Operation.change("DELETE", NAMESPACES, NAMESPACES + "?namespace=held", 200)
        .asking(Asked.freeText("namespace"))
        .refusing(rows.toArray(Row[]::new));
  }

  private static ObjectNode good() {
    var good = Json.object().put("id", "alpha").put("parent", "global");
    good.putObject("governance").put("write", "any");
    return good;
  }

  private static Member[] members(Member... more) {
    var all = new ArrayList<>(List.of(more));
    all.add(Member.of("id", Type.TEXT).not(Broken.id()));
    all.add(Member.of("parent", Type.TEXT).not(Broken.namespace()));
    all.add(Member.of("governance", Type.OBJECT).not(policies()));
    all.add(
        Member.of("standard", Type.OBJECT)
            .not(
                Sample.ofJson(
                    "{\"id\":\"nobody\"}",
                    "{\"parent\":\"a b\"}",
                    "{\"governance\":{\"write\":\"never\"}}")));
    return all.toArray(Member[]::new);
  }

  private static Stream.Builder<Row> rows(Call call, ObjectNode good) {
    var mute = good.deepCopy();
    mute.putObject("governance").put("promote", "any");
    return Stream.<Row>builder()
        .add(Row.refused(400, "unknown id", call.json(good.deepCopy().put("id", "nobody"))))
        .add(Row.refused(400, "a prefix", call.json(good.deepCopy().put("id", "alph"))))
        .add(Row.refused(400, "archived", call.json(good.deepCopy().put("id", "gamma"))))
        .add(Row.refused(400, "a policy that says nothing of writing", call.json(mute)))
        .add(
            Row.refused(
                422,
                "a number for an id inside",
                call.json(Json.parse("{\"namespace\":\"n\",\"standard\":{\"id\":1}}"))));
  }

  private static List<Sample> policies() {
    var samples =
        new ArrayList<>(
            Sample.ofJson(
                "{\"write\":\"never\"}",
                "{\"write\":1}",
                "{\"write\":null}",
                "{\"write\":\"Any\"}",
                "{\"write\":\"any\",\"delete\":\"x\"}",
                "{\"write\":\"any\",\"promote\":[]}",
                "{\"write\":\"any\",\"inherit\":\"yes\"}",
                "{\"write\":\"any\",\"approver\":\"bob\"}",
                "{\"write\":\"any\",\"approver\":{}}",
                "{\"write\":\"any\",\"approver\":{\"agent\":\"a b\"}}",
                "{\"write\":\"any\",\"approver\":{\"agent\":1}}",
                "{\"write\":\"any\",\"approver\":{\"agent\":\"a\",\"consensus\":1}}",
                "{\"write\":\"any\",\"approver\":{\"consensus\":0}}",
                "{\"write\":\"any\",\"approver\":{\"consensus\":101}}",
                "{\"write\":\"any\",\"approver\":{\"consensus\":1.5}}",
                "{\"write\":\"any\",\"approver\":{\"consensus\":\"2\"}}"));
    var large = Json.object().put("write", "any").put("k", "x".repeat(65_536));
    samples.add(new Sample("65,536 bytes and more", large));
    return samples;
  }
}
