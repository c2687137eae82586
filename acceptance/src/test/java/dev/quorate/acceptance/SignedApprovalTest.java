package dev.quorate.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.settings.ApprovalSettings;
import dev.quorate.settings.Secret;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.TestNode;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Decisions where they have to be signed (api.md 1.4).
class SignedApprovalTest extends NodeTest {
  private static final String SECRET = "a secret of some length";

  private String pendingId = "";
  private String path = "";

  @BeforeEach
  void holdSomething() {
    restart(data, false);
    answered(
        201,
        client.post(
            "/api/v1/namespaces", "{\"namespace\":\"n\",\"governance\":{\"write\":\"approve\"}}"));
    var held = answered(202, client.post(MEMORIES, memory("T", "c").put("namespace", "n")));
    pendingId = held.get("pending_id").asString();
    path = "/api/v1/pending/" + pendingId + "/approve";
  }

  /// Ends the node and starts one with the secret.
  ///
  /// @param wholeOnly whether only signatures count that cover the path and the agent
  private void restart(Path folder, boolean wholeOnly) {
    node.close();
    var approval = new ApprovalSettings(new Secret(SECRET), wholeOnly);
    node = TestNode.start(folder, settings -> settings.withApproval(approval));
    client = node.client();
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  private static String signature(String secret, Object timestamp, String id, String body) {
    return signature(secret, timestamp + ".POST." + id + "." + body);
  }

  private static String signature(String secret, String text) {
    try {
      var key = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer approve(Object timestamp, String signature) {
    return client.send(
        "POST",
        path,
        null,
        "X-AI-Memory-Timestamp",
        timestamp.toString(),
        "X-AI-Memory-Signature",
        signature);
  }

  @Test
  void aSignedDecisionCountsAndItsSignatureServesOnce() {
    var timestamp = now();
    var signature = signature(SECRET, timestamp, pendingId, "");
    ok(approve(timestamp, signature));
    refused(401, approve(timestamp, signature), "used before");
    refused(401, approve(timestamp, signature.toUpperCase(java.util.Locale.ROOT)), "sha256=");
  }

  @Test
  void anUnsignedDecisionIsRefusedAndChangesNothing() {
    refused(401, client.send("POST", path, null), "X-AI-Memory-Timestamp");
    refused(
        401,
        client.send("POST", path, null, "X-AI-Memory-Timestamp", Long.toString(now())),
        "X-AI-Memory-Signature");
    refused(401, client.send("POST", "/api/v1/pending/" + pendingId + "/reject", null));
    refused(
        401, client.post("/api/v1/approvals/" + pendingId, Json.object().put("decision", "deny")));
    var row = ok(client.get("/api/v1/pending")).get("pending").get(0);
    assertThat(row.get("status").asString()).isEqualTo("pending");
  }

  @Test
  void aSignatureOfSomethingElseIsRefused() {
    var timestamp = now();
    refused(401, approve(timestamp, signature("another secret", timestamp, pendingId, "")));
    refused(401, approve(timestamp, signature(SECRET, timestamp, "another id", "")));
    refused(401, approve(timestamp, signature(SECRET, timestamp - 1, pendingId, "")));
    refused(401, approve(timestamp, signature(SECRET, timestamp, pendingId, "{}")));
    ok(approve(timestamp, signature(SECRET, timestamp, pendingId, "")));
  }

  @Test
  void aSignatureIsTakenForFiveMinutesAndNotMuchBeforeItsTime() {
    for (var wrong : new long[] {now() - 310, now() + 70}) {
      refused(401, approve(wrong, signature(SECRET, wrong, pendingId, "")), "the signature is");
    }
    var late = now() - 290;
    ok(approve(late, signature(SECRET, late, pendingId, "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5", "9999999999999999999999", "0x10"})
  void aTimestampThatIsNoneIsRefused(String timestamp) {
    refused(401, approve(timestamp, signature(SECRET, timestamp, pendingId, "")), "seconds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "sha256=", "sha256=zz", "sha1=aa", "sha256=abc"})
  void aSignatureThatIsNoneIsRefused(String signature) {
    refused(401, approve(now(), signature));
  }

  @Test
  void theBodyIsSignedToo() {
    var body = "{\"decision\":\"deny\"}";
    var timestamp = now();
    var signature = signature(SECRET, timestamp, pendingId, body);
    var target = "/api/v1/approvals/" + pendingId;
    var headers =
        new String[] {
          "X-AI-Memory-Timestamp", Long.toString(timestamp), "X-AI-Memory-Signature", signature
        };
    refused(401, client.post(target, "{\"decision\":\"approve\"}", headers));
    assertThat(ok(client.post(target, body, headers)).get("rejected").asBoolean()).isTrue();
  }

  private String reject() {
    return "/api/v1/pending/" + pendingId + "/reject";
  }

  /// Sends a decision that bears a signature of our own.
  ///
  /// @param signedPath what it is signed for
  /// @param signedAgent in whose name it is signed
  private Answer whole(String target, String agent, String signedPath, String signedAgent) {
    var timestamp = now();
    var text = "quorate decision\n%s\nPOST\n%s\n%s\n".formatted(timestamp, signedPath, signedAgent);
    return client.send(
        "POST",
        target,
        null,
        "X-AI-Memory-Timestamp",
        Long.toString(timestamp),
        "Quorate-Signature",
        signature(SECRET, text),
        "X-Agent-Id",
        agent);
  }

  @Test
  void aSignatureServesOnceWhateverEndsTheRun() {
    var timestamp = now();
    var signature = signature(SECRET, timestamp, pendingId, "");
    ok(approve(timestamp, signature));
    restart(data, false);
    refused(401, approve(timestamp, signature), "used before");
  }

  @Test
  void aWholeSignatureServesForNoOtherDecisionAndNoOtherAgent() {
    refused(401, whole(path, "ai:ann", reject(), "ai:ann"), "not that of this request");
    refused(401, whole(reject(), "ai:bob", reject(), "ai:ann"), "not that of this request");
    assertThat(ok(whole(reject(), "ai:ann", reject(), "ai:ann")).get("decided_by").asString())
        .isEqualTo("ai:ann");
  }

  @Test
  void aWholeSignatureServesForNoOtherDecisionAtAnotherNodeEither() {
    restart(data.resolve("another"), false);
    refused(401, whole(path, "ai:ann", reject(), "ai:ann"), "not that of this request");
    // That node does not know the action: the signature was taken.
    refused(404, whole(reject(), "ai:ann", reject(), "ai:ann"));
  }

  @Test
  void whatBearsAWholeSignatureIsJudgedByItAlone() {
    var timestamp = now();
    var headers =
        new String[] {
          "X-AI-Memory-Timestamp",
          Long.toString(timestamp),
          "X-AI-Memory-Signature",
          signature(SECRET, timestamp, pendingId, ""),
          "Quorate-Signature",
          "sha256=00"
        };
    refused(401, client.send("POST", path, null, headers), "not that of this request");
  }

  @Test
  void wholeSignaturesCanBeRequired() {
    restart(data, true);
    var timestamp = now();
    refused(
        401, approve(timestamp, signature(SECRET, timestamp, pendingId, "")), "Quorate-Signature");
    ok(whole(path, "ai:ann", path, "ai:ann"));
  }
}
