package dev.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void fillLoadsTheWholeCorpusInBatches() {
    try (var server = new FakeServer(MainTest::answer)) {
      assertThat(run(server, "fill", "--count", "2050", "--batch", "1000", "--first", "100"))
          .isZero();
      var numbers = new HashSet<Integer>();
      for (var request : server.requests("/api/v1/memories/bulk")) {
        for (var memory : Json.parse(request.body())) {
          var title = memory.path("title").asString();
          numbers.add(Integer.parseInt(title.substring(title.indexOf("corpus-") + 7)));
        }
      }
      assertThat(numbers)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(100, 2150).boxed().toList());
      assertThat(server.requests("/api/v1/memories/bulk")).hasSize(3);
      assertThat(out.toString()).contains("2,050");
    }
  }

  @Test
  void fillFailsWhereTheServerLeavesRowsOut() {
    FakeServer.Handler handler =
        request ->
            request.target().endsWith("bulk")
                ? FakeServer.json(200, "{\"created\":99,\"errors\":[\"x: why\"]}")
                : answer(request);
    try (var server = new FakeServer(handler)) {
      assertThat(run(server, "fill", "--count", "100")).isEqualTo(1);
      assertThat(out.toString())
          .contains("answer: 1, the first: 1 bulk errors, the first: \"x: why\"");
    }
  }

  @Test
  void storeSendsNewTitlesAndReportsAsJson(@TempDir Path folder) throws IOException {
    var file = folder.resolve("report.json");
    try (var server = new FakeServer(MainTest::answer)) {
      var exit =
          run(
              server,
              "store",
              "--requests",
              "50",
              "--warmup",
              "0",
              "--label",
              "a",
              "--content-bytes",
              "30",
              "--json",
              file.toString());
      assertThat(exit).isZero();
      var stores =
          server.requests("/api/v1/memories").stream()
              .filter(request -> request.method().equals("POST"))
              .map(request -> Json.parse(request.body()))
              .toList();
      assertThat(stores).hasSize(50).doesNotHaveDuplicates();
      assertThat(stores).allMatch(memory -> memory.path("content").asString().length() == 30);
    }
    var report = Json.parse(Files.readString(file));
    assertThat(report.path("succeeded").asInt()).isEqualTo(50);
    assertThat(report.path("settings").path("label").asString()).isEqualTo("a");
  }

  @Test
  void getAsksForWhatTheServerLists() {
    try (var server = new FakeServer(MainTest::answer)) {
      assertThat(run(server, "get", "--requests", "40", "--warmup", "0")).isZero();
      assertThat(server.requests("/api/v1/memories/id-"))
          .hasSize(40)
          .allMatch(request -> request.target().matches("/api/v1/memories/id-[12]"));
    }
  }

  @Test
  void getNeedsMemories() {
    try (var server = new FakeServer(_ -> FakeServer.json(200, "{\"memories\":[],\"count\":0}"))) {
      assertThat(run(server, "get")).isEqualTo(2);
      assertThat(err.toString())
          .isEqualToIgnoringNewLines(
              "quorate-bench: " + server.url() + " has no memories to get; run fill first");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "recall,           GET,  '/api/v1/recall\\?context=[a-z]+%20[a-z]+&limit=7', ''",
    "recall --post,    POST, '/api/v1/recall', '\\{\"context\":\"[a-z]+ [a-z]+\",\"limit\":7}'",
    "search,           GET,  '/api/v1/search\\?q=[a-z]+%20[a-z]+&limit=7', ''",
  })
  void queriesAreOfWords(String command, String method, String target, String body) {
    try (var server = new FakeServer(MainTest::answer)) {
      var arguments = command + " --requests 10 --warmup 0 --query-words 2 --limit 7";
      assertThat(run(server, arguments.split(" "))).isZero();
      var path = target.substring(0, "/api/v1/recall".length());
      assertThat(server.requests(path))
          .hasSize(10)
          .allMatch(request -> request.method().equals(method))
          .allMatch(request -> request.target().matches(target))
          .allMatch(request -> request.body().matches(body));
      assertThat(out.toString()).contains("memories found   30,");
    }
  }

  @Test
  void mixedKeepsItsWeightsAndGetsWhatItStored() {
    try (var server = new FakeServer(MainTest::answer)) {
      assertThat(
              run(
                  server,
                  "mixed",
                  "--requests",
                  "400",
                  "--warmup",
                  "0",
                  "--clients",
                  "2",
                  "--mix",
                  "store=1,get=3"))
          .isZero();
      assertThat(server.requests("/api/v1/memories/stored-")).hasSizeBetween(250, 350);
      assertThat(server.requests("/api/v1/recall")).isEmpty();
      assertThat(out.toString()).contains("\nstore  ", "\nget  ", "\nmemories got ");
    }
  }

  @Test
  void failedRequestsFailTheRun() {
    var count = new AtomicInteger();
    FakeServer.Handler handler =
        request ->
            request.target().startsWith("/api/v1/recall") && count.incrementAndGet() % 5 == 0
                ? FakeServer.json(503, "{\"error\":\"overloaded\"}")
                : answer(request);
    try (var server = new FakeServer(handler)) {
      assertThat(run(server, "recall", "--requests", "50", "--warmup", "0")).isEqualTo(1);
      assertThat(out.toString()).contains("status 503: 10, the first: {\"error\":\"overloaded\"}");
      assertThat(err.toString()).contains("quorate-bench: 10 requests failed, at most 0 may");
      assertThat(run(server, "recall", "--requests", "50", "--warmup", "0", "--failures-max", "10"))
          .isZero();
      assertThat(
              run(server, "recall", "--requests", "50", "--warmup", "0", "--accept-status", "503"))
          .isZero();
    }
  }

  @Test
  void aMissingKeyIsNamed() {
    try (var server =
        new FakeServer(request ->
            request.head().contains("X-API-Key: right")
                ? answer(request)
                : FakeServer.json(401, "{}"))) {
      assertThat(run(server, "store", "--requests", "1")).isEqualTo(2);
      assertThat(err.toString()).contains(server.url() + " wants an API key (--api-key)");
      assertThat(run(server, "store", "--requests", "1", "--api-key", "wrong")).isEqualTo(2);
      assertThat(err.toString()).contains(server.url() + " refuses the API key");
      assertThat(run(server, "store", "--requests", "1", "--warmup", "0", "--api-key", "right"))
          .isZero();
    }
  }

  @Test
  void anUnreachableServerIsSaidInOneSentence() {
    assertThat(execute("store", "--url", "http://127.0.0.1:1")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly("quorate-bench: cannot connect to http://127.0.0.1:1: Connection refused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          store --clients 0            | --clients must be 1..4096: 0
          store --clients 4097         | --clients must be 1..4096: 4097
          store --clients many         | Invalid value for option '--clients': 'many' is not an int
          store --rate 0               | --rate must be 0.01..1000000 a second: 0.0
          store --rate NaN             | --rate must be 0.01..1000000 a second: NaN
          store --duration 0           | --duration must be 1..604800: 0
          store --duration 5 --requests 5 | give --duration or --requests, not both
          store --requests 0           | --requests must be 1..2305843009213693951: 0
          store --warmup -1            | --warmup must be 0..604800: -1
          store --timeout 0            | --timeout must be 1..3600: 0
          store --content-bytes 65537  | --content-bytes must be 1..65536: 65537
          store --label a/b            | --label must be 1..40 of A-Z a-z 0-9 _ . -: a/b
          store --agents -1            | --agents must be 0..1000000: -1
          store --failures-max -1      | --failures-max must be 0..9223372036854775807: -1
          store --accept-status 99     | --accept-status must be 200..599: 99
          store --api-key Zoë          | --api-key may hold visible ASCII characters only
          store --json /no/folder/here | --json must name a file in a folder that exists: /no/folder/here
          store --nonsense             | Unknown option: '--nonsense'
          fill --count 0               | --count must be 1..1000000000: 0
          fill --batch 1001            | --batch must be 1..1000: 1001
          fill --content-bytes 65536   | --batch must be 1..31 with contents of 65536 bytes (a request holds 2 MiB): 500
          get --ids 50001              | --ids must be 1..50000: 50001
          recall --limit 0             | --limit must be 1..1000: 0
          recall --query-words 0       | --query-words must be 1..100: 0
          mixed --mix store=0          | --mix must look like store=20,get=30,recall=45,search=5, with one weight above 0
          mixed --mix delete=5         | --mix must look like store=20,get=30,recall=45,search=5: delete
          mixed --mix get=-1           | --mix get must be 0..1000: -1
          store --url https://a        | the load generator speaks plain http only: https://a
          ''                           | name a command: see --help
          """)
  void aBadOptionIsSaidInOneSentence(String arguments, String sentence) {
    var words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    assertThat(execute(words)).isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly("quorate-bench: " + sentence);
  }

  private int run(FakeServer server, String... arguments) {
    var all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--url";
    all[arguments.length + 1] = server.url();
    return execute(all);
  }

  private int execute(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  /// A server of memories as far as these tests need it.
  private static String answer(FakeServer.Request request) {
    var path = request.target().split("\\?", 2)[0];
    return switch (path) {
      case "/api/v1/memories/bulk" -> {
        var size = Json.parse(request.body()).size();
        yield FakeServer.json(200, "{\"created\":" + size + ",\"errors\":[]}");
      }
      case "/api/v1/memories" ->
          request.method().equals("POST")
              ? FakeServer.json(201, "{\"id\":\"stored-" + request.body().hashCode() + "\"}")
              : FakeServer.json(
                  200, "{\"memories\":[{\"id\":\"id-1\"},{\"id\":\"id-2\"}],\"count\":2}");
      case "/api/v1/recall", "/api/v1/search" ->
          FakeServer.json(200, "{\"memories\":[],\"count\":3,\"mode\":\"keyword\"}");
      case "/metrics" -> FakeServer.json(404, "{}");
      default -> FakeServer.json(200, "{\"status\":\"ok\"}");
    };
  }
}
