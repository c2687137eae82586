package dev.quorate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FederationSettingsTest {
  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "2, 2", "3, 3", "4, 3", "5, 4", "6, 4"})
  void withoutAWordTheQuorumIsTheMajority(int replicas, int quorum) {
    var federation = load(Flags.NONE.with(Flag.QUORUM_PEERS, urls(replicas)));
    assertThat(federation.nodes()).isEqualTo(1 + replicas);
    assertThat(federation.writeQuorum()).isEqualTo(quorum);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 4, federation.write-quorum must be 1..3 (the mesh has 3 nodes): 4",
    "2, 0, federation.write-quorum must be 1..3 (the mesh has 3 nodes): 0",
    "2, -1, federation.write-quorum must be 1..3 (the mesh has 3 nodes): -1",
    "0, 2, federation.write-quorum must be 1..1 (the mesh has 1 node): 2"
  })
  void aQuorumThatTheMeshCannotReachIsRefused(int replicas, String quorum, String sentence) {
    var flags = Flags.NONE.with(Flag.QUORUM_PEERS, urls(replicas)).with(Flag.QUORUM_WRITES, quorum);
    assertThatThrownBy(() -> load(flags))
        .isInstanceOf(NodeFailure.class)
        .hasMessage(sentence + " (from --quorum-writes)");
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "0, 1, 1", "2, 1, 1", "2, 3, 3"})
  void aQuorumWithinTheMeshIsTaken(int replicas, String given, int quorum) {
    var flags = Flags.NONE.with(Flag.QUORUM_PEERS, urls(replicas)).with(Flag.QUORUM_WRITES, given);
    assertThat(load(flags).writeQuorum()).isEqualTo(quorum);
  }

  @Test
  void aGuestDoesNotCount() throws IOException {
    var federation =
        load(
            """
            [[peer]]
            url = "http://127.0.0.1:1"
            [[peer]]
            url = "http://127.0.0.1:2"
            role = "guest"
            id = "host:guest"
            namespaces = ["*"]
            """);
    assertThat(federation.peers()).hasSize(2);
    assertThat(federation.nodes()).isEqualTo(2);
    assertThat(federation.writeQuorum()).isEqualTo(2);
  }

  @Test
  void aGuestIsNamedByItsId() {
    assertThatThrownBy(() ->
            load(
                """
                [[peer]]
                url = "http://127.0.0.1:1"
                role = "guest"
                namespaces = ["*"]
                """))
        .isInstanceOf(NodeFailure.class)
        .hasMessageContaining(
            "the guest peer http://127.0.0.1:1 needs its id, or until it was reached it could pass for a replica");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP://LOCALHOST:7867/, http://localhost:7867",
    "https://A.Example//, https://a.example",
    "https://a.example:443/base/, https://a.example/base",
    "http://127.0.0.1:80, http://127.0.0.1",
    "http://[::1]:7867, http://[::1]:7867"
  })
  void anAddressHasOneSpelling(String given, URI normalised) {
    var peers = load(Flags.NONE.with(Flag.QUORUM_PEERS, given)).peers();
    assertThat(peers).containsExactly(PeerSettings.replica(normalised));
    assertThat(peers.getFirst().url()).isEqualTo(normalised);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:7867, 127.0.0.1:7867",
    "ftp://a, ftp://a",
    "http://, http://",
    "http://a b, http://a b",
    "http://a?x, http://a?x",
    "http://a#x, http://a#x",
    "http://me:pw@a, http://(secret)@a",
    "http://a:99999, http://a:99999"
  })
  void whatIsNoAddressIsRefused(String given, String shown) {
    assertThatThrownBy(() -> load(Flags.NONE.with(Flag.QUORUM_PEERS, given)))
        .isInstanceOf(NodeFailure.class)
        .hasMessage(
            "federation.peers must be an address like http://127.0.0.1:7867 without user, query and fragment: '%s' (from --quorum-peers)"
                .formatted(shown));
  }

  @Test
  void aPeerGivenTwiceIsRefused() throws IOException {
    var file = file("[[peer]]\nurl = \"http://localhost:7867\"\n");
    var flags =
        Flags.NONE.with(Flag.CONFIG, file).with(Flag.QUORUM_PEERS, "http://LOCALHOST:7867/");
    assertThatThrownBy(() -> load(flags))
        .isInstanceOf(NodeFailure.class)
        .hasMessage(
            "the peer http://localhost:7867 is given twice; give it once, as [[peer]] or in federation.peers (from --quorum-peers)");
  }

  @Test
  void theFlagReplacesTheVariableAndAddsToTheTables() throws IOException {
    var flags =
        Flags.NONE
            .with(Flag.CONFIG, file("[[peer]]\nurl = \"http://127.0.0.1:1\"\n"))
            .with(Flag.QUORUM_PEERS, "http://127.0.0.1:2");
    var loader = new SettingsLoader(Map.of("QUORATE_FEDERATION_PEERS", "http://127.0.0.1:3"), home);
    assertThat(loader.load(flags).federation().peers().stream().map(PeerSettings::url))
        .containsExactly(URI.create("http://127.0.0.1:1"), URI.create("http://127.0.0.1:2"));
  }

  @Test
  void plaintextToAnotherMachineHasToBeAllowed() {
    var peers = Flags.NONE.with(Flag.QUORUM_PEERS, "http://Inner:7867");
    assertThatThrownBy(() -> load(peers))
        .isInstanceOf(NodeFailure.class)
        .hasMessage(
            "the peer http://inner:7867 would get everything unencrypted: use https, or put \"inner\" into federation.allow-plaintext");
    var allowed = Map.of("QUORATE_FEDERATION_ALLOW_PLAINTEXT", "other, INNER");
    assertThat(new SettingsLoader(allowed, home).load(peers).federation().peers()).hasSize(1);
    assertThat(load(Flags.NONE.with(Flag.QUORUM_PEERS, "https://inner:7867")).peers()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "role = 'chief'            | peer.role must be replica or guest: 'chief'",
        "role = 'guest'            | the guest peer http://127.0.0.1:1 needs namespaces, such as [\"team/x/**\"] or [\"*\"]",
        "namespaces = ['a']        | the peer http://127.0.0.1:1 is a replica and holds everything; only a guest has namespaces",
        "namespaces = ['a/*']      | peer.namespaces has 'a/*', which is no namespace pattern: a * stands alone, or as /** behind a namespace: 'a/*'",
        "namespaces = 'a'          | peer.namespaces must be a list of texts: 'a'",
        "namespaces = [1]          | peer.namespaces must be a list of texts: '[1]'",
        "id = 'a b'                | peer.id must be 1..128 letters, digits or _:@./- without .. and without / in front: 'a b'",
        "id = 7                    | peer.id must be text: '7'",
        "api-key = 7               | peer.api-key must be text: (secret)",
        "api-key = 'open sesame'   | peer.api-key must be 1..256 printable ASCII characters without spaces: 11 given",
        "allowed-senders = ['/a']  | peer.allowed-senders must be 1..128 letters, digits or _:@./- without .. and without / in front: '/a'"
      })
  void aWrongPeerIsToldWithTheFile(String line, String sentence) throws IOException {
    var file = file("[[peer]]\nurl = \"http://127.0.0.1:1\"\n" + line.replace('\'', '"') + "\n");
    assertThatThrownBy(() -> load(Flags.NONE.with(Flag.CONFIG, file)))
        .isInstanceOf(NodeFailure.class)
        .hasMessage(sentence + " (from " + file + ")");
  }

  @Test
  void aPeerNeedsAnAddress() throws IOException {
    var file = file("[[peer]]\nid = \"host:a\"\n");
    assertThatThrownBy(() -> load(Flags.NONE.with(Flag.CONFIG, file)))
        .hasMessage("a [[peer]] has no url (from " + file + ")");
  }

  @Test
  void twoPeersCannotHaveOneId() throws IOException {
    var file =
        file(
            """
            [[peer]]
            url = "http://127.0.0.1:1"
            id = "host:a"
            [[peer]]
            url = "http://127.0.0.1:2"
            id = "host:a"
            """);
    assertThatThrownBy(() -> load(Flags.NONE.with(Flag.CONFIG, file)))
        .hasMessage("two peers have the id host:a (from " + file + ")");
  }

  @Test
  void anUnknownNameInAPeerIsRefused() throws IOException {
    var file = file("[[peer]]\nurl = \"http://127.0.0.1:1\"\ncolour = 1\n");
    assertThatThrownBy(() -> load(Flags.NONE.with(Flag.CONFIG, file)))
        .hasMessage("unknown setting in %s: peer.colour".formatted(file));
    var single = file("[peer]\nurl = \"http://127.0.0.1:1\"\n");
    assertThatThrownBy(() -> load(Flags.NONE.with(Flag.CONFIG, single)))
        .hasMessage("unknown setting in %s: peer.url".formatted(single));
    var numbers = file("peer = [1]\n");
    assertThatThrownBy(() -> load(Flags.NONE.with(Flag.CONFIG, numbers)))
        .hasMessage("peer must be written as tables, [[peer]]: " + numbers);
  }

  @Test
  void aMissIsAnErrorOrAccepted() {
    var loader = new SettingsLoader(Map.of("QUORATE_FEDERATION_ON_QUORUM_MISS", "shrug"), home);
    assertThatThrownBy(() -> loader.load(Flags.NONE))
        .hasMessage(
            "federation.on-quorum-miss must be error or accepted: 'shrug' (from QUORATE_FEDERATION_ON_QUORUM_MISS)");
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_CERT, TLS_KEY, tls.cert is given without tls.key (from --tls-cert)",
    "TLS_KEY, TLS_CERT, tls.key is given without tls.cert (from --tls-key)",
    "QUORUM_CLIENT_CERT, QUORUM_CLIENT_KEY, tls.client-cert is given without tls.client-key (from --quorum-client-cert)",
    "QUORUM_CLIENT_KEY, QUORUM_CLIENT_CERT, tls.client-key is given without tls.client-cert (from --quorum-client-key)"
  })
  void aCertificateAndItsKeyBelongTogether(Flag given, Flag missing, String sentence) {
    assertThatThrownBy(() -> load(Flags.NONE.with(given, "a.pem"))).hasMessage(sentence);
    load(Flags.NONE.with(given, "a.pem").with(missing, "b.pem"));
  }

  @Test
  void anAllowlistNeedsTls() {
    assertThatThrownBy(() -> load(Flags.NONE.with(Flag.MTLS_ALLOWLIST, "a")))
        .hasMessage(
            "tls.client-allowlist needs tls.cert and tls.key, as certificates are shown over TLS only (from --mtls-allowlist)");
  }

  @ParameterizedTest
  @CsvSource({"15, false", "16, true", "1024, true", "1025, false"})
  void theApprovalSecretIsLongEnough(int length, boolean isTaken) {
    var variable = Map.of("QUORATE_APPROVAL_HMAC_SECRET", "s".repeat(length));
    var loader = new SettingsLoader(variable, home);
    if (isTaken) {
      assertThat(loader.load(Flags.NONE).approval().toString()).doesNotContain("sss");
      return;
    }
    assertThatThrownBy(() -> loader.load(Flags.NONE))
        .hasMessage(
            "approval.hmac-secret must be 16..1024 characters: %d given (from QUORATE_APPROVAL_HMAC_SECRET)"
                .formatted(length));
  }

  @Test
  void signaturesCannotBeRequiredWithoutASecret() {
    var variable = Map.of("QUORATE_APPROVAL_REQUIRE_QUORATE_SIGNATURE", "true");
    assertThatThrownBy(() -> new SettingsLoader(variable, home).load(Flags.NONE))
        .hasMessageStartingWith(
            "approval.require-quorate-signature needs approval.hmac-secret, which decisions are signed with");
  }

  @Test
  void otherPeersMakeAnotherMajority() {
    var peers = List.of(PeerSettings.replica(URI.create("http://127.0.0.1:1")));
    var mesh = FederationSettings.DEFAULT.withPeers(peers);
    assertThat(mesh.writeQuorum()).isEqualTo(2);
    assertThat(mesh.withWriteQuorum(1).writeQuorum()).isEqualTo(1);
    assertThatThrownBy(() -> mesh.withWriteQuorum(3)).isInstanceOf(InvalidSetting.class);
  }

  private FederationSettings load(Flags flags) {
    return new SettingsLoader(Map.of(), home).load(flags).federation();
  }

  private FederationSettings load(String text) throws IOException {
    return load(Flags.NONE.with(Flag.CONFIG, file(text)));
  }

  private String file(String text) throws IOException {
    return Files.writeString(home.resolve("q.toml"), text).toString();
  }

  private static String urls(int count) {
    var urls = new StringBuilder();
    for (var i = 1; i <= count; i++) urls.append("http://127.0.0.1:").append(i).append(',');
    return urls.toString();
  }
}
