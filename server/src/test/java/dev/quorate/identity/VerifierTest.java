package dev.quorate.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.identity.Verdict.Accepted;
import dev.quorate.identity.Verdict.How;
import dev.quorate.identity.Verdict.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final byte[] BODY = "{\"sender_agent_id\":\"host:a\"}".getBytes(UTF_8);
  private static final String CERTIFICATE = "ab".repeat(32);
  private static final String BOUND = "cd".repeat(32);

  @TempDir Path data;
  private NodeKey key;
  private Signing signing;
  private PeerKeys keys;
  private CertificateAllowlist certificates;

  @BeforeEach
  void enrol() throws IOException {
    key = NodeKey.findOrMake(data.resolve("a"));
    signing = new Signing(key);
    keys = new PeerKeys(data);
    keys.enrol("host:a", key.publicKey(), false);
    var list = data.resolve("allowed");
    Files.writeString(list, CERTIFICATE + "\n" + BOUND + " host:c\n");
    certificates = CertificateAllowlist.read(list);
  }

  @Test
  void aSignedBodyOfAnEnrolledPeerIsAcceptedOnce() {
    var verifier = strict();
    var signed = signing.body(BODY);
    assertThat(verifier.body(shown("host:a", signed), BODY))
        .isEqualTo(new Accepted("host:a", How.SIGNATURE));
    assertRefused(Tag.NONCE_REPLAY, verifier.body(shown("host:a", signed), BODY));
    assertThat(verifier.body(shown("host:a", signing.body(BODY)), BODY))
        .isInstanceOf(Accepted.class);
  }

  /// The bytes as an old peer would put them together, without this package's help.
  @Test
  void theSignatureStandsOverBodyZeroAndNonce() {
    var nonce = "0b8f1c3e-8a2d-4b6a-9a55-0d1f6f1f2a10";
    var signature = key.sign("{}\0%s".formatted(nonce).getBytes(UTF_8));
    assertThat(strict().body(shown("host:a", header(signature), nonce), "{}".getBytes(UTF_8)))
        .isEqualTo(new Accepted("host:a", How.SIGNATURE));
  }

  @Test
  void theSignatureOfAPullStandsOverMethodPathQueryAndNonce() {
    var signature = key.sign("GET\n/api/v1/sync/since\nsince=a%3Ab&limit=5\0n1".getBytes(UTF_8));
    var shown = shown("host:a", header(signature), "n1");
    assertThat(strict().pull(shown, "/api/v1/sync/since", "since=a%3Ab&limit=5"))
        .isEqualTo(new Accepted("host:a", How.SIGNATURE));
    assertRefused(
        Tag.SIGNATURE_BAD, strict().pull(shown, "/api/v1/sync/since", "since=a:b&limit=5"));
    assertRefused(Tag.SIGNATURE_BAD, strict().pull(shown, "/api/v1/sync/since", ""));
    var own = signing.get("/p", "");
    assertThat(strict().pull(shown("host:a", own), "/p", "")).isInstanceOf(Accepted.class);
  }

  @Test
  void whatWasChangedOnTheWayIsRefused() {
    var signed = signing.body(BODY);
    assertRefused(Tag.SIGNATURE_BAD, strict().body(shown("host:a", signed), "{}".getBytes(UTF_8)));
    assertRefused(
        Tag.SIGNATURE_BAD, strict().body(shown("host:a", signed.signature(), "other"), BODY));
    assertRefused(
        Tag.SIGNATURE_BAD, strict().body(shown("host:a", signed.signature(), null), BODY));
    keys.enrol("host:b", NodeKey.findOrMake(data.resolve("b")).publicKey(), false);
    assertRefused(Tag.SIGNATURE_BAD, strict().body(shown("host:b", signed), BODY));
  }

  @Test
  void aRefusedSignatureDoesNotUseUpTheNonce() {
    var verifier = strict();
    var signed = signing.body(BODY);
    verifier.body(shown("host:a", signed), "{}".getBytes(UTF_8));
    assertThat(verifier.body(shown("host:a", signed), BODY)).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none"})
  void aGoodSignatureNeedsANonce(String nonce) {
    var signature = header(key.sign(BODY));
    var shown = shown("host:a", signature, nonce.isEmpty() ? "" : null);
    assertRefused(Tag.NONCE_MISSING, strict().body(shown, BODY));
  }

  @ParameterizedTest
  @CsvSource({
    "'', SIGNATURE_UNKNOWN_ALGORITHM",
    "rsa=AAAA, SIGNATURE_UNKNOWN_ALGORITHM",
    "ED25519=AAAA, SIGNATURE_UNKNOWN_ALGORITHM",
    "; ed25519=AAAA, SIGNATURE_UNKNOWN_ALGORITHM",
    "ed25519=, SIGNATURE_MALFORMED",
    "ed25519=!, SIGNATURE_MALFORMED",
    "ed25519=AAAA, SIGNATURE_MALFORMED"
  })
  void aHeaderThatIsNoSignatureIsRefused(String header, Tag tag) {
    assertRefused(tag, strict().body(shown("host:a", header, "n"), BODY));
  }

  @Test
  void aSignatureHasOneSpelling() {
    var verifier = strict();
    var signed = signing.body(BODY);
    var header = signed.signature();
    var raw = header.substring("ed25519=".length());
    var unpadded = header.substring(0, header.length() - 2);
    assertRefused(
        Tag.SIGNATURE_MALFORMED, verifier.body(shown("host:a", unpadded, signed.nonce()), BODY));
    var bytes = Base64.getDecoder().decode(raw);
    for (var length : new int[] {63, 65}) {
      var other = header(Arrays.copyOf(bytes, length));
      assertRefused(
          Tag.SIGNATURE_MALFORMED, verifier.body(shown("host:a", other, signed.nonce()), BODY));
    }
    // The last digit before the padding has four bits that mean nothing.
    var digit = header.charAt(header.length() - 3);
    var loose = header.substring(0, header.length() - 3) + (char) (digit + 1) + "==";
    assertRefused(
        Tag.SIGNATURE_MALFORMED, verifier.body(shown("host:a", loose, signed.nonce()), BODY));
    var withMore = "  " + header + " ; keyid=1";
    assertThat(verifier.body(shown("host:a", withMore, signed.nonce()), BODY))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void anEnrolledPeerMustSignWhateverElseItShows() {
    for (var verifier : List.of(strict(), lenient())) {
      assertRefused(
          Tag.SIGNATURE_MISSING, verifier.body(shown("host:a", null, null, CERTIFICATE), BODY));
    }
  }

  @Test
  void aSignatureWithoutAnEnrolledKeyIsRefusedWhateverThePolicy() {
    var signed = signing.body(BODY);
    for (var verifier : List.of(strict(), lenient())) {
      assertRefused(Tag.SIGNATURE_NO_ENROLLED_KEY, verifier.body(shown("host:x", signed), BODY));
      assertRefused(Tag.SIGNATURE_NO_ENROLLED_KEY, verifier.body(shown(null, signed), BODY));
      assertRefused(Tag.SIGNATURE_NO_ENROLLED_KEY, verifier.body(shown("../host:a", signed), BODY));
      assertRefused(
          Tag.SIGNATURE_NO_ENROLLED_KEY, verifier.pull(shown("host:x", signed), "/p", ""));
    }
  }

  @Test
  void anUnknownPeerIsRefusedUnlessThePolicyAdmitsIt() {
    var shown = shown("host:x", null, null);
    assertRefused(Tag.PEER_NOT_ENROLLED, strict().body(shown, BODY));
    assertRefused(Tag.PEER_NOT_ENROLLED, strict().pull(shown, "/p", ""));
    assertThat(lenient().body(shown, BODY)).isEqualTo(new Accepted("host:x", How.UNSIGNED));
    assertRefused(Tag.PEER_ID_MISSING, lenient().body(shown(null, null, null), BODY));
    assertRefused(Tag.PEER_ID_MISSING, lenient().body(shown("a b", null, null), BODY));
  }

  @Test
  void whoPassesWithoutProofNeedsAnApiKey() {
    var keyless = new Credentials("host:x", null, null, null, false);
    assertRefused(Tag.API_KEY, lenient().body(keyless, BODY));
    assertRefused(Tag.API_KEY, lenient().pull(keyless, "/p", ""));
    var signed = signing.body(BODY);
    var proven = new Credentials("host:a", signed.signature(), signed.nonce(), null, false);
    assertThat(strict().body(proven, BODY)).isInstanceOf(Accepted.class);
    var certified = new Credentials("host:x", null, null, CERTIFICATE, false);
    assertThat(strict().body(certified, BODY)).isInstanceOf(Accepted.class);
  }

  @Test
  void aPullMayBeAnonymousIfThePolicySaysSo() {
    var anonymous = verifier(new Verifier.Policy(false, true, Duration.ofMinutes(5)));
    var nobody = shown(null, null, null);
    assertThat(anonymous.pull(nobody, "/p", "")).isEqualTo(new Accepted("", How.ANONYMOUS));
    // An id that is not proven is worth nothing.
    assertThat(anonymous.pull(shown("host:a", null, null), "/p", ""))
        .isEqualTo(new Accepted("", How.ANONYMOUS));
    assertRefused(Tag.SIGNATURE_BAD, anonymous.pull(shown("host:a", signing.body(BODY)), "/p", ""));
    assertRefused(Tag.PEER_NOT_ENROLLED, anonymous.body(nobody, BODY));
    assertRefused(Tag.PEER_NOT_ENROLLED, strict().pull(nobody, "/p", ""));
  }

  @Test
  void aKnownCertificateSpeaksForAPeerWithoutAKey() {
    assertThat(strict().body(shown("host:x", null, null, CERTIFICATE), BODY))
        .isEqualTo(new Accepted("host:x", How.CERTIFICATE));
    assertThat(strict().body(shown("host:c", null, null, BOUND), BODY))
        .isEqualTo(new Accepted("host:c", How.CERTIFICATE));
    assertRefused(
        Tag.CERTIFICATE_MISMATCH, strict().body(shown("host:x", null, null, BOUND), BODY));
    assertRefused(Tag.PEER_ID_MISSING, strict().body(shown(null, null, null, CERTIFICATE), BODY));
    assertRefused(
        Tag.PEER_NOT_ENROLLED, strict().body(shown("host:x", null, null, "ef".repeat(32)), BODY));
    var signed = signing.body(BODY);
    assertRefused(
        Tag.CERTIFICATE_MISMATCH,
        strict().body(shown("host:a", signed.signature(), signed.nonce(), BOUND), BODY));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "300, true", "-300, true", "301, false", "-301, false"})
  void theTimeOfAMessageIsNearOurs(long secondsAhead, boolean isTaken) {
    var refused = strict().checkSentAt(NOW.plusSeconds(secondsAhead));
    assertThat(refused.isEmpty()).isEqualTo(isTaken);
    refused.ifPresent(r -> assertThat(r.tag()).isEqualTo(Tag.SENT_AT_OUTSIDE_WINDOW));
  }

  @Test
  void theBodyNamesTheSenderOfTheHeader() {
    assertThat(Verifier.checkSender("host:a", "host:a", List.of())).isEmpty();
    assertThat(Verifier.checkSender("host:a", "", List.of())).isEmpty();
    assertThat(Verifier.checkSender("host:a", "ai:b", List.of("ai:b"))).isEmpty();
    assertThat(Verifier.checkSender("host:a", "ai:b", List.of("ai:c")))
        .hasValueSatisfying(refused -> assertThat(refused.tag()).isEqualTo(Tag.SENDER_MISMATCH));
  }

  @ParameterizedTest
  @EnumSource(Tag.class)
  void onlyAttestationForbids(Tag tag) {
    var forbids = tag == Tag.PEER_ID_MISSING || tag == Tag.SENDER_MISMATCH;
    assertThat(tag.isForbidden()).isEqualTo(forbids);
  }

  private Verifier strict() {
    return verifier(new Verifier.Policy(false, false, Duration.ofMinutes(5)));
  }

  private Verifier lenient() {
    return verifier(new Verifier.Policy(true, false, Duration.ofMinutes(5)));
  }

  private Verifier verifier(Verifier.Policy policy) {
    return new Verifier(keys, certificates, new NonceWindow(), policy, InstantSource.fixed(NOW));
  }

  private static Credentials shown(@Nullable String peerId, Signing.Signed signed) {
    return shown(peerId, signed.signature(), signed.nonce());
  }

  private static Credentials shown(
      @Nullable String peerId, @Nullable String signature, @Nullable String nonce) {
    return shown(peerId, signature, nonce, null);
  }

  private static Credentials shown(
      @Nullable String peerId,
      @Nullable String signature,
      @Nullable String nonce,
      @Nullable String certificate) {
    return new Credentials(peerId, signature, nonce, certificate, true);
  }

  private static String header(byte[] signature) {
    return "ed25519=" + Base64.getEncoder().encodeToString(signature);
  }

  @Test
  void aRefusalNamesThePeerOrSaysThatTheHeaderNamesNone() {
    var signed = signing.body(BODY);
    for (var given : new String[] {null, "", "no name"}) {
      for (var shown : List.of(shown(given, signed), shown(given, null, null))) {
        assertThat(strict().body(shown, BODY))
            .isInstanceOfSatisfying(
                Refused.class,
                refused ->
                    assertThat(refused.note()).startsWith("the header x-peer-id is missing"));
      }
    }
    assertThat(strict().body(shown("host:z", signed), BODY))
        .isEqualTo(
            new Refused(
                Tag.SIGNATURE_NO_ENROLLED_KEY,
                "no key is enrolled for host:z: quorate peer add does it"));
    assertThat(strict().body(shown("host:z", null, null), BODY))
        .isEqualTo(
            new Refused(
                Tag.PEER_NOT_ENROLLED, "no key is enrolled for host:z: quorate peer add does it"));
  }

  private static void assertRefused(Tag tag, Verdict verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.tag()).isEqualTo(tag));
  }
}
