package dev.quorate.http;

import dev.quorate.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// JSON schemas of request bodies, from one line for each member.
final class Schemas {
  private Schemas() {}

  /// A schema of an object. A member is written `name: type`, with `*` after the name when it is
  /// required; types are those of JSON schema, `type[]` is a list of them, `any` is any value.
  static ObjectNode object(String... members) {
    var schema = Json.object().put("type", "object");
    var properties = schema.putObject("properties");
    var required = Json.mapper().createArrayNode();
    for (var member : members) {
      var cut = member.indexOf(": ");
      var isRequired = member.charAt(cut - 1) == '*';
      var name = member.substring(0, isRequired ? cut - 1 : cut);
      properties.set(name, type(member.substring(cut + 2)));
      if (isRequired) required.add(name);
    }
    if (!required.isEmpty()) schema.set("required", required);
    return schema;
  }

  static ObjectNode list(ObjectNode element) {
    var schema = Json.object().put("type", "array");
    schema.set("items", element);
    return schema;
  }

  private static ObjectNode type(String type) {
    if (type.equals("any")) return Json.object();
    if (type.endsWith("[]")) return list(type(type.substring(0, type.length() - 2)));
    return Json.object().put("type", type);
  }
}
