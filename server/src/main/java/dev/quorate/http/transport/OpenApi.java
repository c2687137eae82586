package dev.quorate.http.transport;

import dev.quorate.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Describes the routes in OpenAPI 3.1, from the same table that serves them.
public final class OpenApi {
  private static final String ERROR_REFERENCE = "#/components/schemas/Error";

  private OpenApi() {}

  public static ObjectNode document(List<Route> routes, String title, String version) {
    var document = Json.object().put("openapi", "3.1.0");
    document.putObject("info").put("title", title).put("version", version);
    var byPath = new TreeMap<String, ObjectNode>();
    for (var route : routes) {
      byPath
          .computeIfAbsent(route.path(), _ -> Json.object())
          .set(route.method().name().toLowerCase(Locale.ROOT), operation(route));
    }
    var paths = document.putObject("paths");
    byPath.forEach(paths::set);
    document.set("components", components());
    document.putArray("security").addObject().putArray("apiKey");
    return document;
  }

  private static ObjectNode operation(Route route) {
    var doc = route.doc();
    var operation = Json.object().put("summary", doc.summary());
    var parameters = Json.mapper().createArrayNode();
    pathParameters(route, parameters);
    for (var parameter : doc.parameters()) {
      if (parameter.place() != Parameter.Place.PATH) parameters.add(described(parameter));
    }
    if (doc.mutating()) {
      parameters.add(
          described(
              Parameter.header(
                  "Idempotency-Key",
                  "Makes a request that is repeated within 24 hours have the effect of one.")));
    }
    if (!parameters.isEmpty()) operation.set("parameters", parameters);
    if (doc.body() != null) {
      operation
          .putObject("requestBody")
          .put("required", true)
          .putObject("content")
          .putObject(Response.JSON)
          .set("schema", doc.body().deepCopy());
    }
    answers(doc, operation.putObject("responses"));
    if (doc.open()) operation.putArray("security");
    return operation;
  }

  /// Every segment in braces has to be described, whether or not the route's author did.
  private static void pathParameters(Route route, ArrayNode out) {
    for (var name : route.parameterNames()) {
      var documented =
          route.doc().parameters().stream()
              .filter(p -> p.place() == Parameter.Place.PATH && p.name().equals(name))
              .findFirst()
              .orElseGet(() -> Parameter.path(name, ""));
      out.add(described(documented));
    }
  }

  private static ObjectNode described(Parameter parameter) {
    var out =
        Json.object()
            .put("name", parameter.name())
            .put("in", parameter.place().name().toLowerCase(Locale.ROOT))
            .put("required", parameter.required());
    if (!parameter.description().isEmpty()) out.put("description", parameter.description());
    var schema =
        out.putObject("schema").put("type", parameter.type().name().toLowerCase(Locale.ROOT));
    if (parameter.defaultValue() != null) {
      schema.set("default", Json.mapper().valueToTree(parameter.defaultValue()));
    }
    return out;
  }

  private static void answers(RouteDoc doc, ObjectNode out) {
    doc.answers()
        .forEach((status, description) -> {
          var answer = out.putObject(status.toString()).put("description", description);
          if (status >= 400) refersToError(answer);
        });
    refersToError(out.putObject("default").put("description", "Any other refusal."));
  }

  private static void refersToError(ObjectNode answer) {
    answer
        .putObject("content")
        .putObject(Response.JSON)
        .putObject("schema")
        .put("$ref", ERROR_REFERENCE);
  }

  private static ObjectNode components() {
    var components = Json.object();
    var error = components.putObject("schemas").putObject("Error").put("type", "object");
    error.putObject("properties").putObject("error").put("type", "string");
    error.putArray("required").add("error");
    components
        .putObject("securitySchemes")
        .putObject("apiKey")
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", "X-API-Key");
    return components;
  }
}
