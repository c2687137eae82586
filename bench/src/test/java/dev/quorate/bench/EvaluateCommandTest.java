package dev.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class EvaluateCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ConcurrentSkipListMap<String, JsonNode> stored = new ConcurrentSkipListMap<>();

  @TempDir private Path folder;
  private Path corpus;

  @BeforeEach
  void writeCorpus() throws IOException {
    corpus = Files.createDirectory(folder.resolve("tiny"));
    Files.write(
        corpus.resolve("memories.jsonl"),
        List.of(memory("a", "apples are red"), memory("b", "pears are green"), memory("c", "é")));
    Files.write(
        corpus.resolve("questions.jsonl"),
        List.of(
            question("q1", "single", "[\"a\"]", "red"),
            question("q2", "several", "[\"a\",\"b\"]", "green"),
            question("q3", "nothing", "[]", "blue"),
            "{\"id\":\"q4\",\"kind\":\"update\",\"text\":\"are\",\"evidence\":[\"b\"],\"outdated\":[\"a\"]}"));
  }

  @Test
  void everyQuestionIsAskedAndCounted() throws IOException {
    var json = folder.resolve("report.json");
    var ranks = folder.resolve("ranks.jsonl");
    try (var server = server(Set.of("keyword"))) {
      assertThat(run(server, "--json", json.toString(), "--ranks", ranks.toString())).isZero();
      assertThat(out.toString())
          .contains("corpus           tiny: 3 memories, 4 questions\n")
          .contains(
              "\nkeyword          questions  recall@1  recall@5  recall@10     MRR  NDCG@10\n")
          .contains(
              "\nsingle                   1     1.000     1.000      1.000   1.000    1.000\n")
          .contains(
              "\nseveral                  1     0.500     0.500      0.500   1.000    0.613\n")
          .contains(
              "\nupdate                   1     0.000     1.000      1.000   0.500    0.631\n")
          .contains(
              "\noverall                  3     0.500     0.833      0.833   0.833    0.748\n")
          .contains("\nnewer first      0 of 1 questions about updates (0.0 %)\n")
          .contains(
              "\nnothing to find  1 of 1 answered nothing, or below 0.2 (100.0 %); so were 0 of 3 with evidence (0.0 %)\n")
          .contains("\nseparation       1.000\n")
          .contains("-keyword: 3 memories stored now, 0 there before\n")
          .doesNotContain("vector");
    }
    var report = Json.parse(Files.readString(json));
    assertThat(report.path("modes")).hasSize(1);
    var mode = report.path("modes").get(0);
    assertThat(mode.path("kinds").path("several").path("ndcg_at_10").asDouble()).isEqualTo(0.6131);
    assertThat(mode.path("overall").path("questions").asInt()).isEqualTo(3);
    assertThat(mode.path("silence").path("rightly").asInt()).isEqualTo(1);
    var lines = Files.readAllLines(ranks);
    assertThat(lines).hasSize(4);
    assertThat(Json.parse(lines.get(1)).path("evidence").toString()).isEqualTo("{\"a\":0,\"b\":1}");
    assertThat(Json.parse(lines.get(3)).path("found").toString()).isEqualTo("[\"a\",\"b\"]");
  }

  @Test
  void memoriesKeepTheirTimesAndShareOneNamespace() {
    try (var server = server(Set.of("keyword"))) {
      assertThat(run(server, "--namespace", "mine")).isZero();
    }
    assertThat(stored.values())
        .hasSize(3)
        .allSatisfy(row -> {
          assertThat(row.path("namespace").asString()).isEqualTo("mine-keyword");
          assertThat(row.path("created_at").asString()).isEqualTo("2025-03-11T07:15:00Z");
          assertThat(row.path("updated_at").asString()).isEqualTo("2025-03-11T07:15:00Z");
        });
    assertThat(stored.values()).anyMatch(row -> row.path("content").asString().equals("é"));
  }

  @Test
  void aSecondRunStoresNothing() {
    try (var server = server(Set.of("keyword"))) {
      assertThat(run(server)).isZero();
      assertThat(run(server)).isZero();
      assertThat(server.requests("/api/v1/import")).hasSize(1);
      assertThat(out.toString())
          .contains("-keyword: 0 memories stored now, 3 there before\n")
          .doesNotContain("note ");
    }
  }

  @Test
  void whatRecallsHaveChangedIsSaid() {
    try (var server = server(Set.of("keyword"))) {
      assertThat(run(server)).isZero();
      stored.replaceAll((_, row) -> ((ObjectNode) row.deepCopy()).put("priority", 6));
      assertThat(run(server)).isZero();
      assertThat(out.toString())
          .contains("note             earlier recalls have changed priority or tier of 3 memories");
    }
  }

  @Test
  void anotherStateOfTheCorpusIsNotMeasured() throws IOException {
    try (var server = server(Set.of("keyword"))) {
      assertThat(run(server, "--namespace", "mine")).isZero();
      Files.writeString(corpus.resolve("memories.jsonl"), memory("a", "apples are blue"));
      Files.writeString(
          corpus.resolve("questions.jsonl"), question("q1", "single", "[\"a\"]", "blue"));
      assertThat(run(server, "--namespace", "mine")).isEqualTo(1);
      assertThat(err.toString())
          .contains(
              "quorate-bench: the namespace mine-keyword holds another state of the corpus (a differs): choose another one by --namespace");
    }
  }

  @Test
  void theModesAreThoseThatTheServerOffers() {
    try (var server = server(Set.of("keyword", "hybrid"))) {
      assertThat(run(server)).isZero();
      assertThat(out.toString())
          .contains("\nkeyword  ", "\nhybrid  ", "-hybrid: 3 memories stored now")
          .doesNotContain("vector");
    }
  }

  @Test
  void aModeThatIsNotOfferedIsSaidBeforeAnythingIsStored() {
    try (var server = server(Set.of("keyword"))) {
      assertThat(run(server, "--modes", "keyword,vector")).isEqualTo(2);
      assertThat(err.toString())
          .isEqualToIgnoringNewLines(
              "quorate-bench: %s answers recall in mode keyword where vector was asked for"
                  .formatted(server.url()));
      assertThat(server.requests("/api/v1/import")).isEmpty();
    }
  }

  @Test
  void aQuestionThatFailsEndsTheRun() {
    FakeServer.Handler handler =
        request ->
            request.body().contains("\"context\":\"green\"")
                ? FakeServer.json(503, "{\"error\":\"busy\"}")
                : answer(request, Set.of("keyword"));
    try (var server = new FakeServer(handler)) {
      assertThat(run(server)).isEqualTo(1);
      assertThat(err.toString())
          .isEqualToIgnoringNewLines(
              "quorate-bench: %s answers 503 to question q2: {\"error\":\"busy\"}"
                  .formatted(server.url()));
      assertThat(out.toString()).isEmpty();
    }
  }

  @Test
  void aMemoryThatIsRefusedEndsTheRun() {
    FakeServer.Handler handler =
        request ->
            request.target().equals("/api/v1/import")
                ? FakeServer.json(200, "{\"imported\":2,\"errors\":[\"x: too long\"]}")
                : answer(request, Set.of("keyword"));
    try (var server = new FakeServer(handler)) {
      assertThat(run(server)).isEqualTo(1);
      assertThat(err.toString())
          .isEqualToIgnoringNewLines(
              "quorate-bench: %s refuses a memory of the corpus: x: too long"
                  .formatted(server.url()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --limit 9                     | --limit must be 10..50: 9
          --threshold -1                | --threshold must be 0 or more: -1.0
          --threshold NaN               | --threshold must be 0 or more: NaN
          --modes guess                 | --modes must be of keyword, vector, hybrid: guess
          --namespace a/b               | --namespace must be 1..100 of A-Z a-z 0-9 _ . -: a/b
          --url http://a --url http://b | evaluate takes one --url: 2
          --ranks /no/folder/here       | --ranks must name a file in a folder that exists: /no/folder/here
          --json /no/folder/here        | --json must name a file in a folder that exists: /no/folder/here
          --corpus /no/folder/here      | the corpus is no folder that can be read: /no/folder/here
          --pid 1                       | Unknown options: '--pid', '1'
          """)
  void aBadOptionIsSaidInOneSentence(String arguments, String sentence) {
    assertThat(execute(("evaluate " + arguments).split(" "))).isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly("quorate-bench: " + sentence);
  }

  private int run(FakeServer server, String... more) {
    var arguments = new String[more.length + 5];
    System.arraycopy(
        new String[] {"evaluate", "--url", server.url(), "--corpus", corpus.toString()},
        0,
        arguments,
        0,
        5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return execute(arguments);
  }

  private int execute(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private FakeServer server(Set<String> modes) {
    return new FakeServer(request -> answer(request, modes));
  }

  /// A server that finds what contains the question, in the order of contents, and answers in
  /// keyword mode where it does not know the mode asked for.
  private String answer(FakeServer.Request request, Set<String> modes) {
    return switch (request.target().split("\\?", 2)[0]) {
      case "/api/v1/import" -> {
        var rows = Json.parse(request.body()).path("memories");
        for (var row : rows) stored.put(row.path("id").asString(), row);
        yield FakeServer.json(200, "{\"imported\":%d,\"errors\":[]}".formatted(rows.size()));
      }
      case "/api/v1/memories" -> {
        var namespace = request.target().replaceAll(".*namespace=([^&]*).*", "$1");
        yield FakeServer.json(200, list(namespace, "").toString());
      }
      case "/api/v1/recall" -> {
        var body = Json.parse(request.body());
        var mode = body.path("mode").asString();
        var found = list(body.path("namespace").asString(), body.path("context").asString());
        yield FakeServer.json(
            200, found.put("mode", modes.contains(mode) ? mode : "keyword").toString());
      }
      default -> FakeServer.json(200, "{\"status\":\"ok\"}");
    };
  }

  private ObjectNode list(String namespace, String words) {
    var json = Json.object();
    var memories = json.putArray("memories");
    stored.values().stream()
        .filter(row -> row.path("namespace").asString().equals(namespace))
        .filter(row -> row.path("content").asString().contains(words))
        .sorted((a, b) -> a.path("content").asString().compareTo(b.path("content").asString()))
        .forEach(row -> memories.add(((ObjectNode) row.deepCopy()).put("score", 0.5)));
    return json.put("count", memories.size());
  }

  private static String memory(String key, String content) {
    return "{\"key\":\"%s\",\"title\":\"T%s\",\"content\":\"%s\",\"created_at\":\"2025-03-11T07:15:00Z\"}"
        .formatted(key, key, content);
  }

  private static String question(String id, String kind, String evidence, String text) {
    return "{\"id\":\"%s\",\"kind\":\"%s\",\"text\":\"%s\",\"evidence\":%s}"
        .formatted(id, kind, text, evidence);
  }
}
