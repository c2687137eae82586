package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.metrics.Meters;
import dev.quorate.quorum.Miss;
import dev.quorate.quorum.Verdict;
import dev.quorate.settings.FederationSettings;
import dev.quorate.settings.PeerSettings;
import dev.quorate.store.Quarantined;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node n1 and what it sends to its one peer, whatever that answers.
@Timeout(60)
class PeerLinkTest {
  /// More than a link makes while a write waits for its quorum.
  private static final int ATTEMPTS = 50;

  @TempDir Path directory;
  private final Meters meters = new Meters();
  private final FakePeer peer = new FakePeer();
  private final AtomicInteger nonces = new AtomicInteger();
  private Store store;
  private Federation federation;

  @BeforeEach
  void start() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system());
    begin(
        FederationSettings.DEFAULT.withPeers(
            List.of(PeerSettings.replica(URI.create("http://127.0.0.1:1")))));
  }

  private void begin(FederationSettings settings) {
    federation =
        new Federation(
            store,
            settings,
            new MeshRules(true),
            peer,
            new NoSignature(nonces),
            (_, _) -> true,
            new FederationMeters(meters),
            InstantSource.system());
  }

  @AfterEach
  void stop() {
    federation.close();
    store.close();
  }

  @Test
  void aWriteThatThePeerTakesIsHeldByBoth() throws InterruptedException {
    federation.start();
    assertThat(written("m1")).isEqualTo(new Verdict.Met(List.of("n1", "n2")));
    assertThat(peer.next().keys()).containsExactly("m1");
  }

  @Test
  void aReplayedNonceIsTriedOnceMoreSignedAnew() throws InterruptedException {
    peer.refuse(401, "{\"error\":\"x_memory_nonce_replay\"}");
    federation.start();
    assertThat(written("m1")).isEqualTo(new Verdict.Met(List.of("n1", "n2")));
    var first = peer.next();
    var second = peer.next();
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.headers().get("x-nonce")).isNotEqualTo(first.headers().get("x-nonce"));
    assertThat(peer.isQuiet()).isTrue();
    assertThat(federation.status().getFirst().failures()).isZero();
    assertThat(meters.text()).contains("fanout_retry");
  }

  @Test
  void aReplayedNonceIsTriedOnceMoreThoughThePeerHadFailedBefore() throws InterruptedException {
    peer.refuse(403, "{\"error\":\"not now\"}");
    peer.refuse(401, "{\"error\":\"x_memory_nonce_replay\"}");
    save("m1");
    federation.start();
    peer.next();
    var replayed = peer.next();
    assertThat(peer.next().text()).isEqualTo(replayed.text());
    assertThat(written("m2")).isInstanceOf(Verdict.Met.class);
  }

  @Test
  void anyOtherRefusalOfASignatureIsNotTriedOnceMore() {
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      peer.refuse(401, "{\"error\":\"x_memory_sig_bad_signature\"}");
    }
    federation.start();
    assertThat(written("m1")).isInstanceOf(Verdict.NotMet.class);
    assertThat(federation.status().getFirst().trouble())
        .isEqualTo("refused with 401 x_memory_sig_bad_signature");
    assertThat(meters.text()).doesNotContain("fanout_retry");
  }

  @Test
  void anotherVersionNeitherNarrowsABatchDownNorSetsAnythingAside() throws InterruptedException {
    var refusals = 4;
    for (var refusal = 0; refusal < refusals; refusal++) {
      peer.refuse(400, "{\"error\":\"no such version\",\"code\":\"UNSUPPORTED_VERSION\"}");
    }
    for (var id : List.of("m1", "m2", "m3")) save(id);
    federation.start();
    for (var push = 0; push <= refusals; push++) {
      assertThat(peer.next().keys()).containsExactly("m1", "m2", "m3");
    }
    assertThat(written("m4")).isInstanceOf(Verdict.Met.class);
    assertThat(federation.quarantine()).isEmpty();
  }

  @Test
  void whatOneItemOfABatchMakesThePeerRefuseIsSetAsideAndTheRestIsHeld()
      throws InterruptedException {
    peer.refuse(400, "{\"error\":\"unknown tier\"}");
    peer.refuse(400, "{\"error\":\"unknown tier\"}");
    save("m1");
    save("m2");
    federation.start();
    assertThat(peer.next().keys()).containsExactly("m1", "m2");
    assertThat(peer.next().keys()).containsExactly("m1");
    assertThat(peer.next().keys()).containsExactly("m2");
    assertThat(written("m3")).isInstanceOf(Verdict.Met.class);
    assertThat(federation.quarantine())
        .extracting(item -> item.key() + ": " + item.reason())
        .containsExactly("m1: unknown tier");
  }

  @Test
  void aWriteThatWasSetAsideIsNotHeldBecauseALaterOneIs() {
    peer.refuse(400, "{\"error\":\"unknown tier\"}");
    var refused = save("m1");
    federation.start();
    assertThat(federation.settle(refused))
        .isEqualTo(new Verdict.NotMet(List.of("n1"), 2, Miss.REFUSED, Map.of("n2", Miss.REFUSED)));
    assertThat(written("m2")).isInstanceOf(Verdict.Met.class);
    assertThat(federation.verdict(refused.sequence())).isInstanceOf(Verdict.NotMet.class);
    assertThat(federation.settle(refused)).isInstanceOf(Verdict.NotMet.class);
  }

  @Test
  void aWriteIsNotRefusedBecauseAnotherOneOfItsBatchIs() {
    for (var half = 0; half < 3; half++) peer.refuse(400, "{\"error\":\"unknown tier\"}");
    for (var id : List.of("m1", "m2", "m3", "m4")) save(id);
    var last = save("m5");
    federation.start();
    assertThat(federation.settle(last)).isInstanceOf(Verdict.Met.class);
    assertThat(federation.quarantine()).extracting(Quarantined::key).containsExactly("m1");
  }

  @Test
  void whatWasSetAsideIsSentAgainAfterAnotherVersionWasRefused() throws InterruptedException {
    peer.refuse(400, "{\"error\":\"unknown tier\"}");
    save("m1");
    federation.start();
    assertThat(peer.next().keys()).containsExactly("m1");
    assertThat(written("m2")).isInstanceOf(Verdict.Met.class);
    assertThat(peer.next().keys()).containsExactly("m2");
    peer.refuse(400, "{\"error\":\"no such version\",\"code\":\"UNSUPPORTED_VERSION\"}");
    federation.retryQuarantine();
    assertThat(peer.next().keys()).containsExactly("m1");
    assertThat(peer.next().keys()).containsExactly("m1");
    assertThat(written("m3")).isInstanceOf(Verdict.Met.class);
    assertThat(federation.quarantine()).isEmpty();
  }

  @Test
  void whatAStoreAnswersThatWasNotGreetedCountsForNothing() throws InterruptedException {
    federation.start();
    assertThat(written("m1")).isInstanceOf(Verdict.Met.class);
    assertThat(peer.next().frame().after()).isZero();
    peer.restore("e3");
    assertThat(written("m2")).isInstanceOf(Verdict.Met.class);
    var ignored = peer.next();
    assertThat(ignored.frame().after()).isEqualTo(1);
    assertThat(ignored.keys()).containsExactly("m2");
    var again = peer.next();
    assertThat(again.frame().after()).isZero();
    var keys = new ArrayList<>(again.keys());
    while (!keys.contains("m2")) keys.addAll(peer.next().keys());
    assertThat(keys).containsExactly("m1", "m2");
    assertThat(federation.status().getFirst().epoch()).isEqualTo("e3");
  }

  @Test
  void aWriteIsNotHeldByWhatAStoreAnswersThatWasNotGreeted() {
    federation.start();
    assertThat(written("m1")).isInstanceOf(Verdict.Met.class);
    peer.restore("e3");
    peer.take();
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      peer.refuse(403, "{\"error\":\"not now\"}");
    }
    assertThat(written("m2"))
        .isEqualTo(new Verdict.NotMet(List.of("n1"), 2, Miss.REFUSED, Map.of("n2", Miss.REFUSED)));
  }

  @Test
  void whatWasSetAsideAndIsGoneHereIsHeldOnceTheDeleteIs() throws InterruptedException {
    peer.refuse(400, "{\"error\":\"unknown tier\"}");
    var refused = save("m1");
    federation.start();
    assertThat(federation.settle(refused)).isInstanceOf(Verdict.NotMet.class);
    assertThat(peer.next().keys()).containsExactly("m1");

    // A greeting sends what was set aside before what is owed.
    peer.refuse(500, "{\"error\":\"busy\"}");
    peer.refuse(500, "{\"error\":\"busy\"}");
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      peer.refuse(403, "{\"error\":\"not now\"}");
    }
    store.write(transaction -> {
      transaction.delete("m1", null);
      return true;
    });
    for (var push = 0; push < 3; push++) peer.next();
    assertThat(federation.settle(refused)).isInstanceOf(Verdict.NotMet.class);
    assertThat(federation.quarantine()).extracting(Quarantined::key).containsExactly("m1");
  }

  @Test
  void whatALostStoreHeldCountsNoMoreThoughTheNewOneIsNotGreetedYet() {
    federation.start();
    var first = save("m1");
    assertThat(federation.settle(first)).isInstanceOf(Verdict.Met.class);
    assertThat(federation.settle(first.sequence())).isInstanceOf(Verdict.Met.class);
    peer.hide();
    peer.restore("e3");
    assertThat(written("m2")).isInstanceOf(Verdict.NotMet.class);
    assertThat(federation.settle(first.sequence()).nodes()).containsExactly("n1");
  }

  @Test
  void whatAnotherStoreTakesOfWhatWasSetAsideCountsForNothing() throws InterruptedException {
    peer.refuse(400, "{\"error\":\"unknown tier\"}");
    var refused = save("m1");
    federation.start();
    assertThat(peer.next().keys()).containsExactly("m1");
    assertThat(written("m2")).isInstanceOf(Verdict.Met.class);
    assertThat(peer.next().keys()).containsExactly("m2");

    peer.restore("e3");
    peer.take();
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      peer.refuse(403, "{\"error\":\"not now\"}");
    }
    federation.retryQuarantine();
    assertThat(peer.next().keys()).containsExactly("m1");
    // It is greeted anew before it is sent anything more.
    peer.next();
    assertThat(federation.settle(refused)).isInstanceOf(Verdict.NotMet.class);
    assertThat(federation.quarantine()).extracting(Quarantined::key).containsExactly("m1");
    assertThat(federation.status().getFirst().epoch()).isEqualTo("e3");
  }

  @Test
  void whatALostStoreHeldIsNotCountedForTheOneThatTookItsPlace() throws InterruptedException {
    federation.close();
    var absent = PeerSettings.replica(URI.create("http://127.0.0.1:2"));
    var present = PeerSettings.replica(URI.create("http://127.0.0.1:1"));
    begin(FederationSettings.DEFAULT.withPeers(List.of(present, absent)).withWriteQuorum(3));
    federation.start();
    var first = save("m1");
    peer.next();
    assertThat(federation.settle(first).nodes()).containsExactly("n1", "n2");
    peer.restore("e3");
    peer.take();
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      peer.refuse(403, "{\"error\":\"not now\"}");
    }
    assertThat(written("m2").nodes()).containsExactly("n1");
    assertThat(federation.verdict(first.ownSequence()).nodes()).containsExactly("n1");
  }

  @Test
  void whatWasSetAsideIsNoAcknowledgementWhereAStoreTakesItThatWasNotGreeted() {
    peer.skipOnce("no room");
    var both =
        store.write(transaction -> {
          for (var id : List.of("m1", "m2")) {
            transaction.save(AnyMemory.plain(id, "title of " + id, "words", Instant.EPOCH));
          }
          return true;
        });
    federation.start();
    assertThat(federation.settle(both)).isInstanceOf(Verdict.NotMet.class);
    peer.restore("e3");
    peer.take();
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      peer.refuse(403, "{\"error\":\"not now\"}");
    }
    federation.retryQuarantine();
    assertThat(written("m3")).isInstanceOf(Verdict.NotMet.class);
    assertThat(federation.status().getFirst().epoch()).isEqualTo("e3");
    assertThat(federation.verdict(both.ownSequence())).isInstanceOf(Verdict.NotMet.class);
  }

  /// Saves a memory and waits for its quorum.
  private Verdict written(String id) {
    return federation.settle(save(id));
  }

  private Store.Committed<Boolean> save(String id) {
    return store.write(transaction -> {
      transaction.save(AnyMemory.plain(id, "title of " + id, "words", Instant.EPOCH));
      return true;
    });
  }
}
