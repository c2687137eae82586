package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.store.Origin;
import dev.quorate.store.Position;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How far peers have come here, and this node there.
@Timeout(60)
class PositionsTest {
  private static final long LONG_MILLIS = 30_000;

  @TempDir Path directory;
  private Store store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatAPeerConfirmedIsOnDiskWhenTheNodeHasEnded() {
    try (var cursors = new Cursors(store)) {
      cursors.moved(new Position("n2", "e2", 3));
      cursors.moved(new Position("n3", "e3", 1));
      cursors.moved(new Position("n2", "e2", 5));
    }
    assertThat(pushed("n2", "e2")).isEqualTo(5);
    assertThat(pushed("n3", "e3")).isEqualTo(1);
  }

  @Test
  void aPositionNeverGoesBackWithinAnEpoch() {
    for (var sequence : new long[] {5, 3}) {
      try (var cursors = new Cursors(store)) {
        cursors.moved(new Position("n2", "e2", sequence));
      }
    }
    try (var cursors = new Cursors(store)) {
      cursors.moved(new Position("n2", "e3", 1));
    }
    assertThat(pushed("n2", "e2")).isEqualTo(5);
    assertThat(pushed("n2", "e3")).isEqualTo(1);
  }

  @Test
  void whatIsHeldOfAnotherNodeIsHeldAfterARestart() {
    hold(4);
    var holdings = new Holdings(store);
    assertThat(holdings.holds(origin(4))).isTrue();
    assertThat(holdings.holds(origin(5))).isFalse();
    assertThat(holdings.holds(new Origin("n2", "e3", 1))).isFalse();
  }

  @Test
  void aLowerNumberTakesNothingBack() {
    var holdings = new Holdings(store);
    holdings.moved(origin(9));
    holdings.moved(origin(4));
    hold(5);
    holdings.refresh();
    assertThat(holdings.holds(origin(9))).isTrue();
  }

  @Test
  void whoWaitsIsWokenWhenItIsHere() throws Exception {
    var holdings = new Holdings(store);
    var waiting = new FutureTask<>(() -> holdings.await(origin(3), LONG_MILLIS));
    Thread.ofVirtual().start(waiting);
    holdings.moved(origin(2));
    assertThat(waiting.isDone()).isFalse();
    hold(3);
    holdings.refresh();
    assertThat(waiting.get()).isTrue();
  }

  @Test
  void whoWaitsForWhatDoesNotComeIsToldSoInTime() {
    var holdings = new Holdings(store);
    assertThat(holdings.await(origin(3), 10)).isFalse();
  }

  private void hold(long sequence) {
    store.replicate(transaction -> {
      transaction.peers().hold(origin(sequence));
      return true;
    });
  }

  private long pushed(String node, String epoch) {
    return store.look(snapshot -> snapshot.peers().pushed(node, epoch)).orElseThrow().sequence();
  }

  private static Origin origin(long sequence) {
    return new Origin("n2", "e2", sequence);
  }
}
