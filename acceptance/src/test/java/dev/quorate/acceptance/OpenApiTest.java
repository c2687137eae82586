package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The description of the API: in the shape of OpenAPI 3.1, and true.
class OpenApiTest extends NodeTest {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final Set<String> TYPES =
      Set.of("string", "integer", "number", "boolean", "array", "object", "null");
  private static final Pattern TEMPLATE = Pattern.compile("\\{([a-z_]+)}");

  private JsonNode document() {
    return ok(client.get("/openapi.json"));
  }

  /// One method of one path as the document has it.
  private record Described(String path, String method, JsonNode operation) {
    String name() {
      return method.toUpperCase(Locale.ROOT) + " " + path;
    }

    Stream<JsonNode> parameters(String place) {
      return StreamSupport.stream(operation.path("parameters").spliterator(), false)
          .filter(parameter -> parameter.get("in").asString().equals(place));
    }

    List<String> parameterNames(String place) {
      return parameters(place).map(parameter -> parameter.get("name").asString()).toList();
    }

    JsonNode bodySchema() {
      return operation.path("requestBody").path("content").path(Call.JSON).path("schema");
    }
  }

  private static List<Described> described(JsonNode document) {
    var all = new ArrayList<Described>();
    document
        .get("paths")
        .forEachEntry((path, item) ->
            item.forEachEntry(
                (method, operation) -> all.add(new Described(path, method, operation))));
    return all;
  }

  @Test
  void theDocumentHasTheShapeOfOpenApi() {
    var document = document();
    assertThat(document.get("openapi").asString()).matches("3\\.1\\.\\d+");
    assertThat(document.get("info").get("title").asString()).isNotBlank();
    assertThat(document.get("info").get("version").asString()).isNotBlank();
    assertThat(document.get("paths").isEmpty()).isFalse();
    var schemes = document.get("components").get("securitySchemes");
    document
        .get("security")
        .forEach(
            one -> one.propertyNames().forEach(name -> assertThat(schemes.has(name)).isTrue()));
    for (var operation : described(document)) {
      assertThat(operation.path()).startsWith("/").doesNotContain("?");
      assertThat(METHODS).as(operation.name()).contains(operation.method());
      assertThat(operation.operation().get("summary").asString()).as(operation.name()).isNotBlank();
      parametersFit(operation);
      answersFit(operation, document);
      if (!operation.bodySchema().isMissingNode()) schemaFits(operation.bodySchema(), operation);
    }
  }

  private static void parametersFit(Described operation) {
    var inPath = TEMPLATE.matcher(operation.path()).results().map(found -> found.group(1)).toList();
    assertThat(operation.parameterNames("path")).as(operation.name()).isEqualTo(inPath);
    for (var parameter : operation.operation().path("parameters")) {
      var name = operation.name() + " " + parameter.get("name").asString();
      var place = parameter.get("in").asString();
      assertThat(place).as(name).isIn("path", "query", "header");
      assertThat(parameter.get("required").isBoolean()).as(name).isTrue();
      if (place.equals("path")) assertThat(parameter.get("required").asBoolean()).as(name).isTrue();
      schemaFits(parameter.get("schema"), operation);
      assertThat(operation.parameterNames(place)).as(name).doesNotHaveDuplicates();
    }
  }

  private static void answersFit(Described operation, JsonNode document) {
    var answers = operation.operation().get("responses");
    assertThat(answers.propertyNames()).as(operation.name()).anyMatch(key -> key.startsWith("2"));
    answers.forEachEntry((status, answer) -> {
      assertThat(status).as(operation.name()).matches("[1-5]\\d\\d|default");
      assertThat(answer.get("description").asString()).as(operation.name()).isNotBlank();
      for (var reference : answer.findValuesAsString("$ref")) {
        assertThat(reference).startsWith("#/");
        assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
      }
    });
  }

  private static void schemaFits(JsonNode schema, Described operation) {
    assertThat(schema.isObject()).as(operation.name()).isTrue();
    if (schema.has("type")) {
      assertThat(TYPES).as(operation.name()).contains(schema.get("type").asString());
    }
    var properties = schema.path("properties");
    for (var name : schema.path("required")) {
      assertThat(properties.has(name.asString())).as(operation.name()).isTrue();
    }
    for (var property : properties) schemaFits(property, operation);
    if (schema.has("items")) schemaFits(schema.get("items"), operation);
  }

  @Test
  void whatIsDescribedIsThere() {
    Fixture.fill(client);
    try (var wire = new Wire(node.address())) {
      for (var operation : described(document())) {
        var target = TEMPLATE.matcher(operation.path()).replaceAll("nobody");
        var answer = wire.send(Call.of(operation.name().split(" ", 2)[0], target));
        var known = answer.status() != 405 && !isUnknownRoute(answer.status(), answer.text());
        assertThat(known).as("%s was answered %.300s", operation.name(), answer).isTrue();
      }
    }
  }

  /// A memory that is not there is answered the same, so only paths without one can tell.
  private static boolean isUnknownRoute(int status, String body) {
    return status == 404 && !body.contains("not found");
  }

  @Test
  void whatIsThereIsDescribed() {
    var described = described(document());
    try (var wire = new Wire(node.address())) {
      for (var path : described.stream().map(Described::path).collect(Collectors.toSet())) {
        var methods = new TreeSet<String>();
        for (var operation : described) {
          if (operation.path().equals(path)) methods.add(operation.name().split(" ", 2)[0]);
        }
        if (methods.contains("GET")) methods.add("HEAD");
        var refusal = wire.send(Call.of("BREW", TEMPLATE.matcher(path).replaceAll("nobody")));
        assertThat(refusal.status()).as(path).isEqualTo(405);
        var allowed = refusal.header("Allow").orElseThrow().split(", ", -1);
        assertThat(allowed).as(path).containsExactlyInAnyOrderElementsOf(methods);
      }
    }
  }

  @Test
  void bodiesAndQueriesAreDescribedAsTheyAreTested() {
    var tested = Operation.all().collect(Collectors.toMap(Operation::name, route -> route));
    for (var operation : described(document())) {
      assertThat(tested).containsKey(operation.name());
      var route = Objects.requireNonNull(tested.get(operation.name()));
      assertThat(operation.parameterNames("query"))
          .as(operation.name())
          .containsExactlyInAnyOrderElementsOf(route.asked().stream().map(Asked::name).toList());
      assertThat(operation.parameterNames("header").contains("Idempotency-Key"))
          .as(operation.name())
          .isEqualTo(route.mutating());
      var schema = operation.bodySchema();
      assertThat(schema.isMissingNode()).as(operation.name()).isEqualTo(route.shapes().isEmpty());
      if (!schema.isMissingNode()) membersFit(schema, route);
    }
  }

  private static void membersFit(JsonNode schema, Operation route) {
    var object = schema.has("items") ? schema.get("items") : schema;
    var members = route.shapes().getFirst().members();
    assertThat(object.get("properties").propertyNames())
        .as(route.name())
        .containsExactlyInAnyOrderElementsOf(members.stream().map(Member::name).toList());
    for (var name : object.path("required")) {
      assertThat(members)
          .as("%s needs %s", route.name(), name)
          .anyMatch(member -> member.name().equals(name.asString()) && member.required());
    }
  }

  @Test
  void bothPlacesHaveTheSameDocument() {
    assertThat(ok(client.get("/api/v1/openapi.json"))).isEqualTo(document());
  }
}
