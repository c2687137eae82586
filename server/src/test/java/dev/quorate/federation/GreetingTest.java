package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.federation.Greeting.Answer;
import dev.quorate.memory.NamespacePattern;
import dev.quorate.replication.Outcome;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.settings.PeerRole;
import dev.quorate.settings.PeerSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a peer says of itself, and who is taken for it. This node is n1; the key of n2 is "right".
class GreetingTest {
  private static final URI ADDRESS = URI.create("http://127.0.0.1:1");
  private static final MeshRules RULES = new MeshRules(true);
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(5_000));

  @Test
  void aPeerIsWhoItSaysWithTheEpochOfItsStore() {
    var body = "{\"node\":\"n2\",\"epoch\":\"e2\",\"public_key\":\"right\",\"speaks\":[2,1]}";
    assertThat(greet(200, body, null)).isEqualTo(new Answer.Known(new Identity("n2", "e2", true)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[9]", "null", "\"1\"", "{}"})
  void aPeerThatDoesNotNameThisVersionDoesNotSpeakIt(String speaks) {
    var body =
        "{\"node\":\"n2\",\"epoch\":\"e2\",\"public_key\":\"right\",\"speaks\":" + speaks + "}";
    assertThat(greet(200, body, null)).isEqualTo(new Answer.Known(new Identity("n2", "e2", false)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "n1; e2; right; it has this node's own id n1",
        "n3; e2; right; it is n3 and not n2",
        "n2; e2; wrong; its key is not the one enrolled for n2",
        "''; e2; right; its greeting lacks node or epoch",
        "n2; ''; right; its greeting lacks node or epoch"
      })
  void whoIsNotTheOneThatIsExpectedIsRefused(
      String node, String epoch, String key, String sentence) {
    var body =
        "{\"node\":\"%s\",\"epoch\":\"%s\",\"public_key\":\"%s\",\"speaks\":[1]}"
            .formatted(node, epoch, key);
    assertThat(greet(200, body, "n2"))
        .isEqualTo(new Answer.Unknown(new Outcome.Refused(409, sentence)));
  }

  @Test
  void aReplicaThatDeletesWhatThisNodeArchivesIsRefused() {
    var body =
        "{\"node\":\"n2\",\"epoch\":\"e2\",\"public_key\":\"right\",\"speaks\":[1],\"archive_on_gc\":%s}";
    var sentence =
        "its gc.archive-on-gc is false and that of this node true: one of them would delete for all what the other archives";
    assertThat(greet(200, body.formatted(false), "n2"))
        .isEqualTo(new Answer.Unknown(new Outcome.Refused(409, sentence)));
    assertThat(greet(200, body.formatted(true), "n2")).isInstanceOf(Answer.Known.class);
  }

  @Test
  void aGuestGoesByTheRulesOfItsOwnMesh() {
    var body =
        "{\"node\":\"n2\",\"epoch\":\"e2\",\"public_key\":\"right\",\"speaks\":[1],\"archive_on_gc\":false}";
    var reply = new Transport.Reply(200, body.getBytes(StandardCharsets.UTF_8), 0);
    var namespaces = List.of(new NamespacePattern("team"));
    var guest =
        Peer.of(new PeerSettings(ADDRESS, PeerRole.GUEST, namespaces, "n2", null, List.of()));
    var greeting = new Greeting("n1", RULES, new Answering(reply), GreetingTest::fits, 100, CLOCK);
    assertThat(greeting.greet(guest)).isInstanceOf(Answer.Known.class);
  }

  @Test
  void aPeerWithoutGreetingsIsAnOlderOneOfTheNameItWasGiven() {
    assertThat(greet(404, "", "old")).isEqualTo(new Answer.Known(new Identity("old", "", false)));
    assertThat(greet(404, "", null))
        .isEqualTo(new Answer.Known(new Identity(ADDRESS.toString(), "", false)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "<html>"})
  void aGreetingThatMakesNoSenseIsAFailure(String body) {
    assertThat(greet(200, body, null))
        .isEqualTo(new Answer.Unknown(new Outcome.Failed(200, "its greeting makes no sense")));
  }

  @Test
  void aRefusalOfTheGreetingIsClassifiedAsAnyOther() {
    assertThat(greet(401, "{\"error\":\"peer_not_enrolled\"}", null))
        .isEqualTo(new Answer.Unknown(new Outcome.Refused(401, "peer_not_enrolled")));
    assertThat(greet(503, "{\"error\":\"overloaded\"}", null))
        .isEqualTo(new Answer.Unknown(new Outcome.Failed(503, "overloaded")));
  }

  @Test
  void aPeerThatDoesNotAnswerIsUnreachable() {
    var greeting = new Greeting("n1", RULES, new Answering(null), GreetingTest::fits, 100, CLOCK);
    assertThat(greeting.greet(peer(null)))
        .isEqualTo(new Answer.Unknown(new Outcome.Unreachable("no route")));
  }

  private static Answer greet(int status, String body, @Nullable String expected) {
    var reply = new Transport.Reply(status, body.getBytes(StandardCharsets.UTF_8), 0);
    return new Greeting("n1", RULES, new Answering(reply), GreetingTest::fits, 100, CLOCK)
        .greet(peer(expected));
  }

  private static boolean fits(String node, String key) {
    return key.equals("right");
  }

  private static Peer peer(@Nullable String expected) {
    return Peer.of(
        new PeerSettings(ADDRESS, PeerRole.REPLICA, List.of(), expected, null, List.of()));
  }

  /// Gives one answer, or none at all.
  private record Answering(Transport.@Nullable Reply reply) implements Transport {
    @Override
    public Reply exchange(URI target, Map<String, String> headers, byte[] body, long timeoutMillis)
        throws Lost {
      if (reply == null) throw new Lost("no route", false);
      return reply;
    }

    @Override
    public void close() {}
  }
}
