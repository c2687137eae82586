package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.quorate.testkit.Answer;
import dev.quorate.testkit.TestNode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Bad input to every route: each row of the tables is answered as api.md documents, in JSON with
/// one sentence, and writes nothing.
@TestInstance(Lifecycle.PER_CLASS)
class BadInputTest {
  private static final int SENTENCE_CHARACTERS_MAX = 600;

  /// What a client must not see of the inside of the program.
  private static final Pattern INSIDE =
      Pattern.compile(
          "Exception|Throwable|NullPointer|\\bat [a-z]+\\.|\\.java\\b|dev\\.quorate|java\\.(lang|util|io)"
              + "|tools\\.jackson|io\\.helidon|org\\.(sqlite|apache)|SQLITE_|JsonNode|internal server error");

  @TempDir static Path data;
  private TestNode node;
  private Fixture fixture;
  private Wire wire;
  private Contents contents;
  private Map<String, String> before;

  @BeforeAll
  void start() throws SQLException {
    node = TestNode.start(data);
    fixture = Fixture.fill(node.client());
    wire = new Wire(node.address());
    contents = new Contents(data);
    before = contents.read();
  }

  @AfterAll
  void stop() throws SQLException {
    contents.close();
    wire.close();
    node.close();
  }

  @Test
  void everyRouteHasATable() {
    var described = new TreeSet<String>();
    var paths = node.client().get("/openapi.json").json().get("paths");
    paths.forEachEntry((path, item) ->
        item.propertyNames()
            .forEach(
                method -> described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
    assertThat(Operation.all().map(Operation::name)).containsExactlyInAnyOrderElementsOf(described);
  }

  @TestFactory
  Stream<DynamicContainer> eachRowIsRefusedAndWritesNothing() {
    return Operation.all().map(route -> table(route.name(), route.allRows().stream()));
  }

  @TestFactory
  Stream<DynamicContainer> whatIsNoRouteIsRefused() {
    return Stream.of(
        table("no such path", NoRoutes.paths()), table("no such method", NoRoutes.methods()));
  }

  private DynamicContainer table(String route, Stream<Row> rows) {
    return DynamicContainer.dynamicContainer(
        route, rows.map(row -> DynamicTest.dynamicTest(row.name(), () -> check(route, row))));
  }

  private void check(String route, Row row) throws SQLException {
    var name = route + ": " + row.name();
    var answer = wire.send(fixture.named(row.call()));
    var shown = name + " was answered " + shortened(answer.toString());
    var after = contents.read();
    var changed =
        after.keySet().stream()
            .filter(table -> !Objects.equals(after.get(table), before.get(table)))
            .collect(Collectors.joining(", "));
    before = after;
    switch (row.ending()) {
      case Row.Ending.Refused(var status) -> {
        assertThat(answer.status()).as(shown).isEqualTo(status);
        sentence(json(answer, shown).path("error"), shown);
      }
      case Row.Ending.Reported() -> {
        assertThat(answer.status()).as(shown).isEqualTo(200);
        var errors = json(answer, shown).path("errors");
        assertThat(errors.size()).as(shown).isEqualTo(1);
        sentence(errors.get(0), shown);
      }
    }
    assertThat(changed).as("%s and wrote to", shown).isEmpty();
  }

  private static JsonNode json(Answer answer, String shown) {
    assertThat(answer.header("Content-Type")).as(shown).contains("application/json");
    assertThat(INSIDE.matcher(answer.text()).find()).as(shown).isFalse();
    try {
      return answer.json();
    } catch (RuntimeException e) {
      return fail(shown + ", which is not JSON", e);
    }
  }

  private static void sentence(JsonNode error, String shown) {
    assertThat(error.isString()).as(shown).isTrue();
    assertThat(error.asString())
        .as(shown)
        .isNotBlank()
        .doesNotContainPattern("\\p{Cntrl}|[\\x80-\\x9f]");
    assertThat(error.asString().length()).as(shown).isLessThan(SENTENCE_CHARACTERS_MAX);
  }

  private static String shortened(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }

  /// A table whose good request is itself refused would prove nothing.
  @TestFactory
  Stream<DynamicTest> theRequestThatARowMakesWrongIsRight(@TempDir Path elsewhere) {
    return Operation.all()
        .map(route -> DynamicTest.dynamicTest(route.name(), () -> accepted(route, elsewhere)));
  }

  private static void accepted(Operation route, Path elsewhere) {
    var own = elsewhere.resolve(Integer.toHexString(route.name().hashCode()));
    try (var fresh = TestNode.start(own);
        var connection = new Wire(fresh.address())) {
      var fixture = Fixture.fill(fresh.client());
      for (var shape : route.shapes()) {
        var answer = connection.send(fixture.named(route.good().json(shape.goodBody())));
        assertThat(answer.status()).as(shortened(answer.toString())).isEqualTo(route.status());
        assertThat(answer.json().path("errors")).as(answer.toString()).isEmpty();
      }
      if (!route.shapes().isEmpty()) return;
      var answer = connection.send(fixture.named(route.good()));
      assertThat(answer.status()).as(shortened(answer.toString())).isEqualTo(route.status());
    }
  }
}
