package dev.quorate.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An object in a body: its members, each of which can be wrong while everything else is right.
///
/// @param name what it is; empty for the body itself
/// @param good an object that is accepted
/// @param whole makes a body of one such object
/// @param broken how a body ends in which it breaks a rule
record Shape(
    String name,
    ObjectNode good,
    Function<ObjectNode, JsonNode> whole,
    List<Member> members,
    Row.Ending broken) {

  static Shape body(ObjectNode good, Member... members) {
    return new Shape("", good, object -> object, List.of(members), new Row.Ending.Refused(400));
  }

  /// Objects in a list, each of which is judged by itself.
  static Shape element(
      String name, ObjectNode good, Function<ObjectNode, JsonNode> whole, Member... members) {
    return new Shape(name, good, whole, List.of(members), new Row.Ending.Reported());
  }

  JsonNode goodBody() {
    return whole.apply(good);
  }

  /// A body in which one member has another value.
  JsonNode with(String member, JsonNode value) {
    return whole.apply(good.deepCopy().set(member, value));
  }

  /// @param wrongShape the status for a missing member and for one of the wrong type
  Stream<Row> rows(Call call, int wrongShape) {
    var rows = new ArrayList<Row>();
    for (var member : members) {
      var place = name + member.name() + " ";
      var wrong = new Row.Ending.Refused(wrongShape);
      for (var sample : member.type().wrong()) rows.add(row(call, member, sample, place, wrong));
      for (var sample : member.forbidden()) rows.add(row(call, member, sample, place, broken));
      if (!member.required()) continue;
      rows.add(new Row(place + "missing", call.json(without(member.name())), wrong));
      rows.add(row(call, member, Sample.json("null"), place, wrong));
    }
    return rows.stream();
  }

  private Row row(Call call, Member member, Sample sample, String place, Row.Ending ending) {
    return new Row(place + sample.label(), call.json(with(member.name(), sample.value())), ending);
  }

  private JsonNode without(String member) {
    var lacking = good.deepCopy();
    lacking.remove(member);
    return whole.apply(lacking);
  }
}
