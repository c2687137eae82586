package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.metrics.Meters;
import dev.quorate.quorum.Verdict;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// Writers of a node whose one peer takes what it is sent, but late.
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class HeldBackTest {
  private static final int TIMEOUT = 4_000;
  private static final String WIDEST = "quorate_quorum_window 1024";
  private static final String NARROWEST = "quorate_quorum_window 8";

  @TempDir Path directory;
  private final AtomicLong clock =
      new AtomicLong(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
  private final Meters meters = new Meters();
  private final FakePeer peer = new FakePeer();
  private Store store;
  private Federation federation;

  @BeforeEach
  void start() {
    InstantSource wallClock = () -> Instant.ofEpochMilli(clock.get());
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), wallClock);
    federation = Federations.ofReplica(store, TIMEOUT, peer, meters, wallClock);
  }

  @AfterEach
  void stop() {
    federation.close();
    store.close();
  }

  @Test
  void aQuorumThatComesAfterTheAnswerHoldsTheNextWritersBack() throws InterruptedException {
    peer.take(() -> clock.addAndGet(3 * TIMEOUT));
    federation.start();
    assertThat(meters.text()).contains(WIDEST);
    write();
    while (!meters.text().contains(NARROWEST)) Thread.onSpinWait();
    var first = federation.place();
    for (var i = 1; i < 8; i++) federation.place();
    var held = Thread.ofVirtual().start(federation::place);
    while (!meters.text().contains("quorate_quorum_queued 1")) Thread.onSpinWait();
    first.close();
    held.join();
  }

  @Test
  void aQuorumThatComesInTimeHoldsNobodyBack() {
    peer.take(() -> clock.addAndGet(TIMEOUT / 4));
    federation.start();
    assertThat(write()).isInstanceOf(Verdict.Met.class);
    assertThat(meters.text()).contains(WIDEST);
  }

  private Verdict write() {
    try (var _ = federation.place()) {
      return federation.settle(
          store.write(transaction -> {
            transaction.save(
                AnyMemory.plain("a", "a title", "text", Instant.ofEpochMilli(clock.get())));
            return true;
          }));
    }
  }
}
