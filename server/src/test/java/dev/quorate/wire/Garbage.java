package dev.quorate.wire;

import dev.quorate.json.Json;
import dev.quorate.seeds.Chance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts values of wrong types and out of all limits into JSON that was right.
final class Garbage {
  private Garbage() {}

  /// Replaces, removes or adds one member or element anywhere inside.
  static void spoil(Chance chance, JsonNode root) {
    var containers = new ArrayList<JsonNode>();
    collect(root, containers);
    switch (chance.oneOf(containers)) {
      case ObjectNode object -> spoil(chance, object);
      case ArrayNode array -> spoil(chance, array);
      case JsonNode other -> throw new AssertionError("not a container: " + other);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer()) containers.add(node);
    node.forEach(child -> collect(child, containers));
  }

  private static void spoil(Chance chance, ObjectNode object) {
    var names = new ArrayList<>(object.propertyNames());
    if (names.isEmpty()) return;
    var name = chance.oneOf(names);
    if (chance.percent(25)) {
      object.remove(name);
    } else {
      object.set(name, any(chance, object));
    }
  }

  private static void spoil(Chance chance, ArrayNode array) {
    if (array.isEmpty() || chance.percent(30)) {
      array.add(any(chance, array));
    } else if (chance.percent(40)) {
      array.remove(chance.below(array.size()));
    } else {
      array.set(chance.below(array.size()), any(chance, array));
    }
  }

  private static JsonNode any(Chance chance, JsonNode near) {
    var make = Json.mapper().getNodeFactory();
    return switch (chance.below(12)) {
      case 0 -> make.nullNode();
      case 1 -> make.booleanNode(chance.percent(50));
      case 2 -> make.numberNode(chance.oneOf(0, -1, Integer.MAX_VALUE));
      case 3 -> make.numberNode(Long.MIN_VALUE);
      case 4 -> make.numberNode(new BigDecimal("1e390"));
      case 5 -> make.numberNode(0.5);
      case 6 -> make.stringNode("");
      case 7 -> make.stringNode(chance.text(30));
      case 8 -> make.stringNode("9".repeat(chance.below(200)));
      case 9 -> make.stringNode("9999-12-31T23:59:59.999999999-00:01");
      case 10 -> make.arrayNode().add(near.deepCopy());
      default -> make.objectNode();
    };
  }
}
