package dev.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private final FakeTerminal terminal = new FakeTerminal();

  @Test
  void theHelpNamesEveryCommandAndGivesExamples() {
    assertThat(terminal.run("--help")).isZero();
    assertThat(terminal.out())
        .contains("Usage: quorate", "Examples:", "quorate serve")
        .contains("store", "recall", "search", "get", "list", "delete", "stats", "health")
        .contains("changes", "export", "import", "backup", "restore", "reindex")
        .contains("key", "identity", "peer")
        .contains("cluster", "demo", "dev-cluster")
        .doesNotContain("train");
    assertThat(terminal.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "store",
        "recall",
        "search",
        "get",
        "list",
        "delete",
        "stats",
        "quota",
        "health",
        "changes",
        "approvals",
        "export",
        "import",
        "backup",
        "restore",
        "reindex",
        "key",
        "key new",
        "identity",
        "peer",
        "peer add",
        "peer list",
        "peer remove",
        "cluster",
        "cluster status",
        "cluster peers",
        "cluster digest",
        "cluster verify",
        "cluster quarantine",
        "cluster quarantine list",
        "cluster quarantine retry",
        "subscriptions",
        "subscriptions list",
        "subscriptions add",
        "subscriptions remove",
        "subscriptions dead-letters",
        "subscriptions redrive",
        "demo",
        "dev-cluster"
      })
  void everyCommandHasHelpWithExamples(String command) {
    var args = Stream.concat(Stream.of(command.split(" ", -1)), Stream.of("--help"));
    assertThat(terminal.run(args.toArray(String[]::new))).isZero();
    assertThat(terminal.out()).contains("Usage: quorate " + command, "Examples:", "--help");
    assertThat(terminal.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void theVersionIsOneLine() {
    assertThat(terminal.run("--version")).isZero();
    assertThat(terminal.out()).matches("quorate \\S+\n");
  }

  @Test
  void withoutACommandTheHelpGoesToTheErrorStream() {
    assertThat(terminal.run()).isEqualTo(2);
    assertThat(terminal.err()).contains("Usage: quorate", "Commands:");
    assertThat(terminal.out()).isEmpty();
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(List.of("rememeber"), "Unmatched argument"),
        Arguments.of(List.of("get"), "Missing required parameter: 'ID' (see quorate get --help)"),
        Arguments.of(List.of("get", "a", "b"), "Unmatched argument"),
        Arguments.of(List.of("stats", "--loud"), "Unknown option: '--loud' (see quorate stats"),
        Arguments.of(List.of("list", "--limit", "many"), "--limit"),
        Arguments.of(List.of("key"), "Missing required subcommand (see quorate key --help)"),
        Arguments.of(List.of("key", "new", "a b"), "a key's name is 1..64"),
        Arguments.of(List.of("peer"), "Missing required subcommand (see quorate peer --help)"),
        Arguments.of(List.of("peer", "add"), "give either URL, or --key FILE and --id ID"),
        Arguments.of(List.of("peer", "add", "--key", "x"), "give either URL, or --key FILE"),
        Arguments.of(List.of("peer", "add", "http://x", "--id", "y"), "give either URL, or --key"),
        Arguments.of(List.of("peer", "add", "ftp://x"), "not the address of a node: 'ftp://x'"),
        Arguments.of(List.of("peer", "add", "--key", "x", "--id", "a b"), "--id must be 1..128"),
        Arguments.of(List.of("peer", "remove"), "Missing required parameter: 'ID'"),
        Arguments.of(List.of("stats", "--url", "ftp://x"), "not the address of a node: 'ftp://x'"),
        Arguments.of(List.of("stats", "--url", "127.0.0.1:1"), "not the address of a node"),
        Arguments.of(List.of("stats", "--url", "http://u:p@x"), "not the address of a node"),
        Arguments.of(List.of("stats", "--url", "http://x?a"), "not the address of a node"),
        Arguments.of(List.of("stats", "--api-key", "a\nb"), "printable ASCII"),
        Arguments.of(List.of("import", "/", "--format", "csv"), "--format must be auto, jsonl"),
        Arguments.of(List.of("import", "/", "--namespace", "a//b"), "namespace cannot"),
        Arguments.of(List.of("import", "/", "--agent", "a b"), "agent_id may only contain"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aWrongCommandLineIsOneLineAndExitCodeTwo(List<String> args, String sentence) {
    assertThat(terminal.run(args.toArray(String[]::new))).isEqualTo(2);
    assertThat(terminal.err()).startsWith("quorate: ").contains(sentence);
    assertThat(terminal.err().lines()).hasSize(1);
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void aNodeThatCannotStartIsOneLineAndExitCodeOne() {
    assertThat(terminal.run("serve", "--port", "70000")).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo("quorate: http.port must be 0..65535: 70000 (from --port)\n");
  }

  @Test
  void theStackTraceIsForThoseWhoAskForIt() {
    terminal.with("QUORATE_DEBUG", "1");
    assertThat(terminal.run("serve", "--port", "70000")).isEqualTo(1);
    assertThat(terminal.err()).contains("NodeFailure", "\tat ");
  }

  @Test
  void aFaultOfOursIsOneLine() {
    new Failure(new IllegalStateException("two\nlines")).tell(terminal.terminal());
    assertThat(terminal.err())
        .isEqualTo(
            "quorate: internal error: java.lang.IllegalStateException: two lines (QUORATE_DEBUG=1 shows more)\n");
  }
}
