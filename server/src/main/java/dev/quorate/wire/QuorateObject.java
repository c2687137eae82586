package dev.quorate.wire;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.Unprocessable;
import dev.quorate.json.Fields;
import dev.quorate.memory.Rules;
import dev.quorate.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The members of the `quorate` object that are not items.
final class QuorateObject {
  private QuorateObject() {}

  /// The object's beginning, without the brace that ends it.
  static String frame(Frame frame) {
    var text =
        new ObjectText()
            .number("version", frame.version())
            .json("speaks", numbers(Protocol.SPEAKS))
            .text("sent_at", frame.sentAt())
            .text("epoch", frame.epoch())
            .number("after", frame.after())
            .number("up_to", frame.upTo())
            .flag("complete", frame.complete())
            .end();
    return text.substring(0, text.length() - 1);
  }

  /// Reads what [#frame] wrote. Refuses a version that this program does not speak.
  static Frame frame(Fields quorate, String sender) {
    var version = version(quorate);
    var after = quorate.whole("after");
    var upTo = quorate.whole("up_to");
    if (after < 0 || upTo < after) {
      throw new Unprocessable(
          "after and up_to must be 0 or more and in order: %d, %d".formatted(after, upTo));
    }
    return new Frame(
        version,
        sender,
        Rules.id("epoch", quorate.text("epoch")),
        after,
        upTo,
        quorate.flag("complete"),
        sentAt(quorate));
  }

  static int version(Fields quorate) {
    var version = quorate.whole("version");
    if (version < 1 || version > Integer.MAX_VALUE || !Protocol.SPEAKS.contains((int) version)) {
      throw new Invalid(
          "this node does not speak version %d of the protocol".formatted(version),
          Map.of("code", Protocol.UNSUPPORTED_VERSION, "speaks", Protocol.SPEAKS));
    }
    return (int) version;
  }

  static String sentAt(Fields quorate) {
    var sentAt = quorate.text("sent_at");
    return Timestamps.parse(sentAt)
        .map(Timestamps::render)
        .orElseThrow(() -> new Unprocessable("sent_at must be an RFC 3339 time"));
  }

  /// The versions that the other side speaks; a list that is missing means just the one it uses.
  static List<Integer> speaks(Fields quorate) {
    var speaks = quorate.value("speaks");
    if (speaks == null) return List.of((int) quorate.whole("version"));
    if (!speaks.isArray()) throw new Unprocessable("speaks must be a list of whole numbers");
    var versions = new ArrayList<Integer>();
    for (var version : speaks) {
      if (!version.isIntegralNumber() || !version.canConvertToInt()) {
        throw new Unprocessable("speaks must be a list of whole numbers");
      }
      versions.add(version.asInt());
    }
    return versions;
  }

  static String numbers(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  static String held(List<Held> held) {
    return held.stream()
        .map(one ->
            "[%s,%s,%d]"
                .formatted(
                    ObjectText.quote(one.node()), ObjectText.quote(one.epoch()), one.sequence()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  static List<Held> held(@Nullable JsonNode list) {
    if (list == null) throw new Unprocessable("missing required field: held");
    if (!list.isArray()) throw new Unprocessable("held must be a list of node, epoch, sequence");
    var held = new ArrayList<Held>(list.size());
    for (var one : list) {
      var fits =
          one.isArray()
              && one.size() == 3
              && one.get(0).isString()
              && one.get(1).isString()
              && one.get(2).isIntegralNumber()
              && one.get(2).canConvertToLong()
              && one.get(2).asLong() >= 0;
      if (!fits) throw new Unprocessable("held must be a list of node, epoch, sequence");
      held.add(
          new Held(
              Rules.agentId(one.get(0).asString()),
              Rules.id("epoch", one.get(1).asString()),
              one.get(2).asLong()));
    }
    return held;
  }
}
