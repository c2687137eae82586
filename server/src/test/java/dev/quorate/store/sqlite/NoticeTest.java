package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.memory.AnyMemory;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.store.Transaction;
import dev.quorate.subscriptions.SigningKey;
import dev.quorate.subscriptions.Subscription;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When those who send events are woken.
class NoticeTest {
  @TempDir Path directory;
  private final AtomicInteger woken = new AtomicInteger();
  private SqliteStore store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", 1, InstantSource.system());
    store.onNotice(woken::incrementAndGet);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void nobodyIsWokenWhereNobodySubscribed() {
    store.write(transaction -> save(transaction, "m1"));
    assertWoken(0);
  }

  @Test
  void aCommitWithAnEventWakesAndOneWithoutDoesNot() {
    subscribe();
    assertWoken(0);
    store.write(transaction -> save(transaction, "m1"));
    assertWoken(1);
    store.write(transaction -> save(transaction, "m1"));
    assertWoken(1);
  }

  @Test
  void whatIsTakenBackWakesNobody() {
    subscribe();
    assertThatThrownBy(() ->
            store.write(transaction -> {
              save(transaction, "m1");
              transaction.notices().redrive("s1", null);
              throw new IllegalArgumentException("no");
            }))
        .hasMessage("no");
    assertWoken(0);
  }

  @Test
  void whatIsSentAgainWakes() {
    subscribe();
    store.write(transaction -> save(transaction, "m1"));
    store.write(transaction -> {
      var notice = transaction.notices().next("s1").orElseThrow();
      transaction.notices().bury(notice, 4, 500, "why", 1);
      return true;
    });
    assertWoken(1);
    store.write(transaction -> transaction.notices().redrive("s1", null));
    assertWoken(2);
  }

  /// Listeners are called before the writer takes the next mutation.
  private void assertWoken(int times) {
    store.write(_ -> true);
    assertThat(woken).hasValue(times);
  }

  private void subscribe() {
    var made = Instant.EPOCH;
    var key = SigningKey.ofSecret("hush");
    var body =
        new Subscription("https://example.org/", "*", null, null, null, null, "ann", made, key)
            .body();
    store.write(
        transaction -> transaction.merge(SubscriptionRegister.of("s1", transaction.stamp(), body)));
  }

  private static boolean save(Transaction transaction, String id) {
    transaction.save(AnyMemory.plain(id, "title of " + id, "words", Instant.EPOCH));
    return true;
  }
}
