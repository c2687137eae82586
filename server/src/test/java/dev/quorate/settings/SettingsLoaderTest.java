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
import org.junit.jupiter.params.provider.EnumSource;

/// Where settings come from, and which source wins.
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
        require-quorate-signature = true
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
                new ApprovalSettings(new Secret("sixteen or longer"), true),
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
          APPROVAL_REQUIRE_QUORATE_SIGNATURE,
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
      case APPROVAL_REQUIRE_QUORATE_SIGNATURE ->
          Map.of("QUORATE_APPROVAL_HMAC_SECRET", "sixteen or longer");
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

  @Test
  void anEmptyTableIsNoMistake() throws IOException {
    var file = home.resolve("q.toml");
    write(file, "[http]\n[gc]\n");
    load(Map.of(), Flags.NONE.with(Flag.CONFIG, file.toString()));
  }

  @Test
  void anEmptyVariableCountsAsNone() {
    assertThat(load(Map.of("QUORATE_HTTP_PORT", ""), Flags.NONE).http().port()).isEqualTo(7867);
  }

  @Test
  void aFileInTheDataDirectoryCannotMoveIt() throws IOException {
    write(home.resolve(".quorate/quorate.toml"), "data = \"/elsewhere\"\n");
    assertThatThrownBy(() -> load(Map.of(), Flags.NONE))
        .isInstanceOf(NodeFailure.class)
        .hasMessageContaining("cannot set data");
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
