package dev.quorate.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Tier;
import dev.quorate.merge.Lane;
import dev.quorate.store.Origin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FeedTest {
  private static final Wanted ALL = Wanted.of(null, null, null);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;
  private Replica one;
  private Replica other;
  private Replica third;

  @BeforeEach
  void open() {
    one = new Replica(directory.resolve("1"), "n1", InstantSource.fixed(NOW));
    other = new Replica(directory.resolve("2"), "n2", InstantSource.fixed(NOW.plusSeconds(1)));
    third = new Replica(directory.resolve("3"), "n3", InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() {
    List.of(one, other, third).forEach(Replica::close);
  }

  private static void save(Replica at, String id, String words) {
    at.store.write(transaction -> transaction.save(AnyMemory.plain(id, "title " + id, words, NOW)));
  }

  private static Memory memory(String id, String namespace) {
    return new Memory(
        id,
        namespace,
        "title",
        "words",
        Tier.MID,
        List.of(),
        5,
        1.0,
        "api",
        NOW,
        null,
        "{}",
        Provenance.PLAIN,
        1);
  }

  private static List<String> told(Page page) {
    return page.entries().stream()
        .map(entry ->
            entry.subject() instanceof Subject.OfMemory(var memory)
                ? entry.id() + " " + memory.memory().content()
                : entry.id() + " " + entry.word().text())
        .toList();
  }

  @Test
  void whatWasSupersededBeforeItWasReadIsToldOnceInItsNewestState() {
    save(one, "a", "first");
    save(one, "b", "only");
    save(one, "a", "second");
    assertThat(told(one.feed.page(Cursor.BEGINNING, 10, ALL)))
        .containsExactly("b only", "a second");
  }

  @Test
  void aPageGoesOnWhereTheLastOneEndedAndAnEntryAsWell() {
    for (var id : List.of("a", "b", "c")) save(one, id, "words");
    var first = one.feed.page(Cursor.BEGINNING, 2, ALL);
    assertThat(told(first)).containsExactly("a words", "b words");
    assertThat(first.more()).isTrue();
    var rest = one.feed.page(first.next(), 2, ALL);
    assertThat(told(rest)).containsExactly("c words");
    assertThat(rest.more()).isFalse();
    assertThat(told(one.feed.page(first.entries().getFirst().cursor(), 9, ALL)))
        .containsExactly("b words", "c words");
    assertThat(one.feed.page(rest.next(), 9, ALL).entries()).isEmpty();
  }

  @Test
  void nothingIsToldTwiceAtANodeThatHasWhatTheCursorHas() {
    save(one, "a", "words");
    save(other, "b", "words");
    assertThat(one.pull(other, 100)).isTrue();
    assertThat(other.pull(one, 100)).isTrue();
    var read = one.feed.page(Cursor.BEGINNING, 9, ALL).next();
    save(other, "c", "words");
    assertThat(other.feed.lacking(read)).isEmpty();
    assertThat(told(other.feed.page(read, 9, ALL))).containsExactly("c words");
  }

  @Test
  void whatANodeHoldsWithAGapIsNotSaidToBeTold() {
    save(one, "a", "words");
    save(one, "b", "words");
    // The other one gets the second change alone.
    other.take(one, Lane.CONTENT, "b");
    var read = other.feed.page(Cursor.BEGINNING, 9, ALL);
    assertThat(told(read)).containsExactly("b words");
    assertThat(told(one.feed.page(read.next(), 9, ALL))).contains("a words");
  }

  @Test
  void whatANodeShowsOlderThanTheCursorHasIsToldAgainByTheNext() {
    save(one, "z", "words");
    assertThat(other.pull(one, 100)).isTrue();
    save(third, "a", "older");
    other.adopt(third, "a");
    save(other, "b", "words");
    save(one, "a", "newer");
    var read = one.feed.page(Cursor.BEGINNING, 9, ALL).next();
    // It holds the first change of the other node, and not the second one.
    assertThat(other.feed.lacking(read)).hasSize(1);
    var behind = other.feed.page(read, 1, ALL);
    assertThat(told(behind)).containsExactly("a older");
    assertThat(behind.behind()).hasSize(1);
    assertThat(told(one.feed.page(behind.next(), 9, ALL))).contains("a newer");
  }

  @Test
  void aDeleteThatWaitedWhereItWasReadIsToldAgainWhereItTookEffect() {
    save(one, "a", "words");
    one.store.write(transaction -> {
      transaction.delete("a", "successor");
      return transaction.save(AnyMemory.plain("successor", "whole", "words", NOW));
    });
    // The other one has all of it but the successor, and another edit of what was deleted.
    other.take(one, Lane.LIFECYCLE, "a");
    save(other, "a", "edited");
    var upTo = new Origin("n1", one.store.epoch(), one.store.committedSequence());
    other.store.replicate(transaction -> {
      transaction.peers().hold(upTo);
      return true;
    });
    var read = other.feed.page(Cursor.BEGINNING, 9, ALL);
    assertThat(told(read)).contains("a edited");
    assertThat(told(one.feed.page(read.next(), 9, ALL))).contains("a deletion");
  }

  @Test
  void aCursorOfALostStoreBeginsAgain() {
    save(one, "a", "words");
    var read = one.feed.page(Cursor.BEGINNING, 9, ALL).next();
    one.close();
    one = new Replica(directory.resolve("new"), "n1", InstantSource.fixed(NOW));
    save(one, "b", "words");
    assertThat(told(one.feed.page(read, 9, ALL))).containsExactly("b words");
  }

  @Test
  void nowIsBehindEverythingThatIsHere() {
    save(one, "a", "words");
    var now = one.feed.now();
    assertThat(one.feed.page(now, 9, ALL).entries()).isEmpty();
    save(one, "b", "words");
    assertThat(told(one.feed.page(now, 9, ALL))).containsExactly("b words");
  }

  @Test
  void whoWaitsIsAnsweredWhenSomethingComesAndHoldsNoReaderMeanwhile() throws Exception {
    var now = one.feed.now();
    var waiting = new ArrayList<CompletableFuture<Page>>();
    // The store has one reader.
    for (var i = 0; i < 8; i++) waiting.add(inBackground(() -> await(one.feed, now, 50_000)));
    long last = one.store.read(snapshot -> snapshot.changes().lastSequence());
    assertThat(last).isZero();
    save(one, "a", "words");
    for (var wait : waiting) {
      assertThat(told(wait.get(30, TimeUnit.SECONDS))).containsExactly("a words");
    }
  }

  @Test
  void whoWaitsForSomethingElseGoesOnWaiting() throws Exception {
    var now = one.feed.now();
    var wanted = Wanted.of(null, "elsewhere", null);
    var waiting =
        inBackground(() -> {
          try {
            return one.feed.await(now, 9, wanted, 50_000);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    save(one, "a", "words");
    one.store.write(transaction -> transaction.save(memory("b", "elsewhere")));
    assertThat(told(waiting.get(30, TimeUnit.SECONDS))).containsExactly("b words");
  }

  @Test
  void theEndOfTheNodeEndsEveryWait() throws Exception {
    var waiting = inBackground(() -> await(one.feed, one.feed.now(), 50_000));
    one.feed.close();
    assertThat(waiting.get(30, TimeUnit.SECONDS).entries()).isEmpty();
  }

  private static Page await(Feed feed, Cursor cursor, long millis) {
    try {
      return feed.await(cursor, 9, ALL, millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> CompletableFuture<T> inBackground(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, Thread::startVirtualThread);
  }

  @Test
  void whatMovedOutOfTheNamespaceIsToldWithoutItsWords() {
    var wanted = Wanted.of(null, "ns", null);
    one.store.write(transaction -> transaction.save(memory("a", "ns")));
    one.store.write(transaction -> transaction.save(AnyMemory.plain("b", "other", "words", NOW)));
    var read = one.feed.page(Cursor.BEGINNING, 9, wanted);
    assertThat(told(read)).containsExactly("a words");
    one.store.write(transaction -> transaction.save(memory("a", "far").withVersion(2)));
    assertThat(one.feed.page(read.next(), 9, wanted).entries().getFirst().subject())
        .isEqualTo(new Subject.Outside());
  }

  @Test
  void aCursorIsReadAsItWasWritten() {
    save(one, "a", "words");
    assertThat(one.pull(other, 9)).isTrue();
    var cursor = one.feed.now();
    assertThat(Cursor.of(cursor.text())).isEqualTo(cursor);
  }

  @Test
  void aCursorHasABoundHoweverManyNodesThereWere() {
    var seen = new HashMap<Source, Long>();
    for (var i = 0L; i < 5_000; i++) seen.put(new Source("host:node-" + i, "0123456789abcdef"), i);
    var cursor = new Cursor(seen, new Place(new Source("n1", "e"), 1, 1, true));
    var text = cursor.text();
    assertThat(text.length()).isLessThanOrEqualTo(Cursor.CHARACTERS_MAX);
    assertThat(Cursor.of(text).seen())
        .containsEntry(new Source("host:node-4999", "0123456789abcdef"), 4_999L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "====", "AAAA", "MQ", "then", "héllo", "-", "MSAwIDAgMSBuLmU", " "})
  void whatIsNoCursorIsRefusedInOneSentence(String text) {
    assertThatThrownBy(() -> Cursor.of(text))
        .isInstanceOf(Invalid.class)
        .hasMessageStartingWith("after must be a cursor");
  }

  @Test
  void aCursorWithOneOtherCharacterIsRefused() {
    var text = one.feed.now().text();
    for (var i = 0; i < text.length() - 1; i++) {
      var changed = text.charAt(i) == 'A' ? 'B' : 'A';
      var other = text.substring(0, i) + changed + text.substring(i + 1);
      assertThatThrownBy(() -> Cursor.of(other)).isInstanceOf(Invalid.class);
    }
    var forged =
        Base64.getUrlEncoder().encodeToString("1 0 0 1 n.e".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Cursor.of(forged)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> Cursor.of("A".repeat(Cursor.CHARACTERS_MAX + 1)))
        .hasMessageContaining("at most 12000 characters: 12001");
  }
}
