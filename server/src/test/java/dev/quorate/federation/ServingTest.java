package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Plain;
import dev.quorate.wire.SincePage;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a node serves to whoever pulls by time.
class ServingTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int LARGE = 60_000;
  private static final int COUNT = 150;

  @TempDir Path directory;
  private final AtomicLong ticks = new AtomicLong();
  private final InstantSource clock = () -> NOW.plusMillis(ticks.getAndIncrement());
  private Store store;
  private Serving serving;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), clock);
    serving =
        new Serving(
            store,
            new Receiving(60_000),
            new BatchReader("n1", store.epoch()),
            new Holdings(store),
            new Arriving(ticks::get),
            clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aPageByTimeIsBoundedInBytesAndSaysThatItIsFull() {
    var words = "x".repeat(LARGE);
    for (var i = 0; i < COUNT; i++) {
      var memory = AnyMemory.plain("m" + i, "title " + i, words, NOW);
      store.write(transaction -> transaction.save(memory));
    }
    var ids = new ArrayList<String>();
    var since = Optional.<Instant>empty();
    while (true) {
      var body = serving.since(null, since, 10_000, Optional.empty(), true);
      assertThat(body.length).isLessThan(HttpTransport.ANSWER_BYTES_MAX);
      var page = SincePage.read(body);
      var last = Instant.EPOCH;
      for (var arrival : page.arrivals()) {
        var row = (Plain.PlainMemory) arrival;
        ids.add(row.memory().id());
        last = row.updatedAt();
      }
      if (page.arrivals().size() < page.limit()) break;
      assertThat(page.arrivals()).isNotEmpty();
      since = Timestamps.parse(Timestamps.render(last));
    }
    assertThat(ids).hasSize(COUNT).doesNotHaveDuplicates();
  }
}
