package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.replication.PeerState.Identity;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Held;
import dev.quorate.wire.Protocol;
import dev.quorate.wire.PullPage;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How far a peer was read, and what may be said of it. This node is n1, and n2 serves.
class PagingTest {
  private static final Identity PEER = new Identity("n2", "e2", true);
  private static final Arrival DAMAGED = new Arrival.Bad("memories", 0, "damaged");

  @TempDir Path directory;
  private Store store;
  private Paging paging;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system());
    start();
  }

  /// What is in memory only begins anew.
  private void start() {
    paging = new Paging("n1", store.epoch(), new Receiving(60_000));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aPeerThatWasReadToItsEndIsHeldCompletely() {
    take(0, 3, false);
    assertThat(after()).isEqualTo(3);
    take(3, 5, true);
    assertThat(holdings()).containsExactly("n2 e2 5", "n3 e3 7");
  }

  @Test
  void whoCouldNotTakeAnItemHoldsNothingCompletelyAlthoughTheLastPageWasWhole() {
    take(0, 3, false, DAMAGED);
    assertThat(after()).isEqualTo(3);
    take(3, 5, true);
    assertThat(holdings()).isEmpty();
    assertThat(after()).isEqualTo(5);
  }

  @Test
  void whatCouldNotBeTakenIsReadAgainAfterTheNextStart() {
    take(0, 2, false);
    take(2, 3, false, DAMAGED);
    take(3, 5, true);
    start();
    assertThat(after()).isEqualTo(2);
    take(2, 5, true);
    assertThat(holdings()).containsExactly("n2 e2 5", "n3 e3 7");
  }

  private void take(long after, long upTo, boolean complete, Arrival... arrivals) {
    var frame = new Frame(Protocol.VERSION, "n2", "e2", after, upTo, complete, "");
    var held = List.of(new Held("n3", "e3", 7));
    var page = new PullPage(frame, Protocol.SPEAKS, held, List.of(arrivals));
    var taken = store.replicate(transaction -> paging.take(transaction, PEER, page));
    paging.committed(taken);
  }

  private long after() {
    return store.look(snapshot -> paging.request(snapshot, PEER, Instant.EPOCH)).after();
  }

  private List<String> holdings() {
    return store.look(snapshot -> snapshot.peers().holdings()).stream()
        .map(held -> held.node() + " " + held.epoch() + " " + held.sequence())
        .toList();
  }
}
