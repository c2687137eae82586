package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.testkit.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may use a node that other machines can reach. The address stands for them: it is this
/// machine's own, but not one of those that count as such.
class ApiKeyIT {
  private static final String OTHER = "127.0.0.2";
  private static final String STATS = "/api/v1/stats";

  @TempDir Path data;
  @TempDir Path files;

  @Test
  void anotherAddressNeedsAKey() throws Exception {
    for (var host : new String[] {OTHER, "0.0.0.0", "::"}) {
      assertThat(StartRefusal.of(files, data, "--host", host)).contains(host, "./quorate key new");
    }
  }

  @Test
  void aKeyOpensAllThatIsClosedWithoutIt() throws Exception {
    var made = new Program(files).run("key", "new", "laptop", "--data", data.toString());
    assertThat(made.exitCode()).isZero();
    assertThat(made.out()).hasSize(1);
    var key = made.out().getFirst();
    assertThat(Files.readString(data.resolve("api-keys"))).doesNotContain(key).contains("sha256:");

    try (var node = Nodes.start(data, "--host", OTHER)) {
      var client = node.client();
      assertThat(client.get("/api/v1/health").status()).isEqualTo(200);
      assertThat(client.get("/openapi.json").status()).isEqualTo(200);
      assertRefused(client, STATS);
      assertRefused(client, STATS, "X-API-Key", key + "x");
      assertRefused(client, STATS, "X-API-Key", "");
      assertRefused(client, STATS, "Authorization", "Bearer " + key.substring(1));
      assertRefused(client, STATS, "Authorization", "Basic " + key);
      assertRefused(client, STATS + "?api_key=" + key.replace('q', 'p'));
      assertRefused(client, "/metrics");
      // Not even what exists is told.
      assertRefused(client, "/api/v1/nothing");
      assertRefused(client, "/api/v1/memories/nobody");

      assertThat(client.get(STATS, "X-API-Key", key).status()).isEqualTo(200);
      assertThat(client.get(STATS, "Authorization", "Bearer " + key).status()).isEqualTo(200);
      assertThat(client.get(STATS + "?api_key=" + key).status()).isEqualTo(200);
      assertThat(client.get("/metrics", "X-API-Key", key).status()).isEqualTo(200);
      assertThat(node.output()).doesNotContain(key);
    }
  }

  @Test
  void aKeyGivenByTheEnvironmentIsEnough() {
    var environment = Map.of("QUORATE_API_KEY", "from-the-environment");
    try (var node = Nodes.start(data, environment, "--host", OTHER)) {
      assertRefused(node.client(), STATS);
      var with = node.client().get(STATS, "X-API-Key", "from-the-environment");
      assertThat(with.status()).isEqualTo(200);
    }
  }

  private static void assertRefused(Client client, String path, String... headers) {
    var answer = client.get(path, headers);
    assertThat(answer.status()).as(path).isEqualTo(401);
    assertThat(answer.json().get("error").asString()).isEqualTo("missing or invalid API key");
  }
}
