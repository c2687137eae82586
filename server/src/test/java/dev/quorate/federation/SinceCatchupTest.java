package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Memory;
import dev.quorate.memory.MemoryKind;
import dev.quorate.memory.Provenance;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.settings.PeerSettings;
import dev.quorate.store.Store;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Version;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a node, n1, reads of a peer without our protocol that is called old.
@Timeout(60)
class SinceCatchupTest {
  private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration AHEAD_MAX = Duration.ofHours(1);

  @TempDir Path directory;
  private final OldPeer peer = new OldPeer();
  private final Identity identity = new Identity("old", "", false);
  private Instant now = START;
  private final InstantSource clock = () -> now;
  private Store store;
  private SinceCatchup catchup;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), clock);
    begin();
  }

  private void begin() {
    var asking = new Asking("n1", peer, new NoSignature(), clock, 1_000);
    catchup = new SinceCatchup(store, new Receiving(AHEAD_MAX.toMillis()), asking, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private long read() {
    return catchup.drain(Peer.of(PeerSettings.replica(peer.address())), identity).orElseThrow();
  }

  private Optional<StoredMemory> here(String id) {
    return store.read(snapshot -> snapshot.memory(id));
  }

  private String content(String id) {
    return here(id).orElseThrow().memory().content();
  }

  private void saved(Memory memory) {
    store.write(transaction -> transaction.save(memory));
  }

  /// What stands at the peer of a memory that was sent to it.
  private void has(String id) {
    var ours = here(id).orElseThrow();
    peer.makes(id, ours.memory().title(), ours.memory().content(), ours.stamp().instant());
  }

  @Test
  void whatThePeerMadeAndDidNotPushComesHereOnce() {
    peer.makes("m", "T", "words", START.minusSeconds(60));
    assertThat(read()).isOne();
    assertThat(content("m")).isEqualTo("words");
    var stamp = here("m").orElseThrow().stamp();
    assertThat(stamp.origin()).isEqualTo("old");
    assertThat(stamp.instant()).isEqualTo(START.minusSeconds(60));
    var sequence = store.committedSequence();
    assertThat(read()).isZero();
    assertThat(store.committedSequence()).isEqualTo(sequence);
  }

  @Test
  void whatWasEditedThereIsEditedHereAndKeepsWhatThePeerDoesNotShow() {
    var decided = AnyMemory.plain("m", "T", "words", START).withProvenance(decision());
    saved(decided);
    peer.makes("m", "T", "other words", START.plusSeconds(5));
    now = START.plusSeconds(10);
    read();
    assertThat(content("m")).isEqualTo("other words");
    var memory = here("m").orElseThrow().memory();
    assertThat(memory.provenance()).isEqualTo(decision());
    assertThat(memory.version()).isEqualTo(decided.version() + 1);
  }

  private static Provenance decision() {
    var p = Provenance.PLAIN;
    return new Provenance(
        MemoryKind.DECISION, 0, null, null, "[]", null, null, p.confidenceSource(), null, null);
  }

  @Test
  void whatCameFromHereIsNotMadeNew() {
    saved(AnyMemory.plain("m", "T", "words", START).withProvenance(decision()));
    has("m");
    saved(AnyMemory.plain("renamed", "Former", "words", START));
    has("renamed");
    now = START.plusSeconds(1);
    saved(AnyMemory.plain("renamed", "Title", "words", START));
    var sequence = store.committedSequence();
    assertThat(read()).isZero();
    assertThat(here("m").orElseThrow().memory().provenance()).isEqualTo(decision());
    List<Version> history = store.read(snapshot -> snapshot.history("renamed"));
    assertThat(history).noneMatch(Version::lost);
    assertThat(here("m").orElseThrow().stamp().origin()).isEqualTo("n1");
    // How far the peer was read is no change.
    assertThat(store.committedSequence()).isEqualTo(sequence);
  }

  @Test
  void aRowThatSaysNothingNewAtALaterTimeIsNoEdit() {
    saved(AnyMemory.plain("m", "T", "words", START));
    peer.makes("m", "T", "words", START.plusSeconds(5));
    now = START.plusSeconds(10);
    assertThat(read()).isZero();
    assertThat(here("m").orElseThrow().stamp().origin()).isEqualTo("n1");
  }

  @Test
  void whatIsDeletedHereDoesNotComeBack() {
    saved(AnyMemory.plain("m", "T", "words", START));
    has("m");
    store.write(transaction -> {
      transaction.delete("m", null);
      return true;
    });
    assertThat(read()).isZero();
    assertThat(here("m")).isEmpty();
  }

  @Test
  void rowsOfOneTimeAreAllReadThoughTheyDoNotFitIntoAPage() {
    var rows = SinceCatchup.PAGE * 2 + 7;
    for (var i = 0; i < rows; i++) peer.makes("m" + i, "T" + i, "words", START.minusSeconds(9));
    for (var i = 0; i < rows; i++) peer.makes("n" + i, "U" + i, "words", START.minusSeconds(8));
    assertThat(read()).isEqualTo(2L * rows);
  }

  @Test
  void whatThisNodeMayNotSeeDoesNotHideWhatIsBehindIt() {
    for (var i = 0; i < SinceCatchup.PAGE; i++) {
      peer.makes("hidden" + i, "H" + i, "words", START.minusSeconds(10_000 - i));
    }
    peer.showsOnly("team");
    assertThat(read()).isZero();
    peer.makes("m", "T", "words", START.minusSeconds(5), "team");
    assertThat(read()).isOne();
  }

  @Test
  void aRowFromTheFutureHidesNothingThatIsMadeAfterIt() {
    peer.makes("soon", "Soon", "words", START.plusSeconds(1_800));
    peer.makes("far", "Far", "words", START.plus(AHEAD_MAX).plusSeconds(60));
    assertThat(read()).isOne();
    peer.makes("m", "T", "words", START.plusSeconds(1));
    now = START.plusSeconds(2);
    assertThat(read()).isOne();
    assertThat(content("m")).isEqualTo("words");
    now = START.plusSeconds(120);
    assertThat(read()).isOne();
    assertThat(here("far")).isPresent();
  }

  @Test
  void aRowThatComesToThePeerLateIsReadAllTheSame() {
    peer.makes("m", "T", "words", START.minusSeconds(5));
    read();
    peer.makes("late", "L", "words", START.minusSeconds(300));
    assertThat(read()).isOne();
    peer.makes("later", "M", "words", START.minus(Duration.ofDays(9)));
    assertThat(read()).isZero();
    now = START.plus(Duration.ofDays(1)).plusSeconds(1);
    assertThat(read()).isOne();
  }

  @Test
  void aNewStartGoesOnWhereTheLastOneStopped() {
    for (var i = 0; i < SinceCatchup.PAGE + 1; i++) {
      peer.makes("m" + i, "T" + i, "words", START.minusSeconds(100_000 - i * 100L));
    }
    read();
    var reads = peer.reads();
    begin();
    assertThat(read()).isZero();
    assertThat(peer.reads()).isEqualTo(reads + 1);
  }
}
