package dev.quorate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no setting may be, and in which words it is told.
class WrongSettingsTest {
  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    "http.port, 0, 65535",
    "http.request-timeout-secs, 1, 3600",
    "http.receive-timeout-secs, 1, 3600",
    "http.idle-timeout-secs, 1, 86400",
    "http.requests-max, 1, 100000",
    "http.listeners-max, 0, 10000",
    "http.shutdown-grace-secs, 1, 3600",
    "store.readers, 0, 64",
    "ttl.extend-short-secs, 0, 315360000",
    "ttl.extend-mid-secs, 0, 315360000",
    "gc.interval-secs, 1, 604800",
    "gc.archive-max-days, 0, 36500",
    "federation.quorum-timeout-ms, 1, 600000",
    "federation.request-timeout-ms, 1, 600000",
    "federation.catchup-interval-secs, 0, 86400",
    "federation.digest-interval-secs, 0, 86400",
    "federation.max-clock-ahead-secs, 1, 86400",
    "federation.shutdown-drain-secs, 0, 3600",
    "federation.signature-window-secs, 1, 86400",
    "embedding.timeout-secs, 1, 600",
    "embedding.absent-secs, 1, 86400",
    "quota.memories-per-day, 0, 1000000000",
    "quota.storage-bytes, 0, 1125899906842624",
    "quota.links-per-day, 0, 1000000000"
  })
  void aRangeHoldsItsEndsAndNothingBeyond(String key, long min, long max) {
    var variable = Key.of(key).orElseThrow().environmentVariable();
    load(Map.of(variable, Long.toString(min)), Flags.NONE);
    load(Map.of(variable, Long.toString(max)), Flags.NONE);
    for (var beyond : new long[] {min - 1, max + 1}) {
      assertThatThrownBy(() -> load(Map.of(variable, Long.toString(beyond)), Flags.NONE))
          .isInstanceOf(NodeFailure.class)
          .hasMessage("%s must be %d..%d: %d (from %s)".formatted(key, min, max, beyond, variable));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "embedder = 'other' | embedding.embedder must be minilm or openai or ollama or off: 'other'",
        "embedder = 'openai' | embedding.url must be set where embedding.embedder is 'openai'",
        "embedder = 'ollama' | embedding.model must be set where embedding.embedder is 'ollama'",
        "model = 'm' | embedding.model is of use only where embedding.embedder is 'openai' or 'ollama'",
        "api-key = 'k' | embedding.api-key is of use only where embedding.embedder is 'openai'",
      })
  void anEmbedderHasWhatItNeedsAndNothingElse(String line, String sentence) throws IOException {
    var file = home.resolve("file.toml");
    write(file, "[embedding]\n" + line);
    assertThatThrownBy(() -> load(Map.of(), Flags.NONE.with(Flag.CONFIG, file.toString())))
        .isInstanceOf(NodeFailure.class)
        .hasMessageStartingWith(sentence);
  }

  @Test
  void aModelHasANameThatPeersTake() {
    load(ollama("m".repeat(128)), Flags.NONE);
    load(ollama("é".repeat(64)), Flags.NONE);
    var shown = "m".repeat(60) + "…";
    refused(
        "m".repeat(129),
        "'" + shown + "' is no name of a model: model can be at most 128 bytes: 129");
    refused(
        "é".repeat(65),
        "'" + "é".repeat(60) + "…' is no name of a model: model can be at most 128 bytes: 130");
    refused("a\tb", "'a?b' is no name of a model: model cannot contain control characters");
    refused(" ", "cannot be empty");
  }

  private void refused(String model, String why) {
    assertThatThrownBy(() -> load(ollama(model), Flags.NONE))
        .isInstanceOf(NodeFailure.class)
        .hasMessage("embedding.model " + why + " (from QUORATE_EMBEDDING_MODEL)");
  }

  private static Map<String, String> ollama(String model) {
    return Map.of("QUORATE_EMBEDDING_EMBEDDER", "ollama", "QUORATE_EMBEDDING_MODEL", model);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://a", "a b", "http://me:secret@a/v1", "http:///v1", "http://a/v1?key=secret"})
  void anEndpointIsAPlainAddressWhichIsNotShown(String url) {
    var variables =
        Map.of(
            "QUORATE_EMBEDDING_EMBEDDER", "openai",
            "QUORATE_EMBEDDING_MODEL", "m",
            "QUORATE_EMBEDDING_URL", url);
    assertThatThrownBy(() -> load(variables, Flags.NONE))
        .isInstanceOf(NodeFailure.class)
        .hasMessageStartingWith("embedding.url must ")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ttl.short-secs", "ttl.mid-secs", "ttl.long-secs"})
  void aTierLastsForEverOrAtMostTenYears(String key) {
    var variable = Key.of(key).orElseThrow().environmentVariable();
    load(Map.of(variable, "-1"), Flags.NONE);
    load(Map.of(variable, "315360000"), Flags.NONE);
    assertThatThrownBy(() -> load(Map.of(variable, "315360001"), Flags.NONE))
        .hasMessage(key + " must be at most 315360000: 315360001 (from " + variable + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port = 99999999999      | http.port is far out of its range: 99999999999",
        "port = 1.5              | http.port must be a whole number: '1.5'",
        "port = '80'             | http.port must be a whole number: '80'",
        "port = true             | http.port must be a whole number: 'true'",
        "host = 7                | http.host must be text: '7'",
        "host = ''               | http.host must be a host name or an address: ''",
        "host = 'a b'            | http.host must be a host name or an address: 'a b'",
        "api-key = ''            | http.api-key must be 1..256 printable ASCII characters without spaces: 0 given",
        "api-key = 'two words'   | http.api-key must be 1..256 printable ASCII characters without spaces: 9 given",
        "api-key = 12            | http.api-key must be text: (secret)"
      })
  void aWrongValueInTheFileIsToldWithTheFile(String line, String sentence) throws IOException {
    var file = home.resolve("q.toml");
    write(file, "[http]\n" + line.replace('\'', '"') + "\n");
    assertThatThrownBy(() -> load(Map.of(), Flags.NONE.with(Flag.CONFIG, file.toString())))
        .isInstanceOf(NodeFailure.class)
        .hasMessage(sentence + " (from " + file + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "QUORATE_HTTP_PORT        | http      | http.port must be a whole number: 'http'",
        "QUORATE_GC_ARCHIVE_ON_GC | yes       | gc.archive-on-gc must be true or false: 'yes'",
        "QUORATE_NODE_ID          | a b       | node-id must be 1..128 letters, digits or _:@./- without .. and without / in front: 'a b'",
        "QUORATE_NODE_ID          | /a        | node-id must be 1..128 letters, digits or _:@./- without .. and without / in front: '/a'",
        "QUORATE_NODE_ID          | a..b      | node-id must be 1..128 letters, digits or _:@./- without .. and without / in front: 'a..b'",
        "QUORATE_MEMORY_DEFAULT_NAMESPACE | a//b | memory.default-namespace 'a//b' is no namespace: namespace cannot begin or end with / or contain //"
      })
  void aWrongVariableIsToldWithItsName(String variable, String value, String sentence) {
    assertThatThrownBy(() -> load(Map.of(variable, value), Flags.NONE))
        .isInstanceOf(NodeFailure.class)
        .hasMessage(sentence + " (from " + variable + ")");
  }

  @Test
  void aNodeIdOfOneTooMany() {
    load(Map.of("QUORATE_NODE_ID", "n".repeat(128)), Flags.NONE);
    assertThatThrownBy(() -> load(Map.of("QUORATE_NODE_ID", "n".repeat(129)), Flags.NONE))
        .hasMessageStartingWith("node-id must be 1..128");
  }

  @Test
  void unknownSettingsAreRefusedByName() throws IOException {
    var file = home.resolve("q.toml");
    write(file, "colour = 1\n[http]\nprot = 1\n[htttp]\nport = 1\n[empty]\n[gc.deep]\nx = 1\n");
    assertThatThrownBy(() -> load(Map.of(), Flags.NONE.with(Flag.CONFIG, file.toString())))
        .isInstanceOf(NodeFailure.class)
        .hasMessage(
            "unknown settings in %s: colour, http.prot, htttp.port, empty, gc.deep.x"
                .formatted(file));
  }

  @Test
  void aMisspelledVariableIsRefusedByName() {
    assertThatThrownBy(() -> load(Map.of("QUORATE_HTTP_PROT", "1"), Flags.NONE))
        .hasMessage("unknown setting in the environment: QUORATE_HTTP_PROT");
    // Variables of clients are not settings of a node.
    load(Map.of("QUORATE_URL", "http://x", "QUORATE_DEBUG", "1"), Flags.NONE);
  }

  @Test
  void aBrokenFileIsToldWithItsLine() throws IOException {
    var file = home.resolve("q.toml");
    write(file, "[http]\nport = = 1\n");
    assertThatThrownBy(() -> load(Map.of(), Flags.NONE.with(Flag.CONFIG, file.toString())))
        .isInstanceOf(NodeFailure.class)
        .hasMessageStartingWith("the settings file %s is not TOML: line 2: ".formatted(file));
  }

  @Test
  void aNamedFileMustBeThere() {
    var missing = home.resolve("none.toml").toString();
    assertThatThrownBy(() -> load(Map.of("QUORATE_CONFIG", missing), Flags.NONE))
        .isInstanceOf(NodeFailure.class)
        .hasMessage("there is no settings file %s (from QUORATE_CONFIG)".formatted(missing));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "localhost", "[::1]"})
  void aLoopbackHostNeedsNoKey(String host) {
    load(Map.of("QUORATE_HTTP_HOST", host), Flags.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "127.0.0.11", "::", "10.1.2.3", "LOCALHOST"})
  void anyOtherHostNeedsAKey(String host) throws IOException {
    var environment = new HashMap<>(Map.of("QUORATE_HTTP_HOST", host));
    assertThatThrownBy(() -> load(environment, Flags.NONE))
        .isInstanceOf(NodeFailure.class)
        .hasMessage(
            "http.host '%s' lets other machines in, which needs an API key: make one with ./quorate key new, or set http.api-key (from QUORATE_HTTP_HOST)"
                .formatted(host));

    var keys = home.resolve(".quorate/api-keys");
    write(keys, "# a comment is no key\n\n");
    assertThatThrownBy(() -> load(environment, Flags.NONE)).hasMessageContaining("key new");

    write(keys, "sha256:00 laptop\n");
    load(environment, Flags.NONE);

    Files.delete(keys);
    environment.put("QUORATE_API_KEY", "sesame");
    load(environment, Flags.NONE);
  }

  @Test
  void theSecretNeverShows() {
    var settings = load(Map.of("QUORATE_API_KEY", "open-sesame"), Flags.NONE);
    assertThat(settings.toString()).doesNotContain("sesame").contains("(secret)");
    assertThat(String.valueOf(settings.http().apiKey())).isEqualTo("(secret)");
    assertThatThrownBy(() -> load(Map.of("QUORATE_API_KEY", "open sesame"), Flags.NONE))
        .hasMessageContaining("http.api-key")
        .hasMessageContaining("(from QUORATE_API_KEY)")
        .message()
        .doesNotContain("sesame");
  }

  private Settings load(Map<String, String> environment, Flags flags) {
    return new SettingsLoader(environment, home).load(flags);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
