package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Link;
import dev.quorate.memory.Relation;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.store.Notice;
import dev.quorate.store.Notices;
import dev.quorate.store.Transaction;
import dev.quorate.subscriptions.SigningKey;
import dev.quorate.subscriptions.Subscription;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system());
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

  @Test
  void whatIsBeyondTheBoundIsADeadLetterAtOnceAndWakesNobody() {
    subscribe();
    tamper("INSERT INTO notice_counts VALUES ('s1', %d, 0, 0)".formatted(Notices.WAITING_MAX - 1));
    store.write(transaction -> save(transaction, "m1"));
    assertThat(dead(10)).isEmpty();
    assertWoken(1);
    store.write(transaction -> save(transaction, "m2"));
    assertWoken(1);
    assertThat(dead(10))
        .singleElement()
        .satisfies(notice ->
            assertThat(notice.reason()).isEqualTo("10000 events wait for this subscriber already"));
    var counts = store.read(snapshot -> snapshot.notices().counts()).get("s1");
    assertThat(counts).isEqualTo(new Notices.Counts(Notices.WAITING_MAX, 1, 1));
  }

  @Test
  void ofTheDeadLettersTheNewestAreKept() {
    subscribe();
    for (var id : List.of("m1", "m2", "m3")) store.write(transaction -> save(transaction, id));
    tamper(
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
        INSERT INTO notices (number, subscription_id, correlation_id, event, body, made_ms, dead,
          tried, status, reason, given_up_ms)
        SELECT -i, 's1', 'c' || i, 'memory_store', '{}', 0, 1, 4, 0, 'old', 0 FROM n\
        """
            .formatted(Notices.DEAD_MAX - 1));
    for (var round = 0; round < 3; round++) {
      store.write(transaction -> {
        var notice = transaction.notices().next("s1").orElseThrow();
        transaction.notices().bury(notice, 4, 500, "new", 1);
        return true;
      });
    }
    var dead = dead(2 * Notices.DEAD_MAX);
    assertThat(dead).hasSize(Notices.DEAD_MAX);
    assertThat(dead.subList(0, 3)).allMatch(notice -> notice.reason().equals("new"));
    assertThat(dead.getLast().number()).isEqualTo(-(Notices.DEAD_MAX - 3));
  }

  @Test
  void oneDeadLetterIsSentAgainAloneAndInItsOldPlace() {
    subscribe();
    for (var id : List.of("m1", "m2", "m3")) store.write(transaction -> save(transaction, id));
    store.write(transaction -> {
      for (var left = 2; left > 0; left--) {
        var notice = transaction.notices().next("s1").orElseThrow();
        transaction.notices().bury(notice, 4, 500, "why", 1);
      }
      return true;
    });
    var first = dead(10).getLast();
    store.write(transaction -> transaction.notices().redrive("s1", first.number()));
    assertThat(dead(10)).hasSize(1);
    Notice next = store.read(snapshot -> snapshot.notices().next("s1")).orElseThrow();
    assertThat(next.number()).isEqualTo(first.number());
    assertThat(next.tried()).isZero();
  }

  @Test
  void theEndOfALinkIsToldOnceAndAnEditOfWhatIsNotSaidIsNot() {
    subscribe();
    var made = Instant.EPOCH;
    var link = new Link("m1", "m2", Relation.RELATED_TO, made, made, null, null, null);
    store.write(transaction -> {
      save(transaction, "m1");
      return save(transaction, "m2");
    });
    for (var until : new Instant[] {null, made.plusSeconds(9), made.plusSeconds(9)}) {
      store.write(transaction -> {
        transaction.link(until == null ? link : link.ending(until));
        return true;
      });
    }
    store.write(transaction -> {
      var memory = transaction.memory("m1").orElseThrow().memory();
      transaction.save(memory.withVersion(7));
      transaction.archive("m1", "tidy");
      transaction.archive("m2", "tidy");
      return true;
    });
    assertThat(told())
        .containsExactly(
            "memory_store", "memory_store", "memory_link_created", "memory_link_invalidated");
  }

  @Test
  void whatWasOnItsWayToASubscriptionThatWasRemovedIsForgotten() {
    subscribe();
    for (var id : List.of("m1", "m2")) store.write(transaction -> save(transaction, id));
    store.write(transaction -> {
      var notice = transaction.notices().next("s1").orElseThrow();
      transaction.notices().bury(notice, 4, 500, "why", 1);
      return true;
    });
    store.write(
        transaction -> transaction.merge(SubscriptionRegister.of("s1", transaction.stamp(), "")));
    assertThat(dead(10)).isEmpty();
    assertThat(told()).isEmpty();
    List<String> waiting = store.read(snapshot -> snapshot.notices().subscriptionsWaiting());
    assertThat(waiting).isEmpty();
  }

  @Test
  void aDamagedSubscriptionHoldsUpNoWrite() {
    subscribe();
    tamper("UPDATE subscriptions SET body = '{\"events\":'");
    store.write(transaction -> save(transaction, "m1"));
    assertThat(told()).isEmpty();
  }

  private List<Notice> dead(int limit) {
    return store.read(snapshot -> snapshot.notices().dead("s1", Long.MAX_VALUE, limit));
  }

  /// The events that wait, by acknowledging each.
  private List<String> told() {
    return store
        .write(transaction -> {
          var events = new ArrayList<String>();
          for (var next = transaction.notices().next("s1");
              next.isPresent();
              next = transaction.notices().next("s1")) {
            events.add(next.get().event());
            transaction.notices().acknowledge(next.get());
          }
          return events;
        })
        .value();
  }

  /// Changes the file behind the program's back.
  private void tamper(String command) {
    var url = "jdbc:sqlite:" + directory.resolve(SqliteStore.FILE_NAME);
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(command);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
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
