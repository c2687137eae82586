package dev.quorate.wire;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.Unprocessable;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.wire.Arrival.Bad;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the body that a push and a page of a pull share. What is wrong with the shape of the body
/// refuses it whole, as ai-memory does; what is wrong with one item makes that item bad. For one
/// body; not thread-safe.
final class BodyReader {
  private final Incoming incoming;
  private @Nullable List<Held> held;

  BodyReader(String route) {
    this.incoming = new Incoming(route);
  }

  Received read(byte[] bytes) {
    return incoming.read(bytes, this::read);
  }

  /// The member `held` of the body that was read.
  @Nullable List<Held> held() {
    return held;
  }

  Invalid malformed(String why) {
    return incoming.malformed(why);
  }

  private Received read(Fields body) {
    var sender = body.text("sender_agent_id");
    if (body.value(WireList.MEMORIES.text()) == null) {
      throw new Unprocessable("missing required field: memories");
    }
    var dryRun = body.optionalFlag("dry_run");
    var extra = body.optionalObject("quorate");
    var quorate = extra == null ? null : Fields.of(extra, Strictness.FRAMEWORK);
    Senders.check(sender);
    var frame = quorate == null ? null : QuorateObject.frame(quorate, sender);
    var speaks = quorate == null ? List.<Integer>of() : QuorateObject.speaks(quorate);
    if (quorate != null && quorate.value("held") != null) {
      held = QuorateObject.held(quorate.value("held"));
    }
    var arrivals = new ArrayList<Arrival>();
    var facts = facts(quorate);
    for (var list : WireList.values()) {
      if (list.plain()) {
        plain(list, elements(list, body), facts(facts, list), sender, frame, arrivals);
      } else if (quorate != null && frame != null) {
        whole(list, elements(list, quorate), sender, frame, arrivals);
      }
    }
    return new Received(sender, Boolean.TRUE.equals(dryRun), frame, speaks, arrivals);
  }

  private static @Nullable Fields facts(@Nullable Fields quorate) {
    var facts = quorate == null ? null : quorate.optionalObject("facts");
    return facts == null ? null : Fields.of(facts, Strictness.FRAMEWORK);
  }

  private static @Nullable JsonNode facts(@Nullable Fields facts, WireList list) {
    return facts == null ? null : facts.value(list.text());
  }

  private List<JsonNode> elements(WireList list, Fields where) {
    var elements = where.value(list.text());
    if (elements == null) return List.of();
    if (!elements.isArray()) throw new Unprocessable(list.text() + " must be a list");
    if (elements.size() > Protocol.ITEMS_MAX) {
      throw new Invalid(
          "%s limited to %d %s per request"
              .formatted(incoming.route(), Protocol.ITEMS_MAX, list.text()));
    }
    return elements.valueStream().toList();
  }

  private static void plain(
      WireList list,
      List<JsonNode> elements,
      @Nullable JsonNode facts,
      String sender,
      @Nullable Frame frame,
      List<Arrival> arrivals) {
    if (facts != null && (!facts.isArray() || facts.size() != elements.size())) {
      throw new Unprocessable(
          "facts.%s must be a list as long as %s itself".formatted(list.text(), list.text()));
    }
    for (var i = 0; i < elements.size(); i++) {
      var element = elements.get(i);
      Shapes.check(list, element);
      var itsFacts = facts == null ? null : facts.get(i);
      arrivals.add(
          frame == null || itsFacts == null || itsFacts.isNull()
              ? plain(list, i, element)
              : stamped(list, i, element, itsFacts, sender, frame));
    }
  }

  private static Arrival plain(WireList list, int index, JsonNode element) {
    try {
      return PlainReader.read(list, index, element);
    } catch (Invalid e) {
      return new Bad(list.text(), index, String.valueOf(e.getMessage()));
    }
  }

  private static void whole(
      WireList list, List<JsonNode> elements, String sender, Frame frame, List<Arrival> arrivals) {
    for (var i = 0; i < elements.size(); i++) {
      arrivals.add(stamped(list, i, elements.get(i), elements.get(i), sender, frame));
    }
  }

  private static Arrival stamped(
      WireList list, int index, JsonNode element, JsonNode facts, String sender, Frame frame) {
    try {
      return ItemReader.read(list, index, element, facts, sender, frame.epoch());
    } catch (Invalid | Unprocessable e) {
      return new Bad(list.text(), index, String.valueOf(e.getMessage()));
    }
  }
}
