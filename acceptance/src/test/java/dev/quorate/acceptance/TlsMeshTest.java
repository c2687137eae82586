package dev.quorate.acceptance;

import static dev.quorate.acceptance.NodeTest.MEMORIES;
import static dev.quorate.acceptance.NodeTest.memory;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.identity.OutboundTls;
import dev.quorate.json.Json;
import dev.quorate.localmesh.FreePorts;
import dev.quorate.localmesh.Introduction;
import dev.quorate.localmesh.Place;
import dev.quorate.settings.FederationSettings;
import dev.quorate.settings.PeerSettings;
import dev.quorate.settings.TlsSettings;
import dev.quorate.testkit.TestNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes that reach each other by certificates of an authority that only they know.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsMeshTest {
  @TempDir Path folder;
  private List<Place> places;
  private Certificates certificates;

  @BeforeEach
  void introduce() throws Exception {
    certificates = new Certificates(folder);
    var ports = FreePorts.find(2);
    places =
        List.of(
            new Place("node-1", folder.resolve("one"), ports.get(0)),
            new Place("node-2", folder.resolve("two"), ports.get(1)));
    for (var place : places) certificates.issue(place.id());
    Introduction.make(places);
  }

  private TlsSettings tls(Place place, boolean trusting) {
    var cert = certificates.cert(place.id());
    var key = certificates.key(place.id());
    return new TlsSettings(cert, key, null, cert, key, trusting ? certificates.authority() : null);
  }

  private static URI url(Place place) {
    return URI.create("https://127.0.0.1:" + place.port());
  }

  private TestNode start(Place place, Place other, boolean trusting) {
    var federation =
        FederationSettings.DEFAULT.withPeers(List.of(PeerSettings.replica(url(other))));
    return TestNode.start(
        place.data(),
        usual ->
            usual
                .withNodeId(place.id())
                .withHttp(usual.http().withPort(place.port()))
                .withTls(tls(place, trusting))
                .withFederation(federation));
  }

  private HttpResponse<byte[]> store(Place place) throws Exception {
    var trusting = OutboundTls.context(tls(place, true));
    try (var client = HttpClient.newBuilder().sslContext(trusting).build()) {
      var body = BodyPublishers.ofByteArray(Json.utf8(memory("T", "c")));
      var request = HttpRequest.newBuilder(URI.create(url(place) + MEMORIES)).POST(body);
      return client.send(
          request.header("Content-Type", "application/json").build(), BodyHandlers.ofByteArray());
    }
  }

  @Test
  void nodesOfAPrivateAuthorityHoldEachOthersWrites() throws Exception {
    try (var one = start(places.get(0), places.get(1), true);
        var two = start(places.get(1), places.get(0), true)) {
      assertThat(one.address().getScheme()).isEqualTo("https");
      assertThat(two.address().getScheme()).isEqualTo("https");
      var answer = store(places.get(0));
      assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(201);
      var quorum = Json.parse(answer.body()).get("quorum");
      assertThat(quorum.get("durability").asString()).isEqualTo("all");
    }
  }

  @Test
  void aNodeThatDoesNotKnowTheAuthoritySendsNothing() throws Exception {
    try (var one = start(places.get(0), places.get(1), false);
        var two = start(places.get(1), places.get(0), true)) {
      assertThat(one.id()).isNotEqualTo(two.id());
      var answer = store(places.get(0));
      assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(503);
      var json = Json.parse(answer.body());
      assertThat(json.get("reason").asString()).isEqualTo("unreachable");
    }
  }
}
