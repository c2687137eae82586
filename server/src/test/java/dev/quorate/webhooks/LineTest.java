package dev.quorate.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.metrics.Meters;
import dev.quorate.store.Notice;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.subscriptions.AddressRule;
import dev.quorate.subscriptions.NameLookup;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of events that wait when the subscription cannot be relied on any more.
@Timeout(60)
class LineTest {
  @TempDir private Path directory;

  @Test
  void nothingIsSentFromADamagedSubscriptionAndWhatWaitsStays() throws Exception {
    try (var server = new RawServer("}");
        var store =
            SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system())) {
      subscribe(store, "http://hook.example:%d/right".formatted(server.port()));
      store.write(transaction -> {
        transaction.save(AnyMemory.plain("m1", "title", "words", Instant.EPOCH));
        return true;
      });
      for (var damage : List.of("replace(body, '/right', '/wrong')", "'x' || body", "'{}'")) {
        tamper("UPDATE subscriptions SET body = " + damage);
        assertThat(run(store)).as(damage).isFalse();
        Optional<Notice> waiting = store.read(snapshot -> snapshot.notices().next("s1"));
        assertThat(waiting).as(damage).isPresent();
      }
      assertThat(server.connections()).isZero();
    }
  }

  private static boolean run(SqliteStore store) throws Exception {
    NameLookup loopback = _ -> List.of(InetAddress.getLoopbackAddress());
    try (var sender = new Sender(loopback, new AddressRule(true))) {
      var meters = new WebhookMeters(new Meters());
      return new Line("s1", store, sender, Optional.empty(), meters, InstantSource.system()).run();
    }
  }

  private static void subscribe(SqliteStore store, String url) {
    var key = SigningKey.ofSecret("hush");
    var body = new Subscription(url, "*", null, null, null, null, "ann", Instant.EPOCH, key).body();
    store.write(
        transaction -> transaction.merge(SubscriptionRegister.of("s1", transaction.stamp(), body)));
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
