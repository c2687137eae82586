package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What a node says that it can do: true, in the shape that is asked for.
class CapabilitiesTest extends NodeTest {
  private static final String CAPABILITIES = "/api/v1/capabilities";

  private JsonNode capabilities(String version) {
    return ok(client.get(CAPABILITIES, "Accept-Capabilities", version));
  }

  @Test
  void everyShapeSaysTheSameOfWhatThereIsNot() {
    for (var version : new String[] {"v1", "v2", "v3", "v9"}) {
      var json = capabilities(version);
      assertThat(json.get("features").get("keyword_search").asBoolean()).isTrue();
      assertThat(json.get("features").get("auto_tagging").asBoolean()).isFalse();
      assertThat(json.get("models").get("llm").asString()).isEqualTo("none");
      assertThat(json.get("storage_backend").asString()).isEqualTo("sqlite");
      assertThat(json.get("db_schema_version").asInt()).isPositive();
    }
  }

  @Test
  void eachShapeHasItsOwnMembers() {
    assertThat(capabilities("v1").has("schema_version")).isFalse();
    assertThat(capabilities("v1").has("permissions")).isFalse();
    var second = capabilities("v2");
    assertThat(second.get("schema_version").asString()).isEqualTo("2");
    assertThat(second.get("permissions").get("mode").asString()).isEqualTo("enforce");
    assertThat(second.get("approval").get("pending_requests").asInt()).isZero();
    assertThat(second.get("hooks").get("registered_count").asInt()).isZero();
    assertThat(second.get("hnsw").get("evictions_total").asInt()).isZero();
    assertThat(second.get("hnsw").get("evicted_recently").asBoolean()).isFalse();
    assertThat(second.get("hooks").get("webhook_events").toString()).contains("memory_delete");
    assertThat(second.has("tools")).isFalse();
    for (var third : new JsonNode[] {capabilities("V3"), ok(client.get(CAPABILITIES))}) {
      assertThat(third.get("schema_version").asString()).isEqualTo("3");
      assertThat(third.get("summary").asString()).isNotBlank();
      assertThat(third.get("tools").isEmpty()).isFalse();
    }
  }

  @Test
  void whatAwaitsApprovalIsCounted() {
    Fixture.fill(client);
    assertThat(capabilities("v2").get("approval").get("pending_requests").asInt()).isEqualTo(1);
  }

  @Test
  void everyToolIsDoneByARouteOfThisNode() {
    var paths = ok(client.get("/openapi.json")).get("paths");
    var named = new HashSet<String>();
    for (var tool : ok(client.get("/api/v1/tools/list")).get("tools")) {
      var name = tool.get("name").asString();
      assertThat(named.add(name)).as(name).isTrue();
      var http = tool.get("http");
      var method = http.get("method").asString().toLowerCase(Locale.ROOT);
      assertThat(paths.path(http.get("path").asString()).has(method)).as(name).isTrue();
      assertThat(tool.get("description").asString()).as(name).isNotBlank();
      var schema = tool.get("inputSchema");
      assertThat(schema.get("type").asString()).isEqualTo("object");
      for (var required : schema.path("required")) {
        assertThat(schema.get("properties").has(required.asString())).as(name).isTrue();
      }
    }
    var summary = new HashSet<String>();
    for (var tool : ok(client.get(CAPABILITIES)).get("tools")) {
      summary.add(tool.get("name").asString());
    }
    assertThat(summary).isEqualTo(named).contains("memory_subscribe", "memory_recall");
  }
}
