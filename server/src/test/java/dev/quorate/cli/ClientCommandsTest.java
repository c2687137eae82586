package dev.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCommandsTest {
  private static final String MEMORY =
      """
      {"id":"6f0c","tier":"mid","namespace":"ops/web","title":"Deploy rule","content":"Use blue\\nand green","tags":["deploy"],"priority":5,"score":0.913,"metadata":{"agent_id":"ai:eve"}}\
      """;

  private FakeNode node;
  private FakeTerminal terminal;

  @BeforeEach
  void start() throws IOException {
    node = new FakeNode();
    terminal = new FakeTerminal().with("QUORATE_URL", node.url());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void storeSendsWhatItWasGiven() {
    node.answers(201, "{\"id\":\"6f0c\",\"tier\":\"mid\",\"namespace\":\"ops/web\"}");
    var exitCode =
        terminal.run(
            "store",
            "@Rule",
            "Use blue",
            "-n",
            "ops/web",
            "--tier",
            "mid",
            "--tags",
            "a,b c",
            "--priority",
            "7",
            "--on-conflict",
            "merge",
            "--agent",
            "ai:eve");
    assertThat(exitCode).isZero();
    assertThat(terminal.out()).isEqualTo("stored 6f0c (mid, ops/web)\n");
    assertThat(node.only().method()).isEqualTo("POST");
    assertThat(node.only().target()).isEqualTo("/api/v1/memories");
    assertThat(Json.parse(node.only().body()))
        .isEqualTo(
            Json.parse(
                """
                {"title":"@Rule","content":"Use blue","source":"cli","namespace":"ops/web","tier":"mid",
                 "priority":7,"on_conflict":"merge","agent_id":"ai:eve","tags":["a","b c"]}
                """));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void storeReadsItsContentFromStandardInput(boolean withHyphen) {
    node.answers(201, "{}");
    terminal.input("one\r\ntwo é");
    assertThat(withHyphen ? terminal.run("store", "T", "-") : terminal.run("store", "T")).isZero();
    assertThat(Json.parse(node.only().body()).get("content").asString()).isEqualTo("one\ntwo é");
  }

  @Test
  void standardInputThatIsNoUtf8IsRefused() {
    terminal.input((byte) 'a', (byte) 0xff);
    assertThat(terminal.run("store", "T", "-")).isEqualTo(1);
    assertThat(terminal.err()).isEqualTo("quorate: the content on standard input is not UTF-8\n");
    assertThat(node.asked()).isEmpty();
  }

  @Test
  void whatWaitsForApprovalIsSaid() {
    node.answers(202, "{\"status\":\"pending\",\"pending_id\":\"b1\",\"reason\":\"governed\"}");
    assertThat(terminal.run("store", "T", "C")).isZero();
    assertThat(terminal.run("delete", "x")).isZero();
    assertThat(terminal.out())
        .isEqualTo("waits for approval as b1: governed\nwaits for approval as b1\n");
  }

  @Test
  void recallShowsTitleFactsAndContent() {
    node.answers(200, "{\"memories\":[" + MEMORY + "],\"count\":1}");
    assertThat(
            terminal.run(
                "recall", "how", "to", "deploy", "--limit", "3", "--tag", "t", "--tier", "mid"))
        .isZero();
    assertThat(terminal.out())
        .isEqualTo(
            """
            1  Deploy rule
               6f0c  mid  ops/web  #deploy  score 0.913
               Use blue
               and green

            1 memory
            """);
    assertThat(Json.parse(node.only().body()))
        .isEqualTo(
            Json.parse(
                "{\"context\":\"how to deploy\",\"limit\":3,\"tags\":\"t\",\"tier\":\"mid\"}"));
  }

  @Test
  void recallSaysHowAndWhyItFound() {
    node.answers(
        200,
        """
        {"memories":[{"id":"6f0c","title":"T","content":"c","explain":{"why":"It fits."}}],
        "mode":"keyword","mode_reason":"no embedder is set","as_of":"2026-03-01T00:00:00Z",
        "node":"n1","complete":false}\
        """);
    var asked = "recall w --mode hybrid --explain --as-of 2026-03-01T00:00:00Z".split(" ", -1);
    assertThat(terminal.run(asked)).isZero();
    assertThat(terminal.out())
        .contains(
            "   It fits.\n",
            "found by keyword: no embedder is set\n",
            "as n1 knows it of 2026-03-01T00:00:00Z; some of what was there is lost\n");
    assertThat(Json.parse(node.only().body()))
        .isEqualTo(
            Json.parse(
                "{\"context\":\"w\",\"mode\":\"hybrid\",\"explain\":true,\"as_of\":\"2026-03-01T00:00:00Z\"}"));
  }

  @Test
  void aLongContentIsCutInALookAtSeveral() {
    node.answers(
        200,
        "{\"results\":[{\"id\":\"6f0c\",\"title\":\"T\",\"content\":\""
            + "l\\n".repeat(15)
            + "\"}]}");
    assertThat(terminal.run("search", "l")).isZero();
    assertThat(terminal.out()).contains("   ... 5 more lines: quorate get 6f0c\n");
    assertThat(terminal.out().lines().filter("   l"::equals)).hasSize(10);
  }

  @Test
  void searchEncodesItsWords() {
    node.answers(200, "{\"results\":[],\"count\":0}");
    assertThat(terminal.run("search", "a&b=c", "d+é", "--namespace", "x/y")).isZero();
    assertThat(node.only().target())
        .isEqualTo("/api/v1/search?q=a%26b%3Dc%20d%2B%C3%A9&namespace=x%2Fy");
    assertThat(terminal.out()).isEqualTo("0 memories\n");
  }

  @Test
  void listAsksForAPage() {
    node.answers(200, "{\"memories\":[" + MEMORY + "," + MEMORY + "],\"count\":2}");
    assertThat(
            terminal.run("list", "--tier", "mid", "--limit", "2", "--offset", "4", "--by", "ai:x"))
        .isZero();
    assertThat(node.only().target())
        .isEqualTo("/api/v1/memories?tier=mid&limit=2&offset=4&agent_id=ai%3Ax");
    assertThat(terminal.out()).contains("mid    ops/web  Deploy rule\n").endsWith("2 memories\n");
  }

  @Test
  void getShowsEverythingAndTheLinks() {
    node.answers(
        200,
        "{\"memory\":%s,\"links\":[{\"source_id\":\"6f0c\",\"target_id\":\"77aa\",\"relation\":\"supersedes\"}]}"
            .formatted(MEMORY));
    assertThat(terminal.run("get", "6f/0c")).isZero();
    assertThat(node.only().target()).isEqualTo("/api/v1/memories/6f%2F0c");
    assertThat(terminal.out())
        .startsWith("Deploy rule\n")
        .contains("namespace     ops/web", "#deploy", "ai:eve", "6f0c supersedes 77aa")
        .endsWith("\nUse blue\nand green\n");
  }

  @Test
  void deleteSaysSo() {
    node.answers(200, "{\"deleted\":true}");
    assertThat(terminal.run("delete", "6f0c")).isZero();
    assertThat(node.only().method()).isEqualTo("DELETE");
    assertThat(terminal.out()).isEqualTo("deleted 6f0c\n");
  }

  @Test
  void statsAreReadable() {
    node.answers(
        200,
        """
        {"total":3,"by_tier":[{"tier":"mid","count":3}],"by_namespace":[{"namespace":"ops","count":3}],
         "expiring_soon":1,"links_count":2,"db_size_bytes":122880,
         "embedding":{"status":"ready","model":"m","dimension":3,"pending":1,"done":2,"failed":0}}
        """);
    assertThat(terminal.run("stats")).isZero();
    assertThat(terminal.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "memories 3",
            " mid 3",
            "expire within 1 h 1",
            "links 2",
            "vectors 2 of 3 memories have a vector of m",
            "store 120.0 KiB",
            "namespaces",
            " ops 3");
  }

  @Test
  void healthIsExitCodeOneWhenTheNodeIsNotWell() {
    node.answers(200, "{\"status\":\"ok\",\"service\":\"quorate\",\"version\":\"0.1.0\"}");
    assertThat(terminal.run("health")).isZero();
    assertThat(terminal.out()).isEqualTo("ok: quorate 0.1.0 at " + node.url() + "\n");

    node.answers(503, "{\"status\":\"error\"}").answers(503, "{\"status\":\"error\"}");
    terminal.run("health");
    assertThat(terminal.run("health")).isEqualTo(1);
    assertThat(terminal.err()).contains("quorate: " + node.url() + " answered with status 503\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store T C",
        "recall w",
        "search w",
        "get x",
        "list",
        "delete x",
        "stats",
        "health"
      })
  void withJsonEveryCommandPrintsTheAnswer(String command) {
    node.answers(200, "{\"any\":[1,\"é\"]}");
    assertThat(terminal.run((command + " --json").split(" ", -1))).isZero();
    assertThat(terminal.out()).isEqualTo("{\"any\":[1,\"é\"]}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store T C",
        "recall w",
        "search w",
        "get x",
        "list",
        "delete x",
        "stats",
        "export"
      })
  void aFailedRequestIsOneLineAndExitCodeOne(String command) {
    node.answers(409, "{\"code\":\"CONFLICT\",\"error\":\"taken\\nby \\u001b[31manother\"}");
    assertThat(terminal.run(command.split(" ", -1))).isEqualTo(1);
    assertThat(terminal.err()).isEqualTo("quorate: taken by [31manother\n");
    assertThat(terminal.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | {\"error\":\"missing or invalid API key\"} | missing or invalid API key (--api-key or QUORATE_API_KEY gives one)",
        "503 | {\"error\":\"overloaded\",\"reason\":\"too many\"} | overloaded: too many",
        "500 | <html>                | URL answered with status 500",
        "302 | {}                    | URL answered with status 302"
      })
  void whyItFailedIsToldAsFarAsTheNodeSays(int status, String body, String sentence) {
    node.answers(status, body);
    assertThat(terminal.run("stats")).isEqualTo(1);
    assertThat(terminal.err()).isEqualTo("quorate: " + sentence.replace("URL", node.url()) + "\n");
  }

  @Test
  void anAnswerThatIsNotJsonIsNoNodes() {
    node.answers(200, "<html>");
    assertThat(terminal.run("list")).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo(
            "quorate: %s answered something that is not JSON; is it a Quorate node?\n"
                .formatted(node.url()));
  }

  @Test
  void aNodeThatIsNotThereIsOneLine() {
    node.close();
    assertThat(terminal.run("stats")).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo(
            "quorate: no node answers at %s; is it running? (quorate serve)\n"
                .formatted(node.url()));
  }

  @Test
  void controlCharactersOfTheServerNeverReachTheTerminal() {
    var title = "\\u001b]0;owned\\u0007T\\u009b31m\\u202egnp";
    node.answers(
        200,
        "{\"memory\":{\"id\":\"x\",\"title\":\"%s\\nline\",\"content\":\"a\\r\\u001b[2Jb\\tc\\nd\"},\"links\":[]}"
            .formatted(title));
    assertThat(terminal.run("get", "x")).isZero();
    assertThat(terminal.out()).startsWith("]0;ownedT31mgnp line\n").endsWith("\na[2Jb\tc\nd\n");
  }

  @Test
  void rawControlCharactersInJsonAreEscapedThere() {
    node.answers(200, "{\"title\":\"a\u009b\u202e\u007fb\"}");
    assertThat(terminal.run("get", "x", "--json")).isZero();
    assertThat(terminal.out()).isEqualTo("{\"title\":\"a\\u009b\\u202e\\u007fb\"}\n");
  }

  @Test
  void keyAndAgentComeFromTheEnvironmentUnlessTheyAreGiven() {
    node.answers(200, "{}");
    terminal.with("QUORATE_API_KEY", "k1").with("QUORATE_AGENT_ID", "ai:env");
    terminal.run("stats");
    terminal.run("stats", "--api-key", "k2", "--agent", "ai:flag");
    assertThat(node.asked().getFirst().apiKey()).isEqualTo("k1");
    assertThat(node.asked().getFirst().agent()).isEqualTo("ai:env");
    assertThat(node.asked().getLast().apiKey()).isEqualTo("k2");
    assertThat(node.asked().getLast().agent()).isEqualTo("ai:flag");
  }

  @Test
  void aFlagSaysWhichNode() {
    node.answers(200, "{}");
    var other = new FakeTerminal().with("QUORATE_URL", "http://127.0.0.1:1");
    assertThat(other.run("stats", "--json", "--url", node.url() + "/")).isZero();
    assertThat(node.only().target()).isEqualTo("/api/v1/stats");
    assertThat(node.only().apiKey()).isEqualTo("null");
  }

  @Test
  void changesPrintsEachChangeOnALineAndGoesOnUntilThereIsNoMore() {
    node.answers(
        200, "{\"changes\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"cursor\":\"c1\",\"more\":true}");
    node.answers(200, "{\"changes\":[{\"id\":\"c\"}],\"cursor\":\"c2\",\"more\":false}");
    assertThat(terminal.run("changes", "--after", "c0", "--lanes", "memory,deletion")).isZero();
    assertThat(terminal.out()).isEqualTo("{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":\"c\"}\n");
    assertThat(node.asked().stream().map(FakeNode.Asked::target))
        .containsExactly(
            "/api/v1/changes?after=c0&limit=500&lanes=memory%2Cdeletion",
            "/api/v1/changes?after=c1&limit=500&lanes=memory%2Cdeletion");
  }

  @Test
  void quotaShowsWhatAnAgentHasUsedOfWhatItMay() {
    node.answers(
        200,
        "{\"agent_id\":\"ai:ann\",\"max_memories_per_day\":10,\"max_storage_bytes\":2048,"
            + "\"max_links_per_day\":0,\"current_memories_today\":3,"
            + "\"current_storage_bytes\":1024,\"current_links_today\":7}");
    assertThat(terminal.run("quota", "ai:ann")).isZero();
    assertThat(terminal.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "AGENT MEMORIES TODAY STORED LINKS TODAY", "ai:ann 3 of 10 1.0 KiB of 2.0 KiB 7");
    assertThat(node.only().body()).isEqualTo("{\"agent_id\":\"ai:ann\"}");
  }

  @Test
  void quotaWithoutAnAgentListsThoseThatHoldMost() {
    node.answers(200, "{\"quotas\":[],\"count\":0,\"truncated\":false}");
    assertThat(terminal.run("quota")).isZero();
    assertThat(terminal.out()).contains("no agent");
    assertThat(node.only().body()).isEqualTo("{}");
  }

  @Test
  void approvalsPrintsWhatIsWaiting() {
    node.answers(200, "{\"pending\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"count\":2}");
    assertThat(terminal.run("approvals", "--namespace", "ops")).isZero();
    assertThat(terminal.out()).isEqualTo("{\"id\":\"a\"}\n{\"id\":\"b\"}\n");
    assertThat(node.only().target())
        .isEqualTo("/api/v1/pending?status=pending&limit=1000&namespace=ops");
  }

  @Test
  void whoFollowsApprovalsGoesOnWhereTheStreamEnded() {
    node.answers(200, ": approvals\n\nevent: approval_requested\nid: c1\ndata: {\"id\":\"a\"}\n\n");
    node.answers(503, "{\"error\":\"overloaded\"}");
    assertThat(terminal.run("approvals", "--follow", "--agent", "ai:ann")).isEqualTo(1);
    assertThat(terminal.out()).isEqualTo("{\"id\":\"a\"}\n");
    assertThat(terminal.err()).contains("overloaded");
    assertThat(node.asked().stream().map(FakeNode.Asked::target))
        .containsExactly("/api/v1/approvals/stream", "/api/v1/approvals/stream?after=c1");
    assertThat(node.asked().getLast().agent()).isEqualTo("ai:ann");
  }

  @Test
  void whoFollowsChangesAsksAgainWhereANodeIsBusyAndEndsWhereItRefuses() {
    node.answers(503, "{\"error\":\"overloaded\"}");
    node.answers(200, "{\"changes\":[{\"id\":\"a\"}],\"cursor\":\"c1\",\"more\":false}");
    node.answers(400, "{\"error\":\"after must be a cursor\"}");
    assertThat(terminal.run("changes", "--follow", "--after", "now")).isEqualTo(1);
    assertThat(terminal.out()).isEqualTo("{\"id\":\"a\"}\n");
    assertThat(terminal.err()).contains("after must be a cursor");
    assertThat(node.asked().getLast().target())
        .isEqualTo("/api/v1/changes?after=c1&limit=500&wait=25");
  }
}
