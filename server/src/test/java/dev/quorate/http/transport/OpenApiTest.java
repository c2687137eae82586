package dev.quorate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
  private final JsonNode document =
      OpenApi.document(
          List.of(
              new Route(
                  Method.GET,
                  "/memories",
                  RouteDoc.of("List memories")
                      .with(
                          Parameter.query("limit", Parameter.Type.INTEGER, "How many")
                              .defaultingTo(20),
                          Parameter.query("q", Parameter.Type.STRING, "What").asRequired())
                      .withAnswer(400, "A bad number")
                      .withAnswer(200, "The memories"),
                  _ -> Response.empty(204)),
              new Route(
                  Method.POST,
                  "/memories",
                  RouteDoc.of("Store").withBody(Json.object().put("type", "object")).asMutating(),
                  _ -> Response.empty(204)),
              new Route(
                  Method.DELETE,
                  "/memories/{id}/links/{to}",
                  RouteDoc.of("Unlink").with(Parameter.path("to", "The other end")).asMutating(),
                  _ -> Response.empty(204)),
              new Route(
                  Method.GET, "/health", RouteDoc.of("Health").asOpen(), _ -> Response.empty(204))),
          "Quorate",
          "1.2.3");

  @Test
  void theDocumentNamesItself() {
    assertThat(document.at("/openapi").asString()).isEqualTo("3.1.0");
    assertThat(document.at("/info").toString())
        .isEqualTo("{\"title\":\"Quorate\",\"version\":\"1.2.3\"}");
  }

  @Test
  void everyRouteIsThere() {
    assertThat(document.at("/paths").propertyNames())
        .containsExactlyInAnyOrder("/memories", "/memories/{id}/links/{to}", "/health");
    assertThat(operation("~1memories", "get").at("/summary").asString()).isEqualTo("List memories");
    assertThat(operation("~1memories", "post").at("/summary").asString()).isEqualTo("Store");
  }

  @Test
  void parametersAreDescribed() {
    assertThat(operation("~1memories", "get").at("/parameters").toString())
        .isEqualTo(
            "[{\"name\":\"limit\",\"in\":\"query\",\"required\":false,\"description\":\"How many\","
                + "\"schema\":{\"type\":\"integer\",\"default\":20}},"
                + "{\"name\":\"q\",\"in\":\"query\",\"required\":true,\"description\":\"What\","
                + "\"schema\":{\"type\":\"string\"}}]");
  }

  @Test
  void everyPathParameterIsDescribed() {
    var parameters = operation("~1memories~1{id}~1links~1{to}", "delete").at("/parameters");
    assertThat(parameters.findValuesAsString("name"))
        .containsExactly("id", "to", "Idempotency-Key");
    assertThat(parameters.findValuesAsString("in")).containsExactly("path", "path", "header");
    assertThat(parameters.at("/1/description").asString()).isEqualTo("The other end");
  }

  @Test
  void answersAndBodiesAreDescribed() {
    var responses = operation("~1memories", "get").at("/responses");
    assertThat(responses.propertyNames()).containsExactly("200", "400", "default");
    assertThat(responses.at("/400/content/application~1json/schema/$ref").asString())
        .isEqualTo("#/components/schemas/Error");
    var body = operation("~1memories", "post").at("/requestBody/content/application~1json/schema");
    assertThat(body.toString()).isEqualTo("{\"type\":\"object\"}");
  }

  @Test
  void onlyOpenRoutesNeedNoKey() {
    assertThat(document.at("/security").toString()).isEqualTo("[{\"apiKey\":[]}]");
    assertThat(operation("~1health", "get").at("/security").toString()).isEqualTo("[]");
    assertThat(operation("~1memories", "get").has("security")).isFalse();
  }

  private JsonNode operation(String path, String method) {
    return document.at("/paths/" + path + "/" + method);
  }
}
