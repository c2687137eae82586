package dev.quorate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.NodeFailure;
import dev.quorate.governance.Mode;
import dev.quorate.memory.NamespacePattern;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {
  @TempDir Path home;

  @Test
  void withoutAnythingEverySettingHasItsDefault() {
    assertThat(load(Map.of(), Flags.NONE)).isEqualTo(Settings.defaults(home.resolve(".quorate")));
  }

  @Test
  void laterSourcesWin() throws IOException {
    var data = home.resolve("data");
    write(
        data.resolve("quorate.toml"),
        "[http]\nport = 1001\nrequests-max = 11\nrequest-timeout-secs = 21\n");
    var environment =
        Map.of(
            "QUORATE_DATA", data.toString(),
            "QUORATE_HTTP_PORT", "1002",
            "QUORATE_HTTP_REQUESTS_MAX", "12");
    var settings = load(environment, Flags.NONE.with(Flag.PORT, "1003"));
    assertThat(settings.http().port()).isEqualTo(1003);
    assertThat(settings.http().requestsMax()).isEqualTo(12);
    assertThat(settings.http().requestTimeoutSecs()).isEqualTo(21);
    assertThat(settings.http().idleTimeoutSecs()).isEqualTo(300);
  }

  @Test
  void everySettingCanBeSetInTheFile() throws IOException {
    var file = home.resolve("all.toml");
    write(
        file,
        """
        data = "~/elsewhere"
        node-id = "host:one"
        [http]
        host = "localhost"
        port = 0
        api-key = "sesame"
        request-timeout-secs = 1
        receive-timeout-secs = 2
        idle-timeout-secs = 3
        requests-max = 4
        listeners-max = 5
        shutdown-grace-secs = 6
        [store]
        readers = 6
        [memory]
        default-namespace = "team/x"
        replaced-versions-max = 14
        [ttl]
        short-secs = 7
        mid-secs = 8
        long-secs = 9
        extend-short-secs = 10
        extend-mid-secs = 11
        [gc]
        interval-secs = 12
        archive-on-gc = false
        archive-max-days = 13
        [federation]
        peers = ["http://127.0.0.1:7868"]
        write-quorum = 3
        quorum-timeout-ms = 14
        request-timeout-ms = 15
        on-quorum-miss = "accepted"
        catchup-interval-secs = 16
        digest-interval-secs = 17
        max-clock-ahead-secs = 18
        shutdown-drain-secs = 19
        signature-window-secs = 20
        admit-unsigned = true
        admit-anonymous-pulls = true
        allow-plaintext = ["Inner"]
        [tls]
        cert = "~/cert.pem"
        key = "/etc/key.pem"
        client-allowlist = "/etc/allowed"
        client-cert = "/etc/client.pem"
        client-key = "/etc/client-key.pem"
        ca-cert = "/etc/ca.pem"
        [approval]
        hmac-secret = "sixteen or longer"
        [governance]
        mode = "advisory"
        [embedding]
        embedder = "openai"
        url = "https://inner/v1"
        model = "small"
        api-key = "sesame"
        timeout-secs = 21
        absent-secs = 22
        [subscriptions]
        allow-loopback = true
        [quota]
        memories-per-day = 23
        storage-bytes = 24
        links-per-day = 25
        [[peer]]
        url = "http://inner:7867"
        id = "host:two"
        api-key = "sesame"
        allowed-senders = ["ai:alice"]
        [[peer]]
        url = "https://guest.example/q"
        id = "host:guest"
        role = "guest"
        namespaces = ["team/x/**", "shared"]
        """);
    assertThat(load(Map.of(), Flags.NONE.with(Flag.CONFIG, file.toString())))
        .isEqualTo(
            new Settings(
                home.resolve("elsewhere"),
                "host:one",
                new HttpSettings("localhost", 0, new Secret("sesame"), 1, 2, 3, 4, 5, 6),
                new StoreSettings(6),
                new MemorySettings("team/x", 14),
                new TtlSettings(7, 8, 9, 10, 11),
                new GcSettings(12, false, 13),
                new FederationSettings(
                    3,
                    14,
                    15,
                    OnQuorumMiss.ACCEPTED,
                    16,
                    17,
                    18,
                    19,
                    20,
                    true,
                    true,
                    List.of("inner"),
                    List.of(
                        new PeerSettings(
                            URI.create("http://inner:7867"),
                            PeerRole.REPLICA,
                            List.of(),
                            "host:two",
                            new Secret("sesame"),
                            List.of("ai:alice")),
                        new PeerSettings(
                            URI.create("https://guest.example/q"),
                            PeerRole.GUEST,
                            List.of(
                                new NamespacePattern("team/x/**"), new NamespacePattern("shared")),
                            "host:guest",
                            null,
                            List.of()),
                        PeerSettings.replica(URI.create("http://127.0.0.1:7868")))),
                new TlsSettings(
                    home.resolve("cert.pem"),
                    Path.of("/etc/key.pem"),
                    Path.of("/etc/allowed"),
                    Path.of("/etc/client.pem"),
                    Path.of("/etc/client-key.pem"),
                    Path.of("/etc/ca.pem")),
                new ApprovalSettings(new Secret("sixteen or longer")),
                new GovernanceSettings(Mode.ADVISORY),
                new EmbeddingSettings(
                    EmbedderKind.OPENAI,
                    URI.create("https://inner/v1"),
                    "small",
                    new Secret("sesame"),
                    21,
                    22),
                new SubscriptionSettings(true),
                new QuotaSettings(23, 24, 25)));
  }

  @ParameterizedTest
  @EnumSource(Key.class)
  void everySettingCanBeSetByItsVariable(Key key) {
    var company = new HashMap<>(company(key));
    var without = load(company, Flags.NONE);
    company.put(key.environmentVariable(), sample(key));
    assertThat(load(company, Flags.NONE)).isNotEqualTo(without);
  }

  private String sample(Key key) {
    return switch (key) {
      case DATA -> home.resolve("d").toString();
      case NODE_ID -> "n1";
      case HTTP_HOST -> "::1";
      case HTTP_API_KEY -> "sesame";
      case MEMORY_DEFAULT_NAMESPACE -> "other";
      case GC_ARCHIVE_ON_GC -> "false";
      case FEDERATION_PEERS -> "http://127.0.0.1:1, http://127.0.0.1:2";
      case FEDERATION_WRITE_QUORUM -> "3";
      case FEDERATION_ON_QUORUM_MISS -> "accepted";
      case FEDERATION_ADMIT_UNSIGNED,
          FEDERATION_ADMIT_ANONYMOUS_PULLS,
          SUBSCRIPTIONS_ALLOW_LOOPBACK ->
          "true";
      case FEDERATION_ALLOW_PLAINTEXT -> "inner";
      case TLS_CERT, TLS_KEY, TLS_CLIENT_ALLOWLIST, TLS_CLIENT_CERT, TLS_CLIENT_KEY -> "a.pem";
      case TLS_CA_CERT -> "ca.pem";
      case GOVERNANCE_MODE, EMBEDDING_EMBEDDER -> "off";
      case EMBEDDING_URL -> "http://inner/v1";
      case EMBEDDING_MODEL -> "large";
      case EMBEDDING_API_KEY -> "sesame";
      case APPROVAL_HMAC_SECRET -> "sixteen or longer";
      case HTTP_PORT,
          HTTP_REQUEST_TIMEOUT_SECS,
          HTTP_RECEIVE_TIMEOUT_SECS,
          HTTP_IDLE_TIMEOUT_SECS,
          HTTP_REQUESTS_MAX,
          HTTP_LISTENERS_MAX,
          HTTP_SHUTDOWN_GRACE_SECS,
          STORE_READERS,
          MEMORY_REPLACED_VERSIONS_MAX,
          TTL_SHORT_SECS,
          TTL_MID_SECS,
          TTL_LONG_SECS,
          TTL_EXTEND_SHORT_SECS,
          TTL_EXTEND_MID_SECS,
          GC_INTERVAL_SECS,
          GC_ARCHIVE_MAX_DAYS,
          FEDERATION_QUORUM_TIMEOUT_MS,
          FEDERATION_REQUEST_TIMEOUT_MS,
          FEDERATION_CATCHUP_INTERVAL_SECS,
          FEDERATION_DIGEST_INTERVAL_SECS,
          FEDERATION_MAX_CLOCK_AHEAD_SECS,
          FEDERATION_SHUTDOWN_DRAIN_SECS,
          FEDERATION_SIGNATURE_WINDOW_SECS,
          EMBEDDING_TIMEOUT_SECS,
          EMBEDDING_ABSENT_SECS,
          QUOTA_MEMORIES_PER_DAY,
          QUOTA_STORAGE_BYTES,
          QUOTA_LINKS_PER_DAY ->
          "17";
    };
  }

  /// What else has to be set for a setting to be allowed.
  private static Map<String, String> company(Key key) {
    return switch (key) {
      case FEDERATION_WRITE_QUORUM ->
          Map.of("QUORATE_FEDERATION_PEERS", "http://127.0.0.1:1,http://127.0.0.1:2");
      case TLS_CERT, TLS_KEY, TLS_CLIENT_ALLOWLIST ->
          Map.of("QUORATE_TLS_CERT", "b.pem", "QUORATE_TLS_KEY", "b.pem");
      case TLS_CLIENT_CERT, TLS_CLIENT_KEY ->
          Map.of("QUORATE_TLS_CLIENT_CERT", "b.pem", "QUORATE_TLS_CLIENT_KEY", "b.pem");
      case EMBEDDING_URL, EMBEDDING_MODEL, EMBEDDING_API_KEY ->
          Map.of(
              "QUORATE_EMBEDDING_EMBEDDER",
              "openai",
              "QUORATE_EMBEDDING_URL",
              "http://inner/v2",
              "QUORATE_EMBEDDING_MODEL",
              "small");
      // Every other setting stands alone.
      default -> Map.of();
    };
  }

  @ParameterizedTest
  @EnumSource(Flag.class)
  void everyFlagSetsWhatItsVariableSets(Flag flag) throws IOException {
    if (flag == Flag.CONFIG) {
      write(home.resolve("file.toml"), "node-id = \"filed\"");
      write(home.resolve("variable.toml"), "node-id = \"other\"");
      var variable = Map.of("QUORATE_CONFIG", home.resolve("variable.toml").toString());
      var typed = Flags.NONE.with(flag, home.resolve("file.toml").toString());
      assertThat(load(variable, typed).nodeId()).isEqualTo("filed");
      return;
    }
    var key = flag.key().orElseThrow();
    var environment = new HashMap<>(company(key));
    var typed = load(environment, Flags.NONE.with(flag, sample(key)));
    assertThat(typed).isNotEqualTo(load(environment, Flags.NONE));
    environment.put(key.environmentVariable(), sample(key));
    assertThat(typed).isEqualTo(load(environment, Flags.NONE));
  }

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
  void anEmptyTableIsNoMistake() throws IOException {
    var file = home.resolve("q.toml");
    write(file, "[http]\n[gc]\n");
    load(Map.of(), Flags.NONE.with(Flag.CONFIG, file.toString()));
  }

  @Test
  void aMisspelledVariableIsRefusedByName() {
    assertThatThrownBy(() -> load(Map.of("QUORATE_HTTP_PROT", "1"), Flags.NONE))
        .hasMessage("unknown setting in the environment: QUORATE_HTTP_PROT");
    // Variables of clients are not settings of a node.
    load(Map.of("QUORATE_URL", "http://x", "QUORATE_DEBUG", "1"), Flags.NONE);
  }

  @Test
  void anEmptyVariableCountsAsNone() {
    assertThat(load(Map.of("QUORATE_HTTP_PORT", ""), Flags.NONE).http().port()).isEqualTo(7867);
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

  @Test
  void aFileInTheDataDirectoryCannotMoveIt() throws IOException {
    write(home.resolve(".quorate/quorate.toml"), "data = \"/elsewhere\"\n");
    assertThatThrownBy(() -> load(Map.of(), Flags.NONE))
        .isInstanceOf(NodeFailure.class)
        .hasMessageContaining("cannot set data");
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

  @Test
  void theDataDirectoryAloneIsNotHeldUpByOtherSettings() {
    var loader = new SettingsLoader(Map.of("QUORATE_HTTP_HOST", "0.0.0.0"), home);
    assertThat(loader.dataDirectory(Flags.NONE.with(Flag.DATA, "~/d/../e")))
        .isEqualTo(home.resolve("e"));
  }

  @Test
  void readersFollowTheCoresUnlessTheyAreGiven() {
    assertThat(new StoreSettings(0).readers(1)).isEqualTo(2);
    assertThat(new StoreSettings(0).readers(8)).isEqualTo(8);
    assertThat(new StoreSettings(3).readers(8)).isEqualTo(3);
  }

  private Settings load(Map<String, String> environment, Flags flags) {
    return new SettingsLoader(environment, home).load(flags);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
