package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.metrics.Meters;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looking for damage on a node that has nobody to ask for a sound copy.
class ScrubTest {
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir Path directory;

  @Test
  void whatCannotBeMendedIsCountedOnceAndNotAtEveryPass() throws SQLException {
    var meters = new Meters();
    var counts = new FederationMeters(meters);
    try (var store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), CLOCK);
        var transport = new HttpTransport(Optional.empty(), CLOCK)) {
      store.write(transaction -> {
        transaction.save(AnyMemory.plain("m", "title", "words", Instant.EPOCH));
        return true;
      });
      damage();
      var asking = new Asking("n1", transport, new NoSignature(), CLOCK, 1_000);
      var repair = new Repair(store, new Receiving(60_000), asking, counts, CLOCK);
      try (var scrub = new Scrub(store, List.of(), repair, counts)) {
        for (var pass = 0; pass < 3; pass++) assertThat(scrub.step(0)).isZero();
      }
    }
    assertThat(meters.text()).contains("quorate_damaged_total 1.0");
  }

  private void damage() throws SQLException {
    var file = directory.resolve(SqliteStore.FILE_NAME);
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("UPDATE contents SET body = body || ' '")).isOne();
    }
  }
}
