package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.memory;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.http.transport.key.ApiKey;
import dev.quorate.http.transport.key.KeyFile;
import dev.quorate.http.transport.key.NamedKey;
import dev.quorate.json.Json;
import dev.quorate.settings.ApprovalSettings;
import dev.quorate.settings.EmbedderKind;
import dev.quorate.settings.EmbeddingSettings;
import dev.quorate.settings.FederationSettings;
import dev.quorate.settings.PeerRole;
import dev.quorate.settings.PeerSettings;
import dev.quorate.settings.Secret;
import dev.quorate.settings.Settings;
import dev.quorate.settings.SubscriptionSettings;
import dev.quorate.testkit.TestNode;
import dev.quorate.testkit.WebhookReceiver;
import dev.quorate.testkit.WebhookReceiver.Manner;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// No log line of any level has a key, a secret or what is made of one, also when what they are for
/// goes wrong.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecretsInLogsTest {
  private static final String OF_SETTINGS = "an-api-key-of-the-settings";
  private static final String OF_PEER = "an-api-key-that-a-peer-wants";
  private static final String OF_MODEL = "an-api-key-that-a-model-wants";
  private static final String OF_APPROVAL = "a-secret-that-signs-approvals";
  private static final String OF_WEBHOOK = "a-secret-that-signs-events";
  private static final String WRONG = "an-api-key-that-is-wrong";

  @TempDir Path data;
  private final ApiKey ofFile = ApiKey.generate();

  @Test
  void noKeyAndNoHashOfOneIsLogged() {
    new KeyFile(data.resolve("api-keys")).add(new NamedKey("laptop", ofFile.hash()));
    try (var log = new LoggedLines();
        var receiver = new WebhookReceiver();
        var model = new FakeModel()) {
      receiver.answer(Manner.ERROR, Manner.HTML, Manner.WRONG_ACK, Manner.ERROR);
      model.mood(FakeModel.Mood.HTML);
      try (var node = TestNode.start(data, usual -> settings(usual, model))) {
        use(node, receiver);
        Await.until(() -> said(log, "gave up event", "nothing is embedded", "unreachable"));
      }
      assertThat(String.join("\n", log.lines())).doesNotContain(secrets());
    }
  }

  private static Settings settings(Settings usual, FakeModel model) {
    var nobody = URI.create("http://127.0.0.1:9");
    var peer =
        new PeerSettings(nobody, PeerRole.REPLICA, List.of(), "n2", new Secret(OF_PEER), List.of());
    var url = URI.create(model.url());
    return usual
        .withHttp(usual.http().withApiKey(new Secret(OF_SETTINGS)))
        .withFederation(FederationSettings.DEFAULT.withPeers(List.of(peer)).withWriteQuorum(1))
        .withApproval(new ApprovalSettings(new Secret(OF_APPROVAL), false))
        .withSubscriptions(new SubscriptionSettings(true))
        .withEmbedding(
            new EmbeddingSettings(EmbedderKind.OPENAI, url, "fake", new Secret(OF_MODEL), 1, 60));
  }

  private void use(TestNode node, WebhookReceiver receiver) {
    var client = node.client();
    for (var key : List.of(OF_SETTINGS, ofFile.text())) {
      assertThat(client.get("/api/v1/stats", "X-API-Key", key).status()).isEqualTo(200);
      assertThat(client.get("/api/v1/stats?api_key=" + key).status()).isEqualTo(200);
      assertThat(client.get("/api/v1/nowhere?api_key=" + key).status()).isEqualTo(404);
      assertThat(client.get(MEMORIES + "?limit=x&api_key=" + key).status()).isEqualTo(400);
    }
    assertThat(client.get("/api/v1/stats", "X-API-Key", WRONG).status()).isEqualTo(401);
    assertThat(client.get("/api/v1/stats?api_key=" + WRONG).status()).isEqualTo(401);
    var wish = Json.object().put("url", receiver.url()).put("secret", OF_WEBHOOK);
    var subscribed = client.post(WebhookTest.SUBSCRIPTIONS, wish, "X-API-Key", OF_SETTINGS);
    assertThat(subscribed.status()).isEqualTo(201);
    var stored = client.post(MEMORIES, memory("T", "words"), "X-API-Key", ofFile.text());
    assertThat(stored.status()).isEqualTo(201);
    var unsigned =
        client.post("/api/v1/pending/nobody/approve", "", "X-API-Key", OF_SETTINGS).status();
    assertThat(unsigned).isEqualTo(401);
  }

  private static boolean said(LoggedLines log, String... words) {
    return List.of(words).stream()
        .allMatch(word -> log.lines().stream().anyMatch(line -> line.contains(word)));
  }

  /// Each in every form that a text could show it in.
  private List<String> secrets() {
    var secrets = new ArrayList<String>();
    for (var secret :
        List.of(OF_SETTINGS, OF_PEER, OF_MODEL, OF_APPROVAL, OF_WEBHOOK, WRONG, ofFile.text())) {
      secrets.add(secret);
      secrets.add(HexFormat.of().formatHex(sha256(secret)));
      secrets.add(Base64.getEncoder().encodeToString(sha256(secret)));
      secrets.add(Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)));
    }
    return secrets;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
