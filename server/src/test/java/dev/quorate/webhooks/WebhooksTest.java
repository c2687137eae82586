package dev.quorate.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.metrics.Meters;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.subscriptions.AddressRule;
import dev.quorate.subscriptions.SigningKey;
import dev.quorate.subscriptions.Subscription;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// When lines begin.
@Timeout(60)
class WebhooksTest {
  private static final String DAMAGED = "damaged";
  private static final int OTHERS = 30;

  @TempDir private Path directory;

  @Test
  void aDamagedSubscriptionIsNotLookedAtAgainAndAgain() throws Exception {
    try (var store =
        SqliteStore.open(directory, "n1", StoreOptions.readers(2), InstantSource.system())) {
      subscribe(store, DAMAGED);
      store("m", store);
      tamper("UPDATE subscriptions SET body = '{}'");
      var ofDamaged = new Semaphore(0);
      var ofOthers = new Semaphore(0);
      var meters = new WebhookMeters(new Meters());
      // Nobody listens there: what is sent waits to be tried again.
      var sender =
          new Sender(_ -> List.of(InetAddress.getLoopbackAddress()), new AddressRule(true));
      var clock = InstantSource.system();
      try (var _ =
          new Webhooks(
              store,
              sender,
              id -> {
                (id.equals(DAMAGED) ? ofDamaged : ofOthers).release();
                return new Line(id, store, sender, Optional.empty(), meters, clock);
              })) {
        // Each has the store looked into for what waits, and begins a line of its own.
        for (var i = 0; i < OTHERS; i++) {
          subscribe(store, "s" + i);
          store("m" + i, store);
          ofOthers.acquire();
        }
        // It may begin at the start, and every five seconds.
        assertThat(ofDamaged.availablePermits()).isBetween(1, 1 + 60 / 5);
      }
    }
  }

  private static void store(String id, SqliteStore store) {
    store.write(transaction -> {
      transaction.save(AnyMemory.plain(id, "title of " + id, "words", Instant.EPOCH));
      return true;
    });
  }

  private static void subscribe(SqliteStore store, String id) {
    var key = SigningKey.ofSecret("hush");
    var url = "http://hook.example:9/";
    var body = new Subscription(url, "*", null, null, null, null, "ann", Instant.EPOCH, key).body();
    store.write(
        transaction -> transaction.merge(SubscriptionRegister.of(id, transaction.stamp(), body)));
  }

  /// Changes the file behind the program's back.
  private void tamper(String command) throws SQLException {
    var url = "jdbc:sqlite:" + directory.resolve(SqliteStore.FILE_NAME);
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(command);
    }
  }
}
