package dev.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.feed.Cursor;
import dev.quorate.feed.Feed;
import dev.quorate.feed.Page;
import dev.quorate.feed.Wanted;
import dev.quorate.governance.Action;
import dev.quorate.governance.Approver;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Vote;
import dev.quorate.store.Origin;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.time.Stamp;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which events one client is told, whatever order votes and actions come in.
class ApprovalEventsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;
  private Store store;
  private Feed feed;
  private Cursor cursor = Cursor.BEGINNING;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.fixed(NOW));
    feed = new Feed(store);
  }

  @AfterEach
  void close() {
    feed.close();
    store.close();
  }

  private static Stamp at(int seconds) {
    return Stamp.at(NOW.minusSeconds(100).plusSeconds(seconds), "n2");
  }

  private static PendingAction request(Approver approver) {
    var action = new Action(new Action.Delete("m"), "ops", "ai:ann", approver);
    return PendingAction.of(
        "p", at(0), action.payload(), approver.votesNeeded(), NOW.toEpochMilli() + 60_000);
  }

  private static Vote vote(boolean approve, String voter, int seconds) {
    return Vote.of("p", voter, approve, at(seconds));
  }

  private void take(PendingAction action) {
    store.write(transaction -> transaction.merge(action));
  }

  private void take(Vote vote) {
    store.write(transaction -> transaction.merge(vote));
  }

  private ApprovalEvents events(@Nullable String agent) {
    return new ApprovalEvents(store, agent);
  }

  /// What is told of the page that comes next.
  private String next(ApprovalEvents events) {
    var page = feed.page(cursor, 100, Wanted.of("pending,decision", null, null));
    cursor = page.next();
    return events.events(page);
  }

  private static List<String> names(String events) {
    return events
        .lines()
        .filter(line -> line.startsWith("event: "))
        .map(line -> line.substring(7))
        .toList();
  }

  @Test
  void aVoteThatOvertookItsActionIsToldWithIt() {
    var events = events(null);
    take(vote(true, "ai:bob", 5));
    assertThat(next(events)).isEmpty();
    take(request(new Approver.Human()));
    var told = next(events);
    assertThat(names(told)).containsExactly("approval_requested", "approval_decided");
    // Whoever stops between the two is told both again.
    assertThat(told.lines().filter(line -> line.startsWith("id: "))).hasSize(1);
    assertThat(told.indexOf("id: ")).isGreaterThan(told.indexOf("approval_decided"));
  }

  @Test
  void aDecisionIsToldOnceAndAgainWhenAnotherOverrulesIt() {
    var events = events(null);
    take(request(new Approver.Human()));
    take(vote(false, "ai:cy", 5));
    assertThat(names(next(events))).containsExactly("approval_requested", "approval_decided");
    // A later rejection decides nothing.
    take(vote(false, "ai:dan", 7));
    assertThat(next(events)).isEmpty();
    take(vote(true, "ai:bob", 9));
    var told = next(events);
    assertThat(names(told)).containsExactly("approval_decided");
    assertThat(told).contains("\"status\":\"approved\"", "\"overruled\":true");
  }

  @Test
  void onlyWhoeverRequestedOrMayApproveIsTold() {
    take(request(new Approver.Agent("ai:bob")));
    var page = feed.page(cursor, 100, Wanted.of("pending,decision", null, null));
    assertThat(events("ai:ann").events(page)).isNotEmpty();
    assertThat(events("ai:bob").events(page)).isNotEmpty();
    assertThat(events("ai:cy").events(page)).isEmpty();
    assertThat(events(null).events(page)).isNotEmpty();
  }

  @Test
  void aNodeThatLacksWhatTheClientHasSaysSo() {
    var behind = new Page(List.of(), Cursor.BEGINNING, false, List.of(new Origin("n9", "e", 7)));
    assertThat(events(null).events(behind))
        .isEqualTo("event: lagged\ndata: {\"reason\":\"behind\",\"behind\":[\"n9.e.7\"]}\n\n");
    assertThat(events(null).cutOff()).startsWith("event: lagged\n").contains("overloaded");
  }
}
