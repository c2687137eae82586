package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.memory.NamespacePattern;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Seen;
import dev.quorate.merge.Vote;
import dev.quorate.replication.PeerState;
import dev.quorate.store.Origin;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.time.Stamp;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Item;
import dev.quorate.wire.Plain;
import dev.quorate.wire.Protocol;
import dev.quorate.wire.Skip;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a node says to hold of another one after its pushes. This node is n1, and n2 pushes.
class ReceivingTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final long AHEAD_MAX = 60_000;

  @TempDir Path directory;
  private Store store;
  private Receiving receiving = new Receiving(AHEAD_MAX);

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aPushFromTheBeginningToTheEndIsEverything() {
    push(frame(0, 3, true), arrival("m", 0));
    assertThat(holdings()).containsExactly(held(3));
  }

  @Test
  void pushesThatFollowEachOtherAreEverything() {
    push(frame(0, 3, false), arrival("m", 0));
    assertThat(holdings()).isEmpty();
    push(frame(3, 5, true), arrival("m2", 0));
    assertThat(holdings()).containsExactly(held(5));
    push(frame(5, 9, true), arrival("m3", 0));
    assertThat(holdings()).containsExactly(held(9));
  }

  @Test
  void aPushThatFollowsAGapIsTakenInButNotForEverything() {
    var report = push(frame(7, 9, true), arrival("m", 0));
    assertThat(report.applied()).isEqualTo(1);
    assertThat(report.held()).isEmpty();
    assertThat(holdings()).isEmpty();
    // What follows a push that was no beginning is none either.
    push(frame(9, 12, true), arrival("m2", 0));
    assertThat(holdings()).isEmpty();
    push(frame(0, 12, true), arrival("m3", 0));
    assertThat(holdings()).containsExactly(held(12));
  }

  @Test
  void aGapAfterWhatIsHeldLeavesThatAsItWas() {
    push(frame(0, 3, true), arrival("m", 0));
    push(frame(4, 6, true), arrival("m2", 0));
    assertThat(holdings()).containsExactly(held(3));
  }

  @Test
  void aPushThatOverlapsWhatIsHeldFollowsIt() {
    push(frame(0, 5, true), arrival("m", 0));
    push(frame(2, 8, true), arrival("m2", 0));
    assertThat(holdings()).containsExactly(held(8));
  }

  @Test
  void whatWasHeldBeforeARestartIsFollowedAfterIt() {
    push(frame(0, 3, true), arrival("m", 0));
    receiving = new Receiving(AHEAD_MAX);
    push(frame(3, 5, true), arrival("m2", 0));
    assertThat(holdings()).containsExactly(held(5));
  }

  @Test
  void aPushThatWasNotCommittedIsNotFollowed() {
    var frame = frame(0, 3, false);
    store.replicate(transaction ->
        receiving.push(
            transaction, "n2", Optional.of(frame), List.of(arrival("m", 0)), Optional.empty()));
    push(frame(3, 5, true), arrival("m2", 0));
    assertThat(holdings()).isEmpty();
  }

  @Test
  void whatFollowsInOneEpochDoesNotFollowInAnother() {
    push(frame(0, 3, true), arrival("m", 0));
    var restored = new Frame(Protocol.VERSION, "n2", "e3", 3, 5, true, Timestamps.render(NOW));
    push(restored, arrival("m2", 0));
    assertThat(holdings()).containsExactly(held(3));
  }

  @Test
  void aPushOfWhichSomethingIsSkippedIsNotEverything() {
    var bad = new Arrival.Bad("memories", 1, "damaged: no such hash");
    var report = push(frame(0, 3, true), arrival("m", 0), bad);
    assertThat(report.skipped()).containsExactly(new Skip("memories", 1, "damaged: no such hash"));
    assertThat(report.applied()).isEqualTo(1);
    assertThat(holdings()).isEmpty();
  }

  @Test
  void whatIsTooFarAheadOfThisClockIsSkippedAndWhatIsNotIsTaken() {
    var report = push(frame(0, 2, true), arrival("m", AHEAD_MAX), arrival("m2", AHEAD_MAX + 1));
    assertThat(report.skipped()).extracting(Skip::reason).containsExactly(PeerState.CLOCK_AHEAD);
    assertThat(keys()).containsExactly("m");
    assertThat(holdings()).isEmpty();
  }

  @Test
  void aVectorOfAContentThatIsTooFarAheadIsSkipped() {
    var report = push(frame(0, 2, true), vector("m", AHEAD_MAX), vector("m2", AHEAD_MAX + 1));
    assertThat(report.skipped()).extracting(Skip::reason).containsExactly(PeerState.CLOCK_AHEAD);
    assertThat(keys()).containsExactly("m");
  }

  @Test
  void whatAMeshNodeBringsKeepsItsOriginAndWhatIsAskedForIsAdopted() {
    push(frame(0, 2, true), arrival("m", 0));
    store.replicate(
        transaction -> receiving.adopt(transaction, "n2", List.of(arrival("fetched", 0))));
    assertThat(origins()).containsExactly("n2", "n1");
  }

  @Test
  void whatAGuestTiesTogetherIsTakenOneByOne() {
    var tied =
        switch (arrival("m", 0)) {
          case Arrival.Stamped(_, _, Item item, _) ->
              new Arrival.Stamped(
                  "memories", 0, new Item(item.register(), "n2", "e2", 1, 1, "one operation"));
          case Arrival other -> other;
        };
    var scope = new GuestScope("guest", List.of(new NamespacePattern("global")));
    store.replicate(transaction ->
        receiving.push(transaction, "n2", Optional.empty(), List.of(tied), Optional.of(scope)));
    assertThat(keys()).containsExactly("m");
    var together = store.look(snapshot -> snapshot.changes().ownOf("one operation"));
    assertThat(together).isEmpty();
  }

  @Test
  void aRequestOfALifeWithoutEndIsRefusedAndNotThePush() {
    var report = push(frame(0, 3, true), requested("a1", Long.MAX_VALUE), arrival("m", 0));
    assertThat(report.skipped()).hasSize(1);
    assertThat(report.skipped().getFirst().reason()).contains("life_secs").contains("1..");
    assertThat(keys()).containsExactly("m");
    assertThat(push(frame(0, 3, true), requested("a2", 60)).skipped()).isEmpty();
  }

  @Test
  void approvingARequestOfALifeWithoutEndThatIsHereAlreadyFailsNobody() {
    store.write(transaction -> transaction.merge(request("a1", Long.MAX_VALUE)));
    store.write(transaction -> transaction.merge(Vote.of("a1", "bob", true, transaction.stamp())));
    assertThat(keys()).hasSize(2);
  }

  private static Arrival requested(String id, long lifeSeconds) {
    var item = new Item(request(id, lifeSeconds), "n2", "e2", 1, 1, null);
    return new Arrival.Stamped("actions", 0, item);
  }

  private static PendingAction request(String id, long lifeSeconds) {
    var memory = Body.write(AnyMemory.plain("made by " + id, "title of " + id, "words", NOW));
    var payload =
        """
        {"action":"store","approver":"human","life_secs":%d,"memory":%s,"namespace":"global","requested_by":"ann"}\
        """
            .formatted(lifeSeconds, memory);
    assertThat(Json.parse(payload).isObject()).isTrue();
    return PendingAction.of(
        id, Stamp.of(NOW.toEpochMilli(), 0, "n2"), payload, 1, NOW.plusSeconds(900).toEpochMilli());
  }

  @Test
  void aPlainPeersRepeatedDecisionChangesNothing() {
    store.write(transaction -> transaction.merge(request("a1", 60)));
    var decision = new Plain.PlainDecision(0, "a1", false, "bob");
    assertThat(plain(decision)).isTrue();
    assertThat(plain(decision)).isFalse();
    assertThat(plain(new Plain.PlainDecision(0, "a1", true, "bob"))).isTrue();
    assertThat(plain(new Plain.PlainDecision(0, "a1", true, "carol"))).isTrue();
  }

  @Test
  void aPlainPeersRepeatedVectorChangesNothing() {
    var memory = AnyMemory.plain("m", "T", "words", NOW);
    store.write(transaction -> transaction.save(memory));
    var vector = new Plain.PlainEmbedding(0, "m", "mini", 1, "AAABPg==");
    assertThat(plain(vector)).isTrue();
    assertThat(plain(vector)).isFalse();
    // It says nothing new of another content either.
    store.write(transaction -> transaction.save(memory.withTitle("U")));
    assertThat(plain(vector)).isFalse();
    assertThat(plain(new Plain.PlainEmbedding(0, "m", "mini", 1, "AAABvw=="))).isTrue();
  }

  /// Takes in one item without a stamp. Returns whether that changed anything here.
  private boolean plain(Plain arrived) {
    var before = store.committedSequence();
    store.replicate(transaction ->
        receiving.push(transaction, "old", Optional.empty(), List.of(arrived), Optional.empty()));
    return store.committedSequence() > before;
  }

  private Report push(Frame frame, Arrival... arrivals) {
    var report =
        store.replicate(transaction ->
            receiving.push(
                transaction, "n2", Optional.of(frame), List.of(arrivals), Optional.empty()));
    receiving.committed(report);
    return report;
  }

  private List<Origin> holdings() {
    return store.look(snapshot -> snapshot.peers().holdings());
  }

  private List<String> origins() {
    return store.look(snapshot ->
        snapshot.changes().after(0, 10).stream().map(change -> change.origin()).toList());
  }

  private List<String> keys() {
    return store.look(
        snapshot -> snapshot.changes().after(0, 10).stream().map(change -> change.key()).toList());
  }

  private static Origin held(long sequence) {
    return new Origin("n2", "e2", sequence);
  }

  private static Frame frame(long after, long upTo, boolean complete) {
    return new Frame(Protocol.VERSION, "n2", "e2", after, upTo, complete, Timestamps.render(NOW));
  }

  /// A vector of n2, made just now.
  ///
  /// @param aheadMillis how far the stamp of the content that it was made of is ahead
  private static Arrival vector(String id, long aheadMillis) {
    var content = Stamp.of(NOW.plusMillis(aheadMillis).toEpochMilli(), 0, "n2");
    var stamp = Stamp.of(NOW.toEpochMilli(), 0, "n2");
    var vector = EmbeddingRegister.of(id, content, stamp, "mini", 1, "AAABPg==");
    return new Arrival.Stamped("embeddings", 0, new Item(vector, "n2", "e2", 1, 1, null));
  }

  /// A memory of n2.
  ///
  /// @param aheadMillis how far its stamp is ahead of this node's clock
  private static Arrival arrival(String id, long aheadMillis) {
    var memory = AnyMemory.plain(id, "title of " + id, "words", NOW);
    var stamp = Stamp.of(NOW.plus(Duration.ofMillis(aheadMillis)).toEpochMilli(), 0, "n2");
    var content = ContentRegister.of(id, stamp, Seen.NOTHING, Body.write(memory));
    return new Arrival.Stamped("memories", 0, new Item(content, "n2", "e2", 1, 1, null));
  }
}
