package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.replication.PeerState;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long peers share a batch.
class OutboxTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path directory;
  private Instant now = NOON;
  private Store store;
  private Outbox outbox;

  @BeforeEach
  void open() {
    InstantSource clock = () -> now;
    store = SqliteStore.open(directory, "n1", 1, clock);
    outbox = new Outbox(store, new BatchReader("n1", store.epoch()), _ -> Map.of(), clock);
    save("m1");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void peersAtOneCursorShareABatchForAMoment() {
    var first = next();
    assertThat(next()).isSameAs(first);
    save("m2");
    now = now.plusMillis(201);
    assertThat(next().prepared().items()).hasSize(2);
  }

  @Test
  void aBatchIsNotSharedFromATimeThatHasNotComeYet() {
    next();
    now = now.minusSeconds(3_600);
    save("m2");
    assertThat(next().prepared().items()).hasSize(2);
  }

  private Outbox.Shipment next() {
    return outbox.next(0, PeerState.UNITS_MAX, true);
  }

  private void save(String id) {
    store.write(transaction -> {
      transaction.save(AnyMemory.plain(id, "title of " + id, "words", Instant.EPOCH));
      return true;
    });
  }
}
